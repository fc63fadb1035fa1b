#!/bin/bash
# SPDX-License-Identifier: MIT
# What a person pastes in the walk, by lines and on screens: the header of a
# mail that they found in spam, and a return notice.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/terminal.sh"
. "$(dirname "$0")/talk.sh"
need jq

# case FOLDER/FILE NAME: the mail of that case of tests/data, in $T/pasted.
mail_of() {
    awk -v name="== $2" '
        $0 == name { inside = 1; next }
        /^== / { inside = 0 }
        inside && /^$/ && !body { body = 1; next }
        inside && body' "$TOP/tests/data/$1.case" >"$T/pasted"
}

# Nobody answers there: no look-up leaves this machine.
free_port dns
walk=(--dns "127.0.0.1:$dns" --limit 1 --from avisos@tienda.example
    --to ana@correo.example)

# From the first screen to where the person is asked, by lines.
to_question() {
    talk "${walk[@]}"
    picks 'No lo sé' && picks Continuar &&
        picks 'No tengo esos datos' && picks 'No tengo esos datos' &&
        picks 'Prefiero mirar yo' && picks 'Ya la envié'
}

verdict() {
    "$NOLLEGO" report --format json >"$T/report" 2>&1
    jq -r "$1" "$T/report"
}

holds 'by lines: to the question' to_question
picks 'correo no deseado'
hears 'the header is asked for' '^Por qué quedó en correo no deseado'
hears 'how it ends is said' 'un punto solo'
mail_of headers/google 'gmail, the service signs for itself only'
says "$(cat "$T/pasted")"$'\n'.
hears 'why it is in spam' 'firma del servicio, pero no la de su dominio'
hears 'for the administrator' 'dominio trx\.example, selector k1'
picks Continuar
hears 'the verdict' 'quedó en correo no deseado'
listens_no_more
is 'the verdict is that of the header' \
    "$(verdict '"\(.verdict.cause) \(.verdict.side)"')" 'arrived_in_spam domain'
is 'the report has what was learned' "$(verdict '.attempts[0].copy |
    "\(.finding) \(.signing_domain) \(.selector) \(.ip)"')" \
    'other_signer trx.example k1 203.0.113.7'

holds 'once more, to the question' to_question
picks 'aviso de devolución'
mail_of notices/reports postfix
says "$(cat "$T/pasted")"$'\n'.
hears 'what the notice means' 'La dirección del destinatario no existe'
picks Continuar
listens_no_more
is 'the notice is the cause' "$(verdict '"\(.verdict.cause) \(.attempts[0] |
    "\(.outcome) \(.code) \(.enhanced)")"')" 'userunknown bounced 550 5.1.1'

holds 'once more, for a delay' to_question
picks 'aviso de devolución'
mail_of notices/reports 'postfix, a delay'
says "$(cat "$T/pasted")"$'\n'.
hears 'a delay is told as one' 'pidió esperar'
listens_no_more
is 'it is no return' "$(verdict .verdict.side)" wait

# --- on screens --------------------------------------------------------------

# form FIELDS TITLE CHOICE: past the fields, then as `step`.
form() {
    local i
    shows "$2"
    for ((i = 0; i < $1; i++)); do
        keys Tab
    done
    step "$2" "$3"
}

# Else it would offer to go on with one of the walks above.
rm -rf "$XDG_STATE_HOME/nollego"
terminal 80 24 "$NOLLEGO" "${walk[@]}"
step 'ómo envía' 'No lo sé'
step 'De quién y para quién' Continuar
form 1 'Clave de la API' 'No tengo esos datos'
form 3 'Acceso SMTP' 'No tengo esos datos'
form 3 'Mirar el buzón' 'Prefiero mirar yo'
step 'Envíe usted la prueba' 'Ya la envié'
step 'Encuentra el correo' 'Sí, en correo no deseado'
sees 'the header is asked for, on a screen' 'Encabezado del correo'
mail_of headers/google 'gmail, the service signs for itself only'
tm load-buffer "$T/pasted"
tm paste-buffer -p -t t
form 1 'Por qué quedó en correo no deseado' Continuar
sees 'why it is in spam, on a screen' 'firma del servicio, pero no la de'
close_terminal
done_testing
