#!/bin/bash
# SPDX-License-Identifier: MIT
# `make install` below another root: the program finds its modules there
# and nowhere else, and `make uninstall` leaves nothing.
. "$(dirname "$0")/lib.sh"
need jq make

installed() { # TARGET
    make -C "$BUILD" "$1" DESTDIR="$T/root" >"$T/make" 2>&1
}

probe() { # PROGRAM
    printf 'key\n' >"$T/key"
    "$1" probe api-send --api-url http://127.0.0.1:1 --api-key-file "$T/key" \
        --from a@b.example --to c@d.example >"$T/out" 2>"$T/err"
}

# Inside `make check` the outer make must not meddle.
unset MAKEFLAGS MFLAGS MAKELEVEL
installed install
is 'make install' $? 0 "$T/make"
program=$(find "$T/root" -type f -name nollego)
modules=$(find "$T/root" -type f -name '*.so')
holds 'the program is there' test -x "$program"
is 'the modules are there' \
    "$(sed 's|.*/||' <<<"$modules" | LC_ALL=C sort | tr '\n' ' ')" \
    "$(cd "$BUILD" && LC_ALL=C ls -- *.so | tr '\n' ' ')"
modules=$(grep -v '/paper\.so$' <<<"$modules")
is 'it is the same program' "$("$program" --version)" \
    "$("$NOLLEGO" --version)"

is 'the catalogues are there' \
    "$(find "$T/root" -name nollego.mo | wc -l)" 2
is 'and are found' "$("$program" --lang en --help | head -n 1)" \
    'Usage: nollego [COMMAND] [OPTIONS]'

probe "$program"
is 'a probe runs from below another root' "$? $(tail -n 1 "$T/out" |
    jq -r .fault)" '1 connect' "$T/out" "$T/err"

cp "$program" "$T/elsewhere"
probe "$T/elsewhere"
is 'a copy elsewhere finds no module' "$?" 70 "$T/out"
is 'and says so in one sentence' "$(wc -l <"$T/err")" 1 "$T/err"

# Without the one that prints the program goes on, only not on paper.
for module in $modules; do
    [ "${module##*/}" != print.so ] || continue
    mv "$module" "$T"
    LD_LIBRARY_PATH=$T probe "$program"
    is "without ${module##*/} it says so too" "$?" 70 "$T/out"
    mv "$T/${module##*/}" "$module"
done

installed uninstall
is 'make uninstall' $? 0 "$T/make"
is 'nothing is left' "$(find "$T/root" -type f)" ''

done_testing
