#!/bin/bash
# SPDX-License-Identifier: MIT
# The practice service against clients that are not ours: curl for HTTP, SMTP
# and IMAP, swaks for SMTP where it is installed.
. "$(dirname "$0")/lib.sh"
need curl jq

FROM=avisos@tienda.example OTHER=facturas@tienda.example
TO=ana@empresa.example FREE=ana.prueba@gmail.example
JUNK=Correo%20no%20deseado

# open SCENARIO: starts the service and takes what it tells.
open_service() {
    local ready
    exec {events}< <(exec "$BUILD/tests/unit/practice_driver" "$1" 2>"$T/err")
    service=$!
    read -r -t 10 -u "$events" ready || ready='{}'
    url=$(jq -r .api_url <<<"$ready") key=$(jq -r .api_key <<<"$ready")
    smtp=$(jq -r .smtp <<<"$ready") imap=$(jq -r .imap <<<"$ready")
    user=$(jq -r .user <<<"$ready") password=$(jq -r .password <<<"$ready")
    mailbox=$(jq -r .mailbox_password <<<"$ready")
    via=$(jq -r .via <<<"$ready")
}

# It ends when nobody reads it any more, without a leak where one is looked
# for.
close_service() {
    exec {events}<&-
    wait "$service"
    is "$1: ends with its reader" $? 0 "$T/err"
}

api() { # ARGUMENTS... PATH
    curl -sS -m 5 -H "X-Trx-Api-Key: $key" "${@:1:$#-1}" "$url${*: -1}"
}

# post FROM TO SUBJECT [ARGUMENTS...]: body of the answer in $T/answer, its
# status on standard output.
post() {
    jq -n --arg from "$1" --arg to "$2" --arg subject "$3" \
        '{From: $from, To: $to, Subject: $subject, TextBody: "Hola",
          Headers: [{Name: "X-Nollego-Token", Value: ("token-" + $subject)}]}' |
        api -o "$T/answer" -w '%{http_code}' -d @- \
            -H 'Content-Type: application/json' "${@:4}" /email
}

answer() { # FILTER
    jq -r "$1" "$T/answer"
}

# What a message's events say, joined; "Queued" while there are none.
events_of() { # MESSAGE-ID
    api "/messages/outbound/$1/details" |
        jq -r 'if .MessageEvents == [] then .Status
               else [.MessageEvents[].Type] | join(" ") end'
}

has_events() { # MESSAGE-ID WANTED
    [ "$(events_of "$1")" = "$2" ]
}

box() { # ADDRESS FOLDER COMMAND
    curl -sS -m 5 -u "$1:$mailbox" "imap://$imap/$2" -X "$3" | tr -d '\r'
}

is_in() { # ADDRESS FOLDER SUBJECT
    [ "$(box "$1" "$2" "UID SEARCH HEADER X-Nollego-Token token-$3")" \
        != '* SEARCH' ]
}

# mail FROM TO SUBJECT [ARGUMENTS...]: by SMTP; what was said in $T/session.
mail() {
    printf '%s\r\n' "From: $1" "To: $2" "Subject: $3" \
        "X-Nollego-Token: token-$3" '' '.una línea con punto' >"$T/mail"
    curl -sS -v -m 5 "smtp://$smtp/peer.example" -u "$user:$password" \
        --mail-from "$1" --mail-rcpt "$2" -T "$T/mail" "${@:4}" \
        >"$T/session" 2>&1
}

# 1. Each scenario over its own channel: what the first mail meets, what its
#    events tell at last, and where it is found.
#    status/ErrorCode or the last SMTP reply; events; folder ("-" for none).
scenarios='
arrives            200/0   Delivered           INBOX
spam-folder        200/0   Delivered           junk
hard-bounce        422/406 -                   -
hard-bounce-smtp   250     -                   -
sender-blocked     200/0   Delivered           -
corporate-filter   200/0   Delivered           -
corporate-reject   250     Bounced             -
user-unknown       200/0   Bounced             -
mailbox-full       250     Bounced             -
greylisted         250     Transient.Delivered INBOX
bad-key            401/10  -                   -
sender-unconfirmed 422/401 -                   -
no-credits         422/405 -                   -
bad-login          535     -                   -
nothing-arrives    200/0   Delivered           -
silent             silence -                   -
'

last_reply() {
    sed -nE 's/^< ([0-9]{3}) .*/\1/p' "$T/session" | grep -vx 221 | tail -n 1
}

meets() {
    local status
    if [ "$via" = api ]; then
        status=$(post "$FROM" "$TO" uno)
        echo "$status/$(answer .ErrorCode)"
    else
        mail "$FROM" "$TO" uno -m 2
        status=$(last_reply)
        echo "${status:-silence}"
    fi
}

newest() {
    api '/messages/outbound?count=1&offset=0' |
        jq -r '.Messages[0].MessageID // "-"'
}

