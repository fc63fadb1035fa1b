#!/bin/bash
# SPDX-License-Identifier: MIT
# Texts for others: offered where somebody else can mend it, on the screen and
# as pages of the report.
. "$(dirname "$0")/lib.sh"

# From the start to the conclusion, by what is recommended; sends where asked.
walk() { # SCENARIO ANSWER...
    local scenario=$1
    shift
    printf '%s\n' 1 '' '' '' '' 2 '' '' 2 '' '' 2 '' '' "$@" |
        "$NOLLEGO" --practice="$scenario" >"$T/out" 2>"$T/err"
}

has() { # NAME REGEX FILE
    holds "$1" grep -qE -- "$2" "$3"
}

walk corporate-filter ''
has 'a filter: its text is what is recommended' \
    '^[0-9]\. Ver el texto para .*destinatario \(recomendado\)' "$T/out"
has 'the screen has it' '^Para .* empresa\.example$' "$T/out"
has 'with where to allow, in that product' 'Tenant Allow/Block List' "$T/out"
has 'and the way back' '^1\. Volver a la conclusión' "$T/out"
"$NOLLEGO" report >"$T/report"
has 'the report has it as a page' '^Para .* empresa\.example$' "$T/report"
"$NOLLEGO" report --format html -o "$T/report.html"
has 'in HTML, too' 'Tenant Allow/Block List' "$T/report.html"

walk arrives
is 'nothing is offered where all is well' \
    "$(grep -c 'Ver el texto para' "$T/out")" 0
"$NOLLEGO" report >"$T/report"
is 'nor is there a page' "$(grep -cE '^Para .* empresa\.example$' \
    "$T/report")" 0

done_testing
