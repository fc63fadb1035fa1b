# SPDX-License-Identifier: MIT
# What `probe smtp` tells of a real Postfix.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq
bed_start postfix
. "${BASH_SOURCE[0]%/*}/tells.sh"

to_mx=(--smtp "127.0.0.1:$MX" --tls starttls --ca-file "$CA")

# --- sixty sessions over TLS 1.3 -------------------------------------------

# Its session tickets come before our EHLO: who reads at the wrong time waits
# for a reply to what was never said.
passed=0
for ((i = 0; i < 60; i++)); do
    "$NOLLEGO" probe smtp "${to_mx[@]}" --limit 5 \
        --from sender@prov.example --to alice@corp.example \
        >"$T/events" 2>"$T/errors" &&
        jq -es 'any(.event == "tls" and .version == "TLSv1.3")' \
            "$T/events" >"$T/jq" && passed=$((passed + 1))
done
is '60 of 60 sessions over TLS 1.3' "$passed" 60 "$T/events" "$T/errors"
arrived() { [ "$(bed_has alice@corp.example)" = 60 ]; }
holds 'sixty mails are in the mailbox' wait_for 10 arrived

# --- the recipient's server ------------------------------------------------

tells 'unknown user' 'fault refused rcpt 550 5.1.1 userunknown' \
    "${to_mx[@]}" --from sender@prov.example --to nobody@corp.example
tells 'policy' 'fault refused rcpt 550 5.7.1 rejected' \
    "${to_mx[@]}" --from policy@prov.example --to alice@corp.example
tells 'mailbox full' 'fault refused rcpt 552 5.2.2 mailboxfull' \
    "${to_mx[@]}" --from sender@prov.example --to full@corp.example
tells 'greylisted' 'fault refused rcpt 450 4.7.1 greylisting' \
    "${to_mx[@]}" --from grey@prov.example --to alice@corp.example
tells 'relaying denied' 'fault refused rcpt 554 5.7.1 norelaying' \
    "${to_mx[@]}" --from sender@prov.example --to x@elsewhere.example
tells 'refused after the data' 'fault refused final 550 5.7.1 spamdetected' \
    "${to_mx[@]}" --from content@prov.example --to alice@corp.example
is 'no refused mail is in the mailbox' "$(bed_has alice@corp.example)" 60
tells 'a certificate for another name' 'fault tls tls - - failedstarttls' \
    --smtp "127.0.0.1:$WRONG_NAME" --tls starttls --ca-file "$CA" \
    --from sender@prov.example --to alice@corp.example

# --- the provider's server -------------------------------------------------

mine=(--ca-file "$CA" --from sender@prov.example --to bob@corp.example)
login=(--user sender@prov.example --password-file "$password")
tells 'login over STARTTLS' 'pass - - 250 2.0.0 -' "${mine[@]}" \
    --smtp "127.0.0.1:$SUBMIT" --tls starttls "${login[@]}"
tells 'login over TLS from the start' 'pass - - 250 2.0.0 -' "${mine[@]}" \
    --smtp "127.0.0.1:$SUBMITS" --tls implicit "${login[@]}"
both() { [ "$(bed_has bob@corp.example)" = 2 ]; }
holds 'both are in the mailbox' wait_for 5 both
tells 'login refused' 'fault auth auth 535 5.7.8 securityerror' \
    "${mine[@]}" --smtp "127.0.0.1:$SUBMIT" --tls starttls \
    --user sender@prov.example --password-file "$wrong"
password_is_nowhere
tells "another's address" 'fault refused rcpt 553 5.7.1 rejected' \
    --ca-file "$CA" --from other@prov.example --to bob@corp.example \
    --smtp "127.0.0.1:$SUBMIT" --tls starttls "${login[@]}"
tells 'STARTTLS at the port of TLS from the start' \
    'fault timeout greeting - - networkerror' \
    "${mine[@]}" --smtp "127.0.0.1:$SUBMITS" --tls starttls
in_time 'STARTTLS at the port of TLS from the start'
tells 'TLS from the start at the port of STARTTLS' \
    'fault tls tls - - failedstarttls' \
    "${mine[@]}" --smtp "127.0.0.1:$SUBMIT" --tls implicit

# --- and what comes back ---------------------------------------------------

bounces 'unknown user, later' nobody@corp.example userunknown
bounces 'mailbox full, later' full@corp.example mailboxfull
no_bounce_is_an_arrival

done_testing
