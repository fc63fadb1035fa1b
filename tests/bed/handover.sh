# SPDX-License-Identifier: MIT
# The report to support: a whole walk, then by the provider's Exim into a real
# Dovecot, where it is one intact message; and files that would break one.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/../terminal.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq base64
bed_start exim

SUPPORT=success@icommkt.com

# attached MAIL: the file that goes with it, its bytes.
attached() {
    awk '/^Content-Transfer-Encoding: base64\r?$/ { wanted = 1 }
        wanted == 2 && /^--/ { exit }
        wanted == 2 { print }
        wanted == 1 && /^\r?$/ { wanted = 2 }' "$1" | tr -d '\r' | base64 -d
}

# --- a walk ------------------------------------------------------------------

conf=$T/nollego.conf
(umask 077 && cat >"$conf") <<END
[general]
ca_file = $CA
limit = 5
wait = 2
dns = $NO_DNS
[smtp]
server = 127.0.0.1:$SUBMIT
tls = starttls
user = sender@prov.example
password = $SMTP_PASSWORD
[defaults]
from = sender@prov.example
to = bob@corp.example
other_from = other@prov.example
free_to = alice@corp.example
END

terminal 80 24 "$NOLLEGO" --config "$conf"
step 'ómo envía' 'Por SMTP'
step 'De quién y para quién' Continuar
sees 'access to the mailbox is optional' 'Mirar el buzón de bob'
keys Tab Tab Tab
step 'Mirar el buzón de bob' 'Prefiero mirar yo el buzón'
step 'Repetir la prueba por SMTP' 'Sí, enviar la prueba'
step 'Prueba por SMTP' Continuar
step '¿Encuentra el correo\?' 'No está'
step 'Probar con otro remitente' 'No tengo otro'
step 'Probar con un correo gratuito' 'No tengo una'
shows 'Esto es lo que muestran|Una última mirada'
! on_screen 'Una última mirada' || step 'Una última mirada' Continuar
step 'Esto es lo que muestran' 'Enviar el informe a soporte'
sees 'who wants the answer' 'Su correo'
types 'persona@corp.example'
enter
types 'Nota: ñandú = 100 %'
enter
enter
enter
sees 'the message is shown whole' 'Estimado equipo de soporte'
sees 'with what was added' 'ñandú = 100 %'
is 'nothing went out yet' "$(bed_has $SUPPORT)" 0
step 'Enviar este mensaje a soporte' 'Sí, enviar a soporte'
sees 'it went out' 'El mensaje salió hacia'
wait_for 10 test "$(bed_has $SUPPORT)" -gt 0
step 'El mensaje a soporte' Continuar
step 'Contacto con soporte' Terminar
wait_for 5 left
close_terminal
is 'support has one message' "$(bed_has $SUPPORT)" 1

mail=$(bed_newest $SUPPORT)
tr -d '\r' <"$mail" >"$T/letter"
code=$("$NOLLEGO" report --format json | jq -r .code)
holds 'its subject has the code of the report' \
    grep -q "($code)" <(sed '/^$/q' "$T/letter" | tr -d '\n ')
holds 'an answer goes to the person' \
    grep -q '^Reply-To: <persona@corp.example>' "$T/letter"
attached "$mail" >"$T/attached"
# The report that went along knows nothing yet of its own way.
holds 'the report is attached' grep -q "$code" "$T/attached"
is 'it is whole' "$(tail -n 1 "$T/attached" | wc -l)" 1
holds 'it names the test' grep -q 'bob@corp.example' "$T/attached"
is 'the password is nowhere' "$(cat "$T/letter" "$T/attached" \
    "$HOME"/state/nollego/sessions/* | grep -c "$SMTP_PASSWORD")" 0
is 'it was sent once' "$(cat "$HOME"/state/nollego/sessions/* |
    grep -c '"event":"handover"')" 1

# --- files that would break a message ----------------------------------------

carries() { # NAME FILE
    local had
    had=$(bed_has $SUPPORT)
    "$BUILD/tests/post" "127.0.0.1:$SUBMIT" "$CA" sender@prov.example \
        $SUPPORT sender@prov.example "$SMTP_PASSWORD" "$2" >"$T/events"
    is "$1: taken" "$(jq -r 'select(.event == "end").outcome' "$T/events")" \
        pass "$T/events"
    arrived() { [ "$(bed_has $SUPPORT)" -gt "$had" ]; }
    wait_for 10 arrived
    holds "$1: byte for byte" cmp "$2" <(attached "$(bed_newest $SUPPORT)")
    is "$1: one message" "$(bed_has $SUPPORT)" $((had + 1))
}

printf '.\r\n..\r\n.\n.\n\r\n.\r\nQUIT\r\nRSET\r\n' >"$T/dots"
carries 'lines of dots' "$T/dots"
printf -- '--=_0123456789abcdef\r\n\r\n--=_0123456789abcdef--\r\n\r\n%s\r\n' \
    'Content-Type: text/html' >"$T/boundaries"
carries 'its own boundaries' "$T/boundaries"
{
    head -c 65536 /dev/zero | tr '\0' x
    printf '\n'
    head -c 65536 /dev/zero | tr '\0' .
    printf '\n'
} >"$T/long"
carries 'lines of 64 KiB' "$T/long"
head -c 1000000 /dev/urandom >"$T/bytes"
carries 'a million bytes of any kind' "$T/bytes"
printf '' >"$T/empty"
carries 'nothing' "$T/empty"

done_testing
