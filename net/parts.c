/* SPDX-License-Identifier: MIT */
/* Takes a mail apart into its parts. */
#include "net/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/header.h"

#define BOUNDARY_MAX 72 /* RFC 2046 5.1.1 says 70 */

static void lower(char *word)
{
    for (; *word; word++)
        *word = (char)tolower((unsigned char)*word);
}

/* Whether it begins with a field: what a person copies may be text alone. */
static bool has_head(const char *mail, size_t length)
{
    struct header_scan scan = {mail, length, 0, 0};
    struct header_item item;
    size_t start = 0;

    while (start < length && strchr("\r\n", mail[start]) && mail[start])
        start++;
    return header_next(&scan, &item) &&
           (item.name == mail + start ||
            (length - start > 5 && memcmp(mail + start, "From ", 5) == 0));
}

/* Where the body begins: behind the first empty line. A part may begin with
 * that; before a whole mail they do not count. */
static size_t head_length(const char *mail, size_t length, bool is_part)
{
    size_t at = 0;
    bool begun = false;

    while (at < length) {
        const char *end = memchr(mail + at, '\n', length - at);
        size_t next = end ? (size_t)(end - mail) + 1 : length;

        bool empty = mail[at] == '\n' || (mail[at] == '\r' && next == at + 2);

        if (empty && (begun || is_part))
            return next;
        begun |= !empty;
        at = next;
    }
    return length;
}

/* The value of a parameter such as boundary=, quotes undone. */
static void read_parameter(char *out, size_t size, const char *field,
                           const char *name)
{
    size_t length = strlen(name), filled = 0;
    const char *at = field;

    out[0] = '\0';
    while ((at = strchr(at, ';'))) {
        at += 1 + strspn(at + 1, " ");
        if (strncasecmp(at, name, length) == 0 && at[length] == '=')
            break;
    }
    if (!at)
        return;
    at += length + 1;
    if (*at == '"')
        for (at++; *at && *at != '"' && filled + 1 < size; at++)
            out[filled++] = *at;
    else
        for (; *at && !strchr("; ", *at) && filled + 1 < size; at++)
            out[filled++] = *at;
    out[filled] = '\0';
}

/* Reads the fields that say what the part is. */
static void read_head(struct part *part, char boundary[BOUNDARY_MAX])
{
    char field[1024];

    header_field(field, sizeof(field), part->header, part->header_length,
                 "Content-Type");
    snprintf(part->type, sizeof(part->type), "%.*s", (int)strcspn(field, "; "),
             field);
    lower(part->type);
    if (!strchr(part->type, '/'))
        snprintf(part->type, sizeof(part->type), "text/plain");
    read_parameter(boundary, BOUNDARY_MAX, field, "boundary");
    header_field(field, sizeof(field), part->header, part->header_length,
                 "Content-Transfer-Encoding");
    snprintf(part->encoding, sizeof(part->encoding), "%.*s",
             (int)strcspn(field, "; "), field);
    lower(part->encoding);
}

/* Whether the line at `at` is the boundary; `last` where it is the final one.
 * What may follow it are blanks (RFC 2046 5.1.1). */
static bool is_boundary(const char *at, size_t length, const char *boundary,
                        bool *last)
{
    size_t used = strlen(boundary) + 2;

    if (length < used || at[0] != '-' || at[1] != '-' ||
        memcmp(at + 2, boundary, used - 2) != 0)
        return false;
    *last = length >= used + 2 && at[used] == '-' && at[used + 1] == '-';
    for (used += *last ? 2 : 0; used < length; used++)
        if (!strchr(" \t\r\n", at[used]))
            return false;
    return true;
}

static void take(struct parts *parts, const char *mail, size_t length,
                 int depth);

/* Each stretch between two boundaries is a part. */
static void take_multipart(struct parts *parts, const struct part *whole,
                           const char *boundary, int depth)
{
    const char *body = whole->body, *start = NULL;
    const char *end = body + whole->body_length;
    bool last = false;

    for (const char *at = body; at < end && !last;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end;

        if (is_boundary(at, (size_t)(next - at), boundary, &last)) {
            if (start)
                take(parts, start, (size_t)(at - start), depth + 1);
            start = next;
        }
        at = next;
    }
    if (start && !last && start < end)
        take(parts, start, (size_t)(end - start), depth + 1);
}

static void take(struct parts *parts, const char *mail, size_t length,
                 int depth)
{
    size_t head = depth > 0 || has_head(mail, length)
                      ? head_length(mail, length, depth > 0)
                      : 0;
    struct part part = {.header = mail,
                        .header_length = head,
                        .body = mail + head,
                        .body_length = length - head};
    char boundary[BOUNDARY_MAX];

    if (parts->count == PARTS_MAX)
        return;
    read_head(&part, boundary);
    if (depth == 0)
        parts->report = strcmp(part.type, "multipart/report") == 0;
    if (boundary[0] && depth < PARTS_DEPTH &&
        strncmp(part.type, "multipart/", 10) == 0)
        take_multipart(parts, &part, boundary, depth);
    else
        parts->parts[parts->count++] = part;
}

void parts_read(struct parts *parts, const char *mail, size_t length)
{
    memset(parts, 0, sizeof(*parts));
    take(parts, mail, length, 0);
}

static int base64_value(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

static size_t decode_base64(const struct part *part, char *out, size_t size)
{
    unsigned bits = 0;
    int count = 0;
    size_t filled = 0;

    for (size_t i = 0; i < part->body_length && part->body[i] != '='; i++) {
        int value = base64_value(part->body[i]);

        if (value < 0)
            continue;
        bits = bits << 6 | (unsigned)value;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        if (filled + 1 < size)
            out[filled++] = (char)(bits >> count & 0xff);
    }
    return filled;
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

    return at ? (int)(at - digits) : -1;
}

static size_t decode_quoted(const struct part *part, char *out, size_t size)
{
    const char *in = part->body, *end = in + part->body_length;
    size_t filled = 0;

    while (in < end && filled + 1 < size) {
        if (*in != '=') {
            out[filled++] = *in++;
        } else if (end - in >= 2 && in[1] == '\n') {
            in += 2;
        } else if (end - in >= 3 && in[1] == '\r' && in[2] == '\n') {
            in += 3;
        } else if (end - in >= 3 && hex_value(in[1]) >= 0 &&
                   hex_value(in[2]) >= 0) {
            out[filled++] = (char)(hex_value(in[1]) << 4 | hex_value(in[2]));
            in += 3;
        } else {
            out[filled++] = *in++;
        }
    }
    return filled;
}

size_t part_decode(const struct part *part, char *out, size_t size)
{
    size_t filled;

    if (strcmp(part->encoding, "base64") == 0) {
        filled = decode_base64(part, out, size);
    } else if (strcmp(part->encoding, "quoted-printable") == 0) {
        filled = decode_quoted(part, out, size);
    } else {
        filled = part->body_length < size ? part->body_length : size - 1;
        memcpy(out, part->body, filled);
    }
    out[filled] = '\0';
    return filled;
}
