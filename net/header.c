/* SPDX-License-Identifier: MIT */
/* Finds fields in the header of a mail. */
#include "net/header.h"

#include <string.h>
#include <strings.h>

#include "net/utf8.h"

#define RAW_MAX 1024 /* bytes of a field that are read */

/* Where the line at `at` ends, its line end not counted. */
static size_t line_end(const char *header, size_t at, size_t length)
{
    const char *end = memchr(header + at, '\n', length - at);
    size_t stop = end ? (size_t)(end - header) : length;

    return stop > at && header[stop - 1] == '\r' ? stop - 1 : stop;
}

static size_t line_next(const char *header, size_t at, size_t length)
{
    const char *end = memchr(header + at, '\n', length - at);

    return end ? (size_t)(end + 1 - header) : length;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Adds the line from `at` on, with one blank in place of those before it. */
static size_t unfold(char *raw, size_t filled, size_t size, const char *header,
                     size_t at, size_t end)
{
    while (at < end && is_blank(header[at]))
        at++;
    while (end > at && is_blank(header[end - 1]))
        end--;
    if (filled > 0 && at < end && filled < size)
        raw[filled++] = ' ';
    if (end - at > size - filled)
        end = at + size - filled;
    memcpy(raw + filled, header + at, end - at);
    return filled + end - at;
}

bool header_field(char *out, size_t size, const char *header, size_t length,
                  const char *name)
{
    size_t at = 0, bytes = strlen(name), filled = 0;
    char raw[RAW_MAX];

    out[0] = '\0';
    while (at < length && !(length - at > bytes &&
                            strncasecmp(header + at, name, bytes) == 0 &&
                            header[at + bytes] == ':'))
        at = line_next(header, at, length);
    if (at >= length)
        return false;
    filled = unfold(raw, 0, sizeof(raw), header, at + bytes + 1,
                    line_end(header, at, length));
    for (at = line_next(header, at, length);
         at < length && is_blank(header[at]);
         at = line_next(header, at, length))
        filled = unfold(raw, filled, sizeof(raw), header, at,
                        line_end(header, at, length));
    utf8_mend(out, size, raw, filled);
    return filled > 0;
}
