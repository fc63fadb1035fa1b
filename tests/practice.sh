# SPDX-License-Identifier: MIT
# Every scenario of the practice world through `diagnose`: its verdict, its
# exit status, and the members that scripts rely on. Table: scenarios.tsv.
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq
limit=30 # seconds; a quiet machine needs less than 10

members='
    .schema == 1
    and (.verdict | (.cause | type == "string")
        and (.side | IN("you", "domain", "recipient", "provider", "wait",
            "none", "unknown"))
        and (.confidence | IN("high", "medium", "low"))
        and (.next | type == "array" and length > 0
            and all(type == "string" and length > 0)))
    and (.attempts | length > 0)
    and all(.attempts[]; has("via") and has("from") and has("to")
        and has("token") and has("code") and has("enhanced")
        and has("reply") and has("cause") and has("seconds")
        and (.outcome | IN("refused", "accepted", "delivered", "bounced",
            "in_inbox", "in_spam", "not_seen", "unknown")))
    and (.support | .contact == "success@icommkt.com"
        and (.subject | length > 0) and (.body | length > 0))'

names=()
while IFS=$'\t' read -r name via cause status; do
    case $name in '#'* | '') continue ;; esac
    names+=("$name")
    out=$T/$name.json err=$T/$name.err
    timeout "$limit" "$NOLLEGO" diagnose "--practice=$name" --json \
        >"$out" 2>"$err"
    is "$name: exit" $? "$status" "$err"
    is "$name: cause" "$(jq -r .verdict.cause "$out" 2>&1)" "$cause" "$err"
    holds "$name: one document with all its members" \
        jq -es "length == 1 and (.[0] | $members)" "$out"
    is "$name: its channel" \
        "$(jq -r '.attempts[0].via' "$out" 2>&1)" "$via" "$err"
done <"$TOP/tests/data/scenarios.tsv"

# The program knows the same ones, and no other.
listed=$("$NOLLEGO" --practice=list |
    sed -nE 's/^ {0,2}([a-z][a-z-]*) .*/\1/p' | sort)
is 'the list of the program' "$listed" "$(printf '%s\n' "${names[@]}" | sort)"
"$NOLLEGO" diagnose --practice=no-such-one --json >"$T/none" 2>&1
is 'a scenario that is none: exit' $? 64

# What a journal tells again is what was told.
session=$(find "$XDG_STATE_HOME" -type f)
holds 'a session was saved' test -n "$session"
"$NOLLEGO" report --format json >"$T/again" 2>"$T/again.err"
cmp -s "$T/again" "$T/${names[-1]}.json"
is 'the latest session, reported again' $? 0 "$T/again" "$T/again.err"

done_testing
