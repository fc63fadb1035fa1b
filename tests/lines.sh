#!/bin/bash
# SPDX-License-Identifier: MIT
# The line mode: when it comes, what it writes, that secrets stay unseen, and
# that one script played in lines and in screens ends in the same report.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/terminal.sh"
. "$(dirname "$0")/talk.sh"
need jq

# The report of the newest session, without what differs from walk to walk.
plain_report() {
    "$NOLLEGO" report --width=1000 | sed -E \
        -e 's/[0-9a-f]{32}/TOKEN/g' \
        -e 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/ID/g' \
        -e 's/([0-9]{4}-[0-9]{2}-[0-9]{2} )?[0-9]{2}:[0-9]{2}:[0-9]{2}/TIME/g' \
        -e 's/[A-Z0-9]{3}-[A-Z0-9]{3}/CODE/g' \
        -e 's/127\.0\.0\.1:[0-9]+/SERVER/g' \
        -e 's/queued as [0-9a-f]+/queued/' \
        -e 's/[0-9.]+ s(egundos)?\b/SECONDS/g'
}

# --- what it writes ----------------------------------------------------------

# All answers from the start, by a pipe.
printf '%s\n' 1 '' '' '' '' 2 '' '' '' |
    "$NOLLEGO" --practice=arrives >"$T/out" 2>"$T/err"
is 'by a pipe: the status is that of the walk' $? 0
is 'nothing is complained about' "$(cat "$T/err")" ''
is 'no control byte but newlines' "$(tr -d '\n' <"$T/out" |
    LC_ALL=C grep -c '[[:cntrl:]]')" 0
is 'no line is longer than 80, but for the path at the end' \
    "$(sed '$d' "$T/out" | grep -cE '^.{81}')" 0
holds 'it names what is practice' grep -q '^Práctica\. ' "$T/out"
holds 'states come first, as words' \
    grep -q '^BIEN: La prueba .* está en la bandeja de entrada' "$T/out"
holds 'what Enter takes is said' \
    grep -qx '1\. Por la API de ICOMMKT (recomendado)' "$T/out"
is 'what else one may answer is said once' \
    "$(grep -c 'atrás, q salir' "$T/out")" 1
holds 'at the end of the input it leaves, and says where all is' \
    grep -q '^La sesión está en /' <(tail -n 1 "$T/out")

printf '1\n' | LC_ALL=C "$NOLLEGO" --plain --practice >"$T/out" 2>&1
is 'LANG=C: no byte above 127' \
    "$(LC_ALL=C grep -c $'[\x80-\xff]' "$T/out")" 0
holds 'LANG=C: readable' grep -q '^Como envia los correos' "$T/out"

: | "$NOLLEGO" --practice >"$T/out" 2>&1
is 'an input that ends at once: status 0' $? 0
timeout 5 "$NOLLEGO" --practice </dev/null >/dev/full 2>&1
is 'an output that takes nothing: it ends' "$?" 129

# --- answers -----------------------------------------------------------------

talk --practice=arrives
hears 'the first question' 'Por la API de ICOMMKT'
says x
hears 'a strange answer is told' 'No entiendo «x»\. Escriba un número del 1 al 3'
says 7
hears 'a number too high as well' 'No entiendo «7»'
says $'\e[2J'
hears 'an escape is made visible' 'No entiendo «␛\[2J»'
says '?'
hears 'help' '^Ayuda$'
hears 'help: what one may type' '^- Número y Enter'
hears 'help: then the question again' '^1\. Por la API'
says p
hears 'the overview' '^EN CURSO: 1\. '
says i
hears 'the report' '^Informe de nollego$'
says 1
hears 'the report closes' '^3\. No lo sé'
says 3
hears 'a form' 'Remitente: $'
says 'nada'
hears 'a problem is told beside the field' 'le falta la @'
says '<'
hears 'back to the question, with what was chosen' \
    '^3\. No lo sé \(recomendado\)'
