# SPDX-License-Identifier: MIT
# Every step of every practice walk as text, at 80x24 and 60x20, against what
# is kept in tests/data/screens. SNAPSHOTS=write keeps what there is now:
#
#   SNAPSHOTS=write make -C build check TESTS=tests/snapshots.sh
#
# The marks of the tests are drawn at random and have the same width: they read
# K7Q-4M2 here. The moment is that of tests/photo.c.
. "${BASH_SOURCE[0]%/*}/lib.sh"

kept=$TOP/tests/data/screens
at_once=4
export TZ=UTC

# photograph NAME SCENARIO LANGUAGE [STEP=CHOICE...]
photograph() {
    timeout 120 "$BUILD/photo" "${@:2}" >"$T/raw.$1" 2>"$T/err.$1"
    echo "$?" >"$T/status.$1"
    sed -E 's/\b[2-9A-Z]{3}-[2-9A-Z]{3}\b/K7Q-4M2/g' "$T/raw.$1" >"$T/$1.txt"
}

declare -A walks
names=()
while read -r name rest; do
    [[ $name && $name != \#* ]] || continue
    names+=("$name")
    walks[$name]=$rest
    [ "$(jobs -rp | wc -l)" -lt "$at_once" ] || wait -n
    # shellcheck disable=SC2086
    photograph "$name" $rest &
done <"$kept/walks"
wait

for name in "${names[@]}"; do
    is "$name: the walk comes to its end" "$(cat "$T/status.$name")" 0 \
        "$T/err.$name"
    [ "${SNAPSHOTS-}" != write ] || cp "$T/$name.txt" "$kept/$name.txt"
    # Where two witnesses are as quick, either may speak first: once more.
    for try in 1 2 3; do
        cmp -s "$kept/$name.txt" "$T/$name.txt" && break
        # shellcheck disable=SC2086
        [ "$try" = 3 ] || photograph "$name" ${walks[$name]}
    done
    holds "$name: its screens" diff -u "$kept/$name.txt" "$T/$name.txt"
done

every=$("$NOLLEGO" --practice=list | awk '{ print $1 }' | sort)
is 'every scenario is walked' \
    "$(awk '$1 !~ /^#/ && NF { print $2 }' "$kept/walks" | sort -u)" "$every"

done_testing
