# SPDX-License-Identifier: MIT
# What `probe imap` finds in a real Dovecot, behind a real mail server.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq curl
bed_start any

echo "$IMAP_PASSWORD" >"$T/password"
echo canary-9kTz >"$T/wrong"

# A mail by `probe smtp`; its token on standard output.
sent() { # FROM
    "$NOLLEGO" probe smtp --smtp "127.0.0.1:$MX" --tls starttls \
        --ca-file "$CA" --from "$1" --to alice@corp.example |
        jq -r 'select(.event == "message").token'
}

look() { # PASSWORD-FILE CA-FILE OPTION...
    "$NOLLEGO" probe imap --imap "127.0.0.1:$IMAPS" --tls implicit \
        --user alice@corp.example --password-file "$1" --ca-file "$2" \
        "${@:3}" >"$T/events" 2>"$T/errors"
}

# tells NAME WANTED FILTER, of the last event of the last look.
tells() {
    is "$1" "$(tail -n 1 "$T/events" | jq -r "$3")" "$2" \
        "$T/events" "$T/errors"
}

ending='"\(.event) \(.outcome) \(.fault) \(.phase) \(.where) \(.folder)"'

# --- found -----------------------------------------------------------------

inbox=$(sent sender@prov.example)
spam=$(sent spam@prov.example)
holds 'two tokens' test -n "$inbox" -a -n "$spam" -a "$inbox" != "$spam"

look "$T/password" "$CA" --wait 10 --token "$inbox"
is 'in the inbox: exit' $? 0
tells 'in the inbox' 'end pass null null inbox INBOX' "$ending"
look "$T/password" "$CA" --wait 10 --token "$spam"
is 'in Junk: exit' $? 0
tells 'in Junk' 'end pass null null spam Junk' "$ending"
holds 'every line is an event' \
    jq -es 'length > 0 and all(.event | type == "string")' "$T/events"

# While it looks, a mail comes in from another program.
token=0123456789abcdef0123456789abcdef
look "$T/password" "$CA" --wait 20 --token $token &
watch=$!
searches() { grep -q '"search"' "$T/events"; }
wait_for 5 searches || fail 'the search starts' "$T/events"
printf 'From: sender@prov.example\r\nSubject: x\r\n%s: %s\r\n\r\nx\r\n' \
    X-Nollego-Token $token |
    curl -sS --ssl-reqd --cacert "$CA" -T - "smtp://127.0.0.1:$MX" \
        --mail-from sender@prov.example --mail-rcpt alice@corp.example
wait $watch
is 'comes while it looks: exit' $? 0
tells 'comes while it looks' 'end pass null null inbox INBOX' "$ending"

# --- not found -------------------------------------------------------------

look "$T/password" "$CA" --wait 1 --token "$(tr 0-9a-f f0-9a-e <<<$token)"
is 'never: exit' $? 2
tells 'never' 'unknown null' '"\(.outcome) \(.where)"'
look "$T/wrong" "$CA" --wait 1 --token "$inbox"
is 'wrong password: exit' $? 1
tells 'wrong password' 'fault auth login securityerror' \
    '"\(.outcome) \(.fault) \(.phase) \(.cause)"'
holds 'the password is nowhere' test -z "$(cat "$T/events" "$T/errors" |
    grep -aF -e canary-9kTz -e "$(printf canary-9kTz | base64)" \
        -e "$(printf '\0alice@corp.example\0canary-9kTz' | base64 -w 0)")"
look "$T/password" "$OTHER_CA" --wait 1 --token "$inbox"
is 'unknown authority: exit' $? 1
tells 'unknown authority' 'fault tls' '"\(.outcome) \(.fault)"'

# --- and left as it was ----------------------------------------------------

unseen() { # FOLDER
    curl -sS --cacert "$CA" -u "alice@corp.example:$IMAP_PASSWORD" \
        "imaps://127.0.0.1:$IMAPS/$1?UNSEEN" | tr -d '\r'
}
is 'the inbox is unread' "$(unseen INBOX)" '* SEARCH 1 2'
is 'Junk is unread' "$(unseen Junk)" '* SEARCH 1'
is 'nothing is kept or doubled' "$(bed_has alice@corp.example)" 3

done_testing
