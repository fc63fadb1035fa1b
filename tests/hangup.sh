#!/bin/bash
# SPDX-License-Identifier: MIT
# The line is dropped at each screen of a walk, also in the middle of its test:
# the walk that goes on ends in the same report, with no test sent twice.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/terminal.sh"
need jq

# The answers, each with what its screen is known by: two in a row are alike.
titles=('ómo envía' 'De quién y para quién' 'La prueba que ya envió'
    'Repetir la prueba' 'Prueba por la API' 'Conclusión'
    'Contacto con soporte')
answers=('Por la API' Continuar Continuar 'Sí, enviar' Continuar
    'Ver el mensaje' Terminar)

scenario=arrives
start() {
    terminal 80 24 "$NOLLEGO" "--practice=$scenario" "$@"
}

# play FROM TO: the answers from that place on, up to the other.
play() {
    local i
    for ((i = $1; i < $2; i++)); do
        shows "${titles[i]}" && choose "${answers[i]}" || return
    done
}

drop() {
    close_terminal
    wait_for 5 gone "$program"
}

result() {
    "$NOLLEGO" report --format json | jq -c '[.verdict,
        (.attempts | map([.via, .from, .to, .outcome, .code]))]'
}

sent() {
    cat "$XDG_STATE_HOME"/nollego/sessions/* | grep -c '"event":"attempt"'
}

# goes_on NAME FROM: in a new terminal, up to the end.
goes_on() {
    start --resume
    play "$2" "${#answers[@]}" || photograph "$1: the rest of the walk"
    wait_for 10 test -s "$T/left" || photograph "$1: the end"
    is "$1: exit" "$(cat "$T/left")" 0
    close_terminal
    is "$1: the same report" "$(result)" "$wanted"
    is "$1: one test was sent" "$(sent)" 1
}

whole_walk() {
    forget_sessions
    start
    play 0 "${#answers[@]}" || photograph "$scenario: a whole walk"
    wait_for 10 test -s "$T/left"
    close_terminal
    wanted=$(result)
    is "$scenario: a whole walk" "$(jq -r '.[0].cause' <<<"$wanted")" arrived
}

whole_walk

for ((at = 1; at < ${#answers[@]}; at++)); do
    forget_sessions
    start
    play 0 "$at" && shows "${titles[at]}" &&
        shows "^[> ] *[1-9]\. .*${answers[at]}" ||
        photograph "hung up before '${answers[at]}': up to there"
    drop
    goes_on "hung up at screen $at, before '${answers[at]}'" "$at"
done

# Its mail comes late enough to be waited for.
scenario=greylisted
whole_walk
forget_sessions
start
play 0 4
shows 'Buscando la prueba' || photograph 'the test runs'
drop
goes_on 'hung up while the test runs' 4
scenario=arrives

# --- the offer ---------------------------------------------------------------

forget_sessions
start
play 0 2
shows 'La prueba que ya envió'
drop
start
sees 'the next start offers to go on' 'Hay una sesión sin terminar'
sees 'with the addresses' 'La prueba era de avisos@tienda\.example a'
choose 'Ver su informe'
sees 'its report' 'Informe de nollego'
keys Escape
sees 'and back' '^> *[1-9]\. .*Ver su informe|^> 1\. Continuar esa sesión'
# As long as it is open nobody else goes on with it.
"$NOLLEGO" --practice=arrives --resume </dev/null >"$T/out" 2>"$T/err"
is 'two cannot go on with one session: the status' $? 64
holds 'and the words' grep -q 'abierta en otra ventana' "$T/err"
drop
start
choose 'Empezar de nuevo'
sees 'begun anew' 'ómo envía'
keys q
sees 'left at once: nothing is kept of it' 'TERMINAL LIBRE'
close_terminal
is 'one session is left' \
    "$(find "$XDG_STATE_HOME/nollego/sessions" -type f | wc -l)" 1
"$NOLLEGO" sessions >"$T/list"
holds 'the list says that it is not finished' \
    grep -q 'avisos@tienda.example > ana@empresa.example .*sin terminar' "$T/list"

done_testing
