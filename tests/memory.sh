# SPDX-License-Identifier: MIT
# Fifty people who wait at their first screens hold half as much again as so
# many of the barest ncurses programs, at most.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"

many=50
! grep -qsF '#define SANITIZED 1' "$BUILD/config.h" ||
    skip_all 'a build with sanitizers holds more'
[ -r "/proc/$$/smaps_rollup" ] || skip_all 'no smaps_rollup'

# crowd NAME TEXT COMMAND...: so many at once, each showing TEXT; what they
# hold together, in kB, in the variable NAME.
crowd() {
    local name=$1 text=$2 sum=0 id kb i
    shift 2
    for ((i = 0; i < many; i++)); do
        tm new-session -d -x 80 -y 24 -s "$name$i" "$@"
    done
    for ((i = 0; i < many; i++)); do
        wait_for 60 shows_in "$name$i" "$text" || fail "$name: number $i is up"
        id=$(tm display -p -t "$name$i" '#{pane_pid}')
        kb=$(sed -n 's/^Pss: *\([0-9]*\) kB$/\1/p' "/proc/$id/smaps_rollup")
        sum=$((sum + kb))
    done
    for ((i = 0; i < many; i++)); do
        tm kill-session -t "$name$i"
    done
    printf -v "$name" %s "$sum"
}

shows_in() {
    tm capture-pane -p -t "$1" | grep -q "$2"
}

crowd bare '8\. Una' "$BUILD/tests/bare"
crowd wizards 'ómo envía' "$NOLLEGO"
echo "# $many bare programs: $bare kB; $many wizards: $wizards kB"
holds 'together at most 1.5 times as much' \
    test $((wizards * 2)) -le $((bare * 3))

done_testing
