/* SPDX-License-Identifier: MIT */
/* Cuts one IMAP response into tokens (RFC 9051 section 9); total on any
 * bytes. */
#ifndef NET_IMAP_SCAN_H
#define NET_IMAP_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "net/imap_reader.h"

enum imap_kind {
    IMAP_END,
    IMAP_OPEN, /* a round bracket */
    IMAP_CLOSE,
    IMAP_ATOM,   /* with what stands in square brackets, such as a section */
    IMAP_STRING, /* quoted or a literal */
    IMAP_BROKEN  /* no token; the rest of the response is given up */
};

/* Points into the response. */
struct imap_token {
    enum imap_kind kind;
    const char *bytes;
    size_t length;
    bool escaped; /* a quoted string, whose backslashes still stand */
};

/* Starts as {response, 0}. */
struct imap_scan {
    const struct imap_response *response;
    size_t at;
};

struct imap_token imap_scan_next(struct imap_scan *scan);

/* Whether it is an atom of that word, case aside. */
bool imap_token_is(const struct imap_token *token, const char *word);

/* The text of an atom or string, its escapes resolved. False where it is
 * neither, does not fit or holds a NUL. */
bool imap_token_copy(char *out, size_t size, const struct imap_token *token);

#endif
