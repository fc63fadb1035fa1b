# SPDX-License-Identifier: MIT
# A person without key and login sends the test from another program, and opens
# the recipient's mailbox, a real Dovecot, to the wizard: with a wrong password
# first, then in place of an answer.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/../terminal.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq curl
bed_start any
from=sender@prov.example to=alice@corp.example

deliver() { # SUBJECT
    printf 'From: %s\nSubject: %s\n\nx\n' $from "$1" | sed 's/$/\r/' |
        curl -sS --ssl-reqd --cacert "$CA" -T - "smtp://127.0.0.1:$MX" \
            --mail-from $from --mail-rcpt $to
}

# On a form a digit is typed into its field, so Tab leads to the answers.
answer() { # TITLE CHOICE
    local i
    shows "$1"
    for ((i = 0; i < 9; i++)); do
        shows "^> [1-9]\. .*$2" 1 && break
        keys Tab
    done
    enter
    pass "$1: $2"
}

terminal 80 24 "$NOLLEGO" --config /dev/null --ca-file "$CA" --wait 8 --limit 5
step 'ómo envía' 'No lo sé'
shows 'De quién y para quién'
types $from
keys Enter
types $to
keys Enter
answer 'De quién y para quién' Continuar
answer 'Clave de la API' 'No tengo esos datos'
answer 'Acceso SMTP' 'No tengo esos datos'
sees 'access is asked for' "Mirar el buzón de $to"
sees 'nobody has to' 'Es opcional'
types "127.0.0.1:$IMAPS"
keys Enter Enter
types 'c4nary-wrong'
keys Enter
answer 'Mirar el buzón' Continuar
sees 'the person sends' 'Envíe usted la prueba'
subject=$(screen | sed -nE 's/.*(Prueba [A-Z0-9]{3}-[A-Z0-9]{3}).*/\1/p' |
    head -n 1)
holds 'the subject is on the screen' test -n "$subject"
deliver "$subject"
step 'Envíe usted la prueba' 'Ya la envié'
sees 'the wrong password is told' "El buzón de $to no aceptó"
step 'Esperar y volver a buscar' Continuar
sees 'the person is asked' 'Encuentra el correo'
sees 'how long ago it was sent' 'La prueba se envió hace'
step 'Encuentra el correo' 'Dar acceso al buzón'
sees 'the server stands there' '127\.0\.0\.1'
keys BTab
types "$IMAP_PASSWORD"
keys Enter
answer 'Mirar el buzón' Continuar
sees 'a mail without our header is no proof' 'Hay un correo parecido'
step 'Esperar y volver a buscar' Continuar
step 'Encuentra el correo' 'bandeja de entrada'
sees 'the verdict' 'llegó a la bandeja de entrada'
keys q
shows 'Sí, salir' && keys s
left() { test -s "$T/left"; }
wait_for 5 left
is 'exit' "$(cat "$T/left" 2>&1)" 0

holds 'no password is kept' test -z "$(grep -rlF -e c4nary-wrong \
    -e "$IMAP_PASSWORD" "$XDG_STATE_HOME")"
is 'the mail is unread' "$(curl -sS --cacert "$CA" \
    -u "$to:$IMAP_PASSWORD" "imaps://127.0.0.1:$IMAPS/INBOX?UNSEEN" |
    tr -d '\r')" '* SEARCH 1'

done_testing
