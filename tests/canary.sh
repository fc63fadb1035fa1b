#!/bin/bash
# SPDX-License-Identifier: MIT
# A password that must be nowhere: whole walks by SMTP with logins that are
# taken, refused, sent back, broken off and stopped, and then a search of all
# that was printed and kept. Single probes are in tests/play/smtp.
. "${BASH_SOURCE[0]%/*}/lib.sh"
need jq pgrep

canary='c4nary-Passw0rd'
word=YzRuYXJ5LVBhc3N3MHJk
blob=AGFuYQBjNG5hcnktUGFzc3cwcmQ
printf '%s\n' "$canary" >"$T/password"
chmod 600 "$T/password"
mkdir "$T/told" "$T/heard"

# peer NAME SCRIPT-LINE...: a server of ours; sets $peer and $port.
peer() {
    local heard=$T/heard/$1
    shift
    printf '%s\n' "$@" >"$T/script"
    "$BUILD/tests/peer" "$T/script" "$T/ca" >"$heard" 2>"$T/peer.err" &
    peer=$!
    at_end stop "$peer"
    wait_for 10 test -s "$heard" || fail 'the peer starts' "$T/peer.err"
    read -r port <"$heard"
}

# walk NAME TLS: starts a walk; sets $walk.
walk() {
    "$NOLLEGO" diagnose --via smtp --json --from ana@corp.example \
        --to benito@corp.example --smtp "127.0.0.1:$port" --tls "$2" \
        --dns "$NO_DNS" --ca-file "$T/ca" --user ana --password-file "$T/password" \
        --limit 5 --wait 0 >"$T/told/$1.out" 2>"$T/told/$1.err" &
    walk=$!
}

# walks NAME TLS OUTCOME SCRIPT-LINE...: a whole one.
walks() {
    local name=$1 tls=$2 outcome=$3
    shift 3
    peer "$name" "$@"
    walk "$name" "$tls"
    wait "$walk"
    stop "$peer"
    is "$name: $outcome" \
        "$(jq -r '.attempts[0].outcome' "$T/told/$name.out")" "$outcome" \
        "$T/told/$name.out" "$T/told/$name.err" "$T/heard/$name"
    "$NOLLEGO" report >"$T/told/$name.text" 2>&1
    "$NOLLEGO" report --format json >"$T/told/$name.json" 2>&1
    "$NOLLEGO" report --format html >"$T/told/$name.html" 2>&1
    [ ! -e "$BUILD/paper.so" ] || ! command -v pdftotext >/dev/null ||
        "$NOLLEGO" report --format pdf 2>&1 |
        pdftotext -raw - "$T/told/$name.pdf.txt"
}

hello=('S 220 peer' 'C EHLO' 'S 250-peer' 'S 250 AUTH')
plain=("${hello[@]:0:3}" 'S 250 AUTH PLAIN' "C AUTH PLAIN $blob=")
login=("${hello[@]:0:3}" 'S 250 AUTH LOGIN' 'C AUTH LOGIN' 'S 334 VXNlcm5hbWU6'
    'C YW5h' 'S 334 UGFzc3dvcmQ6' "C $word")
mail=('C MAIL' 'S 250 ok' 'C RCPT' 'S 250 ok' 'C DATA' 'S 354 go' message)
taken=('S 250 2.0.0 queued' 'C QUIT' 'S 221 bye')
starttls=('S 220 peer' 'C EHLO' 'S 250-peer' 'S 250 STARTTLS' 'C STARTTLS'
    'S 220 go' tls)

walks plain none accepted "${plain[@]}" 'S 235 ok' "${mail[@]}" "${taken[@]}"
walks login none accepted "${login[@]}" 'S 235 ok' "${mail[@]}" "${taken[@]}"
walks starttls starttls accepted "${starttls[@]}" "${plain[@]:1}" 'S 235 ok' \
    "${mail[@]}" "${taken[@]}"
walks implicit implicit accepted tls "${plain[@]}" 'S 235 ok' \
    "${mail[@]}" "${taken[@]}"
walks refused none refused "${plain[@]}" 'S 535 5.7.8 no' 'C QUIT'
walks echo-plain none refused "${plain[@]}" \
    "S 535 5.7.8 not $canary, $word or $blob=" 'C QUIT'
walks echo-login none refused "${login[@]}" \
    "S 535-5.7.8 not $canary" "S 535 5.7.8 $word" 'C QUIT'
walks echo-early none refused "S 220 $canary" 'C EHLO' "S 250-$word" \
    "S 250-$blob" 'S 250 AUTH PLAIN' 'C AUTH' 'S 535 no' 'C QUIT'
walks echo-late none refused "${plain[@]}" "S 235 $canary" 'C MAIL' \
    "S 250 $word" 'C RCPT' "S 550 5.1.1 $blob: no such user" 'C QUIT'
walks echo-taken none accepted "${plain[@]}" 'S 235 ok' "${mail[@]}" \
    "S 250 2.0.0 $canary $word $blob" 'C QUIT'
walks lost none unknown "${plain[@]}" 'S 235 ok' "${mail[@]}"

# While a login is under way, nobody may read it off the processes either.
peer held "${plain[@]}" hold
walk held none
holds 'a login is under way' wait_for 10 grep -q AUTH "$T/heard/held"
for pid in "$walk" $(pgrep -P "$walk"); do
    for file in cmdline environ; do
        tr '\0' '\n' <"/proc/$pid/$file" >"$T/told/$file.$pid" 2>&1
    done
done
holds 'two processes are looked at' test -s "$T/told/cmdline.$walk" \
    -a "$(find "$T/told" -name 'cmdline.*' | wc -l)" -eq 2
kill -INT "$walk"
wait "$walk"
is 'it is stopped' $? 130 "$T/told/held.out" "$T/told/held.err"
stop "$peer"

peer died "${plain[@]}" hold
walk died none
holds 'another login is under way' wait_for 10 grep -q AUTH "$T/heard/died"
kill -KILL "$(pgrep -P "$walk")"
wait "$walk"
is 'it dies' $? 2 "$T/told/died.out" "$T/told/died.err"
stop "$peer"

# The search would find it: the servers have it.
holds 'the servers heard the password' test \
    "$(cat "$T/heard"/* | grep -cF -e "$word" -e "$blob")" -eq 13
is 'each walk was kept' "$(find "$XDG_STATE_HOME" -name '*.jsonl' | wc -l)" 13
is 'nothing told or kept has the password' \
    "$(grep -raoF -e "$canary" -e "$word" -e "$blob" "$T/told" "$T/home" \
        "$T/run" | sort | uniq -c)" ''

done_testing
