# SPDX-License-Identifier: MIT
# Keys, pastes, resizes and signals without sense, under AddressSanitizer and
# UBSan. MONKEY_COUNT events of MONKEY_SEED; see tests/monkey/monkey.c for how
# to play again what it finds.
. "${BASH_SOURCE[0]%/*}/lib.sh"

# A build with sanitizers: this one, or the one inside it that bootstrap makes.
sanitized() {
    grep -qsF '#define SANITIZED 1' "$1/config.h" && [ -x "$1/nollego" ]
}
for each in "$BUILD" "$BUILD/asan"; do
    ! sanitized "$each" || where=$each
done
[ -n "${where-}" ] || skip_all 'no build with sanitizers: ./bootstrap check'

"$BUILD/tests/monkey/monkey" "$where/nollego" "$T/home" \
    "${MONKEY_SEED:-1}" "${MONKEY_COUNT:-100000}" ||
    tail -n 60 "$T"/home/asan.* 2>/dev/null | sed 's/^/# /'
