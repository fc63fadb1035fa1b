#!/bin/bash
# SPDX-License-Identifier: MIT
# Fuzzing by libFuzzer, under ASan and UBSan: make fuzz [FUZZ="NAME..."]
# [FUZZ_SECONDS=N]
#
# Each target runs for FUZZ_SECONDS, one after the other. It begins with the
# inputs of tests/fuzz/corpus/NAME; what it learns is kept in the build tree in
# fuzz/corpus/NAME, so that the next run goes on from there. An input that
# breaks something is left as fuzz/NAME-crash-...; ends with 1 then.
set -u
: "${TOP:=$(cd "$(dirname "$0")/../.." && pwd)}" "${BUILD:=$TOP/build}"
: "${FUZZ:=}" "${FUZZ_SECONDS:=60}" "${CLANG:=clang}"
here=$BUILD/fuzz
tree=$here/tree
# shellcheck disable=SC2054
flags=(-std=c11 -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined
    -fno-sanitize-recover=undefined)

mkdir -p "$here"
if ! command -v "$CLANG" >/dev/null; then
    echo "fuzz: skipped, $CLANG is not installed"
    exit 0
fi
echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n);
    int LLVMFuzzerTestOneInput(const char *d, unsigned long n)
    { return d && n ? 0 : 0; }' >"$here/none.c"
if ! "$CLANG" "${flags[@]}" "$here/none.c" -o "$here/none" 2>"$here/log"; then
    echo "fuzz: skipped, $CLANG lacks libFuzzer (package libclang-rt-NN-dev)"
    exit 0
fi

broken() { # WORDS LOG
    tail -n 40 "$2"
    echo "$1"
    return 1
}

# The rooms once more, so that libFuzzer sees where an input goes.
build_rooms() {
    mkdir -p "$tree"
    if [ ! -e "$tree/config.status" ]; then
        (cd "$tree" && "$TOP/configure" --enable-sanitizers CC="$CLANG" \
            CFLAGS='-g -O1 -fsanitize=fuzzer-no-link') >"$here/log" 2>&1 ||
            return
    fi
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$tree" -j"$(nproc)" \
        libui.a libsteps.a libprobes.a libfront.a >"$here/log" 2>&1
}

build() { # NAME
    # shellcheck disable=SC2046
    "$CLANG" "${flags[@]}" -o "$here/$1" -I "$TOP" \
        -include "$tree/config.h" "$TOP/tests/fuzz/fuzz_$1.c" \
        "$tree"/lib{ui,steps,probes,front}.a -Wl,--as-needed $(pkg-config \
            --libs libcjson libcurl openssl libesmtp-1.0 libidn2 libcares \
            ncursesw inih) >"$here/$1.log" 2>&1 ||
        broken "$1: does not build" "$here/$1.log"
}

run() { # NAME
    mkdir -p "$here/corpus/$1"
    "$here/$1" -max_total_time="$FUZZ_SECONDS" -timeout=10 \
        -rss_limit_mb=1024 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="$here/$1-" "$here/corpus/$1" \
        "$TOP/tests/fuzz/corpus/$1" >"$here/$1.log" 2>&1 </dev/null ||
        broken "$1: broken by the input above, in $here" "$here/$1.log" ||
        return
    awk -v name="$1" -v s="$FUZZ_SECONDS" '
        /number_of_executed_units/ { runs = $2 }
        / cov: / { cov = $0; sub(/.* cov: /, "", cov); sub(/ .*/, "", cov) }
        END { printf "%-10s %11d inputs in %d s, %d edges, nothing found\n",
            name, runs, s, cov }' "$here/$1.log"
}

if [ -z "$FUZZ" ]; then
    FUZZ=$(cd "$TOP/tests/fuzz" && echo fuzz_*.c)
    FUZZ=${FUZZ//fuzz_/}
    FUZZ=${FUZZ//.c/}
fi
build_rooms || {
    broken 'fuzz: the rooms do not build' "$here/log"
    exit 1
}
bad=0
for name in $FUZZ; do
    build "$name" && run "$name" || bad=1
done
exit $bad
