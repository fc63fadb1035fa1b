#!/bin/bash
# SPDX-License-Identifier: MIT
# What `probe imap-return` finds in a sender's mailbox, in a real Dovecot.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq curl
bed_start any

echo "$IMAP_PASSWORD" >"$T/password"
token=0123456789abcdef0123456789abcdef code=K7Q-4M2

# deliver FILE: that mail, which is in the mailbox afterwards.
deliver() {
    local before
    before=$(bed_has alice@corp.example)
    sed 's/$/\r/' "$1" | curl -sS --ssl-reqd --cacert "$CA" -T - \
        "smtp://127.0.0.1:$MX" --mail-from daemon@prov.example \
        --mail-rcpt alice@corp.example
    holds '  a mail is delivered' wait_for 5 has_more "$before"
}

has_more() { # THAN
    [ "$(bed_has alice@corp.example)" -gt "$1" ]
}

# case FILE NAME: the mail of that case of tests/data/notices.
notice_of() {
    awk -v name="== $2" '
        $0 == name { inside = 1; next }
        /^== / { inside = 0 }
        inside && /^$/ && !body { body = 1; next }
        inside && body' "$TOP/tests/data/notices/$1.case"
}

watch() { # OPTION...
    "$NOLLEGO" probe imap-return --imap "127.0.0.1:$IMAPS" --tls implicit \
        --user alice@corp.example --password-file "$T/password" \
        --ca-file "$CA" --limit 5 "$@" >"$T/events" 2>"$T/errors"
}

tells() { # NAME WANTED FILTER
    is "$1" "$(tail -n 1 "$T/events" | jq -r "$3")" "$2" \
        "$T/events" "$T/errors"
}

watch --token $token --subject-code $code --wait 0
is 'an empty mailbox: nobody can tell' $? 2 "$T/events" "$T/errors"
tells '  no notice' 'unknown null' '"\(.outcome) \(.action)"'

notice_of words 'a mail that speaks of codes' >"$T/letter"
printf 'Subject: Prueba %s\n\nFwd: %s\n' $code $token >>"$T/letter"
deliver "$T/letter"
watch --token $token --subject-code $code --wait 0
is 'a mail that only quotes us is no notice' $? 2 "$T/events" "$T/errors"

notice_of reports postfix >"$T/letter"
deliver "$T/letter"
watch --token ffffffffffffffffffffffffffffffff --subject-code ZZZ-9Z9 --wait 0
is 'a notice of another mail is none of ours' $? 2 "$T/events" "$T/errors"
watch --token $token --subject-code $code --wait 0
is 'a notice of ours: a fault' $? 1 "$T/events" "$T/errors"
tells '  its words' 'failed 550 5.1.1 userunknown' \
    '"\(.action) \(.code) \(.enhanced) \(.cause)"'
tells '  who says so' 'mail7.trx.example mx.empresa.example true' \
    '"\(.reporting) \(.remote) \(.ours)"'

token=fedcba9876543210fedcba9876543210
watch --token $token --subject-code QQQ-2Q2 --wait 20 &
watching=$!
wait_for 5 grep -q '"phase":"search"' "$T/events"
notice_of words qmail | sed "s/0123456789abcdef.*/$token/" >"$T/letter"
deliver "$T/letter"
wait "$watching"
is 'one that comes while we look: a fault' $? 1 "$T/events" "$T/errors"
tells '  read from its words' 'failed false' '"\(.action) \(.report)"'

holds 'nothing was marked as read' test "$(curl -sS --cacert "$CA" \
    -u "alice@corp.example:$IMAP_PASSWORD" \
    "imaps://127.0.0.1:$IMAPS/INBOX?SEEN" | tr -d '\r')" = '* SEARCH'

echo wrong >"$T/password"
watch --token $token --subject-code $code --wait 0
is 'a wrong password: a fault' $? 1 "$T/events" "$T/errors"
tells '  told as such' auth .fault
done_testing
