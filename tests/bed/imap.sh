# SPDX-License-Identifier: MIT
# What `probe imap` finds in a real Dovecot, behind a real mail server.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq curl
bed_start any

echo "$IMAP_PASSWORD" >"$T/password"
echo canary-9kTz >"$T/wrong"
me=sender@prov.example code=K7Q-4M2
tokens=0

# A new token each time.
new_token() {
    tokens=$((tokens + 1))
    printf -v token '%032x' "$tokens"
}

# A mail by `probe smtp`; its token on standard output.
sent() { # FROM
    "$NOLLEGO" probe smtp --smtp "127.0.0.1:$MX" --tls starttls \
        --ca-file "$CA" --from "$1" --to alice@corp.example |
        jq -r 'select(.event == "message").token'
}

# A mail by another program, which is in the mailbox afterwards.
deliver() { # FROM SUBJECT [HEADER-LINE...]
    local before
    before=$(bed_has alice@corp.example)
    {
        printf 'From: %s\nSubject: %s\n' "$1" "$2"
        [ $# -eq 2 ] || printf '%s\n' "${@:3}"
        printf '\nz5 OK done\n* SEARCH 99\nz6 OK done\n'
    } | sed 's/$/\r/' | curl -sS --ssl-reqd --cacert "$CA" -T - \
        "smtp://127.0.0.1:$MX" --mail-from "$1" \
        --mail-rcpt alice@corp.example
    holds "  a mail of $1 is delivered" wait_for 5 has_more "$before"
}

has_more() { # THAN
    [ "$(bed_has alice@corp.example)" -gt "$1" ]
}

look_at() { # ADDRESS PASSWORD-FILE CA-FILE OPTION...
    "$NOLLEGO" probe imap --imap "$1:$IMAPS" --tls implicit \
        --user alice@corp.example --password-file "$2" --ca-file "$3" \
        --from $me --subject-code $code "${@:4}" >"$T/events" 2>"$T/errors"
}

look() { # OPTION...
    look_at 127.0.0.1 "$T/password" "$CA" "$@"
}

# The same while something else happens; then `ends`.
begin() { # OPTION...
    look "$@" &
    looking=$!
    wait_for 5 searches || fail 'the search starts' "$T/events"
}

searches() {
    grep -q '"phase":"search"' "$T/events"
}

# tells NAME WANTED FILTER, of the last event of the last look.
tells() {
    is "$1" "$(tail -n 1 "$T/events" | jq -r "$3")" "$2" \
        "$T/events" "$T/errors"
}

# ends NAME STATUS WANTED, of the look that has just ended with $?.
ends() {
    local status=$?
    is "$1: exit" "$status" "$2" "$T/events" "$T/errors"
    tells "$1" "$3" \
        '"\(.outcome) \(.fault) \(.where) \(.folder) \(.similar)"'
    holds "$1: nothing but events" jq -es \
        'length > 0 and all(.event | type == "string")' "$T/events"
}

# --- found -----------------------------------------------------------------

inbox=$(sent $me)
spam=$(sent spam@prov.example)
holds 'two tokens' test -n "$inbox" -a -n "$spam" -a "$inbox" != "$spam"

look --wait 10 --token "$inbox"
ends 'in the inbox' 0 'pass null inbox INBOX false'
tells 'it was there before' 0 .arrived_after
tells 'it is there once' 1 .copies
look --wait 10 --token "$spam"
ends 'in Junk' 0 'pass null spam Junk false'

new_token
deliver $me "Prueba $code" "X-Nollego-Token: $token" 'X-Bed-Rule: facturas'
look --wait 10 --token "$token"
ends 'in a folder whose name is not ASCII' 0 \
    'pass null other Facturación false'

new_token
deliver $me "Prueba $code" "X-Nollego-Token: $token"
deliver $me "Prueba $code" "X-Nollego-Token: $token"
look --wait 10 --token "$token"
ends 'twice' 0 'pass null inbox INBOX false'
tells 'both are told' 2 .copies

# The mail is there before the probe of the send hears its answer.
new_token
deliver $me "Prueba $code" "X-Nollego-Token: $token"
look --wait 0 --token "$token"
ends 'in one look' 0 'pass null inbox INBOX false'

new_token
begin --wait 20 --token "$token"
deliver $me "Prueba $code" "X-Nollego-Token: $token"
wait $looking
ends 'comes while it looks' 0 'pass null inbox INBOX false'

new_token
begin --wait 20 --token "$token"
deliver spam@prov.example "Prueba $code" "X-Nollego-Token: $token"
wait $looking
ends 'comes among the spam while it looks' 0 'pass null spam Junk false'

# --- late ------------------------------------------------------------------

# Not yet there when its time is over; a last look finds it.
new_token
look --wait 1 --token "$token"
ends 'late: not yet' 2 'unknown null null null false'
deliver $me "Prueba $code" "X-Nollego-Token: $token"
look --wait 0 --token "$token"
ends 'late: the last look' 0 'pass null inbox INBOX false'

# --- not found -------------------------------------------------------------

new_token
code=AAA-AAA
look --wait 1 --token "$token"
ends 'never' 2 'unknown null null null false'

code=BBB-BBB
deliver other@prov.example "Prueba $code"
look --wait 1 --token "$token"
ends 'the subject of ours, another sender' 2 'unknown null null null false'
deliver $me "Prueba $code" "X-Nollego-Token: ${token}0"
look --wait 1 --token "$token"
ends 'the token of another' 2 'unknown null null null false'
deliver $me "Prueba $code"
look --wait 1 --token "$token"
ends 'our subject and sender, no token' 2 'unknown null null INBOX true'

code=CCC-CCC
new_token
deliver other@prov.example "$code"$'\n z5 OK done\n * SEARCH 99\n z6 OK done' \
    "X-Other: X-Nollego-Token: $token" \
    $'X-More: {3}\n * 1 FETCH (UID 99 BODY[HEADER] {60}\n z7 BYE'
look --wait 1 --token "$token"
ends 'a mail that talks like the server' 2 'unknown null null null false'

# --- not let in ------------------------------------------------------------

look_at 127.0.0.1 "$T/wrong" "$CA" --wait 1 --token "$inbox"
ends 'wrong password' 1 'fault auth null null false'
tells 'wrong password' 'login securityerror' '"\(.phase) \(.cause)"'
holds 'the password is nowhere' test -z "$(cat "$T/events" "$T/errors" |
    grep -aF -e canary-9kTz -e "$(printf canary-9kTz | base64)" \
        -e "$(printf '\0alice@corp.example\0canary-9kTz' | base64 -w 0)")"

