# SPDX-License-Identifier: MIT
# What `probe smtp` tells of a real Exim, and of a server that dies.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
need jq
bed_start exim
. "${BASH_SOURCE[0]%/*}/tells.sh"

to_mx=(--smtp "127.0.0.1:$MX" --tls starttls --ca-file "$CA")

# --- the recipient's server ------------------------------------------------

tells 'accepted' 'pass - - 250 - -' "${to_mx[@]}" \
    --from sender@prov.example --to alice@corp.example
holds 'every line is an event' \
    jq -es 'length > 1 and all(.event | type == "string")' "$T/events"
holds 'token, code and id are told before the session' \
    jq -es 'map(.event) as $e | ($e | index("message")) as $m |
        $m != null and $m < ($e | index("end")) and
        (.[$m] | .token and .subject_code and .message_id)' "$T/events"
holds 'the phases stand in their order' \
    jq -es '[.[] | select(.event == "phase") | .phase] | map(select(. !=
        "quit")) == ["connect", "greeting", "ehlo", "starttls", "tls",
        "ehlo", "mail", "rcpt", "data", "final"]' "$T/events"
arrived() { [ "$(bed_has alice@corp.example)" = 1 ]; }
holds 'it is in the mailbox, once' wait_for 5 arrived

tells 'unknown user' 'fault refused rcpt 550 5.1.1 userunknown' \
    "${to_mx[@]}" --from sender@prov.example --to nobody@corp.example
tells 'policy' 'fault refused rcpt 550 5.7.1 policyviolation' \
    "${to_mx[@]}" --from policy@prov.example --to alice@corp.example
tells 'mailbox full' 'fault refused rcpt 552 5.2.2 mailboxfull' \
    "${to_mx[@]}" --from sender@prov.example --to full@corp.example
tells 'greylisted' 'fault refused rcpt 450 4.7.1 greylisting' \
    "${to_mx[@]}" --from grey@prov.example --to alice@corp.example
tells 'relaying denied' 'fault refused rcpt 550 5.7.1 norelaying' \
    "${to_mx[@]}" --from sender@prov.example --to x@elsewhere.example
tells 'refused after the data' \
    'fault refused final 550 5.7.1 spamdetected' \
    "${to_mx[@]}" --from content@prov.example --to alice@corp.example
holds 'the words are the server'\''s own' \
    jq -es '.[-1].reply | test("This message looks like spam")' "$T/events"
is 'no refused mail is in the mailbox' "$(bed_has alice@corp.example)" 1

# --- the provider's server -------------------------------------------------

mine=(--from sender@prov.example --to bob@corp.example --ca-file "$CA")
tells 'login over STARTTLS' 'pass - - 250 - -' "${mine[@]}" \
    --smtp "127.0.0.1:$SUBMIT" --tls starttls \
    --user sender@prov.example --password-file "$password"
tells 'login over TLS from the start' 'pass - - 250 - -' \
    "${mine[@]}" --smtp "127.0.0.1:$SUBMITS" --tls implicit \
    --user sender@prov.example --password-file - <"$password"
both() { [ "$(bed_has bob@corp.example)" = 2 ]; }
holds 'both are in the mailbox' wait_for 5 both
tells 'login refused' 'fault auth auth 535 - securityerror' "${mine[@]}" \
    --smtp "127.0.0.1:$SUBMIT" --tls starttls \
    --user sender@prov.example --password-file "$wrong"
password_is_nowhere
tells 'no login where one is asked for' \
    'fault refused rcpt 530 5.7.0 securityerror' "${mine[@]}" \
    --smtp "127.0.0.1:$SUBMIT" --tls starttls

# --- and what comes back ---------------------------------------------------

bounces 'unknown user, later' nobody@corp.example userunknown
bounces 'mailbox full, later' full@corp.example mailboxfull
no_bounce_is_an_arrival

# --- no way to it ----------------------------------------------------------

tells 'a certificate for another name' 'fault tls tls - - failedstarttls' \
    --smtp "127.0.0.1:$WRONG_NAME" --tls starttls --ca-file "$CA" \
    --from sender@prov.example --to alice@corp.example
tells 'a certificate of an unknown authority' \
    'fault tls tls - - failedstarttls' \
    --smtp "127.0.0.1:$MX" --tls starttls --ca-file "$OTHER_CA" \
    --from sender@prov.example --to alice@corp.example
free_port closed
# shellcheck disable=SC2154 # free_port sets it
tells 'a closed port' 'fault connect connect - - networkerror' \
    --smtp "127.0.0.1:$closed" --tls none \
    --from sender@prov.example --to alice@corp.example

# peer SCRIPT-LINE...: a server of our own; its port in $port.
peer() {
    printf '%s\n' "$@" >"$T/script"
    "$BUILD/tests/peer" "$T/script" >"$T/heard" &
    at_end "stop $!"
    wait_for 5 test -s "$T/heard" || fail 'the peer starts'
    read -r port <"$T/heard"
}

peer hold
tells 'a silent server' 'fault timeout greeting - - networkerror' \
    --smtp "127.0.0.1:$port" --tls none \
    --from sender@prov.example --to alice@corp.example
in_time 'a silent server'

taken=('S 220 peer ESMTP' 'C EHLO' 'S 250-peer' 'S 250 SIZE 1000000'
    'C MAIL' 'S 250 OK' 'C RCPT' 'S 250 OK'
    'C DATA' 'S 354 Go on' message)
peer "${taken[@]}"
tells 'death between the final dot and its reply' \
    'unknown dropped final - - networkerror' \
    --smtp "127.0.0.1:$port" --tls none \
    --from sender@prov.example --to alice@corp.example
is 'nothing is sent twice' "$(grep -c '^DATA' "$T/heard")" 1

peer "${taken[@]}" hold
tells 'silence after the final dot' 'unknown timeout final - - networkerror' \
    --smtp "127.0.0.1:$port" --tls none \
    --from sender@prov.example --to alice@corp.example
in_time 'silence after the final dot'

done_testing
