#!/bin/bash
# SPDX-License-Identifier: MIT
# The probe `domain` against a real NSD, and against servers that are silent,
# gone, or lie: the cases of tests/data/dns.
. "$(dirname "$0")/../lib.sh"
need nsd jq
data=$TOP/tests/data/dns
limit=4

free_port nsd_port
free_port closed
mkdir "$T/zones"
cp "$data"/zones/* "$T/zones"
{
    cat <<END
server:
    ip-address: 127.0.0.1
    port: $nsd_port
    username: ""
    chroot: ""
    server-count: 1
    zonesdir: "$T/zones"
    database: ""
    pidfile: "$T/nsd.pid"
    xfrdfile: "$T/xfrd.state"
    zonelistfile: "$T/zone.list"
    xfrdir: "$T"
    rrl-ratelimit: 0
remote-control:
    control-enable: no
zone:
    name: broken.example
    zonefile: absent
END
    for zone in "$T"/zones/*; do
        printf 'zone:\n    name: %s\n    zonefile: %s\n' "${zone##*/}" \
            "${zone##*/}"
    done
} >"$T/nsd.conf"
PATH=$PATH:/usr/sbin nsd -d -c "$T/nsd.conf" >"$T/nsd.log" 2>&1 &
at_end "stop $!"
wait_for 5 listens "$nsd_port" || {
    fail 'NSD starts' "$T/nsd.log"
    done_testing
}

# Where the server of a case is; a liar of each way is started once.
port_of() { # SERVER
    case $1 in
    nsd) port=$nsd_port ;;
    closed) port=$closed ;;
    *)
        if [ ! -e "$T/liar-$1" ]; then
            "$BUILD/tests/liar" "$1" >"$T/liar-$1" &
            at_end "stop $!"
        fi
        wait_for 5 test -s "$T/liar-$1" || fail "$1 starts"
        port=$(cat "$T/liar-$1")
        ;;
    esac
}

# check_end NAME WANTED
check_end() {
    local end
    end=$(jq -r 'select(.event == "end") |
        .outcome + if .fault then "/" + .fault else "" end' "$T/out")
    case "|$2|" in *"|$end|"*) end=$2 ;; esac
    is "$1: the end" "$end" "$2" "$T/out" "$T/err"
}

# check_finding NAME SUBJECT[=STATE:CODE]
check_finding() {
    local got
    got=$(jq -r --arg s "${2%%=*}" 'select(.event == "finding" and
        .subject == $s) | .state + ":" + .code' "$T/out")
    case $2 in
    *=*) grep -qxFf <(tr '|' '\n' <<<"${2#*=}") <<<"$got" && return ;;
    *) [ -n "$got" ] || return 0 ;;
    esac
    fail "$1: $2, not '$got'" "$T/out"
}

while IFS=$'\t' read -r server options end findings; do
    case $server in '' | \#*) continue ;; esac
    port_of "$server"
    began=$(milliseconds)
    # shellcheck disable=SC2086
    (set -f && exec "$NOLLEGO" probe domain --dns "127.0.0.1:$port" \
        --limit "$limit" $options) >"$T/out" 2>"$T/err"
    took=$(($(milliseconds) - began))
    name="$server $options"
    check_end "$name" "$end"
    for finding in $findings; do
        check_finding "$name" "$finding"
    done
    [ "$took" -lt $((limit * 1000 + 1000)) ] ||
        fail "$name: within the limit, not in $took ms"
done <"$data/cases.tsv"
done_testing
