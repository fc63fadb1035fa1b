#!/bin/bash
# SPDX-License-Identifier: MIT
# A walk that is cut off goes on from its journal: killed at the writes of it,
# and hung up at each screen. The resumed walk ends with the same verdict, and
# no mail is sent twice: a practice service that stays counts them.
#
# Every fifth write, beginning with another one each time; EACH=1: all of them,
# for ten minutes.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/talk.sh"
need jq curl

killer=$BUILD/tests/killer.so
grep -q asan <(ldd "$NOLLEGO") && skip_all 'a sanitizer wants to be loaded first'

# --- a service that outlives the wizard --------------------------------------

"$BUILD/tests/unit/practice_driver" arrives >"$T/ready" 2>"$T/driver.err" &
driver=$!
at_end "stop $driver"
wait_for 10 test -s "$T/ready"
told() {
    jq -r ".$1" "$T/ready"
}
cat >"$T/conf" <<END
[general]
limit = 3
wait = 3
dns = $(told dns)
[service]
url = $(told api_url)
key = $(told api_key)
[mailbox $(told to)]
server = $(told imap)
tls = none
password = $(told mailbox_password)
[defaults]
from = $(told from)
to = $(told to)
END
chmod 600 "$T/conf"

# Mails in the recipient's inbox.
mails() {
    curl -s "imap://$(told imap)/INBOX" -u "$(told to):$(told mailbox_password)" \
        -X 'SEARCH ALL' | tr -d '\r' | sed 's/^\* SEARCH//' | wc -w
}

# What a person would answer, the first that is offered.
answers=('Continuar esa sesión' 'Por la API' 'Sí, enviar la prueba'
    'Repetir la prueba' 'Ver el mensaje' 'Terminar' 'Continuar')

# Plays to the end of the walk, or of the program.
autopilot() {
    local number words text
    while wait_for 20 answerable && ! gone "$talk_id"; do
        text=$(heard)
        number=
        for words in "${answers[@]}"; do
            number=$(sed -nE "s/^([0-9]+)\. .*$words.*/\1/p" <<<"$text" |
                tail -n 1)
            [ -z "$number" ] || break
        done
        says "$number" 2>/dev/null || break
        [ "$words" != Terminar ] || break
    done
    exec {talk_in}>&-
    { wait "$talk_id"; } 2>/dev/null
    talk_status=$?
}

answerable() {
    asked || gone "$talk_id"
}

verdict() {
    "$NOLLEGO" report --format json 2>/dev/null | jq -rc '[.verdict.cause,
        (.attempts | map(select(.outcome == "in_inbox") | [.via, .from, .to]))]'
}

# --- killed at every write ---------------------------------------------------

talk --config "$T/conf"
autopilot
wanted=$(verdict)
is 'a walk that is not cut off' "$wanted" \
    '["arrived",[["api","avisos@tienda.example","ana@empresa.example"]]]'
is 'one mail was sent' "$(mails)" 1

# Each walk sends one mail, whatever happens to it.
each=${EACH:-5}
bad=0 at=$((RANDOM % each)) sent=1
while :; do
    at=$((at + each))
    forget_sessions
    talk_resumes=yes
    half=$([ $((at % 2)) -eq 0 ] || echo h)
    KILL_AT=$at$half LD_PRELOAD=$killer talk --config "$T/conf"
    autopilot
    [ "$talk_status" -eq 137 ] || break
    sent=$((sent + 1))
    grep -q '"event":"finished"' "$XDG_STATE_HOME"/nollego/sessions/* && break
    talk --config "$T/conf" --resume
    autopilot
    now=$(verdict) there=$(mails)
    if [ "$now" != "$wanted" ] || [ "$there" -ne "$sent" ]; then
        bad=$((bad + 1))
        echo "# killed at write $at$half: $now, mails: $there, wanted: $sent"
        sent=$there
    fi
done
echo "# $at writes"
is 'killed at a write: the same verdict, no mail twice' "$bad" 0
holds 'there were many writes' test "$at" -gt 20

done_testing
