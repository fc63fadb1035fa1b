#!/bin/bash
# SPDX-License-Identifier: MIT
# Plays every practice scenario once and keeps its session for tests/report.sh,
# with all that differs from run to run made the same: sessions/NAME.jsonl.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
need jq
sessions=$TOP/tests/golden/sessions
mkdir -p "$sessions"

# Ids, marks and bounces get numbers in the order in which they appear; times,
# ports and seconds are always the same. The dialogue is not for the report.
# shellcheck disable=SC2016 # the dollars are jq's
mask='
    def uuid: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    def named($at): reduce to_entries[] as $each ({};
        .[$each.value] //= ($at | sub("N"; "\($each.key + 1)")));
    def all($pattern): [.[] | .. | strings | match($pattern; "g").string]
        | reduce .[] as $one ([]; if index([$one]) then . else . + [$one] end);
    map(select(.event != "line" and .event != "phase"))
    | . as $events
    | (([$events[] | select(.event == "attempt") | .token]
            | named("0000000000000000000000000000000N"))
      + ([$events[] | select(.event == "attempt") | .subject_code]
            | named("AAA-22N"))
      + ($events | all(uuid) | named("00000000-0000-0000-0000-00000000000N"))
      + ([$events[] | .. | objects | .bounce_id? // .id? // empty | tostring]
            | unique | named("400000000N"))) as $names
    | (reduce ($names | to_entries[]) as $name
            (map(tojson) | join("\n"); gsub($name.key; $name.value)))
    | gsub("127\\.0\\.0\\.1:[0-9]+"; "127.0.0.1:4000")
    | gsub("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?Z";
        "2026-01-15T12:00:00Z")
    | gsub("\"(?<s>seconds|retry_after|arrived_after)\":[0-9.]+"; "\"\(.s)\":0.25")
    | gsub("queued as [0-9a-f]{8}(?![-0-9a-f])"; "queued as 00000001")
    | gsub("\"port\":[0-9]+"; "\"port\":4000")
    | gsub("\"zone\":[-0-9]+"; "\"zone\":-10800")'

play() { # SCENARIO
    export XDG_STATE_HOME=$T/$1
    "$NOLLEGO" diagnose "--practice=$1" >"$T/$1.out" 2>&1
    jq -rs "$mask" "$T/$1"/nollego/sessions/*.jsonl >"$sessions/$1.jsonl"
}

for scenario in $("$NOLLEGO" --practice=list | awk '{ print $1 }'); do
    play "$scenario"
    holds "$scenario" test -s "$sessions/$scenario.jsonl"
done
done_testing
