#!/bin/bash
# SPDX-License-Identifier: MIT
# `report -o FILE`: a new file that is whole, for its owner alone, and never in
# place of anything that was there.
. "${BASH_SOURCE[0]%/*}/lib.sh"

"$NOLLEGO" diagnose --practice=bad-key >"$T/told" 2>&1
mkdir "$T/here" "$T/there" && cd "$T/here" || exit 1

saves() { # NAME FILE
    "$NOLLEGO" report -o "$2" >"$T/out" 2>"$T/err"
    is "$1: saved" "$? $(cat "$T/out" "$T/err")" '0 ' "$T/err"
    is '  all of it' "$(tail -n 1 -- "$2")" "$(tail -n 1 "$T/told")"
    is '  for its owner alone' "$(stat -c %a -- "$2")" 600
}

refuses() { # NAME FILE
    "$NOLLEGO" report -o "$2" >"$T/out" 2>"$T/err"
    is "$1: refused" $? 65
    is '  in one sentence' "$(wc -l <"$T/err")" 1 "$T/err"
    is '  that steers no terminal' \
        "$(tr -d '\n' <"$T/err" | LC_ALL=C grep -c '[[:cntrl:]]')" 0
}

umask 000
saves 'a new file' new.txt
umask 022
saves 'a name like an option' ./-o
saves 'a name with a newline' $'two\nlines'
saves 'by its whole path' "$T/there/whole.txt"
"$NOLLEGO" report -o - >"$T/dash"
is 'to standard output' "$(tail -n 1 "$T/dash")" "$(tail -n 1 "$T/told")"

echo mine >old.txt
refuses 'a file that is there' old.txt
is '  it is as it was' "$(cat old.txt)" mine
ln -s old.txt link.txt && ln -s nowhere dangling.txt
refuses 'a link' link.txt
refuses 'a link to nothing' dangling.txt
is '  nothing came to be behind it' "$(ls nowhere 2>&1 | grep -c '^nowhere')" 0
ln old.txt hard.txt
refuses 'a hard link' hard.txt
mkfifo pipe
refuses 'a pipe' pipe
refuses 'a device' /dev/null
is '  it is still one' "$(stat -c %F /dev/null)" 'character special file'
refuses 'a folder' "$T/there"
refuses 'a folder that is not there' none/new.txt
refuses 'too long a name' "$(printf 'x%.0s' {1..300})"
refuses 'too long a path' "$(printf './%.0s' {1..2000})x"
refuses 'a name that would steer a terminal' $'none/\e]0;x\a'

# As on a disk that is full.
(ulimit -f 1 && "$NOLLEGO" report --format html -o full.html) \
    >"$T/out" 2>"$T/err"
is 'no room: refused' $? 65 "$T/err"
holds '  that is why' grep -q 'espacio' "$T/err"
holds '  nothing of it is left' test ! -e full.html
is 'no unfinished file anywhere' "$(find "$T/here" "$T/there" -name '.*' \
    -type f)" ''
is 'what was saved is all there is' "$(find . -type f -printf x)" xxxxx

[ "$("$NOLLEGO" report --format pdf | head -c 4)" = %PDF ] ||
    done_testing
"$NOLLEGO" report --format pdf -o new.pdf
is 'a PDF: saved' "$?, $(stat -c %a new.pdf), $(head -c 4 new.pdf)" \
    '0, 600, %PDF'
done_testing
