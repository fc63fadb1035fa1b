#!/bin/bash
# SPDX-License-Identifier: MIT
# Who may look into which room (CONTRIBUTING.md): every #include of the tree
# against the table below, and what the two binaries are linked to.
. "$(dirname "$0")/lib.sh"
cd "$TOP" || exit 1

# room: what a file of it may include, as patterns of whole names. The front of
# net/ is all that ui/ sees of it; nothing of net/ knows who asks.
quoted_net='net/*.h net/practice/*.h assets/gateways.def assets/freemail.def
    assets/selectors.def'
quoted_steps='steps/*.h assets/*.def net/error.h net/event.h net/fault.h
    net/request.h net/secret.h net/probe.h net/syntax.h net/utf8.h'
quoted_ui='ui/*.h steps/*.h net/base64.h net/cage.h net/document.h net/error.h net/event.h
    net/fault.h net/job.h net/place.h net/practice/scenarios.h net/probe.h
    net/request.h net/secret.h net/syntax.h net/utf8.h'

libc='arpa/inet.h assert.h config.h ctype.h dirent.h dlfcn.h errno.h fcntl.h
    getopt.h inttypes.h langinfo.h limits.h locale.h malloc.h math.h net/if.h
    netdb.h netinet/in.h netinet/tcp.h poll.h pthread.h pwd.h signal.h stdarg.h
    stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h strings.h
    sys/file.h sys/ioctl.h sys/mman.h sys/random.h sys/socket.h sys/stat.h sys/time.h
    sys/types.h sys/uio.h sys/un.h sys/wait.h sysexits.h termios.h time.h
    unistd.h wchar.h wctype.h'
system_net="$libc cjson/cJSON.h curl/*.h openssl/*.h libesmtp.h auth-client.h
    idn2.h microhttpd.h"
system_steps="$libc libintl.h"
system_ui="$libc libintl.h curses.h ncurses.h ncursesw/*.h term.h ini.h"

# Where only one file may: all that only Linux has.
system_net_cage_c="$system_net linux/*.h sys/prctl.h sys/resource.h
    sys/syscall.h valgrind/valgrind.h"
# The two interfaces of c-ares.
system_net_dns_c="$system_net ares.h"
system_net_print_c="$libc cups/cups.h"

# What draws a PDF is loaded by a caged child alone.
system_ui_pdf_draw_c="$libc cairo.h pango/pangocairo.h"
system_ui_pdf_draw_h="$libc cairo.h"
system_ui_pdf_module_c="$libc cairo-pdf.h"
system_ui_pdf_table_h="$libc pango/pangocairo.h"

matches() { # NAME PATTERNS
    local pattern
    set -f
    for pattern in $2; do
        set +f
        # shellcheck disable=SC2053
        [[ $1 == $pattern ]] && return 0
    done
    set +f
    return 1
}

# Every #include of a file, as FILE:LINE:<name> or "name".
includes() {
    grep -nHE '^[[:space:]]*#[[:space:]]*include' "$@" |
        sed -E 's/^([^:]*:[0-9]+:)[[:space:]]*#[[:space:]]*include[[:space:]]*/\1/'
}

check_room() { # ROOM FILE...
    local room=$1 file line what own quoted=quoted_$1 system=system_$1
    while IFS=: read -r file line what; do
        own=system_${file//[\/.]/_}
        case $what in
        \"*\"*)
            what=${what#\"} what=${what%%\"*}
            matches "$what" "config.h ${!quoted}" &&
                { [ -e "$what" ] || [ -e "$BUILD/$what" ]; } && continue
            ;;
        \<*\>*)
            what=${what#<} what=${what%%>*}
            [ -n "${!own-}" ] || own=$system
            matches "$what" "${!own}" && continue
            ;;
        esac
        echo "$file:$line: $room/ may not include $what"
    done < <(includes "${@:2}") >"$T/$room"
    holds "$room/ looks only where it may" show_none "$T/$room"
}

show_none() {
    cat "$1"
    [ ! -s "$1" ]
}

files() {
    find "$1" -name '*.[ch]' | LC_ALL=C sort
}

for room in net steps ui; do
    mapfile -t all < <(files "$room")
    holds "$room/ has files" test ${#all[@]} -gt 3
    check_room "$room" "${all[@]}"
done

# The test itself must see what it is there for.
mkdir -p "$T/tree/steps"
printf '#include <stdio.h>\n# include  <curses.h>\n#include "ui/show.h"\n' \
    >"$T/tree/steps/bad.c"
(
    cd "$T/tree" && tests_bad=0
    check_room steps steps/bad.c
    exit "$tests_bad"
) >"$T/seen"
is 'a wall that was broken is seen' $? 1
is 'and each line of it named' \
    "$(grep -c '^# steps/bad.c:[23]: ' "$T/seen")" 2

need readelf nm

needed() {
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# check_linked FILE PATTERNS: names each library that is none of these.
check_linked() {
    local library
    for library in $(needed "$BUILD/$1"); do
        matches "$library" "$2" || echo "$1 is linked to $library"
    done >"$T/linked"
    holds "$1 is linked to nothing that it does not need" \
        show_none "$T/linked"
}

always='libc.so.* libm.so.* libgcc_s.so.* ld-linux*.so.* libasan.so.*
    libubsan.so.*'
check_linked nollego "$always libncursesw.so.* libtinfo.so.* libinih.so.*
    libcjson.so.*"
check_linked smtp.so "$always libcjson.so.* libssl.so.* libcrypto.so.*
    libesmtp.so.* libidn2.so.*"
check_linked api.so "$always libcjson.so.* libcurl*.so.*"
check_linked dns.so "$always libcjson.so.* libcares.so.* libidn2.so.*"
[ ! -e "$BUILD/print.so" ] ||
    check_linked print.so "$always libcjson.so.* libcups.so.*"
check_linked practice.so "$always libcjson.so.* libmicrohttpd.so.*
    libssl.so.* libcrypto.so.*"

if [ -e "$BUILD/paper.so" ]; then
    check_linked paper.so "$always libcairo.so.* libpango-1.0.so.*
        libpangocairo-1.0.so.* libgobject-2.0.so.* libglib-2.0.so.*
        libharfbuzz.so.*"
fi

has_one_door() { # MODULE DOOR
    is "$1 has one door" \
        "$(nm -D --defined-only "$BUILD/$1" | awk '{print $3}' |
            grep -v '^__')" "$2"
}

for module in smtp.so api.so dns.so practice.so; do
    has_one_door "$module" nollego_probe
done
[ ! -e "$BUILD/paper.so" ] || has_one_door paper.so nollego_paper
is 'nollego cannot call what network libraries have' \
    "$(nm -D --undefined-only "$BUILD/nollego" | awk '{print $2}' |
        grep -E '^(curl_|SSL_|smtp_|MHD_|idn2_|ares_|cairo_|pango_)')" ''

done_testing
