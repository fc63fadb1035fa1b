/* SPDX-License-Identifier: MIT */
/* Cuts the bytes of an IMAP server into responses. */
#include "net/imap_reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The largest response that we take: none has more than a few long ones. */
#define BUFFER (2 * IMAP_LINE_MAX + 4 * IMAP_LITERAL_KEPT + 4096)

int imap_reader_init(struct imap_reader *reader)
{
    memset(reader, 0, sizeof(*reader));
    reader->bytes = malloc(BUFFER);
    return reader->bytes ? 0 : -1;
}

void imap_reader_release(struct imap_reader *reader)
{
    free(reader->bytes);
    reader->bytes = NULL;
}

/* Forgets the response given last. */
static void drop_given(struct imap_reader *reader)
{
    if (reader->given == 0)
        return;
    reader->filled -= reader->given;
    memmove(reader->bytes, reader->bytes + reader->given, reader->filled);
    reader->given = 0;
}

char *imap_reader_room(struct imap_reader *reader, size_t *room)
{
    drop_given(reader);
    *room = BUFFER - reader->filled;
    return reader->bytes + reader->filled;
}

/* Throws away what was read of a literal beyond what is kept of it. */
static void skip(struct imap_reader *reader)
{
    size_t after = reader->filled - reader->scanned;
    size_t gone = reader->skip < after ? reader->skip : after;

    memmove(reader->bytes + reader->scanned,
            reader->bytes + reader->scanned + gone, after - gone);
    reader->filled -= gone;
    reader->skip -= gone;
}

void imap_reader_filled(struct imap_reader *reader, size_t count)
{
    reader->filled += count;
}

/* Whether the response is a status or a continuation: its words are for
 * people, and "{3}" at their end is no literal. */
static bool is_words(const char *line, size_t length)
{
    static const char *const status[] = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
    const char *space = memchr(line, ' ', length);
    size_t left, bytes;

    if (length > 0 && line[0] == '+')
        return true;
    if (!space)
        return false;
    left = length - (size_t)(space + 1 - line);
    for (size_t i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
        bytes = strlen(status[i]);
        if (left >= bytes && strncasecmp(space + 1, status[i], bytes) == 0 &&
            (left == bytes || space[1 + bytes] == ' '))
            return true;
    }
    return false;
}

/* The announced length where a line ends in a literal's "{n}"; -1: it does
 * not; -2: no length that we take. */
static long announced(const char *line, size_t length)
{
    size_t start = length, digits;
    unsigned long size = 0;

    if (length < 3 || line[length - 1] != '}')
        return -1;
    for (start = length - 1;
         start > 0 && isdigit((unsigned char)line[start - 1]); start--)
        continue;
    digits = length - 1 - start;
    if (digits == 0 || start == 0 || line[start - 1] != '{')
        return -1;
    if (digits > 9)
        return -2;
    for (; start < length - 1; start++)
        size = size * 10 + (unsigned long)(line[start] - '0');
    return size <= IMAP_LITERAL_MAX ? (long)size : -2;
}

static int begin_literal(struct imap_reader *reader, size_t at, long size)
{
    struct imap_response *next = &reader->next;
    size_t kept =
        size < IMAP_LITERAL_KEPT ? (size_t)size : (size_t)IMAP_LITERAL_KEPT;

    if (next->literal_count == IMAP_LITERALS_MAX)
        return -1;
    next->literals[next->literal_count++] = (struct imap_literal){at, kept};
    reader->wanted = kept;
    reader->skip = (size_t)size - kept;
    reader->scanned = at;
    reader->line = at + kept;
    return 0;
}

/* Goes past what is here of a literal; false where it is not all here. */
static bool pass_literal(struct imap_reader *reader)
{
    size_t here = reader->filled - reader->scanned;
    size_t passed = reader->wanted < here ? reader->wanted : here;

    reader->scanned += passed;
    reader->wanted -= passed;
    if (reader->wanted == 0)
        skip(reader);
    return reader->wanted == 0 && reader->skip == 0;
}

static void give(struct imap_reader *reader, size_t length, size_t end,
                 struct imap_response *response)
{
    reader->next.text = reader->bytes;
    reader->next.length = length;
    *response = reader->next;
    memset(&reader->next, 0, sizeof(reader->next));
    reader->given = end;
    reader->line = reader->scanned = 0; /* after the drop that comes first */
}

int imap_reader_next(struct imap_reader *reader, struct imap_response *response)
{
    drop_given(reader);
    while (pass_literal(reader)) {
        char *line = reader->bytes + reader->line;
        char *end = memchr(reader->bytes + reader->scanned, '\n',
                           reader->filled - reader->scanned);
        size_t length =
            end ? (size_t)(end - line) : reader->filled - reader->line;
        bool words = reader->next.literal_count == 0 && is_words(line, length);
        long size;

        if (length > IMAP_LINE_MAX)
            return -1;
        if (!end) {
            reader->scanned = reader->filled;
            break;
        }
        if (length > 0 && line[length - 1] == '\r')
            length--;
        size = words ? -1 : announced(line, length);
        if (size == -1) {
            give(reader, (size_t)(line - reader->bytes) + length,
                 (size_t)(end + 1 - reader->bytes), response);
            return 1;
        }
        if (size < 0 ||
            begin_literal(reader, (size_t)(end + 1 - reader->bytes), size) != 0)
            return -1;
    }
    return reader->filled < BUFFER ? 0 : -1;
}