while read -r name wanted events_wanted folder; do
    [ -n "$name" ] || continue
    open_service "$name"
    is "$name: the first mail" "$(meets)" "$wanted" "$T/session"
    if [ "$events_wanted" != - ]; then
        id=$(newest)
        holds "$name: told ${events_wanted/./, then }" \
            wait_for 3 has_events "$id" "${events_wanted/./ }"
    elif [ "$name" != bad-key ]; then
        is "$name: no message" "$(newest)" -
    fi
    case $folder in
    junk)
        holds "$name: lands in spam" wait_for 3 is_in "$TO" "$JUNK" uno
        is "$name: not in the inbox" \
            "$(box "$TO" INBOX 'UID SEARCH ALL')" '* SEARCH'
        ;;
    INBOX) holds "$name: lands in the inbox" wait_for 3 is_in "$TO" INBOX uno ;;
    -)
        is "$name: not in the inbox" \
            "$(box "$TO" INBOX 'UID SEARCH ALL')" '* SEARCH'
        is "$name: not in spam" \
            "$(box "$TO" "$JUNK" 'UID SEARCH ALL')" '* SEARCH'
        ;;
    esac
    close_service "$name"
done <<<"$scenarios"

# 2. The comparisons of the article.
open_service sender-blocked
post "$OTHER" "$TO" dos >/dev/null
holds 'another sender is seen' wait_for 3 is_in "$TO" INBOX dos
is 'the sender has a history' \
    "$(api '/bounces?count=50&offset=0&type=HardBounce' |
        jq -r '[.Bounces[].From] | unique | join(" ")')" "$FROM"
close_service 'another sender'

open_service corporate-reject
post "$FROM" "$FREE" tres >/dev/null
holds 'a free mailbox gets it' wait_for 3 is_in "$FREE" INBOX tres
close_service 'a free mailbox'

# 3. The API.
open_service hard-bounce
is 'no key' "$(curl -sS -m 5 "$url/deliverystats" | jq .ErrorCode)" 10
is 'a wrong key' "$(curl -sS -m 5 -H 'X-Trx-Api-Key: x' "$url/bounces" |
    jq .ErrorCode)" 10
is 'the other name of the key' "$(curl -sS -m 5 "$url/DeliveryStats/" \
    -H "X-Postmark-Server-Token: $key" | jq .InactiveMails)" 1
post "$FROM" "$TO" x >/dev/null
holds 'the refusal names the contact' \
    grep -q "Found inactive addresses: $TO\. Inactive recipients are" \
    "$T/answer"
is 'some are inactive' "$(post "$FROM" "$TO, Eva <eva@empresa.example>" x)" 200
holds 'the answer says which' \
    grep -q "will not deliver to these inactive addresses: $TO\." "$T/answer"
is 'the history' \
    "$(api "/bounces?count=50&offset=0&inactive=true&emailFilter=$TO" |
        jq -c '.Bounces[] | [.Type, .TypeCode, .Inactive, .CanActivate]')" \
    '["HardBounce",1,true,true]'
id=$(api '/bounces?count=1&offset=0' | jq '.Bounces[0].ID')
holds 'the notice' grep -q 'Diagnostic-Code: smtp;550 5.1.1' \
    <(api "/bounces/$id/dump" | jq -r .Body)
is 'activating' "$(api -X PUT "/bounces/$id/activate" |
    jq -c '[.Message, .Bounce.Inactive]')" '["OK",false]'
is 'then it is taken' "$(post "$FROM" "$TO" x)" 200
is 'no such bounce' "$(api /bounces/1 | jq .ErrorCode)" 1001
is 'no such message' "$(api /messages/outbound/x/details | jq .ErrorCode)" 701
is 'no such page' "$(api -o /dev/null -w '%{http_code}' /nada)" 404
is 'no such method' "$(api -o /dev/null -w '%{http_code}' -X PUT /email)" 405
is 'no count' "$(api '/messages/outbound?offset=0' | jq .ErrorCode)" 700
is 'too many' "$(api '/bounces?count=501&offset=0' | jq .ErrorCode)" 1000
is 'not JSON' "$(api -d '{' -H 'Content-Type: application/json' /email |
    jq .ErrorCode)" 402
is 'no type' "$(api -d '{}' /email | jq .ErrorCode)" 409
is 'no sender' "$(post '' "$TO" x)/$(answer .ErrorCode)" 422/300
is 'no recipient' "$(post "$FROM" '' x)/$(answer .ErrorCode)" 422/300
is 'no address' "$(post "$FROM" 'ana@' x)/$(answer .ErrorCode)" 422/300
is 'a foreign sender' "$(post x@otra.example "$TO" x)/$(answer .ErrorCode)" \
    422/400
head -c 400000 /dev/zero | tr '\0' ' ' >"$T/big"
is 'too large' "$(api -o /dev/null -w '%{http_code}' -d "@$T/big" \
    -H 'Content-Type: application/json' /email)" 413
# Order of checks: the key before all that is in the body.
is 'the key first' "$(key=x post '' '' x)/$(answer .ErrorCode)" 401/10
close_service 'the API'

