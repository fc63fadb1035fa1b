#!/bin/bash
# SPDX-License-Identifier: MIT
# `explain`: one object a line, in order, whatever the lines are; and sentences
# for people.
. "$(dirname "$0")/lib.sh"
need jq

explain() {
    "$NOLLEGO" explain "$@" >"$T/out" 2>"$T/err"
}

# members FILTER: of every object, on one line.
members() {
    jq -r "$1" "$T/out" | paste -sd ' '
}

explain --json '550 5.1.1 User unknown' '552 Buzón lleno'
is 'arguments: exit 0' $? 0 "$T/err"
is '  a cause each, in order' "$(members .cause)" 'userunknown mailboxfull'
is '  all members, in order' "$(head -n 1 "$T/out" | jq -c keys_unsorted)" \
    '["text","cause","side","hard","confidence","vendor","next"]'
is '  of their kinds' \
    "$(head -n 1 "$T/out" | jq -c '[.[] | type]')" \
    '["string","string","string","boolean","string","null","string"]'
is '  whose turn' "$(members .side)" 'you recipient'
is '  text as it came' "$(jq -r .text "$T/out" | tail -n 1)" '552 Buzón lleno'
is '  one sentence to go on with' \
    "$(jq -r .next "$T/out" | grep -cE '^[^.]+\.$')" 2

printf '550 a\0b user unknown\n\n\xff buz\xf3n lleno\r\n450 greylisted' |
    explain --json
is 'odd lines: exit 0' $? 0 "$T/err"
is '  an object each, the last without its end' "$(wc -l <"$T/out")" 4
is '  in order' "$(members .cause)" \
    'userunknown unknown mailboxfull greylisting'
is '  Latin-1 is read' "$(jq -r .text "$T/out" | sed -n 3p)" 'ÿ buzón lleno'
is '  NUL is shown' "$(jq -r .text "$T/out" | sed -n 1p)" \
    '550 a\x00b user unknown'

{
    head -c 1048576 /dev/zero | tr '\0' x
    echo ' 550 5.1.1 User unknown'
    echo '550 5.1.1 User unknown'
} | explain --json
is 'a line of 1 MB: exit 0' $? 0 "$T/err"
is '  is read to its end, and the next one too' "$(members .cause)" \
    'userunknown userunknown'
is '  and given back whole' "$(jq '.text | length' "$T/out" | head -n 1)" 1048599

head -c 6291456 /dev/zero | tr '\0' x | explain --json
is 'a line without end: exit 0' $? 0 "$T/err"
is '  is read up to 4 MiB' "$(jq '.text | length' "$T/out")" 4194304

{
    head -c 200000 /dev/urandom
    echo .
} >"$T/random"
explain --json <"$T/random"
is 'random bytes: exit 0' $? 0 "$T/err"
is '  all lines are objects' "$(jq -s length "$T/out")" \
    "$(wc -l <"$T/random")" "$T/err"

explain --json </dev/null
is 'nothing: exit 0' $? 0 "$T/err"
is '  says nothing' "$(wc -c <"$T/out")" 0

explain '550 5.1.1 User unknown' '554 nada que ver'
is 'for people: exit 0' $? 0 "$T/err"
holds '  repeats the reply' grep -q '«550 5.1.1 User unknown»' "$T/out"
holds '  says what it means' grep -q 'La dirección del destinatario no existe' \
    "$T/out"
holds '  whose turn it is' grep -q 'Usted' "$T/out"
holds '  and admits what it does not know' grep -q 'No es posible saber' \
    "$T/out"
printf '550 \033]0;x\007 user unknown\n' | explain
is '  nothing can steer the terminal' \
    "$(LC_ALL=C grep -c $'[\001-\010\013-\037]' "$T/out")" 0

"$NOLLEGO" explain --json x >/dev/full 2>"$T/err"
is 'a full disk: exit 70' $? 70
is '  is said' "$(wc -l <"$T/err")" 1

done_testing
