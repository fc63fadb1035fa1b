# SPDX-License-Identifier: MIT
# Ways out for the report that go through the terminal: the printer and the
# clipboard of whoever sits at it, and the mouse.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"

printf '[report]\nclipboard = yes\n' >"$T/config"

# tmux has no printer, but xterm, whose name it is given here, has.
terminal 80 24 env TERM=xterm-256color "$NOLLEGO" --practice=hard-bounce \
    --config "$T/config"
sees 'the first screen' 'ómo envía'
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
sees 'the refusal' 'El servicio no aceptó el correo'
keys i
sees 'the report' 'Informe de nollego'

# What the terminal hears while it prints.
tm pipe-pane -t t "cat >'$T/heard'"
step 'Informe de nollego' 'Otras formas'
step 'Otras formas de guardar' 'Imprimir en la impresora de su escritorio'
sees 'it asks first, and says how' 'Remote-controlled'
sees 'it starts on No' '^> 1\. No, volver'
step 'impresora de su escritorio' 'Sí, imprimir allí'
# This terminal has no printer, and shows what it is sent.
keys C-l
sees 'it tells that it was sent' 'se envió a la impresora'
sed -n '/\x1b\[5i/,/\x1b\[4i/p' "$T/heard" |
    sed '1s/.*\x1b\[5i//; $s/\x1b\[4i.*//' >"$T/paper"
"$NOLLEGO" report --ascii >"$T/report"
sed 's/$/\r/' "$T/report" >"$T/wanted"
printf '\f' >>"$T/wanted"
holds 'the printer gets the report, in ASCII, by CRLF, and a form feed' \
    cmp "$T/paper" "$T/wanted"
holds 'it is more than a page of nothing' grep -q success@icommkt.com \
    "$T/paper"
tm pipe-pane -t t

tm set-option -s set-clipboard on
step 'Informe de nollego' 'Otras formas'
step 'Otras formas de guardar' 'Copiar el informe al portapapeles'
sees 'it tells that it was copied' 'que copie el informe'
"$NOLLEGO" report >"$T/report"
holds 'it comes to the clipboard' wait_for 5 tm show-buffer
is 'it is the report' "$(tm show-buffer)" "$(cat "$T/report")"

step 'Informe de nollego' 'Otras formas'
step 'Otras formas de guardar' 'Mostrarlo sin marco'
sees 'without a frame it ends with the way back' 'Pulse una tecla para volver'
is 'it is not on the second screen' "$(tm display -p -t t '#{alternate_on}')" 0
is 'all of it can be marked' \
    "$(tm capture-pane -p -J -S - -t t | grep -c 'success@icommkt.com')" \
    "$(grep -c success@icommkt.com "$T/report")"
keys C-c
sees 'any key comes back' '^> 4\. Otras formas'

keys q
leaves_clean 'pass' 0

# A terminal that cannot print is not asked to; nor is a clipboard.
wizard 80 24 arrives
keys i
step 'Informe de nollego' 'Otras formas'
shows 'Mostrarlo sin marco'
is 'no printer, no clipboard' "$(screen | grep -cE 'su escritorio|portapap')" 0
keys q
leaves_clean 'no printer' 0

done_testing