# 4. SMTP.
open_service arrives
holds 'LOGIN' mail "$FROM" "$TO" cuatro --login-options AUTH=LOGIN
holds 'it is found by its subject' \
    jq -e '.TotalCount == 1 and .Messages[0].Status != null' \
    <(api '/messages/outbound?count=5&offset=0&subject=CUATRO')
holds 'it lands' wait_for 3 is_in "$TO" INBOX cuatro
is 'dots are undone' "$(curl -sS -m 5 -u "$TO:$mailbox" \
    "imap://$imap/INBOX;UID=1/;SECTION=TEXT" | tr -d '\r')" \
    '.una línea con punto'
curl -sS -v -m 5 "smtp://$smtp" --mail-from "$FROM" --mail-rcpt "$TO" \
    -T "$T/mail" >"$T/session" 2>&1
is 'no login' "$(last_reply)" 530 "$T/session"
mail x@otra.example "$TO" x
is 'a foreign sender' "$(last_reply)" 550 "$T/session"
if command -v swaks >/dev/null; then
    for mechanism in PLAIN LOGIN; do
        holds "swaks, $mechanism" swaks --server "$smtp" --from "$FROM" \
            --to "$TO,$FREE" --auth "$mechanism" --auth-user "$user" \
            --auth-password "$password" --h-Subject cinco --pipeline
    done
    swaks --server "$smtp" --from "$FROM" --to "$TO" --auth PLAIN \
        --auth-user "$user" --auth-password otra >"$T/session" 2>&1
    is 'swaks: a refused login' $? 28 "$T/session"
else
    pass 'swaks # SKIP swaks is not installed'
fi
close_service 'SMTP'

# 5. IMAP.
open_service arrives
post "Señal <$FROM>" "$TO" 'Prueba ñ K7Q-4M2' >/dev/null
found() {
    [ "$(box "$TO" INBOX 'UID SEARCH SUBJECT K7Q-4M2 SINCE 1-Jan-2020')" = \
        '* SEARCH 1' ]
}
holds 'found by subject' wait_for 3 found
is 'folders' "$(curl -sS -m 5 -u "$TO:$mailbox" "imap://$imap/" | tr -d '\r')" \
    '* LIST (\HasNoChildren) "/" "INBOX"
* LIST (\HasNoChildren \Junk) "/" "Correo no deseado"'
is 'nobody else finds it' "$(box "$FREE" INBOX 'UID SEARCH ALL')" '* SEARCH'
holds 'its header' grep -q '^Subject: =?UTF-8?B?' \
    <(curl -sS -m 5 -u "$TO:$mailbox" \
        "imap://$imap/INBOX;UID=1/;SECTION=HEADER")
is 'nothing is marked as read' "$(box "$TO" INBOX 'UID SEARCH SEEN')" '* SEARCH'
curl -sS -m 5 -u "$TO:otra" "imap://$imap/" >"$T/session" 2>&1
is 'a refused login' $? 67 "$T/session"
curl -sS -m 5 -u "nadie:$mailbox" "imap://$imap/" \
    >"$T/session" 2>&1
is 'a name that is no mailbox' $? 67 "$T/session"
close_service 'IMAP'

# 6. Rough guests: garbage, a hundred at once, and some who never speak.
open_service arrives
port() { # ADDRESS:PORT
    echo "${1##*:}"
}
rough() { # PORT
    { head -c 100000 /dev/urandom; printf '\r\n\r\n'; } \
        >"/dev/tcp/127.0.0.1/$1"
    { printf 'GET / HTTP/1.1\r\nX: '; head -c 100000 /dev/zero | tr '\0' a; } \
        >"/dev/tcp/127.0.0.1/$1"
}
for server in "$smtp" "$imap" "${url#http://}"; do
    (rough "$(port "$server")") 2>/dev/null
done
silent=()
for _ in {1..16}; do
    exec {fd}<>"/dev/tcp/127.0.0.1/$(port "$smtp")"
    read -r -t 5 -u "$fd" line
    silent+=("$fd")
done
exec {fd}<>"/dev/tcp/127.0.0.1/$(port "$imap")"
read -r -t 5 -u "$fd" line
exec {fd}>&-
is 'one too many' "${line%$'\r'}" '* BYE Too many connections'
for fd in "${silent[@]}"; do
    exec {fd}>&-
done
holds 'they go, others come' wait_for 3 mail "$FROM" "$TO" seis
is 'HTTP still answers' "$(post "$FROM" "$TO" siete)" 200
holds 'both land' wait_for 3 is_in "$TO" INBOX seis
holds 'both land' wait_for 3 is_in "$TO" INBOX siete
rounds() {
    local i
    for i in {1..20}; do
        post "$FROM" "$TO" "n$1-$i" >/dev/null
        box "$TO" INBOX 'UID SEARCH ALL' >/dev/null
        api '/messages/outbound?count=50&offset=0' >/dev/null
    done
}
crowd=()
for each in {1..5}; do
    rounds "$each" 2>/dev/null &
    crowd+=($!)
done
wait "${crowd[@]}"
is 'a crowd is served' \
    "$(api '/messages/outbound?count=1&offset=0' | jq .TotalCount)" 102
close_service 'rough guests'

done_testing
