/* SPDX-License-Identifier: MIT */
/* From the bytes of a terminal to keys. */
#include "ui/keys.h"

#include <string.h>

#include "net/utf8.h"

#define ESC 0x1b
#define CTRL_C 3
#define SEQUENCE_MAX 32
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char paste_end[] = "\033[201~";
#define PASTE_END (sizeof(paste_end) - 1)

/* The last byte of CSI and SS3 sequences, whatever modifiers stand before. */
static const struct {
    char last;
    enum press_kind kind;
} finals[] = {
    {'A', PRESS_UP},      {'B', PRESS_DOWN}, {'C', PRESS_RIGHT},
    {'D', PRESS_LEFT},    {'H', PRESS_HOME}, {'F', PRESS_END},
    {'Z', PRESS_BACKTAB}, {'P', PRESS_HELP}, {'Q', PRESS_LANGUAGE},
    {'M', PRESS_ENTER},
};

/* CSI number ~ */
static const struct {
    int number;
    enum press_kind kind;
} numbers[] = {
    {1, PRESS_HOME},    {3, PRESS_DELETE},    {4, PRESS_END},
    {5, PRESS_PAGE_UP}, {6, PRESS_PAGE_DOWN}, {7, PRESS_HOME},
    {8, PRESS_END},     {11, PRESS_HELP},     {12, PRESS_LANGUAGE},
};

void keys_init(struct keys *keys, double escape, bool latin)
{
    keys->escape = escape;
    keys->latin = latin;
    keys->pasting = keys->skipping = false;
    keys->since = 0;
    keys->start = keys->filled = 0;
}

size_t keys_room(struct keys *keys, unsigned char **at)
{
    memmove(keys->buffer, keys->buffer + keys->start, keys->filled);
    keys->start = 0;
    *at = keys->buffer + keys->filled;
    return sizeof(keys->buffer) - keys->filled;
}

void keys_filled(struct keys *keys, size_t bytes, double now)
{
    keys->filled += bytes;
    keys->since = now;
}

static void drop(struct keys *keys, size_t bytes)
{
    keys->start += bytes;
    keys->filled -= bytes;
}

static const unsigned char *head(const struct keys *keys)
{
    return keys->buffer + keys->start;
}

/* How long what stands at the head may wait for the rest of itself. */
static double patience(const struct keys *keys)
{
    bool alone = keys->filled == 1 && head(keys)[0] == ESC;
    bool stray = keys->latin && keys->filled > 0 && head(keys)[0] >= 0x80;

    if (keys->pasting)
        return KEYS_CUT;
    return keys->skipping || alone || stray ? keys->escape : KEYS_CUT;
}

static bool is_late(const struct keys *keys, double now)
{
    return now - keys->since >= patience(keys);
}

static bool give(struct keys *keys, size_t bytes, struct press *press,
                 enum press_kind kind)
{
    press->kind = kind;
    drop(keys, bytes);
    return true;
}

static enum press_kind final_kind(char last)
{
    for (size_t i = 0; i < COUNT(finals); i++)
        if (finals[i].last == last)
            return finals[i].kind;
    return PRESS_NONE;
}

static enum press_kind number_kind(int number)
{
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (numbers[i].number == number)
            return numbers[i].kind;
    return PRESS_NONE;
}

/* The first number of a sequence's parameters, or 0. */
static int parameter(const unsigned char *bytes, size_t length)
{
    int number = 0;

    for (size_t i = 0; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++)
        number = number > 999 ? number : number * 10 + (bytes[i] - '0');
    return number;
}

/* ESC [ parameters final, ECMA-48 5.4; the Linux console's F1 to F5 have one
 * more [. Returns its length; 0: not complete. */
static size_t csi_length(const unsigned char *bytes, size_t length)
{
    size_t at = 2;

    if (length > 2 && bytes[2] == '[')
        return length > 3 ? 4 : 0;
    while (at < length && bytes[at] >= 0x20 && bytes[at] <= 0x3f)
        at++;
    if (at >= length)
        return 0;
    return bytes[at] >= 0x40 && bytes[at] <= 0x7e ? at + 1 : at;
}

static bool take_csi(struct keys *keys, struct press *press)
{
    const unsigned char *bytes = head(keys);
    size_t there = keys->filled < SEQUENCE_MAX ? keys->filled : SEQUENCE_MAX;
    size_t length = csi_length(bytes, there);
    enum press_kind kind = PRESS_NONE;

    if (length == 0) {
        if (there < SEQUENCE_MAX)
            return false;
        keys->skipping = true;
        return give(keys, there, press, PRESS_NONE);
    }
    if (bytes[length - 1] == '~') {
        int number = parameter(bytes + 2, length - 3);

        keys->pasting = number == 200;
        kind = number_kind(number);
    } else if (length == 4 && bytes[2] == '[') {
        kind = bytes[3] == 'A'   ? PRESS_HELP
               : bytes[3] == 'B' ? PRESS_LANGUAGE
                                 : PRESS_NONE;
    } else if (bytes[length - 1] != 'M') {
        kind = final_kind((char)bytes[length - 1]);
    }
    return give(keys, length, press, kind);
}

