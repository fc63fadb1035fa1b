#!/bin/bash
# SPDX-License-Identifier: MIT
# How fast one test mail is, as a whole process, beside other programs that
# send the same mail to the same server on this machine: make bench [ROUNDS=N]
#
# Ends with 1 where a limit is passed. Run it on a machine that is idle.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/../bed/bed.sh"
: "${ROUNDS:=30}"

skip_all() {
    echo "$server: skipped, $*"
    exit 0
}

if [ $# -eq 0 ]; then
    bash "$0" exim
    exim=$?
    bash "$0" postfix && exit $exim
    exit 1
fi

server=$1
need jq
! grep -qs '^#define SANITIZED 1' "$BUILD/config.h" ||
    skip_all 'this build is for finding faults (--enable-sanitizers)'
[ -x "$NOLLEGO" ] || skip_all 'nollego is not built'
bed_start "$server"

from=sender@prov.example to=alice@corp.example mail=$T/mail.eml
ours=("$NOLLEGO" probe smtp --tls starttls --ca-file "$CA"
    --from "$from" --to "$to")
echo "$SMTP_PASSWORD" >"$T/password"

# The mail as our program makes it, without what servers put before it.
"${ours[@]}" --smtp "127.0.0.1:$MX" >"$T/events" || exit
arrived() { [ "$(bed_has "$to")" -ge "$1" ]; }
wait_for 5 arrived 1 || exit
tr -d '\r' <"$(bed_newest "$to")" | sed -n '/^Date:/,$p' >"$mail"

# The most of its time that ours may take (0: whatever), and who is here.
declare -A at_most=([swaks]=0.5 [msmtp]=0 [curl]=1.3)
others=()
for tool in swaks msmtp curl; do
    if ! command -v $tool >"$T/tool"; then
        echo "$tool: skipped, it is not installed"
    elif [ $tool = swaks ] && ! perl -MNet::SSLeay -e 1 2>"$T/tool"; then
        echo 'swaks: skipped, it lacks libnet-ssleay-perl for TLS'
    else
        others+=("$tool")
    fi
done

# command_of TOOL PORT [login]: into $command.
command_of() {
    local port=$2 user=() login=${3-}
    case $1${login:+ login} in
    nollego*)
        [ -z "$login" ] || user=(--user "$from" --password-file "$T/password")
        command=("${ours[@]}" --smtp "127.0.0.1:$port" "${user[@]}") ;;
    swaks*)
        [ -z "$login" ] || user=(--auth PLAIN --auth-user "$from"
            --auth-password "$SMTP_PASSWORD")
        command=(swaks --silent 3 --server 127.0.0.1 --port "$port" --tls
            --tls-verify --tls-ca-path "$CA" --from "$from" --to "$to"
            --data "@$mail" "${user[@]}") ;;
    msmtp*)
        [ -z "$login" ] || user=(--auth=plain "--user=$from"
            "--passwordeval=cat $T/password")
        command=(msmtp --host=127.0.0.1 "--port=$port" --tls=on
            --tls-starttls=on "--tls-trust-file=$CA" "--from=$from"
            "${user[@]}" "$to") ;;
    curl*)
        [ -z "$login" ] || user=(--login-options AUTH=PLAIN
            --user "$from:$SMTP_PASSWORD")
        command=(curl -sS --ssl-reqd --cacert "$CA" --crlf -T "$mail"
            --mail-from "$from" --mail-rcpt "$to" "${user[@]}"
            "smtp://127.0.0.1:$port") ;;
    esac
}

# race_to PORT [login]: adds what it sent to $sent, a bad end to $bad.
race_to() {
    local all=() tool status
    command_of nollego "$@"
    all=(nollego 16 "${command[@]}")
    for tool in "${others[@]}"; do
        command_of "$tool" "$@"
        all+=(-- "$tool" "${at_most[$tool]}" "${command[@]}")
    done
    printf '\n%s, STARTTLS%s, %d bytes, median of %d rounds\n' "$server" \
        "${2:+ and login}" "$(wc -c <"$mail")" "$ROUNDS"
    sent=$((sent + ROUNDS * (1 + ${#others[@]})))
    "$BUILD/tests/bench/race" "$ROUNDS" "$mail" "${all[@]}"
    status=$?
    [ $status -eq 0 ] || bad=$status
}

sent=1 bad=0
race_to "$MX"
race_to "$SUBMIT" login
wait_for 30 arrived $sent || {
    echo "$server: of $sent mails only $(bed_has "$to") arrived"
    bad=2
}
exit $bad
