# SPDX-License-Identifier: MIT
# The live tests of the API against the practice service: what each of its
# actors comes to, and that no quirk of the service changes what comes out.
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq curl

FROM=avisos@tienda.example

# open_service [QUIRKS]: starts one; its URL in $url, its key in the file $key.
open_service() {
    local ready
    exec {events}< <(exec "$BUILD/tests/unit/practice_driver" arrives \
        "${1-}" 2>"$T/err.${1-}")
    service=$!
    read -r -t 20 -u "$events" ready || ready='{}'
    url=$(jq -r .api_url <<<"$ready")
    key=$T/key.${1-}
    jq -r .api_key <<<"$ready" >"$key"
    imap=$(jq -r .imap <<<"$ready")
    jq -r .mailbox_password <<<"$ready" >"$T/mailbox.${1-}"
}

close_service() {
    exec {events}<&-
    wait "$service"
    is "${1:-the service}: ends with its reader" $? 0 "$T/err.${1-}"
}

# probe NAME OPTIONS...: its events, and those of its end that matter.
probe() {
    "$NOLLEGO" probe "$@" --api-url "$url" --api-key-file "$key" </dev/null
}

# end FILTER: what a probe's end says, on one line.
end() {
    jq -rs "map(select(.event == \"end\"))[0] |
        \"\(.outcome) \(.fault) \(.code) \(.cause) $1\""
}

# --- the actors --------------------------------------------------------------

# The end of the send, and where something was sent, of the watch.
actors='
ok         pass null 0 null            |pass null null null delivered
delayedmsg pass null 200 null          |pass null null null delivered
slow       pass null 0 null            |pass null null null delivered
delay      pass null 0 null            |pass null null null delivered
queued     pass null 0 null            |unknown null null null queued
noevent    pass null 0 null            |unknown null null null queued
hard       pass null 0 null            |fault refused 550 userunknown bounced
nodomain   pass null 0 null            |fault refused 550 hostunknown bounced
soft       pass null 0 null            |fault refused 452 mailboxfull bounced
blocked    pass null 0 null            |fault refused 554 blocked bounced
spam       pass null 0 null            |fault refused 554 spamdetected bounced
dmarc      pass null 0 null            |fault refused 550 authfailure bounced
dns        pass null 0 null            |fault refused 450 networkerror bounced
complaint  pass null 0 null            |fault refused null unknown bounced
html403    fault protocol 403 securityerror
e405       fault refused 405 account
e401       fault refused 401 rejected
e300       fault refused 300 contenterror
e10        fault auth 10 securityerror
e429       fault refused 429 ratelimited
e100       fault refused 100 systemerror
drop       unknown dropped null networkerror|pass null null null delivered
'

# A lost message is looked for by its code, any other by its id.
play() { # ACTOR
    local to=$1@ejemplo.test sent=$T/$1.sent id code
    probe api-send --from "$FROM" --to "$to" --limit 4 >"$sent"
    printf '%s' "$(end '' <"$sent")" | sed 's/ $//'
    id=$(jq -rs 'map(.message_id // empty)[-1] // ""' "$sent")
    code=$(jq -rs 'map(.subject_code // empty)[0] // ""' "$sent")
    jq -es 'any(.outcome == "fault")' "$sent" >/dev/null && return
    printf '|'
    probe api-watch --to "$to" ${id:+--message-id "$id"} \
        --subject-code "$code" --limit 2 --wait 2.5 | end '\(.status)'
}

open_service
while read -r name wanted; do
    [ -n "$name" ] || continue
    play "$name" >"$T/$name.got" &
    players+=($!)
done <<<"$actors"
wait "${players[@]}"
while read -r name wanted; do
    [ -n "$name" ] || continue
    is "$name" "$(cat "$T/$name.got")" "$(sed 's/ *|/|/' <<<"$wanted")" \
        "$T/$name.sent"
done <<<"$actors"
is 'each was sent once, and those that were refused not at all' \
    "$(curl -sS -m 5 -H "X-Trx-Api-Key: $(cat "$key")" \
        "$url/messages/outbound?count=500&offset=0" | jq .TotalCount)" \
    "$(grep -c 'pass\|unknown d' <<<"$actors")"

# --- long histories ----------------------------------------------------------

# One mail to this actor brings a thousand returns to light.
probe api-send --from "$FROM" --to thousand@ejemplo.test >"$T/thousand.sent"
id=$(jq -rs 'map(.message_id // empty)[-1]' "$T/thousand.sent")
probe api-watch --message-id "$id" --to thousand@ejemplo.test --wait 3 \
    >"$T/thousand.watch"
best=99999
for i in 1 2 3; do
    began=$(milliseconds)
    probe api-history --address thousand@ejemplo.test >"$T/history"
    took=$(($(milliseconds) - began))
    [ "$took" -ge "$best" ] || best=$took
done
is 'a thousand returns: all are counted, half are told' \
    "$(end '\(.blocked) \(.count)' <"$T/history") $(grep -c '"bounce"' \
        "$T/history")" 'pass null null null true 1000 500'
holds "a thousand returns in a second: $best ms" test "$best" -lt 1000

probe api-history --sender AVISOS@tienda.example >"$T/sender"
hard=$((1000 + $(grep -c '^hard\|^nodomain' <<<"$actors")))
is 'the returns of a sender' \
    "$(end '\(.hard) \(.addresses) \(.domains) \(.partial)' <"$T/sender")" \
    "pass null null null $hard 4 ejemplo.test=$(jq -rs \
        'map(select(.event == "end"))[0].count' "$T/sender") false"
