# SPDX-License-Identifier: MIT
# What the shell tests share (bash): results as TAP, a private place and its
# cleanup, waiting with a limit, free ports. Sourced with TOP and BUILD set by
# make; by hand they are the tree and its build/.

set -u
umask 022
exec </dev/null
: "${TOP:=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}"
: "${BUILD:=$TOP/build}"
NOLLEGO=$BUILD/nollego

# Short, because paths of Unix sockets end at 107 bytes; open to `nobody`,
# because the servers run as such. KEEP=1 leaves it for a look.
T=$(mktemp -d /tmp/nollego.XXXXXX) || exit 1
chmod 755 "$T"
mkdir -m 700 "$T/home" "$T/run"

export HOME=$T/home XDG_STATE_HOME=$T/home/state XDG_CONFIG_HOME=$T/home/config
export XDG_RUNTIME_DIR=$T/run XDG_DATA_HOME=$T/home/data LC_ALL=C.UTF-8
unset XDG_CONFIG_DIRS LANGUAGE LANG TMUX

# Where nobody answers: no test asks the DNS of this machine.
NO_DNS=127.0.0.1:9

tests_run=0
tests_bad=0
cleanups=()

# Runs WORDS at the end, the last one first.
at_end() {
    cleanups=("$*" "${cleanups[@]}")
}

finish() {
    local status=$? each
    trap - EXIT
    for each in "${cleanups[@]}"; do
        eval "$each"
    done
    [ -n "${KEEP-}" ] || rm -rf "$T"
    exit "$status"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# Ends the test where something that it needs is not here: need TOOL...
need() {
    local tool
    for tool; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null ||
            skip_all "$tool is not installed"
    done
}

skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

# pass NAME, fail NAME [FILE-WITH-DETAILS...]
pass() {
    tests_run=$((tests_run + 1))
    echo "ok $tests_run - $1"
}

fail() {
    tests_run=$((tests_run + 1))
    tests_bad=$((tests_bad + 1))
    echo "not ok $tests_run - $1"
    shift
    [ $# -eq 0 ] || tail -n 25 "$@" 2>&1 | sed 's/^/# /'
}

# is NAME GOT WANTED [FILE-WITH-DETAILS...]
is() {
    if [ "$2" = "$3" ]; then
        pass "$1"
    else
        printf '# got:    %s\n# wanted: %s\n' "$2" "$3"
        fail "$1" "${@:4}"
    fi
}

# holds NAME COMMAND...: passes where the command succeeds.
holds() {
    local name=$1
    shift
    if "$@" >"$T/holds" 2>&1; then
        pass "$name"
    else
        echo "# failed: $*"
        fail "$name" "$T/holds"
    fi
}

# So that a wizard begins anew and does not offer to go on.
forget_sessions() {
    rm -rf "$XDG_STATE_HOME/nollego/sessions"
}

# The last line of every test.
done_testing() {
    echo "1..$tests_run"
    [ "$tests_bad" -eq 0 ]
    exit
}

# wait_for SECONDS COMMAND...: repeats it every 20 ms until it succeeds.
wait_for() {
    local until=$(($(milliseconds) + $1 * 1000))
    shift
    until "$@" 2>/dev/null; do
        [ "$(milliseconds)" -lt "$until" ] || return 1
        sleep 0.02
    done
}

milliseconds() {
    local now=${EPOCHREALTIME/[.,]/}
    echo "${now%???}"
}

listens() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Ended, whether or not its parent has asked for its status.
gone() {
    ! kill -0 "$1" 2>/dev/null || grep -qs '^State:.*Z' "/proc/$1/status"
}

# A port on loopback where nobody listens, below those that the kernel gives
# out by itself, and not one that this test was given before.
ports_given=' '
free_port() { # NAME of the variable that takes it
    local port
    while :; do
        port=$((10000 + RANDOM % 20000))
        case $ports_given in *" $port "*) continue ;; esac
        listens "$port" || break
    done
    ports_given+="$port "
    printf -v "$1" %s "$port"
}

# Stops a process of ours by its id: asks, waits 3 seconds, insists.
stop() {
    kill "$1" 2>/dev/null || return 0
    wait_for 3 gone "$1" || kill -KILL "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}
