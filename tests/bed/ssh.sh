# SPDX-License-Identifier: MIT
# The wizard as the forced command of an SSH account, on a private sshd, over
# lines that are slow, or break.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/../terminal.sh"

need sshd ssh ssh-keygen
PATH=$PATH:/usr/sbin:/sbin
delay=150 # milliseconds each way: 300 for a key and what it paints

# --- a server of our own ----------------------------------------------------

free_port server
free_port direct
free_port far
ssh_folder=$T/ssh
mkdir -m 755 "$ssh_folder"
cp "$BUILD/tests/lag" "$T/lag"
ssh-keygen -q -t ed25519 -N '' -f "$ssh_folder/host"
ssh-keygen -q -t ed25519 -N '' -f "$ssh_folder/user"
cp "$ssh_folder/user.pub" "$ssh_folder/known"
# Its home is the test's, so that nobody's own session is touched.
cat >"$ssh_folder/forced" <<END
#!/bin/sh
export HOME='$HOME' XDG_STATE_HOME='$XDG_STATE_HOME'
export XDG_CONFIG_HOME='$XDG_CONFIG_HOME'
echo \$\$ >'$ssh_folder/id'
exec '$NOLLEGO' \$(cat '$ssh_folder/options')
END
chmod 755 "$ssh_folder/forced"
cat >"$ssh_folder/config" <<END
Port $server
ListenAddress 127.0.0.1
HostKey $ssh_folder/host
PidFile none
AuthorizedKeysFile $ssh_folder/known
StrictModes no
UsePAM no
DisableForwarding yes
PermitUserRC no
PermitRootLogin prohibit-password
KbdInteractiveAuthentication no
PasswordAuthentication no
SetEnv LANG=C.UTF-8
ForceCommand exec '$ssh_folder/forced'
ClientAliveInterval 1
ClientAliveCountMax 3
END
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
"$(command -v sshd)" -D -e -f "$ssh_folder/config" 2>"$ssh_folder/log" &
at_end "stop $!"
"$T/lag" "$direct" "$server" 0 &
at_end "stop $!"
near_line=$!
"$T/lag" "$far" "$server" "$delay" &
at_end "stop $!"
for port in "$server" "$direct" "$far"; do
    wait_for 10 listens "$port" || fail "it listens on $port" "$ssh_folder/log"
done

# login PORT WIDTH HEIGHT OPTION...: the wizard at the far end.
login() {
    local port=$1 width=$2 height=$3
    shift 3
    echo "$*" >"$ssh_folder/options"
    terminal "$width" "$height" ssh -tt -F /dev/null -i "$ssh_folder/user" \
        -o IdentitiesOnly=yes -o UserKnownHostsFile="$ssh_folder/hosts" \
        -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR \
        -p "$port" "$(id -un)@127.0.0.1"
}

login "$direct" 80 24 --practice=nothing-arrives
if ! shows 'ómo envía' 20 && grep -q 'account is locked' "$ssh_folder/log"; then
    skip_all 'this account is locked: nobody can log in'
fi

# --- a whole walk, with another size in the middle ---------------------------

sees 'SSH: the first screen' 'ómo envía'
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
tm resize-window -t t -x 60 -y 20
step 'Prueba por la API' Continuar
holds 'SSH: a smaller window is filled anew' \
    test "$(screen | awk '{ if (length > n) n = length } END { print n }')" -le 60
step 'Probar con otro remitente' Continuar
tm resize-window -t t -x 100 -y 30
step 'Enviar desde el otro remitente' 'Sí, enviar la prueba'
step 'Prueba con otro remitente' Continuar
step 'Probar con un correo gratuito' Continuar
step 'Enviar a la cuenta gratuita' 'Sí, enviar la prueba'
step 'Prueba a la cuenta gratuita' Continuar
step 'Una última mirada' Continuar
step 'Esto es lo que muestran' 'Ver el mensaje para soporte'
sees 'SSH: the end names support' 'success@icommkt\.com'
step 'Contacto con soporte' Terminar
wait_for 10 left
is 'SSH: the exit status comes through' "$(cat "$T/left" 2>&1)" 2
close_terminal

# --- 300 ms for each key ------------------------------------------------------

login "$far" 80 24 --practice=arrives
sees 'far: the first screen' 'ómo envía' 30
keys Down Down
sees 'far: keys that come together are one move' '^> 3\. No lo sé'
keys Up Up
sees 'far: back' '^> 1\. Por la API'
to_first_test 'Por la API'
shows 'Revise los datos'
keys Escape
sees 'far: Esc alone is Esc' 'La prueba que ya envió'
choose Continuar
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
step 'Prueba por la API' Continuar
step 'Esto es lo que muestran' 'Ver el mensaje para soporte'
step 'Contacto con soporte' Terminar
wait_for 10 left
is 'far: exit' "$(cat "$T/left" 2>&1)" 0
close_terminal

# --- a line that breaks -------------------------------------------------------

login "$direct" 80 24 --practice=silent --limit 60
to_first_test 'Por SMTP'
step 'Repetir la prueba por SMTP' 'Sí, enviar la prueba'
sees 'broken: a send is under way' 'esperando el saludo'
read -r remote <"$ssh_folder/id" # the program at the far end
dropped=$(milliseconds)
kill -USR2 "$near_line"
wait_for 20 gone "$remote" || fail 'broken: the program ends'
echo "# it ended $(($(milliseconds) - dropped)) ms after the line broke"
wait_for 20 left
is 'broken: what ssh says' "$(cat "$T/left" 2>&1)" 255
close_terminal
sessions=("$XDG_STATE_HOME"/nollego/sessions/*.jsonl)
holds 'broken: the session is whole' jq -es 'length > 3' "${sessions[-1]}"
holds 'broken: what was about to be sent is on disk' \
    jq -es 'map(select(.event == "attempt")) | length == 1' "${sessions[-1]}"

# --- what a forced command does not give -------------------------------------

ssh -F /dev/null -i "$ssh_folder/user" -o IdentitiesOnly=yes \
    -o UserKnownHostsFile="$ssh_folder/hosts" -o LogLevel=ERROR \
    -p "$direct" "$(id -un)@127.0.0.1" 'touch '"$T/owned" \
    >"$T/out" 2>&1
holds 'another command is not run' test ! -e "$T/owned"

done_testing
