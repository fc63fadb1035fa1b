# SPDX-License-Identifier: MIT
# What the screens owe to who sits before them, seen in a real terminal.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"

# --- a test that runs -------------------------------------------------------

wizard 80 24 silent --limit 60
to_first_test 'Por SMTP'
step 'Repetir la prueba por SMTP' 'Sí, enviar la prueba'
sees 'running: what is done' 'esperando el saludo'
sees 'running: the seconds gone, and the usual ones' '[0-9]+ s de unos'
sees 'running: what is left at most' 'Como mucho quedan [0-9]+ s'
keys a
sees 'Back asks first' '¿Volver al paso anterior\?'
sees 'Back: No has the focus' '^> 1\. No, esperar'
choose 'No, esperar'
sees 'Back: No lets the test run' '^> 1\. Esperar el resultado'
keys Escape
choose 'Sí, detenerla y volver'
sees 'Back: Yes goes to the step before' '^> 1\. No enviar'
step 'Repetir la prueba por SMTP' 'Sí, enviar la prueba'
step 'Prueba por SMTP' 'Saltar este paso'
sees 'skipped: the walk goes on' 'La prueba no salió'
keys a
sees 'skipped: the step says that it was stopped' 'se detuvo antes'
keys q
leaves_clean 'running' 0

# --- what was done, and leaving ---------------------------------------------

cd "$T/home" || exit 1 # where a report is saved
wizard 80 24 no-credits
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
step 'Prueba por la API' Continuar
step 'La prueba no salió' 'Seguir sin repetirla'
sees 'the verdict' 'Esto es lo que muestran'
keys p
sees 'the steps: each section and how it stands' 'BIEN +2\. Integración.*hecho'
sees 'the steps: each test and what came out' 'PROBLEMA +[0-9]+ ... 20.., ..:..:'
choose 'Repetir o cambiar: Integración a través de API'
sees 'a section is repeated from its beginning' '^> 1\. No enviar'
choose 'No enviar'
sees 'the verdict again' 'Esto es lo que muestran'
keys q
sees 'leaving: the report is in no file yet' 'aún no está en un archivo'
sees 'leaving: No has the focus' '^> 1\. No, seguir aquí'
choose 'Guardar el informe en un archivo'
sees 'the report is saved, and where' 'El informe está en( /|$)'
keys q
leaves_clean 'saved' 1

# --- forms ------------------------------------------------------------------

free_port nobody
# What is understood, and what is said beside the field where it is not.
forget_sessions
terminal 80 24 "$NOLLEGO" --api-url "http://127.0.0.1:$nobody" --limit 5
step 'ómo envía' 'Por la API'
shows 'De quién y para quién'
types 'avisos@'
keys Enter
sees 'a field: its problem stands beside it' 'Hay un problema'
sees 'a field: in words' '^  A la dirección le falta'
types 'tienda.example'
keys Tab
tm set-buffer -b paste $'Ana Ruiz\n<ana@empresa.example>\t'
tm paste-buffer -b paste -p -t t
sees 'a field: a paste is one line' '^> Ana Ruiz <ana@empresa.example>'
keys Enter
shows '^> 1\. Continuar' && enter
sees 'a key: it is not shown' 'Pegue|pegarla'
tm set-buffer -b paste $' "0f1e-2d3c"\n'
tm paste-buffer -b paste -p -t t
sees 'a key: stars' '^> \*{10,13}'
keys C-r
sees 'a key: shown when asked for' '^>  ?"0f1e-2d3c"'
keys Tab
choose 'Ocultar lo que se escribe'
sees 'a key: hidden again' '^  \*{10,13}'
choose 'Continuar'
shows 'Mirar el buzón de' && keys Tab Tab Tab
choose 'Prefiero mirar yo'
sees 'a key: the service is asked' 'No se pudo conectar con el servidor'
choose 'Continuar'
sees 'the answers before the first send: from' '^Remitente: avisos@tienda.example'
sees 'the answers: to, as it was meant' '^Destinatario: ana@empresa.example'
choose 'Cambiar la clave o el acceso'
sees 'the access can be changed' 'Ya está escrita'
holds 'the key is in no file of this session' \
    test -z "$(grep -rl '0f1e-2d3c' "$T/home")"
choose 'Continuar'
shows 'Mirar el buzón de' && keys Tab Tab Tab
choose 'Prefiero mirar yo'
step 'La prueba que ya envió' Continuar
step 'Revise los datos' 'Cambiar las direcciones'
shows 'De quién y para quién'
keys Up Up C-u
types 'otra@tienda'
keys C-p
sees 'earlier addresses: the newest' '^> ana@empresa.example'
keys C-p
sees 'earlier addresses: the one before' '^> avisos@tienda.example'
keys C-p C-n C-n C-n
sees 'earlier addresses: what was being typed' '^> otra@tienda *$'
keys Escape C-c
choose 'Sí, salir'
leaves_clean 'forms' 0

# What the administrator gave is not asked for.
forget_sessions
terminal 80 24 "$NOLLEGO" --smtp 127.0.0.1:"$nobody" --tls none --user avisos \
    --from avisos@tienda.example --to ana@empresa.example
step 'ómo envía' 'Por SMTP'
step 'De quién y para quién' 'Continuar'
sees 'settled: the password is asked for' '^Contraseña'
is 'settled: and nothing else' "$(screen | grep -cE '^(Servidor|Usuario)')" 0
keys C-c C-c
leaves_clean 'settled' 130

done_testing
