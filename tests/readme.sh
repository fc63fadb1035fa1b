# SPDX-License-Identifier: MIT
# The README names what there is, and nothing else.
. "${BASH_SOURCE[0]%/*}/lib.sh"
readme=$TOP/README.md

helps() {
    local command
    for command in '' diagnose probe explain report sessions; do
        # shellcheck disable=SC2086 # none is no word
        "$NOLLEGO" $command --help
    done
}
options() {
    grep -oE -- '--[a-z][a-z-]+' | sort -u
}
helps | options >"$T/known"
holds 'the program tells its options' test -s "$T/known"

sed '/^## Building/,$d' "$readme" | options >"$T/named"
is 'every option in the README exists' \
    "$(comm -23 "$T/named" "$T/known" | xargs)" ''
# Only `probe` takes these, or they go without saying.
is 'every option stands in the README' "$(comm -13 "$T/named" "$T/known" |
    grep -vxE -e '--(address|sender|token|message-id|subject-code|help|version)' |
    xargs)" ''

sed -n '/^```ini$/,/^```$/p' "$readme" | sed '1d;$d' >"$T/readme.conf"
chmod 600 "$T/readme.conf"
holds 'it has a sample configuration' test -s "$T/readme.conf"
sed -i "s|/etc/nollego/|$T/|" "$T/readme.conf"
for secret in api.key smtp.password prueba.password; do
    (umask 077 && echo secret >"$T/$secret")
done
holds 'its configuration is taken' \
    "$NOLLEGO" sessions --config "$T/readme.conf"
holds 'it opens with the two commands' \
    test "$(grep -nE '^    ./bootstrap (run|check)' "$readme" |
        head -n 2 | tail -n 1 | cut -d: -f1)" -lt 12

done_testing
