# SPDX-License-Identifier: MIT
# A real terminal for the tests (bash, after tests/lib.sh): tmux with a server
# of its own. Nothing here sleeps for a guess; all wait for what is on screen.
# shellcheck shell=bash

need tmux
screen_limit=${SCREEN_LIMIT:-15} # seconds to wait for a text

tm() {
    tmux -S "$T/tmux" -f /dev/null "$@"
}
# Stays between two terminals: one that ends with its last session may take
# the next one along.
tm start-server ';' set-option -g exit-empty off
at_end "tm kill-server 2>/dev/null"

# terminal WIDTH HEIGHT COMMAND...: runs it as a shell would. Its id comes in
# $program, its exit status later in the file $T/left; "TERMINAL LIBRE" is
# printed below it then. The terminal's settings are in $T/before, $T/after.
terminal() {
    local width=$1 height=$2
    shift 2
    rm -f "$T/left" "$T/id" "$T/before" "$T/after"
    printf '%s\n' 'trap : INT' 'stty -g >"$T/before"' \
        'sh -c '\''echo $$ >"$T/id"; exec "$@"'\'' sh "$@"' \
        'echo $? >"$T/left"' 'stty -g >"$T/after"' \
        'echo TERMINAL LIBRE' 'read -r wait' >"$T/shell"
    tm new-session -d -x "$width" -y "$height" -s t \
        -e "T=$T" -e "TERM=${TERMINAL:-tmux-256color}" sh "$T/shell" "$@"
    wait_for 5 test -s "$T/id" || return
    read -r program <"$T/id"
}

close_terminal() {
    tm kill-session -t t
}

screen() {
    tm capture-pane -p -t t
}

on_screen() {
    screen | grep -qE -- "$1"
}

# shows REGEX [SECONDS]: whether it comes to the screen, on one line.
shows() {
    wait_for "${2:-$screen_limit}" on_screen "$1"
}

keys() {
    tm send-keys -t t "$@"
}

types() {
    tm send-keys -t t -l "$1"
}

# Until the screen has been the same for 300 ms.
stands_still() {
    local now seen since
    seen=$(screen) since=$(milliseconds)
    while [ $(($(milliseconds) - since)) -lt 300 ]; do
        now=$(screen)
        [ "$now" = "$seen" ] || since=$(milliseconds)
        seen=$now
        sleep 0.02
    done
}

# An Enter of a person, who reads first: the key is not taken for one held
# down.
enter() {
    stands_still
    keys Enter
}

# choose REGEX: the numbered answer that reads so: moves there, accepts it.
choose() {
    local number
    shows "^[> ] *[1-9]\. .*$1" || return
    number=$(screen | sed -nE "s/^[> ] *([1-9])\. .*$1.*/\1/p" | head -n 1)
    keys "$number"
    shows "^> *$number\. .*$1" || return
    enter
}

# What is on the screen, as details of a case that failed.
photograph() {
    screen >"$T/screen" 2>&1
    fail "$1" "$T/screen"
}

# sees NAME REGEX [SECONDS]
sees() {
    if shows "$2" "${3:-$screen_limit}"; then
        pass "$1"
    else
        echo "# not on the screen: $2"
        photograph "$1"
    fi
}

# wizard WIDTH HEIGHT SCENARIO [OPTION...]: up to its first screen.
wizard() {
    forget_sessions
    terminal "$1" "$2" "$NOLLEGO" "--practice=$3" "${@:4}" &&
        sees "$3 at $1x$2: the first screen" 'ómo envía'
}

# step TITLE CHOICE: on the screen of that title, the choice that reads so.
step() {
    if shows "$1" && choose "$2"; then
        pass "$1: $2"
    else
        photograph "$1: $2"
    fi
}

left() {
    test -s "$T/left"
}

# The program has left by itself and the terminal is as it was before.
leaves_clean() {
    wait_for 5 left || photograph "$1: it leaves"
    is "$1: exit" "$(cat "$T/left" 2>&1)" "$2"
    holds "$1: the terminal's settings are as before" \
        cmp "$T/before" "$T/after"
    is "$1: first screen, cursor, keypad" "$(tm display -p -t t \
        '#{alternate_on} #{cursor_flag} #{keypad_flag} #{keypad_cursor_flag}')" \
        '0 1 0 0'
    sees "$1: the shell goes on" 'TERMINAL LIBRE'
    close_terminal
}

# From the first screen to where the first test may be sent.
to_first_test() { # CHANNEL
    step 'ómo envía' "$1"
    step 'De quién y para quién' Continuar
    step 'La prueba que ya envió' Continuar
}
