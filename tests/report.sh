#!/bin/bash
# SPDX-License-Identifier: MIT
# The reports of sessions that are kept in tests/golden/sessions, in three
# languages and four formats: that all say the same, that each is as it was, and
# that JSON is as its schema says.
#   GOLDEN=write   takes what the program says now for right
#   GOLDEN=record  plays the practice scenarios anew before that
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq
golden=$TOP/tests/golden
if [ "${GOLDEN-}" = record ]; then
    bash "$golden/record.sh" >"$T/record" 2>&1 ||
        fail 'the scenarios are played' "$T/record"
fi

pdf=no
if [ -e "$BUILD/paper.so" ] && command -v pdftotext >/dev/null; then
    pdf=yes
else
    echo '# no PDF: not built, or pdftotext is not installed'
fi

# Letters and digits alone: what is left where a format has its own signs.
letters() {
    LC_ALL=C tr -cd '0-9A-Za-z\200-\377'
}

# The body of the HTML as text. A foreign < is no tag: it is an entity.
html_text() {
    sed -e '1,/<body>/d' -e 's/<[^>]*>//g' -e 's/&lt;/</g; s/&gt;/>/g' \
        -e "s/&quot;/\"/g; s/&#39;/'/g; s/&amp;/\&/g"
}

# The PDF as text, without the foot of its pages.
pdf_text() { # FILE
    pdftotext -raw -enc UTF-8 "$1" - | tr -d '\f' | awk -v foot="$foot" '
        !(index($0, foot) == 1 && substr($0, length(foot) + 1) ~ /^ ?[0-9 deof]*$/)'
}

# The exact facts of a session, one a line, without blanks.
facts() { # JSON
    jq -r '.code, .practice, .verdict.meaning, .verdict.next[], .support.subject,
        (.attempts[] | .from, .to, .token, .subject, .message_id, .folder,
            .enhanced, .reply), .history.reply?, .earlier.reply?,
        .report[].cells[] | select(. != null and . != "")' "$1" |
        tr -d ' ' | sort -u
}

says() { # NAME TEXT-FILE: has every fact, whatever its lines are
    tr -d ' \n' <"$2" >"$T/bare"
    is "$1: no fact is missing" "$(awk 'NR == FNR { text = $0; next }
        !index(text, $0)' "$T/bare" "$T/facts" | head -n 3)" ''
}

alike() { # NAME TEXT-FILE: says what the JSON says, in its order, no more
    letters <"$2" >"$T/letters"
    holds "$1: the same words in the same order" \
        cmp "$T/letters" "$T/wanted"
}

# What is compared from one day to the next has no version and no style.
keep() { # FILE FORMAT
    sed -e "s/nollego $version/nollego VERSION/" \
        -e "s/\"version\": \"$version\"/\"version\": \"VERSION\"/" \
        -e '/<style>/,/<\/style>/d' "$1" >"$T/kept"
    if [ -n "${GOLDEN-}" ]; then
        mkdir -p "$golden/reports" && cp "$T/kept" "$golden/reports/$name.$2"
    fi
    diff -u "$golden/reports/$name.$2" "$T/kept" >"$T/diff" 2>&1
    is "$name.$2: as it was (else see the head of this test)" $? 0 "$T/diff"
}

report() { # FORMAT OPTION...
    "$NOLLEGO" report - --lang "$lang" --format "$@" <"$session"
}

version=$("$NOLLEGO" --version) version=${version#nollego }
for session in "$golden"/sessions/*.jsonl; do
    for lang in es en pt_BR; do
        name=${session##*/} name=${name%.jsonl}.$lang
        report json >"$T/json" && report text >"$T/text" &&
            report html >"$T/html" && report text --width 40 >"$T/narrow" &&
            report text --width 40 --ascii >"$T/ascii"
        is "$name: four reports" $? 0
        is '  JSON as its schema says' "$(jq -r --slurpfile schema \
            "$TOP/assets/report.schema.json" -f "$TOP/tests/schema.jq" \
            "$T/json" 2>&1)" ''
        facts "$T/json" >"$T/facts"
        jq -r '.report[].cells[]' "$T/json" | letters >"$T/wanted"
        html_text <"$T/html" >"$T/html.text"
        # A quote goes on behind its sign, in which no fact is.
        sed 's/^  > //' "$T/text" >"$T/text.text"
        for format in text html; do
            says "  $format" "$T/$format.text"
            alike "  $format" "$T/$format.text"
        done
        alike '  text of 40 columns' "$T/narrow"
        is '  and no line is longer' "$(LC_ALL=C tr -d '\200-\277' \
            <"$T/narrow" | LC_ALL=C grep -cE '.{41}')" 0
        is '  ASCII of 40 columns' "$(LC_ALL=C grep -cE '[^ -~]|.{41}' \
            "$T/ascii")" 0
        keep "$T/json" json && keep "$T/text" txt && keep "$T/html" html
        [ $pdf = yes ] || continue
        report pdf >"$T/pdf"
        foot=$(sed -n '1p' "$T/text")\ $(jq -r '.code // empty' "$T/json")
        pdf_text "$T/pdf" >"$T/pdf.text"
        says '  pdf' "$T/pdf.text"
        alike '  pdf' "$T/pdf.text"
        tr '\n' ' ' <"$T/pdf.text" | fold -s -w 78 | sed 's/ *$//' >"$T/folded"
        keep "$T/folded" pdf.txt
    done
done
is 'every scenario has its session' \
    "$(cd "$golden/sessions" && ls | sed 's/\.jsonl$//' | sort)" \
    "$("$NOLLEGO" --practice=list | awk '{ print $1 }' | sort)"

# The schema knows the words of the program, and the checker would complain.
is 'the causes of the schema' \
    "$(jq -r '.["$defs"].cause.enum[]' "$TOP/assets/report.schema.json" |
        sort)" \
    "$(sed -n 's/^ *X([A-Z_]*, "\([a-z_]*\)", [A-Z]*, [a-z]*).*/\1/p' \
        "$TOP/steps/cause.h" | sort)"
is 'a document that is wrong in six ways' "$(jq '.verdict.cause = "no"
    | .attempts[0].seconds = -1 | .attempts[0].code = "1" | .other = 1
    | del(.lang) | .report = []' "$T/json" | jq -r --slurpfile schema \
    "$TOP/assets/report.schema.json" -f "$TOP/tests/schema.jq" | wc -l)" 6
done_testing