is 'the returns of a sender: by kind' \
    "$(jq -rs 'map(select(.event == "end"))[0].kinds' "$T/sender")" \
    "HardBounce=$hard Blocked=1 DMARCPolicy=1 DnsError=1 SoftBounce=1 \
SpamComplaint=1 SpamNotification=1"
is 'a sender without any' \
    "$(probe api-history --sender nadie@tienda.example |
        end '\(.count) \(.kinds)')" 'pass null null null 0 '
"$NOLLEGO" probe api-history --sender a@b.example --address c@d.example \
    --api-url "$url" --api-key-file "$key" >"$T/both" 2>&1
is 'a contact or a sender, not both' "$?" 64 "$T/both"
# --- never twice -------------------------------------------------------------

diagnose() { # NAME OPTIONS...: with a mailbox to look into
    "$NOLLEGO" diagnose --via api --from "$FROM" --to "$1@nunca.test" \
        --api-url "$url" --api-key-file "$key" --imap "$imap" --tls none \
        --dns "$NO_DNS" --password-file "$T/mailbox." --wait 3 --json "${@:2}" \
        >"$T/$1.walk" 2>"$T/err.walk"
}

at_service() { # NAME: how many mails to it the service has taken
    curl -sS -m 5 -H "X-Trx-Api-Key: $(cat "$key")" \
        "$url/messages/outbound?count=500&offset=0&recipient=$1@nunca.test" |
        jq .TotalCount
}

# How often the newest journal has such a request of ours.
requests() { # REGEX
    local journals=("$XDG_STATE_HOME"/nollego/sessions/*)
    jq -r 'select(.event == "line" and .from == "us").text' \
        "$(ls -t "${journals[@]}" | head -n 1)" | grep -cE -- "$1"
}

once() { # NAME HOW WANTED TAKEN
    local code
    code=$(jq -r '.attempts[0].subject | split(" ")[-1]' "$T/$1.walk")
    is "$2: what is told" "$(jq -r '[.verdict.cause, (.attempts | length),
        .attempts[0].outcome] | join(" ")' "$T/$1.walk")" "$3" \
        "$T/$1.walk" "$T/err.walk"
    is "$2: one mail was handed in" "$(requests '^POST /email$')" 1
    is "$2: so many are at the service" "$(at_service "$1")" "$4"
    holds "$2: it was looked for by recipient and code" test 1 -le \
        "$(requests "recipient=$1%40nunca\\.test&subject=$code\$")"
}

diagnose drop --limit 2
once drop 'a line cut after the body' 'arrived 1 in_inbox' 1
diagnose slow --limit 1
once slow 'an answer that is late' 'arrived 1 in_inbox' 1
diagnose e500 --limit 2
once e500 'a service that breaks off' 'systemerror 1 unknown' 0
close_service

# --- the quirks --------------------------------------------------------------

quirks='
- ids-turned status-small total-text bounce-wrapped code-text code-missing
search-late subject-demanded translated inactive-old inactive-some inactive-406
no-bounces no-messages
subject-demanded,search-late,ids-turned,bounce-wrapped,total-text,code-text
code-missing,status-small,translated,inactive-406
'

# A mail that arrives, found by its id and by its code; one that comes back;
# what the history says of it, and what the service says to the next one.
tell_all() {
    local id code ok=ok@ejemplo.test hard=hard@ejemplo.test
    probe api-send --from "$FROM" --to $ok | tee "$T/$1.sent" |
        end '\(.inactive)'
    id=$(jq -rs 'map(.message_id // empty)[-1] // ""' "$T/$1.sent")
    code=$(jq -rs 'map(.subject_code // empty)[0] // ""' "$T/$1.sent")
    probe api-watch --to $ok --message-id "$id" --wait 3 | end '\(.status)'
    probe api-watch --to $ok --subject-code "$code" --wait 3 |
        end "\(.status) \(.message_id == \"$id\")"
    id=$(probe api-send --from "$FROM" --to $hard |
        jq -rs 'map(.message_id // empty)[-1] // ""')
    probe api-watch --to $hard --message-id "$id" --wait 3 | end '\(.status)'
    probe api-history --address $hard |
        end '\(.blocked) \(.can_activate) \(.count)'
    probe api-send --from "$FROM" --to $hard | end '\(.inactive)'
}

usual='pass null 0 null null
pass null null null delivered
pass null null null delivered true
fault refused 550 userunknown bounced
pass null null null true true 1
fault refused 406 suppressed true'

# What cannot be the same: which line, and what it says.
declare -A others=(
    [code-missing]='1cpass null 200 null null'
    [code-missing,status-small,translated,inactive-406]='1cpass null 200 null null'
    [no-bounces]='5cunknown null null null null null null'
    [no-messages]='2cunknown null null null null
3cunknown null null null null false
4cunknown null null null null'
)

for quirk in $quirks; do
    (
        trap - EXIT
        open_service "${quirk#-}"
        tell_all "$quirk" >"$T/$quirk.told"
        exec {events}<&-
        wait "$service"
        echo "$?" >"$T/$quirk.left"
    ) &
    players+=($!)
done
wait "${players[@]}"
for quirk in $quirks; do
    is "with $quirk" "$(paste -sd/ "$T/$quirk.told")" \
        "$(sed "${others[$quirk]-}" <<<"$usual" | paste -sd/)" \
        "$T/err.${quirk#-}"
    is "with $quirk: ends with its reader" "$(cat "$T/$quirk.left")" 0 \
        "$T/err.${quirk#-}"
done
"$BUILD/tests/unit/practice_driver" arrives no-such-quirk >"$T/none"
holds 'a quirk that is none is said' grep -q 'no-such-quirk' "$T/none"

done_testing