says r
hears 'the screen once more' '^¿Cómo envía los correos'
says q
listens_no_more
is 'q leaves' "$talk_status" 0

# --- when --------------------------------------------------------------------

# in_lines NAME COMMAND...: it speaks in lines, on the terminal's own screen.
in_lines() {
    forget_sessions
    terminal 80 24 "${@:2}"
    sees "$1" 'Escriba un número \(\? ayuda'
    is "$1: the terminal's own screen" \
        "$(tm display -p -t t '#{alternate_on}')" 0
    keys q Enter
    sees "$1: it leaves" 'TERMINAL LIBRE'
    holds "$1: settings as before" cmp "$T/before" "$T/after"
    close_terminal
}

in_lines '--plain' "$NOLLEGO" --plain --practice
in_lines 'ACCESSIBLE' env ACCESSIBLE=1 "$NOLLEGO" --practice
in_lines 'TERM=dumb' env TERM=dumb "$NOLLEGO" --practice
in_lines 'an unknown TERM' env TERM=nobody-knows "$NOLLEGO" --practice
in_lines 'no TERM' env -u TERM "$NOLLEGO" --practice

forget_sessions
terminal 40 9 "$NOLLEGO" --plain --practice
sees 'at 40x9: lines end before the last column' '^Escriba un número'
is 'at 40x9: none is broken by the terminal' \
    "$(screen | grep -cE '^.{40}')" 0
close_terminal

# --- a key in the middle -----------------------------------------------------

forget_sessions
terminal 80 24 "$NOLLEGO" --practice=arrives
choose 'Por la API'
shows 'De quién y para quién' && choose Continuar
sees 'T: in the middle of a walk' 'La prueba que ya envió'
shows '1\. Continuar' && keys t
sees 'T: the same step in lines' '^1\. Continuar \(recomendado\)'
sees 'T: with its result' '^AVISO: El servicio no recibió'
keys t Enter
sees 'T: and back' '^> 1\. Continuar'
is 'T: on its own screen again' "$(tm display -p -t t '#{alternate_on}')" 1
keys q
sees 'T: it leaves' 'TERMINAL LIBRE'
holds 'T: settings as before' cmp "$T/before" "$T/after"
close_terminal

# --- a secret ----------------------------------------------------------------

quiet() { # whether the terminal of the test echoes nothing
    stty -F "$(tm display -p -t t '#{pane_tty}')" -a | grep -q -- ' -echo '
}

secret_field() {
    forget_sessions
    terminal 80 24 "$NOLLEGO" --plain --from a@b.example --to c@d.example \
        --api-url http://127.0.0.1:9
    sees "$1: the walk begins" 'Escriba un número'
    keys 1 Enter
    shows 'Remitente:' && keys Enter
    shows 'Destinatario:' && keys Enter
    shows '^1\. Continuar' && keys Enter
    sees "$1: the key is asked for" '^Clave de la API:'
    holds "$1: without an echo" wait_for 5 quiet
}

secret_field 'a secret'
types '0f8fad5b-canary-70867728950e'
keys Enter
sees 'a secret: taken' '^Mirar el buzón'
is 'a secret: not on the screen' "$(screen | grep -c canary)" 0
holds 'a secret: the echo is back' eval '! quiet'
keys C-c
shows 'Salir del asistente' && keys C-c
sees 'a secret: it leaves' 'TERMINAL LIBRE'
close_terminal

for signal in TERM HUP QUIT ABRT SEGV; do
    secret_field "$signal"
    kill -"$signal" "$program"
    sees "$signal: the shell goes on" 'TERMINAL LIBRE'
    holds "$signal: settings as before" cmp "$T/before" "$T/after"
    close_terminal
done

# --- Ctrl-C ------------------------------------------------------------------

forget_sessions
terminal 80 24 "$NOLLEGO" --plain --practice
shows 'Escriba un número' && keys C-c
sees 'Ctrl-C asks' '¿Salir del asistente\?'
shows '^2\. Sí, salir' && keys 1 Enter
sees 'and goes on' '^3\. No lo sé'
close_terminal

