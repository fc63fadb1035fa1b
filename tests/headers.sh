#!/bin/bash
# SPDX-License-Identifier: MIT
# `probe headers`: what a received copy shows, from a file or standard input.
. "$(dirname "$0")/lib.sh"
need jq

headers() {
    "$NOLLEGO" probe headers "$@" >"$T/out" 2>"$T/err"
}

# case NAME: the header of that case of tests/data/headers, as a file.
header_of() { # FILE NAME
    awk -v name="== $2" '
        $0 == name { inside = 1; next }
        /^== / { inside = 0 }
        inside && /^$/ && !body { body = 1; next }
        inside && body' "$TOP/tests/data/headers/$1.case" >"$T/mail"
    [ -s "$T/mail" ] || fail "no case $2 in $1.case"
}

header_of google 'gmail, all well'
headers --file "$T/mail"
is 'all well: a pass' $? 0 "$T/err"
is '  one event a method' \
    "$(jq -r 'select(.event=="auth")|.method' "$T/out" | paste -sd ' ')" \
    'spf dkim dmarc'
is '  with all its members' "$(jq -c 'select(.method=="dkim")|
    [.result,.domain,.aligned,.selector]' "$T/out")" \
    '["pass","tienda.example",true,"s1"]'
is '  the end says so' "$(tail -n 1 "$T/out" | jq -c \
    '[.event,.outcome,.fault,.cause,.finding]')" \
    '["end","pass",null,null,"clean"]'
is '  what is learned' "$(jq -r 'select(.event=="copy")|
    "\(.signing_domain) \(.selector) \(.ip)"' "$T/out")" \
    'tienda.example s1 203.0.113.7'

header_of google 'gmail, the service signs for itself only'
headers --file - <"$T/mail"
is 'signed for another, from standard input: a fault' $? 1 "$T/err"
is '  what is to mend' "$(tail -n 1 "$T/out" | jq -r .finding)" other_signer
is '  not aligned' "$(jq -c 'select(.method=="spf" or .method=="dkim")|.aligned' \
    "$T/out" | paste -sd ' ')" 'false false'

header_of trust "forged with a great receiver's name, at one that writes none"
headers --file "$T/mail" --to ana@empresa.example
is 'forged: nobody can tell' $? 2 "$T/err"
is '  no result of it counts' \
    "$(jq -r 'select(.event=="auth")|.method' "$T/out")" ''
is '  but it is told' "$(jq -r 'select(.event=="doubtful")|.by' "$T/out" |
    sort -u)" mx.google.com

{
    cat "$T/mail"
    head -c 3000000 /dev/zero
} | headers --file -
is 'a huge mail is read as far as need be' $? 2 "$T/err"
headers --file /dev/null
is 'nothing at all: nobody can tell' $? 2 "$T/err"
is '  the end comes all the same' "$(tail -n 1 "$T/out" | jq -r .event)" end

headers
is 'without a file: usage' $? 64
headers --file "$T/none"
is 'a file that is not there: data' $? 65
headers --file "$T"
is 'a folder: data' $? 65
is '  said in a sentence' "$(wc -l <"$T/err")" 1

done_testing
