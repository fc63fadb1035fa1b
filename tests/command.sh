#!/bin/bash
# SPDX-License-Identifier: MIT
# The contract of the command line: help, exit statuses, the configuration,
# where secrets come from, and `probe` against servers that are not there.
. "$(dirname "$0")/lib.sh"
need jq

# run STATUS NAME ARGUMENTS...: output in $T/out and $T/err.
run() {
    local wanted=$1 name=$2
    shift 2
    "$NOLLEGO" "$@" >"$T/out" 2>"$T/err" </dev/null
    is "$name: exit $wanted" $? "$wanted" "$T/out" "$T/err"
}

# refuses STATUS PATTERN ARGUMENTS...: one sentence that holds the pattern.
refuses() {
    local wanted=$1 pattern=$2 name
    shift 2
    printf -v name '%q ' nollego "$@"
    run "$wanted" "${name% }" "$@"
    holds "  says one sentence: $pattern" sentence "$pattern"
}

sentence() {
    [ "$(wc -l <"$T/err")" -eq 1 ] && [ ! -s "$T/out" ] &&
        grep -qe "$1" "$T/err"
}

narrow() {
    [ -s "$T/out" ] && [ ! -s "$T/err" ] && ! grep -nE '^.{81}' "$T/out"
}

for command in '' diagnose probe explain report sessions; do
    # shellcheck disable=SC2086
    run 0 "help: $command" $command --help
    holds '  fits in 80 columns' narrow
done
run 0 'version' --version
holds '  names us' grep -qxE 'nollego [0-9.]+' "$T/out"
run 0 'the list of practice' --practice=list
is '  has the sixteen scenarios, a line each' \
    "$(grep -cE '^[a-z-]+ +[A-Z]' "$T/out")/$(wc -l <"$T/out")" 16/16

LC_ALL=C run 0 'help in ASCII' --help
is '  no byte above it' "$(LC_ALL=C grep -c '[^ -~]' "$T/out")" 0

M='--from a@b.example --to c@d.example'
printf 'canary-key-1\n' >"$T/key"
K="--api-key-file $T/key"

refuses 64 '--nothing' --nothing
refuses 64 '--from' diagnose --from
refuses 64 '--plain' --plain=yes
refuses 64 'bogus' bogus
refuses 64 'one' sessions one
refuses 64 'two' report one two
refuses 64 'api-watch' probe
refuses 64 'api-watch' probe nothing
refuses 64 'api-watch' probe practice
refuses 64 '--via' explain --via api
refuses 64 '--via' diagnose --via fax
refuses 64 '--limit' --limit 0
refuses 64 '--limit' --limit 1e9
refuses 64 '--limit' --limit nan
refuses 64 '--wait' --wait=-1
refuses 64 '--lang' --lang xx
refuses 64 '--format' report --format docx
refuses 64 'zzz' diagnose --practice=zzz
refuses 64 'smtp' diagnose --practice=no-credits --via smtp
refuses 64 '--from' diagnose --via api
refuses 64 '--to' diagnose --via api --from a@b.example
refuses 64 '--api-key-file' diagnose --via api $M
refuses 64 '--smtp' diagnose --via smtp $M
refuses 64 '--smtp' probe smtp $M
refuses 64 '--message-id' probe api-watch $K
refuses 64 '--address' probe api-history $K
refuses 64 '--token' probe imap --imap h --user u@b.example
refuses 64 '--smtp' probe smtp --smtp h:0 $M
refuses 64 '--tls' probe smtp --smtp h --tls maybe $M
refuses 64 'cifrado' probe smtp --smtp mail.example --tls none $M
refuses 64 'cifrado' probe imap --imap mail.example:143 --tls none \
    --user u@b.example --password-file "$T/key" --token x
refuses 64 'https://' probe api-send $K $M --api-url http://api.example/
refuses 64 'https://' probe api-send $K $M \
    --api-url http://127.0.0.1@evil.example/
for address in a a@ @b a@b@c 'a b@c' 'a@b,c@d' '<a@b>' $'a@b\r\nBcc: c@d' \
    $'a@b\xff' "$(printf 'a%.0s' {1..320})@b"; do
    refuses 65 '--to' probe smtp --smtp h --from a@b.example --to "$address"
done
refuses 65 '/nothing/here' probe api-send $M --api-key-file /nothing/here
refuses 65 '/nothing/here' --ca-file /nothing/here
printf 'a\tb\n' >"$T/bad"
refuses 65 "$T/bad" probe api-send $M --api-key-file "$T/bad"
printf '\n' >"$T/bad"
refuses 65 "$T/bad" probe api-send $M --api-key-file "$T/bad"
refuses 65 '--message-id' probe api-watch $K --message-id $'a\nb'
refuses 64 '<U+202E>' $'--a\u202eb'
is '  and nothing steers the terminal' "$(grep -c $'\u202e' "$T/err")" 0

# The configuration. Port 1 of this machine refuses: what is read is used.
conf=$T/nollego.conf
conf() { # MODE TEXT
    rm -f "$conf"
    printf "$2" >"$conf"
    chmod "$1" "$conf"
}

