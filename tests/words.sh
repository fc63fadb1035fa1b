#!/bin/bash
# SPDX-License-Identifier: MIT
# Languages: the catalogues are complete, and the choice of one reaches every
# command, whatever the locale; codes stay as they are.
. "$(dirname "$0")/lib.sh"
need jq msgmerge msgattrib

# In a tree of its own: what `make po` would change.
mkdir -p "$T/tree/assets/po"
cp "$TOP"/assets/*.def "$T/tree/assets"
sentences=$(sed -n '/^sentences = /,/[^\\]$/s/^\t\([^ ]*\).*/\1/p' \
    "$TOP/Makefile.am")
holds 'the files of sentences are known' test -n "$sentences"
# shellcheck disable=SC2086
(cd "$T/tree" && awk -f "$TOP/assets/po/template.awk" $sentences) \
    >"$T/template"
is 'every sentence is in the template' "$(grep -c ^msgctxt "$T/template")" \
    "$(cat "$TOP"/assets/*.def | grep -c '^TEXT(')"
for language in en pt_BR; do
    po=$TOP/assets/po/$language.po
    msgmerge --quiet --no-fuzzy-matching "$po" "$T/template" |
        msgattrib --no-obsolete >"$T/merged"
    is "$language: is as \`make po\` leaves it" \
        "$(diff "$po" "$T/merged" 2>&1)" ''
    is "$language: nothing is empty" \
        "$(msgattrib --untranslated "$po")" ''
    is "$language: nothing is fuzzy" "$(msgattrib --only-fuzzy "$po")" ''
done

# Used by its name, here or in a table of knowledge, or by a table that makes
# the names of a family: T_SIDE_##id.
sed -n 's/^msgctxt "\(.*\)"/\1/p' "$T/template" | sort >"$T/ids"
cat "$TOP"/steps/*.[ch] "$TOP"/ui/*.[ch] >"$T/sources"
{
    grep -oE '\bT_[A-Z0-9_]+' "$T/sources" | sed 's/^T_//'
    grep -hv '^TEXT(' "$TOP"/assets/*.def | grep -oE '\b[A-Z]+_[A-Z0-9_]+'
} | sort -u >"$T/named"
families=$(grep -oE '\bT_[A-Z0-9_]+##' "$T/sources" |
    sed 's/^T_/^/; s/##$//' | sort -u | paste -sd '|')
is 'every sentence is used' "$(comm -23 "$T/ids" "$T/named" |
    grep -vE "$families" | xargs)" ''

high_bytes() {
    LC_ALL=C grep -c '[^ -~]' "$1"
}

declare -A hello=([es]='Uso: nollego [ORDEN]' [en]='Usage: nollego [COMMAND]'
    [pt_BR]='Uso: nollego [COMANDO]')
for language in es en pt_BR; do
    for locale in C C.UTF-8 POSIX nowhere; do
        LC_ALL=$locale "$NOLLEGO" --lang $language --help >"$T/out"
        holds "$language in $locale: the help" \
            grep -qF "${hello[$language]}" "$T/out"
        [ $locale = C.UTF-8 ] ||
            is "$language in $locale: ASCII only" "$(high_bytes "$T/out")" 0
    done
done

LANGUAGE=en LANG=en_US.UTF-8 LC_ALL='' LC_MESSAGES=pt_BR.UTF-8 \
    "$NOLLEGO" --help >"$T/out"
holds 'Spanish, whatever the environment' \
    grep -qF "${hello[es]}" "$T/out"

mkdir -p "$XDG_CONFIG_HOME/nollego"
printf '[general]\nlang = en\n' >"$XDG_CONFIG_HOME/nollego/nollego.conf"
"$NOLLEGO" explain '550 5.1.1 User unknown' >"$T/out"
holds 'the language of the configuration' grep -q 'What to do:' "$T/out"
"$NOLLEGO" explain --lang pt_BR '550 5.1.1 User unknown' >"$T/out"
holds '--lang comes before it' grep -q 'O que fazer:' "$T/out"
rm "$XDG_CONFIG_HOME/nollego/nollego.conf"

"$NOLLEGO" --lang en --nonsense 2>"$T/err"
is 'what is wrong with an option, in English' "$(cat "$T/err")" \
    'The option --nonsense does not exist. See the list with --help.'
"$NOLLEGO" --lang xx 2>"$T/err"
is 'a language that there is not' $? 64

# What a program reads is the same in all of them; only sentences differ.
for language in es en pt_BR; do
    "$NOLLEGO" diagnose --practice=hard-bounce --json --lang $language \
        >"$T/$language.json" 2>"$T/err"
    is "$language: diagnose" $? 1 "$T/err"
    jq -S '[.verdict | .cause, .side, .confidence],
        [.attempts[] | .via, .outcome, .cause, .code]' \
        "$T/$language.json" >"$T/$language.codes"
    jq -r .verdict.meaning "$T/$language.json" >>"$T/meanings"
done
is 'English: the same codes' \
    "$(diff "$T/es.codes" "$T/en.codes")" ''
is 'Portuguese: the same codes' \
    "$(diff "$T/es.codes" "$T/pt_BR.codes")" ''
is 'three sentences of one meaning' "$(sort -u "$T/meanings" | wc -l)" 3

# A session in one language is reported in any other.
"$NOLLEGO" report --lang en >"$T/out"
holds 'the report of a session in Portuguese, in English' \
    grep -q '^What to do now' "$T/out"
is '  tells support the code of the cause' \
    "$(sed -n 's/^  Code of the cause: //p' "$T/out")" suppressed
holds '  names the subject that was sent' \
    grep -qF "$(jq -r '.attempts[0].subject' "$T/pt_BR.json")" "$T/out"

done_testing
