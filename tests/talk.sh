# SPDX-License-Identifier: MIT
# Talks with the wizard's line mode by pipes (bash, after tests/lib.sh). Reads
# only what came since the last answer, and waits for it.
# shellcheck shell=bash

talk_seen=0 # lines of the output before the last answer

# talk ARGUMENTS...: starts the wizard; what it says is in $T/talk.out.
talk() {
    [ -n "${talk_resumes-}" ] || forget_sessions
    rm -f "$T/talk.in"
    mkfifo "$T/talk.in"
    : >"$T/talk.out"
    "$NOLLEGO" --plain "$@" <"$T/talk.in" >"$T/talk.out" 2>"$T/talk.err" &
    talk_id=$!
    exec {talk_in}>"$T/talk.in"
    talk_seen=0
}

# What came since the last answer, the question without its newline too.
heard() {
    tail -c "+$((talk_seen + 1))" "$T/talk.out"
}

asked() {
    heard | tail -n 1 | grep -q ': $'
}

talk_has() {
    heard | grep -qE -- "$1"
}

# hears_now REGEX: whether it comes before the next answer.
hears_now() {
    wait_for 15 talk_has "$1"
}

# hears NAME REGEX
hears() {
    if hears_now "$2"; then
        pass "$1"
    else
        heard >"$T/heard"
        fail "$1" "$T/heard"
    fi
}

# Answers once there is a question.
says() {
    wait_for 15 asked || return
    talk_seen=$(stat -c %s "$T/talk.out")
    echo "$1" >&"$talk_in"
}

# picks REGEX: the choice that reads so, by its number; fields before it are
# left as they are.
picks() {
    local number try
    for try in 1 2 3 4 5; do
        wait_for 15 asked || return
        number=$(heard | sed -nE "s/^([0-9]+)\. .*$1.*/\1/p" | tail -n 1)
        if [ -n "$number" ]; then
            says "$number"
            return
        fi
        heard | tail -n 1 | grep -q 'número' && return 1
        says '' || return
    done
    return 1
}

# Ends the input; the status comes in $talk_status.
listens_no_more() {
    exec {talk_in}>&-
    wait "$talk_id"
    talk_status=$?
}