bad_conf() { # PATTERN MODE TEXT
    conf "$2" "$3"
    refuses 78 "$1" probe api-send --config "$conf"
}

bad_conf 'línea 1: .*nothing' 600 '[nothing]\na = b\n'
bad_conf 'línea 2: .*keyy' 600 '[service]\nkeyy = x\n'
bad_conf 'línea 3: .*key' 600 '[service]\nkey = x\nkey = y\n'
bad_conf 'línea 2: .*url' 600 '[service]\nurl = http://api.example\n'
bad_conf 'línea 4: ' 600 '[service]\nkey = x\n# word\nno equals sign\n'
bad_conf 'línea 2: .*tls' 600 '[smtp]\ntls = maybe\n'
bad_conf 'línea 1: .*mailbox' 600 '[mailbox nobody]\nuser = x\n'
bad_conf 'línea 2: .*limit' 600 '[general]\nlimit = soon\n'
bad_conf 'línea 2: .*lang' 600 '[general]\nlang = xx\n'
bad_conf 'línea 3: .*from' 600 '\n[defaults]\nfrom = nobody\n'
bad_conf 'línea 2: .*/' 600 '[service]\nkey_file = key\n'
bad_conf 'línea 2: .*larga' 600 "[service]\nkey = $(printf 'x%.0s' {1..300})\n"
bad_conf 'cifrado' 600 '[smtp]\nserver = mail.example\ntls = none\n'
bad_conf 'chmod 600' 640 '[service]\nkey = canary-key-1\n'
bad_conf 'chmod 600' 604 '[smtp]\npassword = canary-key-1\n'
chmod 644 "$T/key"
bad_conf "chmod 600 $T/key" 600 "[service]\nkey_file = $T/key\n"
refuses 78 "$T/none.conf" --config "$T/none.conf" sessions
is 'no secret is told' "$(grep -rl canary "$T/out" "$T/err" | wc -l)" 0

end() { # FILTER: of the last line
    tail -n 1 "$T/out" | jq -r "$1"
}

chmod 600 "$T/key"
conf 600 "[service]
url = http://127.0.0.1:1
key_file = $T/key
[smtp]
server = 127.0.0.1:1
tls = none
user = ana
password = \"canary-key-2\"
[mailbox c@d.example]
server = 127.0.0.1:1
tls = none
password = canary-key-3
[defaults]
from = a@b.example
to = c@d.example
[general]
limit = 2
"
for probe in api-send smtp 'imap --token x'; do
    # shellcheck disable=SC2086
    run 1 "probe $probe by the configuration" probe $probe --config "$conf" \
        --wait 0
    is '  nobody answers' "$(end '.event, .outcome, .fault, .cause' | xargs)" \
        'end fault connect networkerror' "$T/out"
done
chmod 644 "$conf"
refuses 78 'chmod 600' probe smtp --config "$conf"
chmod 600 "$conf"

mkdir -p "$XDG_CONFIG_HOME/nollego"
cp -p "$conf" "$XDG_CONFIG_HOME/nollego/nollego.conf"
run 1 'the configuration at home' probe smtp
is '  is used' "$(end .fault)" connect "$T/out"
refuses 64 '--from' diagnose --via api --config /dev/null
printf '[general\n' >"$XDG_CONFIG_HOME/nollego/nollego.conf"
refuses 78 'línea 1' probe smtp
rm "$XDG_CONFIG_HOME/nollego/nollego.conf"

# Secrets by standard input, a line each.
printf 'canary-key-4\n' | "$NOLLEGO" probe api-send $M --api-key-file - \
    --api-url http://127.0.0.1:1 >"$T/out" 2>"$T/err"
is 'the key by standard input' "$(end .fault)" connect "$T/err"

# A server that says nothing: the limit, and a signal before it.
printf 'hold\n' >"$T/hold"
"$BUILD/tests/peer" "$T/hold" >"$T/peer" 2>&1 &
peer=$!
at_end stop "$peer"
wait_for 5 test -s "$T/peer"
port=$(sed -n '1s/[^0-9]*//p' "$T/peer")
started=$(milliseconds)
run 1 'a silent server' probe smtp $M --smtp "127.0.0.1:$port" --tls none \
    --limit 1
took=$(($(milliseconds) - started))
is '  is a timeout of the greeting' "$(end '.fault + " " + .phase')" \
    'timeout greeting' "$T/out"
holds "  after 1 to 2 seconds ($took ms)" \
    test "$took" -ge 1000 -a "$took" -lt 2000
holds '  every line is an event' \
    jq -es 'length > 1 and all(.[]; has("event"))' "$T/out"

for signal in INT TERM HUP; do
    : >"$T/out"
    "$NOLLEGO" probe smtp $M --smtp "127.0.0.1:$port" --tls none \
        --limit 30 >"$T/out" 2>"$T/err" &
    probe=$!
    wait_for 5 grep -q greeting "$T/out"
    kill "-$signal" "$probe"
    wait "$probe"
    is "SIG$signal stops a probe" "$? $(end .fault)" '1 cancelled' "$T/out"
done

done_testing
