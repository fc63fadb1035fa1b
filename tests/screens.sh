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

done_testing
