/* SPDX-License-Identifier: MIT */
/* Breaks safe text into lines by the cells it takes. */
#include "ui/wrap.h"

#include <wchar.h>

#include "net/utf8.h"

/* The bytes of the character at `text`, and its cells. */
static size_t take(const char *text, size_t length, int *cells)
{
    unsigned code = 0;
    size_t used = utf8_take(text, length, &code);

    *cells = code < 0x80 ? 1 : wcwidth((wchar_t)code);
    if (used == 0 || *cells < 0)
        *cells = 1;
    return used > 0 ? used : 1;
}

int wrap_width(const char *text, size_t length)
{
    int sum = 0;

    for (size_t at = 0; at < length;) {
        int cells;

        at += take(text + at, length - at, &cells);
        sum += cells;
    }
    return sum;
}

size_t wrap_cut(const char *text, size_t length, int columns)
{
    size_t at = 0;
    int sum = 0;

    while (at < length) {
        int cells;
        size_t used = take(text + at, length - at, &cells);

        if (sum + cells > columns)
            break;
        sum += cells;
        at += used;
    }
    return at;
}

/* Blanks where a line was broken belong to neither line. */
static size_t skip_blanks(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] == ' ')
        at++;
    return at < length && text[at] == '\n' ? at + 1 : at;
}

static size_t trim(const char *text, size_t end)
{
    while (end > 0 && text[end - 1] == ' ')
        end--;
    return end;
}

size_t wrap_line(const char *text, size_t length, int columns, size_t *shown)
{
    size_t at = 0, word = 0; /* where the word that is being read begins */
    int sum = 0;

    while (at < length && text[at] != '\n') {
        int cells;
        size_t used = take(text + at, length - at, &cells);

        if (sum + cells > columns && cells > 0 && at > 0 && text[at] != ' ') {
            size_t end = trim(text, word > 0 ? word : at);

            *shown = end > 0 ? end : at;
            return skip_blanks(text, length, *shown);
        }
        sum += cells;
        at += used;
        if (text[at - 1] == ' ')
            word = at;
    }
    *shown = trim(text, at);
    return at < length ? at + 1 : at;
}

int wrap_count(const char *text, size_t length, int columns)
{
    int count = 0;

    while (length > 0) {
        size_t shown, used = wrap_line(text, length, columns, &shown);

        text += used;
        length -= used;
        count++;
    }
    return count;
}
