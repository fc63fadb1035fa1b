# SPDX-License-Identifier: MIT
# What the tests of `probe smtp` share (bash, after tests/bed/bed.sh).
# shellcheck shell=bash disable=SC2154

password=$T/password wrong=$T/wrong
echo "$SMTP_PASSWORD" >"$password"
echo canary-2fWq >"$wrong"
limit=3

# tells NAME "OUTCOME FAULT PHASE CODE ENHANCED CAUSE" OPTION...
# A dash stands for null; the exit status must be the outcome's.
tells() {
    local name=$1 wanted=$2 status got started
    shift 2
    case $wanted in
    pass*) wanted+=' exit 0' ;;
    fault*) wanted+=' exit 1' ;;
    unknown*) wanted+=' exit 2' ;;
    esac
    started=$(milliseconds)
    "$NOLLEGO" probe smtp --limit "$limit" "$@" >"$T/events" 2>"$T/errors"
    status=$?
    took=$(($(milliseconds) - started))
    got=$(tail -n 1 "$T/events" | jq -r 'select(.event == "end") |
        [.outcome, .fault, .phase, .code, .enhanced, .cause] |
        map(. // "-" | tostring) | join(" ")')
    is "$name" "$got exit $status" "$wanted" "$T/events" "$T/errors"
}

in_time() {
    holds "$1: within the limit and a second" \
        test "$took" -le $(((limit + 1) * 1000))
}

password_is_nowhere() {
    holds 'the password is nowhere' test -z "$(grep -aF -e canary-2fWq \
        -e "$(printf canary-2fWq | base64)" \
        -e "$(printf '\0sender@prov.example\0canary-2fWq' | base64 -w 0)" \
        "$T/events" "$T/errors")"
}

# bounces NAME RECIPIENT CAUSE: the provider says yes, the MX no. What comes
# back to the sender gives the cause away, pasted as a person would: the words
# of the notice, without its second and third part.
bounces() {
    local before
    before=$(bed_has sender@prov.example)
    "$NOLLEGO" probe smtp --smtp "127.0.0.1:$SUBMIT" --tls starttls \
        --ca-file "$CA" --user sender@prov.example \
        --password-file "$password" --from sender@prov.example --to "$2" \
        >"$T/events" 2>"$T/errors"
    is "$1: accepted" $? 0 "$T/events" "$T/errors"
    came_back() { [ "$(bed_has sender@prov.example)" -gt "$before" ]; }
    wait_for 5 came_back || fail "$1: comes back"
    tr -d '\r' <"$(bed_newest sender@prov.example)" | awk '
        /^Final-Recipient:|^Diagnostic-Code:/ { words = 0 }
        /^Content-[Tt]ype: message\/delivery-status/ { exit }
        words
        /^Content-[Tt]ype: text\/plain/ { words = 1 }' >"$T/notice"
    is "$1: the notice says why" "$("$NOLLEGO" explain --json \
        "$(cat "$T/notice")" | jq -r .cause)" "$3" "$T/notice"
}

# A notice carries the test mail inside, and is none.
no_bounce_is_an_arrival() {
    local token code
    token=$(jq -r 'select(.event == "message").token' "$T/events")
    code=$(jq -r 'select(.event == "message").subject_code' "$T/events")
    "$NOLLEGO" probe imap --imap "127.0.0.1:$IMAPS" --tls implicit \
        --ca-file "$CA" --user sender@prov.example \
        --password-file "$password" --token "$token" --subject-code "$code" \
        --wait 1 >"$T/looked" 2>"$T/errors"
    is 'a notice does not pass for the mail' \
        "$? $(tail -n 1 "$T/looked" | jq -r '"\(.outcome) \(.similar)"')" \
        '2 unknown false' "$T/looked" "$T/errors"
}
