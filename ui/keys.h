/* SPDX-License-Identifier: MIT */
/* From the bytes of a terminal to keys: xterm, PuTTY, linux, screen, rxvt,
 * with normal and application arrows; bracketed paste; UTF-8. */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#define KEYS_BUFFER 4096
/* Silence, in seconds, that ends what a terminal has left unfinished: a
 * character, a sequence, a paste whose end was lost. */
#define KEYS_CUT 1.0

enum press_kind {
    PRESS_NONE, /* something that means nothing to us */
    PRESS_CHAR, /* `code`: printable, or a pasted control character */
    PRESS_CTRL, /* `code`: the letter, 'A' to 'Z' */
    PRESS_ENTER,
    PRESS_TAB,
    PRESS_BACKTAB,
    PRESS_ESC,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_HELP,    /* F1 */
    PRESS_LANGUAGE /* F2 */
};

struct press {
    enum press_kind kind;
    unsigned code; /* Unicode */
    bool pasted;   /* data, never a command */
};

struct keys {
    double escape; /* seconds that a lone ESC waits for more */
    bool latin;    /* stray bytes are Latin-1 letters (no UTF-8 locale) */
    bool pasting;  /* between the marks of a bracketed paste */
    bool skipping; /* inside a string (OSC, DCS) or an endless sequence */
    double since;  /* when the last bytes came */
    size_t start, filled; /* what is not yet taken: from, how many */
    unsigned char buffer[KEYS_BUFFER];
};

void keys_init(struct keys *keys, double escape, bool latin);

/* Where the next read may put how many bytes; then `keys_filled` takes them
 * over. `now` is in seconds of any steady clock. There is always room once
 * `keys_next` has said that nothing is left. */
size_t keys_room(struct keys *keys, unsigned char **at);
void keys_filled(struct keys *keys, size_t bytes, double now);

/* Takes the next key. False: none is complete yet. Sequences that we do not
 * know come as PRESS_NONE, whole. */
bool keys_next(struct keys *keys, double now, struct press *press);

/* Seconds until `keys_next` may say more without new bytes; -1: never. */
double keys_left(const struct keys *keys, double now);

#endif
