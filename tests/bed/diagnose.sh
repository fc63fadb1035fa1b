# SPDX-License-Identifier: MIT
# Whole walks of `diagnose` over a real Exim into a real Dovecot.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq
bed_start exim

export XDG_STATE_HOME=$T/state
conf=$T/nollego.conf
(umask 077 && cat >"$conf") <<END
[general]
ca_file = $CA
limit = 5
wait = 8
dns = $NO_DNS
[smtp]
server = 127.0.0.1:$SUBMIT
tls = starttls
user = sender@prov.example
password = $SMTP_PASSWORD
[mailbox alice@corp.example]
server = 127.0.0.1:$IMAPS
tls = implicit
user = alice@corp.example
password = $IMAP_PASSWORD
END

# walks NAME "STATUS CAUSE OUTCOMES" OPTION...
walks() {
    local name=$1 wanted=$2 status got
    shift 2
    "$NOLLEGO" diagnose --json --config "$conf" --via smtp "$@" \
        >"$T/report" 2>"$T/errors"
    status=$?
    got=$(jq -r '[.verdict.cause] + [.attempts[].outcome] | join(" ")' \
        "$T/report")
    is "$name" "$status $got" "$wanted" "$T/report" "$T/errors"
}

walks 'it arrives' '0 arrived in_inbox' \
    --from sender@prov.example --to alice@corp.example
is 'seen by the mailbox itself' \
    "$(jq -r '.attempts[0].mailbox' "$T/report")" in_inbox
walks 'it arrives as spam' '1 arrived_in_spam in_spam' \
    --from spam@prov.example --to alice@corp.example \
    --smtp "127.0.0.1:$MX"
walks 'the recipient does not exist' '1 userunknown refused' \
    --from sender@prov.example --to nobody@corp.example \
    --smtp "127.0.0.1:$MX"
is 'whose turn it is' "$(jq -r .verdict.side "$T/report")" you
walks 'the mailbox is full' '1 mailboxfull refused' \
    --from sender@prov.example --to full@corp.example \
    --smtp "127.0.0.1:$MX"

echo canary-2fWq >"$T/wrong"
walks 'the login is refused' '1 securityerror refused' \
    --from sender@prov.example --to alice@corp.example \
    --password-file "$T/wrong"

# Taken by the provider, and then nobody can look: no verdict is made up.
walks 'nobody can look' '2 unknown accepted' \
    --from sender@prov.example --to bob@corp.example --wait 1

# --- what remains of them ----------------------------------------------------

sessions=$T/state/nollego/sessions
is 'a session each' "$(find "$sessions" -name '*.jsonl' | wc -l)" 6
is 'for nobody else to read' "$(find "$sessions" -type f ! -perm 600)" ''
holds 'no password in any of them' test -z "$(grep -raF \
    -e canary-2fWq -e "$SMTP_PASSWORD" -e "$IMAP_PASSWORD" \
    -e "$(printf %s canary-2fWq | base64)" \
    -e "$(printf '\0sender@prov.example\0canary-2fWq' | base64 -w 0)" \
    "$sessions")"
"$NOLLEGO" report --format json >"$T/again" 2>&1
is 'the latest, replayed, is the same report' \
    "$(jq -S . "$T/again")" "$(jq -S . "$T/report")"
"$NOLLEGO" report --format json - <"$(find "$sessions" | sort | tail -n 1)" \
    >"$T/again" 2>&1
is 'and so it is from standard input' \
    "$(jq -S . "$T/again")" "$(jq -S . "$T/report")"
done_testing