forget_sessions
terminal 80 24 "$NOLLEGO" --plain --practice=silent --limit=60
shows 'Escriba un número' && keys 2 Enter
shows 'Remitente:' && keys Enter
shows 'Destinatario:' && keys Enter
shows '^1\. Continuar' && keys Enter
shows '2\. Sí, enviar' || { shows '^1\. Continuar' && keys 1 Enter; }
shows '2\. Sí, enviar' && keys 2 Enter
sees 'a running test' 'Si quiere detenerla, pulse Enter'
keys Enter
sees 'Enter asks' '^2\. Detener la prueba'
keys 1 Enter
sees 'waiting goes on' 'La prueba sigue'
keys Enter
shows '^2\. Detener la prueba' && keys 2 Enter
sees 'stopped' 'La prueba se detuvo antes de terminar'
keys C-c
shows 'Salir del asistente' && keys C-c
sees 'Ctrl-C twice leaves' 'TERMINAL LIBRE'
is 'with status 130' "$(cat "$T/left")" 130
holds 'settings as before' cmp "$T/before" "$T/after"
close_terminal

# --- one script in both ------------------------------------------------------

# The domains are looked up beside the walk; the report waits for nobody.
lookups_done() {
    jq -es '[.[] | select(.probe == "domain" and .event == "start")] as $s |
        [.[] | select(.probe == "domain" and .event == "end")] as $e |
        ($s | length) == ($e | length)' "$XDG_STATE_HOME"/nollego/sessions/*
}

# Plays choices by their words; "text:WORDS" is typed into a field, "one:WORDS"
# accepts a form of one field, where Enter alone is the answer in lines.
in_screens() {
    local each
    forget_sessions
    terminal 80 24 "$NOLLEGO" "--practice=$1"
    for each in "${@:2}"; do
        [ "$each" != Terminar ] || wait_for 20 lookups_done >"$T/lookups"
        case $each in
        text:*) shows 'Dirección' && types "${each#text:}" && keys Enter ;;
        *) choose "${each#one:}" ;;
        esac || photograph "$1 in screens: $each"
    done
    wait_for 5 test -s "$T/left" || photograph "$1 in screens: the end"
    close_terminal
    cat "$T/left"
}

in_talk() {
    local each
    talk "--practice=$1"
    for each in "${@:2}"; do
        [ "$each" != Terminar ] || wait_for 20 lookups_done >"$T/lookups"
        case $each in
        text:*) hears_now 'Dirección: $' && says "${each#text:}" ;;
        one:*) says '' ;;
        *) picks "$each" ;;
        esac || fail "$1 in lines: $each" "$T/talk.out"
    done
    listens_no_more
    echo "$talk_status"
}

both() {
    local screens lines
    screens=$(in_screens "$@") && plain_report >"$T/screens"
    lines=$(in_talk "$@") && plain_report >"$T/lines"
    is "$1: the same status in both" "$lines" "$screens"
    diff "$T/screens" "$T/lines" >"$T/differs"
    is "$1: the same report in both" $? 0 "$T/differs"
    holds "$1: a report of more than a walk that was left" \
        grep -q '^Prueba 1, ' "$T/lines"
}

both arrives 'Por la API' Continuar Continuar 'Sí, enviar' Continuar \
    'Ver el mensaje' Terminar
both bad-login 'Por SMTP' Continuar Continuar 'Sí, enviar' Continuar \
    'Seguir sin repetirla' 'Ver el mensaje' Terminar
both sender-blocked 'Por la API' Continuar Continuar 'Sí, enviar' Continuar \
    one:Continuar 'Sí, enviar' Continuar Continuar 'Ver los rebotes' \
    'Volver a la conclusión' 'Ver el mensaje' Terminar
both hard-bounce 'Por la API' Continuar Continuar 'Sí, enviar' \
    'Desbloquear la dirección' 'Sí, ya se corrigió' \
    'text:ana@empresa.example' Continuar 'Ver el mensaje' Terminar

done_testing
