#!/bin/bash
# SPDX-License-Identifier: MIT
# The pictures of the README: screens of the running program, each beside the
# text that it shows, which must still be what is on that screen.
#
#   PICTURES=write make -C build check TESTS=tests/pictures.sh
#
# draws them anew. The marks of the tests read K7Q-4M2 here, as in the README.
. "${BASH_SOURCE[0]%/*}/lib.sh"
. "${BASH_SOURCE[0]%/*}/terminal.sh"
kept=$TOP/assets/pictures
draw=$BUILD/tests/picture
size_max=60000

capture() { # OPTION...
    tm capture-pane -p "$@" -t t |
        sed -E 's/\b[2-9A-Z]{3}-[2-9A-Z]{3}\b/K7Q-4M2/g'
}

is_kept() {
    capture >"$T/$1.txt"
    cmp -s "$T/$1.txt" "$kept/$1.txt"
}

keep() {
    stands_still
    capture >"$kept/$1.txt"
    holds '  is drawn anew' "$draw" 80 24 "$kept/$1.png" < <(capture -e -N)
}

looks() { # NAME REGEX: the screen of the picture NAME, which shows REGEX
    sees "$1" "$2"
    [ "${PICTURES-}" != write ] || keep "$1"
    wait_for "$screen_limit" is_kept "$1"
    holds '  is what the picture shows' diff -u "$kept/$1.txt" "$T/$1.txt"
    [ ! -x "$draw" ] || holds '  can be drawn' \
        "$draw" 80 24 "$T/$1.png" < <(capture -e -N)
}

if [ "${PICTURES-}" = write ] && [ ! -x "$draw" ]; then
    skip_all 'built without cairo'
fi
wizard 80 24 corporate-filter
looks screen-start '^> 1\. Por la API'
to_first_test 'Por la API'
step 'Repetir la prueba por la API' 'Sí, enviar la prueba'
looks screen-test '^> 1\. Continuar'
keys '?'
looks screen-help 'Para qué sirve este paso'
keys a
step 'Prueba por la API' Continuar
step 'Probar con otro remitente' Continuar
step 'Enviar desde el otro remitente' 'Sí, enviar la prueba'
step 'Prueba con otro remitente' Continuar
step 'Probar con un correo gratuito' Continuar
step 'Enviar a la cuenta gratuita' 'Sí, enviar la prueba'
step 'Prueba a la cuenta gratuita' Continuar
step 'Una última mirada' Continuar
looks screen-verdict 'A quién le toca'
keys q
choose 'Sí, salir'
leaves_clean 'pictures' 1

# --- every picture, those of the report too -----------------------------------

grep -oE '\(assets/[^)]*\.png\)' "$TOP/README.md" | tr -d '()' >"$T/named"
is 'every picture is named in the README' \
    "$(cd "$TOP" && ls assets/pictures/*.png)" "$(sort "$T/named")"
while read -r picture; do
    is "$picture is a PNG" \
        "$(head -c 8 "$TOP/$picture" | od -An -tx1 | tr -d ' ')" \
        89504e470d0a1a0a
    holds '  and small' \
        test "$(stat -c %s "$TOP/$picture")" -lt "$size_max"
done <"$T/named"
done_testing
