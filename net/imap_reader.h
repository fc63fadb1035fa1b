/* SPDX-License-Identifier: MIT */
/* Cuts the bytes of an IMAP server into responses (RFC 9051 section 7), with
 * literals counted, so that no mail's text can pass for the server's. */
#ifndef NET_IMAP_READER_H
#define NET_IMAP_READER_H

#include <stdbool.h>
#include <stddef.h>

#define IMAP_LINE_MAX 65536 /* bytes between two literals */
#define IMAP_LITERAL_MAX                                                       \
    (64u << 20)                 /* bytes; a larger one breaks the rules        \
                                 */
#define IMAP_LITERAL_KEPT 65536 /* bytes of one that are kept */
#define IMAP_LITERALS_MAX 8     /* in one response */

struct imap_literal {
    size_t at, length; /* within the response's text; `length` is what's kept */
};

/* One response, without its line end: the line, and in place of each literal
 * "{n}", the line end, and what is kept of its bytes. */
struct imap_response {
    const char *text;
    size_t length;
    struct imap_literal literals[IMAP_LITERALS_MAX];
    size_t literal_count;
};

struct imap_reader {
    char *bytes;    /* of fixed size */
    size_t filled;  /* bytes in it */
    size_t line;    /* where the present line starts */
    size_t scanned; /* no line end between `line` and here */
    size_t wanted;  /* bytes of the present literal still to come and kept */
    size_t skip;    /* bytes of it to be thrown away as they come */
    size_t given;   /* bytes of the response given last */
    struct imap_response next;
};

/* -1 without memory. */
int imap_reader_init(struct imap_reader *reader);
void imap_reader_release(struct imap_reader *reader);

/* Where the next bytes go, and how many of them; at least one, unless
 * `imap_reader_next` has failed. */
char *imap_reader_room(struct imap_reader *reader, size_t *room);

/* Says how many were put there. */
void imap_reader_filled(struct imap_reader *reader, size_t count);

/* 1: the next response, valid until this or `imap_reader_room` is called; 0:
 * more bytes are needed; -1: the server broke the rules or our bounds, for
 * good. */
int imap_reader_next(struct imap_reader *reader,
                     struct imap_response *response);

#endif