look_at 127.0.0.1 "$T/password" "$OTHER_CA" --wait 1 --token "$inbox"
ends 'unknown authority' 1 'fault tls null null false'
look_at 127.0.0.2 "$T/password" "$CA" --wait 1 --token "$inbox"
ends 'a certificate of another name' 1 'fault tls null null false'
look_at 127.0.0.3 "$T/password" "$CA" --wait 1 --token "$inbox"
ends 'a certificate that has expired' 1 'fault tls null null false'
tells 'says that it has expired' true '.detail | test("expired")'

# --- left as it was --------------------------------------------------------

unseen() { # FOLDER
    curl -sS --cacert "$CA" -u "alice@corp.example:$IMAP_PASSWORD" \
        "imaps://127.0.0.1:$IMAPS/$1?UNSEEN" | tr -d '\r' | wc -w
}
is 'the inbox is unread' "$(unseen INBOX)" \
    $((2 + $(bed_mails alice@corp.example | grep -vc '/\.')))
is 'Junk is unread' "$(unseen Junk)" $((2 + 2))
is 'the folder of the rule is unread' "$(unseen 'Facturaci%26APM-n')" $((2 + 1))

# --- the server goes away --------------------------------------------------

new_token
begin --wait 20 --token "$token"
bed_dovecot_dies
bed_dovecot
deliver $me "Prueba $code" "X-Nollego-Token: $token"
wait $looking
ends 'the server is restarted in mid-poll' 0 'pass null inbox INBOX false'

new_token
begin --wait 3 --token "$token"
bed_dovecot_dies
wait $looking
ends 'the server is gone in mid-poll' 1 'fault dropped null null false'
tells 'the server is gone in mid-poll' 'search networkerror' \
    '"\(.phase) \(.cause)"'
look --wait 1 --token "$token"
ends 'nobody is there' 1 'fault connect null null false'

done_testing
