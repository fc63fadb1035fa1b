#!/bin/bash
# SPDX-License-Identifier: MIT
# The report as one sees it: the HTML in a real browser, on a wide and a narrow
# screen, light, dark and printed; the PDF page by page. Nothing may run off the
# page, none be empty, and the printed HTML says what the report says.
#   PICTURES=write   keeps two of them for the README
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq pdftoppm pdftotext pdfinfo
[ -e "$BUILD/paper.so" ] || skip_all 'built without PDF'
browser=$(command -v chromium-headless-shell chromium google-chrome | head -n 1)
session=$TOP/tests/golden/sessions/corporate-filter.jsonl

report() {
    "$NOLLEGO" report - --format "$@" <"$session"
}

letters() {
    LC_ALL=C tr -cd '0-9A-Za-z\200-\377'
}

# What a page has: how many pixels differ from the first one, and how many of
# those in the outermost hundredth of each side.
ink() { # PNM of one grey byte a pixel
    LC_ALL=C od -An -v -tu1 -w"$2" -j "$3" "$1" | awk '
        { for (i = 1; i <= NF; i++) {
            if (NR == 1 && i == 1) paper = $1
            if ($i - paper > 24 || paper - $i > 24) {
                ink++
                if (i <= NF / 100 || i > NF - NF / 100) edge++ } } }
        END { printf "%d %d\n", ink, edge }'
}

looks_right() { # NAME PDF
    local pages page ink edge
    pages=$(pdfinfo "$2" | awk '/^Pages:/ { print $2 }')
    rm -f "$T"/page-*
    pdftoppm -gray -r 40 "$2" "$T/page"
    for page in "$T"/page-*; do
        read -r _ width height _ < <(tr '\n' ' ' <"$page" | head -c 40)
        read -r ink edge < <(ink "$page" "$width" \
            $(($(stat -c %s "$page") - width * height)))
        holds "$1, ${page##*-}: something on it" test "$ink" -gt 500
        is "$1, ${page##*-}: nothing at its edge" "$edge" 0
    done
    is "$1: all pages were drawn" "$(ls "$T"/page-* | wc -l)" "$pages"
}

report json >"$T/json"
jq -r '.report[].cells[]' "$T/json" | letters >"$T/wanted"
report pdf >"$T/report.pdf"
looks_right 'the PDF' "$T/report.pdf"
holds '  three pages at most, and one for each letter' \
    test "$(pdfinfo "$T/report.pdf" | awk '/^Pages:/ { print $2 }')" -le \
    $((2 + $(jq '[.report[] | select(.kind == "page")] | length' "$T/json")))
is '  its language and its parts are told' \
    "$(LC_ALL=C grep -acE '^   /(Lang \(es\)|MarkInfo)' "$T/report.pdf")" 2
is '  each font is in it' \
    "$(pdffonts "$T/report.pdf" | awk 'NR > 2 && $(NF - 4) != "yes"')" ''
for paper in a4=A4 letter=letter; do
    printf '[report]\npaper = %s\n' "${paper%=*}" >"$T/conf"
    report pdf --config "$T/conf" >"$T/sized.pdf"
    holds "  on ${paper%=*}" grep -q "(${paper#*=})" <(pdfinfo "$T/sized.pdf")
done

if [ -z "$browser" ]; then
    echo '# no browser is installed: the HTML is not looked at'
    done_testing
fi

# show NAME WIDTH,HEIGHT OPTION...
show() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars \
        --window-size="$2" --screenshot="$T/$1.png" "${@:3}" \
        "file://$T/report.html" >"$T/browser" 2>&1
}

report html >"$T/report.html"
show light 900,1100
show dark 900,1100 --blink-settings=preferredColorScheme=0
show narrow 500,1100
for look in light dark narrow; do
    holds "the HTML, $look: a picture" \
        test "$(stat -c %s "$T/$look.png")" -gt 20000
done
is '  light and dark are not the same' \
    "$(cmp -s "$T/light.png" "$T/dark.png"; echo $?)" 1
"$browser" --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
    --print-to-pdf="$T/printed.pdf" "file://$T/report.html" >"$T/browser" 2>&1
looks_right 'the HTML printed' "$T/printed.pdf"
pdftotext -raw -enc UTF-8 "$T/printed.pdf" "$T/printed.text"
letters <"$T/printed.text" >"$T/letters"
holds '  says what the report says' cmp "$T/letters" "$T/wanted"

if [ "${PICTURES-}" = write ]; then
    show picture 860,640
    pdftoppm -r 56 -png -f 1 -l 1 -singlefile "$T/report.pdf" "$T/page"
    mkdir -p "$TOP/assets/pictures"
    for each in picture=report-html page=report-pdf; do
        holds "${each#*=}: is kept" "$BUILD/tests/picture" \
            "$T/${each%=*}.png" "$TOP/assets/pictures/${each#*=}.png"
    done
fi
done_testing
