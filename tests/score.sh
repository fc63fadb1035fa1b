#!/bin/bash
# SPDX-License-Identifier: MIT
# How well refusals are read: make score REPLIES=FILE [LIST=1]
#
# FILE has a labelled reply a line, tabs between: cause (or sisimai's name for
# the reason), enhanced code or "-", reply; # is a comment. It is no part of
# the product. A text with more than one label is right with any of them.
# LIST=1 also shows each reply that was read otherwise.
set -u
: "${TOP:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$TOP/build}"

if [ -z "${REPLIES-}" ] || [ ! -r "$REPLIES" ]; then
    echo "score: skipped, there are no labelled replies (REPLIES=FILE)"
    exit 0
fi

rows=$(mktemp) || exit 1
trap 'rm -f "$rows"' EXIT
grep -v '^#' "$REPLIES" | awk -F '\t' 'NF >= 3' >"$rows"

cut -f3 "$rows" | "$BUILD/nollego" explain --json |
    LC_ALL=C awk -F '\t' -v list="${LIST-}" '

# Quotes inside the text of the reply are escaped, so this finds the member.
function member(line, name,    at) {
    at = index(line, "\"" name "\":\"")
    if (at == 0)
        return ""
    line = substr(line, at + length(name) + 4)
    return substr(line, 1, index(line, "\"") - 1)
}

function same_text(reply) {
    reply = tolower(reply)
    gsub(/[^a-z]+/, " ", reply)
    gsub(/^ | $/, "", reply)
    return reply
}

function is_dead(cause) {
    return cause == "userunknown" || cause == "hostunknown"
}

function count(table, key, right, unknown) {
    seen[table, key]++
    if (!((table, key) in known)) {
        known[table, key] = 1
        keys[table] = keys[table] " " key
    }
    hits[table, key] += right
    unsaid[table, key] += unknown
}

function show(table,    n, i, key, k) {
    printf "\n%-18s %6s %6s %6s %8s\n", table, "all", "right", "wrong", "unknown"
    n = split(keys[table], key, " ")
    for (i = 1; i <= n; i++) {
        k = table SUBSEP key[i]
        printf "%-18s %6d %6d %6d %8d %5.1f %%\n", key[i], seen[k], hits[k],
            seen[k] - hits[k] - unsaid[k], unsaid[k], 100 * hits[k] / seen[k]
    }
}

BEGIN {
    split("hasmoved userunknown speeding ratelimited toomanyconn ratelimited " \
        "notcompliantrfc contenterror syntaxerror contenterror exceedlimit " \
        "mesgtoobig systemfull systemerror mailererror systemerror " \
        "onhold unknown undefined unknown delivered accepted", pair, " ")
    for (i = 1; i in pair; i += 2)
        ours[pair[i]] = pair[i + 1]
}

FILENAME == ARGV[1] {
    if (/^ *X\([A-Z_]+, "/) {
        split($0, part, /[(,") ]+/)
        side_of[part[4]] = tolower(part[5])
    }
    next
}

FILENAME == ARGV[2] {
    label[++rows] = $1 in ours ? ours[$1] : $1
    reply[rows] = $3
    labels[same_text($3)] = labels[same_text($3)] " " label[rows] " "
    next
}

{
    row++
    cause = member($0, "cause")
    all = labels[same_text(reply[row])]
    right = index(all, " " cause " ") > 0
    unknown = cause == "unknown" && !right
    sides = 0
    n = split(all, one, " ")
    for (i = 1; i <= n; i++)
        sides += side_of[one[i]] == side_of[cause]
    count("cause", label[row], right, unknown)
    count("side", side_of[label[row]], sides > 0, unknown)
    count("total", "cause", right, unknown)
    count("total", "side", sides > 0, unknown)
    if (is_dead(cause)) {
        for (i = 1; i <= n && !is_dead(one[i]); i++)
            continue
        if (i > n) {
            dead++
            buried = buried "\n  " label[row] ": " reply[row]
        }
    }
    if (list && !right)
        printf "%s, read as %s: %s\n", label[row], cause, reply[row]
}

END {
    if (row != rows) {
        printf "score: %d replies, %d answers\n", rows, row
        exit 1
    }
    show("cause")
    show("side")
    show("total")
    printf "\nalive, but read as a dead address: %d%s\n", dead, buried
}' "$TOP/steps/cause.h" "$rows" -
