# SPDX-License-Identifier: MIT
# What bootstrap says where it cannot install, and that its list is complete.
. "${BASH_SOURCE[0]%/*}/lib.sh"

# A system with a shell and little else: no apt-get, no dpkg-query.
mkdir "$T/bin"
for tool in sh bash dirname sed awk printf cat; do
    ln -s "$(command -v "$tool")" "$T/bin/$tool"
done
elsewhere() {
    sed 's|^PATH=.*|PATH='"$T/bin"'|' "$TOP/bootstrap" >"$T/bootstrap"
    PATH=$T/bin sh "$T/bootstrap" "$@" >"$T/out" 2>"$T/err"
}

elsewhere run
is 'another system: it stops' $? 1
modules=$(sed -n 's/^PKG_CHECK_MODULES(\[[A-Z0-9]*\], \[\([^] ]*\).*/\1/p' \
    "$TOP/configure.ac")
holds 'configure.ac names its modules' test -n "$modules"
for module in $modules; do
    case $module in cmocka | yaml-0.1) continue ;; esac
    holds "another system: $module is in the list" \
        grep -q "pkg-config: $module " "$T/err"
done

elsewhere check
for module in cmocka yaml-0.1; do
    holds "another system: check wants $module too" \
        grep -q "pkg-config: $module " "$T/err"
done

elsewhere
is 'no word: usage' $? 64
elsewhere check more
is 'a word too many: usage' $? 64
holds 'the usage names run' grep -q '^./bootstrap run ' "$T/err"
holds 'nothing was built' test ! -e "$T/build"

done_testing
