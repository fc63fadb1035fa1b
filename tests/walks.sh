# SPDX-License-Identifier: MIT
# Whole walks through the keys of the wizard in a real terminal, and what
# becomes of it when a test's child, the terminal or the person goes away.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"

# --- a mail that arrives ---------------------------------------------------

wizard 80 24 arrives
to_first_test 'Por la API'
sees 'sending starts on No' '^> 1\. No enviar'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
sees 'the mail is found' 'está en la bandeja de entrada'
step 'Prueba por la API' Continuar
sees 'the verdict' 'llegó a la bandeja de entrada'
step 'Esto es lo que muestran' 'Ver el mensaje para soporte'
step 'Contacto con soporte' Terminar
leaves_clean 'arrives' 0

# --- a mail that arrives nowhere -------------------------------------------

wizard 80 24 nothing-arrives
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
sees 'not in the mailbox' 'no se ve en el buzón'
step 'Prueba por la API' Continuar
step 'Probar con otro remitente' Continuar
step 'Enviar desde el otro remitente' 'Sí, enviar la prueba'
step 'Prueba con otro remitente' Continuar
step 'Probar con un correo gratuito' Continuar
step 'Enviar a la cuenta gratuita' 'Sí, enviar la prueba'
step 'Prueba a la cuenta gratuita' Continuar
step 'Una última mirada' Continuar
step 'Esto es lo que muestran' 'Ver el mensaje para soporte'
sees 'the end names support' 'success@icommkt\.com'
step 'Contacto con soporte' Terminar
leaves_clean 'nothing-arrives' 2
"$NOLLEGO" report >"$T/report"
is 'the report names every attempt' "$(grep -c '^Prueba [1-3], ' "$T/report")" 3
for pair in 'avisos@tienda.example ana@empresa.example' \
    'facturas@tienda.example ana@empresa.example' \
    'avisos@tienda.example ana.prueba@gmail.example'; do
    holds "the report: from and to $pair" \
        grep -qF "$pair" <(tr -s '\n ' ' ' <"$T/report")
done
holds 'the report names support' grep -q success@icommkt.com "$T/report"

# --- a contact that is blocked ---------------------------------------------

wizard 80 24 hard-bounce
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
sees 'the refusal' 'El servicio no aceptó el correo'
sees 'the return behind it' 'rebote anterior'
sees 'the words of that return' '550 5\.1\.1 <ana@'
picture=$(sed -n '/^```text$/,/^```$/p' "$TOP/README.md" | sed '1d;$d')
is 'the picture in the README is this screen' "$picture" \
    "$(screen | sed -E 's/[A-Z0-9]{3}-[A-Z0-9]{3}/K7Q-4M2/')"
step 'Prueba por la API' Continuar
sees 'the verdict' 'ya no envía a esa dirección'
keys q q
leaves_clean 'hard-bounce' 1

# --- a contact that is unblocked ---------------------------------------------

# Five keys besides the address; held Enters stop at every question.
wizard 80 24 hard-bounce
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
sees 'the offer to unblock' '3\. Desbloquear la dirección'
step 'Prueba por la API' 'Desbloquear la dirección'
sees 'unblocking starts on No' '^> 1\. No desbloquear'
step 'Desbloquear ana@empresa.example' 'Sí, ya se corrigió'
sees 'the address is asked for' 'Confirmar la dirección'
types 'ana@otra.example'
keys Enter
sees 'another address is refused' 'No es la dirección de la prueba'
keys BSpace BSpace BSpace BSpace BSpace BSpace BSpace BSpace BSpace BSpace \
    BSpace BSpace
types 'empresa.example'
keys Enter
sees 'it is unblocked' 'El servicio desbloqueó la dirección'
sees 'the new test arrives' 'está en la bandeja de entrada'
step 'Desbloqueo y nueva prueba' Continuar
sees 'the verdict' 'llegó a la bandeja de entrada'
keys q q
leaves_clean 'unblocked' 0

# --- a sender that is blocked ------------------------------------------------

