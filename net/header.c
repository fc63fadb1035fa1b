/* SPDX-License-Identifier: MIT */
/* Finds fields in the header of a mail. */
#include "net/header.h"

#include <string.h>
#include <strings.h>

#include "net/utf8.h"

#define RAW_MAX 1024 /* bytes of a field that `header_field` reads */

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

/* The length of a field's name at `at` (RFC 5322 3.6.8), or 0. */
static size_t name_length(const char *header, size_t at, size_t end)
{
    size_t stop = at;

    while (stop < end && header[stop] > ' ' && header[stop] <= '~' &&
           header[stop] != ':')
        stop++;
    return stop < end && header[stop] == ':' ? stop - at : 0;
}

/* Where the lines folded under the one before `at` end. */
static size_t skip_folded(const struct header_scan *scan, size_t at)
{
    while (at < scan->length && is_blank(scan->bytes[at]) &&
           line_end(scan->bytes, at, scan->length) > at)
        at = line_next(scan->bytes, at, scan->length);
    return at;
}

bool header_next(struct header_scan *scan, struct header_item *item)
{
    size_t length = scan->length < MAIL_MAX ? scan->length : MAIL_MAX;

    scan->length = length;
    while (scan->at < length && scan->fields < HEADER_FIELDS_MAX) {
        size_t at = scan->at, end = line_end(scan->bytes, at, length);
        size_t name = name_length(scan->bytes, at, end);

        if (end == at && scan->fields > 0)
            return false;
        scan->at = skip_folded(scan, line_next(scan->bytes, at, length));
        if (name == 0)
            continue;
        scan->fields++;
        *item = (struct header_item){scan->bytes + at, name,
                                     scan->bytes + at + name + 1,
                                     scan->at - at - name - 1};
        return true;
    }
    return false;
}

bool header_is(const struct header_item *item, const char *name)
{
    return strlen(name) == item->name_length &&
           strncasecmp(item->name, name, item->name_length) == 0;
}

void header_unfold(const struct header_item *item, char *out, size_t size)
{
    size_t filled = 0, at = 0;

    while (at < item->body_length && filled + 1 < size) {
        char c = item->body[at++];

        if (c == '\r' || c == '\n' || c == '\t' || c == '\0')
            c = ' ';
        if (c != ' ' || (filled > 0 && out[filled - 1] != ' '))
            out[filled++] = c;
    }
    while (filled > 0 && out[filled - 1] == ' ')
        filled--;
    out[filled] = '\0';
}

bool header_field(char *out, size_t size, const char *header, size_t length,
                  const char *name)
{
    struct header_scan scan = {header, length, 0, 0};
    struct header_item item;
    char raw[RAW_MAX];

    out[0] = '\0';
    while (header_next(&scan, &item)) {
        if (!header_is(&item, name))
            continue;
        header_unfold(&item, raw, sizeof(raw));
        utf8_mend(out, size, raw, strlen(raw));
        return raw[0] != '\0';
    }
    return false;
}
