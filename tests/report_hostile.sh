#!/bin/bash
# SPDX-License-Identifier: MIT
# The strings of tests/data/hostile.jsonl in a PDF, and in the HTML as a real
# browser reads it. The other formats are in tests/unit/test_hostile.
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq pdftotext pdfinfo
[ -e "$BUILD/paper.so" ] || skip_all 'built without PDF'

# A session of a part of them: as a subject, a refusal, a folder, a certificate,
# a finding of the DNS. Kinds by which a string comes in are in the unit test.
# shellcheck disable=SC2016 # the dollars are jq's
session='
    [.[$from:$from + 20][].text] as $texts
    | {event: "session", time: "2026-01-15T12:00:00Z"},
      {event: "visit", step: "start"},
      {event: "fact", key: "from", value: "ana@empresa.example"},
      ($texts | to_entries[] | (.key + 1) as $id | .value as $text
       | {event: "attempt", attempt: $id, via: "smtp", from: "a@b.example",
            to: $text, subject: $text, subject_code: "K7Q-4M2",
            time: "2026-01-15T12:00:00Z"},
         {event: "start", probe: "smtp", attempt: $id, server: $text},
         {event: "tls", probe: "smtp", attempt: $id, problem: "expired",
            subject: $text, issuer: $text},
         {event: "end", probe: "smtp", attempt: $id, outcome: "fault",
            fault: "refused", phase: "rcpt", code: 550, reply: $text}),
      {event: "start", probe: "domain", address: "ana@empresa.example"},
      {event: "finding", subject: "sender.mx", address: "ana@empresa.example",
            state: "good", code: "mx", data: $texts | join(" ")}'

browser=$(command -v chromium-headless-shell chromium google-chrome |
    head -n 1)
total=$(wc -l <"$TOP/tests/data/hostile.jsonl")
holds 'there are two hundred' test "$total" -ge 200
for ((from = 0; from < total; from += 20)); do
    jq -cs --argjson from "$from" "$session" "$TOP/tests/data/hostile.jsonl" \
        >"$T/session"
    "$NOLLEGO" report - --format pdf -o "$T/$from.pdf" <"$T/session" 2>"$T/err"
    is "from $from: a PDF" $? 0 "$T/err"
    pdfinfo "$T/$from.pdf" >"$T/info" 2>"$T/err"
    is '  that a reader takes as it is' "$(cat "$T/err")" ''
    is '  with nothing that acts, by the reader' \
        "$(grep -cE '^(JavaScript|Form|Encrypted): +(no|none)$' "$T/info")" 3
    is '  nor by its bytes' "$(LC_ALL=C tr '\n' ' ' <"$T/$from.pdf" |
        LC_ALL=C grep -acE '/(OpenAction|AA|JS|Launch|URI|EmbeddedFile|Annots)\b')" 0
    is '  named by us' "$(sed -n 's/^Title: *//p' "$T/info")" \
        'Informe de nollego K7Q-4M2'
    pdftotext -enc UTF-8 "$T/$from.pdf" "$T/text" 2>"$T/err"
    is '  read without a complaint' "$(cat "$T/err")" ''
    # pdftotext itself puts marks around letters that run to the left.
    is '  with no sign that a terminal obeys or nobody sees' \
        "$(tr -d '\f' <"$T/text" | jq -Rr 'gsub("[\u202a-\u202c]"; "")
            | select(test("[\\p{Cc}\\p{Cf}]"))')" ''
    [ -n "$browser" ] || continue
    "$NOLLEGO" report - --format html -o "$T/$from.html" <"$T/session"
    "$browser" --headless --no-sandbox --disable-gpu --dump-dom \
        "file://$T/$from.html" >"$T/dom" 2>/dev/null
    is '  a browser sees our elements only' \
        "$(grep -oE '<[a-z][a-z0-9]*' "$T/dom" | sort -u | tr -d '<' | xargs)" \
        'article body dd div dl dt h1 h2 h3 head html li main meta p pre strong style table tbody td th thead title tr ul'
done
[ -n "$browser" ] || echo '# no browser is installed: HTML is left to the unit test'
done_testing
