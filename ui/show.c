/* SPDX-License-Identifier: MIT */
/* The one door through which foreign text reaches the outside. */
#include "ui/show.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "net/utf8.h"
#include "ui/show_ascii.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define PIECE_MAX 16

enum kind { KIND_PLAIN, KIND_BLANK, KIND_MARK, KIND_HIDDEN };

/* Characters that nobody sees or that move others about: format characters,
 * fillers, variation selectors, line separators, tags, private use, and what
 * can never be assigned. Sorted. */
static const struct {
    unsigned first, last;
} hidden[] = {
    {0x0080, 0x009f},   {0x00ad, 0x00ad},    {0x034f, 0x034f},
    {0x061c, 0x061c},   {0x115f, 0x1160},    {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x200b, 0x200f},    {0x2028, 0x202e},
    {0x2060, 0x206f},   {0x3164, 0x3164},    {0xd800, 0xf8ff},
    {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},    {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},    {0xfffe, 0xffff},
    {0x13430, 0x1345f}, {0x1bca0, 0x1bcaf},  {0x1d159, 0x1d159},
    {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
};

static bool is_hidden(unsigned code)
{
    size_t low = 0, high = COUNT(hidden);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (code < hidden[middle].first)
            high = middle;
        else if (code > hidden[middle].last)
            low = middle + 1;
        else
            return true;
    }
    return (code & 0xfffe) == 0xfffe;
}

/* Blanks of odd widths, which terminals do not agree upon. */
static bool is_odd_blank(unsigned code)
{
    return code == 0xa0 || (code >= 0x2000 && code <= 0x200a) ||
           code == 0x202f || code == 0x205f;
}

/* No locale may say "no" to Latin letters: without one for UTF-8 they are all
 * that is let through. */
static enum kind kind_of(const struct show *show, unsigned code)
{
    int cells;

    if (code < 0x20 || code == 0x7f || is_hidden(code))
        return KIND_HIDDEN;
    if (is_odd_blank(code))
        return KIND_BLANK;
    if (code < 0x250)
        return KIND_PLAIN;
    if (show->ascii)
        return code >= 0x300 && code <= 0x36f ? KIND_MARK : KIND_PLAIN;
    cells = wcwidth((wchar_t)code);
    if (cells == 0)
        return KIND_MARK;
    return cells > 0 ? KIND_PLAIN : KIND_HIDDEN;
}

void show_open_terminal(struct show *show)
{
    show->ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    show->locale = (locale_t)0;
}

void show_open_paper(struct show *show)
{
    show->ascii = false;
    show->locale = (locale_t)0;
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        show->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

void show_close(struct show *show)
{
    if (show->locale)
        freelocale(show->locale);
    show->locale = (locale_t)0;
}

/* The visible form of what must not go out as itself. */
static size_t write_out(const struct show *show, char *piece, unsigned code)
{
    if (code >= 0x80)
        return (size_t)snprintf(piece, PIECE_MAX, "<U+%04X>", code);
    if (show->ascii)
        return (size_t)snprintf(piece, PIECE_MAX, "^%c", (int)code ^ 0x40);
    return (size_t)snprintf(piece, PIECE_MAX, "\xe2\x90%c",
                            code == 0x7f ? 0xa1 : 0x80 + (int)code);
}

static size_t write_near(char *piece, unsigned code, enum kind kind)
{
    const char *near = kind == KIND_MARK ? "" : show_ascii(code);

    return (size_t)snprintf(piece, PIECE_MAX, "%s", near ? near : "?");
}

static size_t write_stray(char *piece, unsigned char byte, int *marks)
{
    *marks = 0;
    return (size_t)snprintf(piece, PIECE_MAX, "\\x%02x", byte);
}

/* The safe form of one character; `marks` is how many may still follow. */
static size_t convert(const struct show *show, char piece[PIECE_MAX],
                      const char *in, size_t used, unsigned code, int *marks)
{
    enum kind kind = kind_of(show, code);

    if (code == '\n') {
        *marks = 0;
        piece[0] = '\n';
        return 1;
    }
    if (kind == KIND_BLANK || code == '\t') {
        *marks = 0;
        piece[0] = ' ';
        return 1;
    }
    if (kind == KIND_HIDDEN || (kind == KIND_MARK && *marks == 0)) {
        *marks = 0;
        return write_out(show, piece, code);
    }
    *marks = kind == KIND_MARK ? *marks - 1 : SHOW_MARKS_MAX;
    if (show->ascii && code >= 0x80)
        return write_near(piece, code, kind);
    memcpy(piece, in, used);
    return used;
}

size_t show_text(const struct show *show, char *out, size_t size,
                 const char *in, size_t length)
{
    locale_t before = (locale_t)0;
    size_t at = 0, fill = 0;
    int marks = 0;

    if (size == 0)
        return 0;
    if (show->locale)
        before = uselocale(show->locale);
    while (at < length) {
        char piece[PIECE_MAX];
        unsigned code;
        size_t used = utf8_take(in + at, length - at, &code), bytes;

        if (used == 1 && code == '\r' && at + 1 < length && in[at + 1] == '\n')
            bytes = 0;
        else if (used > 0)
            bytes = convert(show, piece, in + at, used, code, &marks);
        else
            bytes = write_stray(piece, (unsigned char)in[at], &marks);
        if (fill + bytes >= size)
            break;
        memcpy(out + fill, piece, bytes);
        fill += bytes;
        at += used > 0 ? used : 1;
    }
    if (before)
        uselocale(before);
    out[fill] = '\0';
    return fill;
}

bool show_accepts(const struct show *show, unsigned code)
{
    enum kind kind = kind_of(show, code);

    return kind == KIND_PLAIN || kind == KIND_MARK;
}
