#!/bin/bash
# SPDX-License-Identifier: MIT
# L (F2 while typing) changes the language on every screen, and nothing else.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"
need jq

# turns KEY WHERE ENGLISH PORTUGUESE SPANISH: once around, by what is then on
# the screen. The focus stays where it is.
turns() {
    local before
    shows "$5" || photograph "$2: is open"
    before=$(screen | grep -n '^>' | cut -d: -f1)
    keys "$1"
    sees "$2: English" "$3"
    sees "$2: says so" 'Language: English'
    keys "$1"
    sees "$2: Portuguese" "$4"
    keys "$1"
    sees "$2: Spanish again" "$5"
    is "$2: the focus stays" "$(screen | grep -n '^>' | cut -d: -f1)" "$before"
}

terminal 80 24 "$NOLLEGO" --practice=nothing-arrives
sees 'the first screen' 'ómo envía'
sees 'the key bar names it' 'L Idioma'
turns l 'choices' 'How does your system' 'Como o seu sistema' 'ómo envía'
keys Down
turns L 'choices, another focus' 'I don.t know' 'Não sei' 'No lo sé'
keys '?'
turns l 'help' 'What this step is' 'Para que serve este' 'Para qué sirve este'
keys a
keys p
turns l 'overview' 'to come' 'pendente' 'pendiente'
keys a
keys i
turns l 'report' 'No test was sent' 'Nenhum teste foi' 'No se envió ninguna'
keys a
shows 'ómo envía'
choose 'Por la API'

shows 'De quién y para quién'
# Tab goes from the last choice to the first line, which then is emptied.
keys Tab
for _ in {1..40}; do keys BSpace; done
types 'ana@empresa@'
turns F2 'a form' 'Sender' 'Remetente' 'Remitente'
sees 'a form: what was typed is there' 'ana@empresa@'
types 'l'
sees 'a form: L is a letter there' 'ana@empresa@l'
keys Enter
sees 'a problem beside its field' 'Escriba una sola dirección'
turns F2 'a problem' 'Type a single' 'Digite um só' 'Escriba una sola'
for _ in {1..40}; do keys BSpace; done
types 'avisos@tienda.example'
keys Enter Enter
choose 'Continuar'
shows 'La prueba que ya envió' && choose 'Continuar'
shows 'Repetir la prueba por la API' && choose 'Sí, enviar la prueba'
turns l 'a test that runs' 'Stop the test' 'Parar o teste' 'Detener la prueba'
sees 'the test went on to its end' 'no se ve en el buzón' 20
turns l 'a result' 'not in the mailbox' 'não está na caixa' 'no se ve en el buz'
keys v
turns l 'the details' 'Dialogue of the test' 'Diálogo do teste' 'Diálogo de la'
keys a

# However many pages were opened, the next one is, and help on leaving too.
keys p
sees 'the steps' 'Pasos del recorrido'
keys i
sees 'the report over them' 'Informe de nollego'
keys p
sees 'the steps again' 'Pasos del recorrido'
keys i
sees 'the report again' 'Informe de nollego'
keys '?'
sees 'help over all of them' 'Qué significan las palabras|Teclas'
keys a
keys a
sees 'back to the steps' 'Pasos del recorrido'
keys a
sees 'back to the step' 'no se ve en el buz'
keys C-c
sees 'leaving' 'Salir del asistente'
keys '?'
sees 'help on leaving' 'Al salir se conserva'
keys a
sees 'back to leaving' 'Salir del asistente'
keys a
sees 'back to the step again' 'no se ve en el buz'

# The letters go with the language.
keys l
shows 'B Back'
keys p
sees 'P is progress in English' 'Progress through the steps'
keys b
sees 'and B goes back' 'R Report'
keys q
wait_for 5 test -s "$T/left" || photograph 'Q leaves'
sees 'the last words are English too' 'The session is in'
close_terminal

session=$(find "$XDG_STATE_HOME" -name '*.jsonl' | head -n 1)
is 'one test was sent' "$(grep -c '"event":"attempt"' "$session")" 1
is 'its subject stays as it was sent' \
    "$("$NOLLEGO" report --lang en --format json |
        jq -r '.attempts[0].subject' | cut -d' ' -f1)" 'Prueba'

# By lines: the same letter, and the help of the same step.
printf '%s\n' l '?' l q | "$NOLLEGO" --plain --practice=arrives >"$T/out"
is 'by lines: Spanish, English, Portuguese' "$(grep -oE \
    '^(¿Cómo envía los|How does your|Como o seu)' "$T/out" | xargs)" \
    '¿Cómo envía los How does your Como o seu'
holds 'by lines: the help says what the step is for' \
    grep -q '^What this step is for' "$T/out"
holds 'by lines: and what its words mean' grep -q '^- SMTP: ' "$T/out"
printf '%s\n' 1 ana@tienda.example '?l' '' '?q' |
    "$NOLLEGO" --plain --practice=arrives >"$T/out.form"
holds 'by lines, in a form: the language' \
    grep -q '^The address that did not receive' "$T/out.form"
holds 'by lines, in a form: what was typed stays' \
    grep -q ana@tienda.example <(grep -rh '"key":"from"' "$XDG_STATE_HOME")

# A session goes on in the language that was chosen for it.
XDG_STATE_HOME=$T/again
printf '%s\n' 1 '?q' | "$NOLLEGO" --plain --practice=arrives --lang en >"$T/out"
printf 'q\n' | "$NOLLEGO" --plain --resume >"$T/out"
holds 'a session goes on in its language' grep -q '^Who was the test' "$T/out"
printf 'q\n' | "$NOLLEGO" --plain --resume --lang pt_BR >"$T/out"
holds 'but --lang comes before it' grep -q '^De quem e para quem' "$T/out"

# Letters beside text in every width.
for language in es en pt_BR; do
    for size in 80x24 60x20 40x12; do
        terminal "${size%x*}" "${size#*x}" "$NOLLEGO" --practice=arrives \
            --lang $language
        sees "$language at $size: help and leaving are in sight" \
            '\? (Ayuda|Help|Ajuda).*Q (Salir|Quit|Sair)'
        close_terminal
    done
done

done_testing