mkdir "$T/kept"
echo 'mine' >"$T/kept/mine"
cd "$T/kept" || exit 1
wizard 80 24 sender-blocked
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
step 'Prueba por la API' Continuar
step 'Probar con otro remitente' Continuar
step 'Enviar desde el otro remitente' 'Sí, enviar la prueba'
step 'Prueba con otro remitente' Continuar
step 'Una última mirada' Continuar
step 'Esto es lo que muestran' 'Ver los rebotes del remitente'
sees 'how many mails came back' 'Correos de avisos@tienda.example que volvieron: 6'
sees 'of which kinds' 'rebote duro \(5\), rebote blando \(1\)'
sees 'from which domains' 'empresa.example \(5\)'
sees 'who leaves the list' 'jperez@empresa.example: rebote duro'
step 'Los rebotes de avisos@' 'Guardar la lista en un archivo'
sees 'the list is saved' '-rebotes\.csv'
step 'Los rebotes de avisos@' 'Guardar la lista en un archivo'
sees 'the list is saved again, beside the first' 'rebotes-2.csv'
step 'Los rebotes de avisos@' 'Volver a la conclusión'
sees 'the verdict again' 'la causa está en el'
step 'Esto es lo que muestran' 'Ver el mensaje para soporte'
step 'Contacto con soporte' Terminar
leaves_clean 'sender-blocked' 1
cd / || exit 1
lists=("$T"/kept/*-rebotes*.csv)
is 'two lists were written' "${#lists[@]}" 2
holds 'both are the same' cmp "${lists[@]}"
is 'the list: whom to take off' \
    "$(awk -F';' '$2 == "sí" { print $1 }' "${lists[0]}" | sort | xargs)" \
    'jperez@empresa.example lucia.gomez@empresa.example '\
'mruiz@empresa.example recepcion@empresa.example ventas@taller.example'
is 'the list: nobody else may read it' "$(stat -c %a "${lists[0]}")" 600
"$NOLLEGO" report >"$T/report"
holds 'the report names the returns' grep -q 'Correos que volvieron: 6' \
    "$T/report"
holds 'the report names their kinds' \
    grep -q 'Por tipo: rebote duro (5), rebote blando (1)' "$T/report"

# --- a test that is killed -------------------------------------------------

# The newest child of the program, where it has so many: the practice world
# is older than any test.
newest_child() {
    local each
    read -ra each <"/proc/$program/task/$program/children"
    [ "${#each[@]}" -ge "$1" ] && child=${each[-1]}
}

wizard 80 24 silent
to_first_test 'Por SMTP'
step 'Repetir la prueba por SMTP' 'Sí, enviar la prueba'
sees 'the silent server is waited for' 'esperando el saludo'
wait_for 5 newest_child 2 && kill -KILL "$child"
sees 'killed: it says that the test broke off' 'La prueba se cortó'
sees 'killed: and what to do now' '^> 1\. '
keys '?'
sees 'killed: the wizard lives, with its help' 'Ayuda'

# --- a terminal that is closed ---------------------------------------------

closed=$(milliseconds)
close_terminal
wait_for 5 gone "$program"
holds 'closed: the program ends within a second' \
    test "$(($(milliseconds) - closed))" -le 1000
# The newest session: the others of this test have names that sort before.
sessions=("$XDG_STATE_HOME"/nollego/sessions/*)
holds 'closed: the session is whole' jq -es 'length > 3' "${sessions[-1]}"

fits() { # WIDTH FILE
    local line
    while IFS= read -r line; do
        [ "${#line}" -lt "$1" ] || { echo "$line"; return 1; }
    done <"$2"
}

# --- windows of other sizes ------------------------------------------------

for size in '60 20' '40 12'; do
    read -r width height <<<"$size"
    wizard "$width" "$height" arrives
    choose 'Por la API'
    sees "$size: the next screen" 'De quién y para'
    holds "$size: the words end before the last column" \
        fits "$width" <(screen)
    tm resize-window -t t -x 80 -y 24
    sees "$size: grown: the whole screen is there" 'ana@empresa.example'
    keys Escape
    sees "$size: Esc goes back" 'ómo envía'
    keys Q
    leaves_clean "$size" 0
done

done_testing