/* ESC O final; some terminals put a modifier's digits before it. */
static bool take_ss3(struct keys *keys, struct press *press)
{
    const unsigned char *bytes = head(keys);
    size_t at = 2;

    while (at < keys->filled && at < SEQUENCE_MAX && bytes[at] >= '0' &&
           bytes[at] <= ';')
        at++;
    if (at >= keys->filled)
        return false;
    if (bytes[at] < 0x20)
        return give(keys, at, press, PRESS_NONE);
    return give(keys, at + 1, press, final_kind((char)bytes[at]));
}

static bool take_escape(struct keys *keys, double now, struct press *press)
{
    unsigned char second = keys->filled > 1 ? head(keys)[1] : 0;
    bool late = is_late(keys, now);

    if (keys->filled == 1)
        return late ? give(keys, 1, press, PRESS_ESC) : false;
    /* A Ctrl-C is never part of something else. */
    if (second == ESC || second == CTRL_C)
        return give(keys, 1, press, PRESS_ESC);
    if (second == '[' && take_csi(keys, press))
        return true;
    if (second == 'O' && take_ss3(keys, press))
        return true;
    if (second == '[' || second == 'O')
        return late ? give(keys, keys->filled, press, PRESS_NONE) : false;
    if (strchr("]PX^_", second) != NULL && second != 0)
        keys->skipping = true;
    return give(keys, 2, press, PRESS_NONE);
}

/* Drops a string up to its end: BEL, ESC \, or any other sequence. */
static bool skip(struct keys *keys, double now, struct press *press)
{
    while (keys->filled > 0 && head(keys)[0] != 0x07 && head(keys)[0] != ESC)
        drop(keys, 1);
    if (keys->filled == 0 && !is_late(keys, now))
        return false;
    keys->skipping = false;
    if (keys->filled == 0 || head(keys)[0] == ESC)
        return give(keys, 0, press, PRESS_NONE);
    return give(keys, 1, press, PRESS_NONE);
}

static enum press_kind control_kind(unsigned code)
{
    switch (code) {
    case '\r':
    case '\n':
        return PRESS_ENTER;
    case '\t':
        return PRESS_TAB;
    case '\b':
    case 0x7f:
        return PRESS_BACKSPACE;
    default:
        return code >= 1 && code <= 26 ? PRESS_CTRL : PRESS_NONE;
    }
}

/* Whether more bytes may still make one character of what is there. */
static bool may_grow(const struct keys *keys)
{
    const unsigned char *bytes = head(keys);
    unsigned char first = bytes[0];
    size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;

    if (first < 0xc2 || first > 0xf4 || keys->filled >= wanted)
        return false;
    for (size_t i = 1; i < keys->filled; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return false;
    return true;
}

static bool take_char(struct keys *keys, double now, struct press *press)
{
    unsigned code = 0;
    size_t used = utf8_take((const char *)head(keys), keys->filled, &code);

    if (used == 0 && may_grow(keys) && !is_late(keys, now))
        return false;
    if (used == 0) {
        press->code = head(keys)[0];
        return give(keys, 1, press,
                    keys->latin && press->code > 0xa0 ? PRESS_CHAR
                                                      : PRESS_NONE);
    }
    press->code = code;
    if (press->pasted || (code >= 0x20 && code != 0x7f))
        return give(keys, used, press, PRESS_CHAR);
    press->code = code + 0x40;
    return give(keys, used, press, control_kind(code));
}

/* Inside a paste only its end mark means something; where
 * that never comes the keyboard must come back by itself. */
static bool take_pasted(struct keys *keys, double now, struct press *press)
{
    size_t known = keys->filled < PASTE_END ? keys->filled : PASTE_END;

    if (memcmp(head(keys), paste_end, known) != 0) {
        press->pasted = true;
        return take_char(keys, now, press);
    }
    if (known == PASTE_END) {
        keys->pasting = false;
        return give(keys, PASTE_END, press, PRESS_NONE);
    }
    if (!is_late(keys, now))
        return false;
    keys->pasting = false;
    return give(keys, keys->filled, press, PRESS_NONE);
}

bool keys_next(struct keys *keys, double now, struct press *press)
{
    memset(press, 0, sizeof(*press));
    if (keys->pasting && keys->filled == 0 && is_late(keys, now))
        keys->pasting = false;
    if (keys->skipping)
        return skip(keys, now, press);
    if (keys->filled == 0)
        return false;
    if (keys->pasting)
        return take_pasted(keys, now, press);
    if (head(keys)[0] == ESC)
        return take_escape(keys, now, press);
    return take_char(keys, now, press);
}

double keys_left(const struct keys *keys, double now)
{
    double left = patience(keys) - (now - keys->since);

    if (!keys->skipping && !keys->pasting && keys->filled == 0)
        return -1;
    return left > 0 ? left : 0;
}
