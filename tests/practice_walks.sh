# SPDX-License-Identifier: MIT
# Every scenario of the practice world through the wizard's screens, in a real
# terminal: it comes to its verdict by what the tests find, and nobody has to
# say what is in a mailbox. Table: scenarios.tsv.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"
need jq
at_once=4
screens_max=40 # that one walk may take

# Goes on as who does not know better: sends where it is asked, else takes what
# is recommended. Ends at the verdict.
walk() { # SCENARIO
    local i
    terminal 80 24 "$NOLLEGO" "--practice=$1" || return
    shows 'ómo envía' || return
    for ((i = 0; i < screens_max; i++)); do
        if on_screen 'Esto es lo que muestran'; then
            keys q
            shows '[1-9]\. Sí, salir' && keys s
            wait_for 5 left
            return
        elif on_screen '[1-9]\. Sí, enviar la prueba'; then
            choose 'Sí, enviar la prueba'
        elif on_screen '^ +EN CURSO'; then
            wait_for "$screen_limit" rests
        else
            enter
        fi
    done
    screen
}

left() {
    test -s "$T/left"
}

rests() {
    ! on_screen '^ +EN CURSO'
}

# In a folder of its own: what came of it is read afterwards.
walk_apart() { # SCENARIO
    T=$T/$1
    mkdir -p "$T"
    export XDG_STATE_HOME=$T/state
    tm start-server ';' set-option -g exit-empty off
    walk "$1" >"$T/output" 2>&1
    tm kill-server
}

journal() { # SCENARIO FILTER
    cat "$T/$1"/state/nollego/sessions/* | jq -r "$2"
}

names=()
while IFS=$'\t' read -r name via cause status; do
    case $name in '#'* | '') continue ;; esac
    names+=("$name")
    wanted[${#names[@]}]="$status $via $cause"
    [ "$(jobs -rp | wc -l)" -lt $at_once ] || wait -n
    walk_apart "$name" &
done <"$TOP/tests/data/scenarios.tsv"
wait

for ((i = 1; i <= ${#names[@]}; i++)); do
    name=${names[i - 1]}
    verdict=$(journal "$name" 'select(.event == "verdict").cause' | tail -n 1)
    via=$(journal "$name" 'select(.event == "attempt").via' | head -n 1)
    is "$name: exit, channel, verdict" \
        "$(cat "$T/$name/left" 2>&1) $via $verdict" "${wanted[i]}" \
        "$T/$name/output"
    is "$name: nobody was asked" "$(journal "$name" 'select(.event == "visit" and
        (.step | IN("ask", "later", "notice", "mailbox", "manual"))).step')" ''
done

done_testing
