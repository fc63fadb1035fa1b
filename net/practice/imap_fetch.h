/* SPDX-License-Identifier: MIT */
/* FETCH (RFC 3501, 6.4.5) of what a reader of headers asks for. Every part is
 * given as PEEK gives it: folders here are read-only. */
#ifndef NET_PRACTICE_IMAP_FETCH_H
#define NET_PRACTICE_IMAP_FETCH_H

#include "net/practice/imap_parse.h"
#include "net/practice/imap_view.h"

#define SECTIONS_MAX 8

/* BODY[...]<offset.count> */
struct section {
    enum {
        SECTION_ALL,
        SECTION_HEADER,
        SECTION_TEXT,
        SECTION_FIELDS,
        SECTION_FIELDS_NOT
    } kind;
    char names[IMAP_TEXT_MAX]; /* of fields, in capitals, a blank between */
    bool partial;
    unsigned long offset, count;
};

#define FETCH_UID 1u
#define FETCH_FLAGS 2u
#define FETCH_DATE 4u
#define FETCH_SIZE 8u

struct fetch {
    char set[IMAP_TEXT_MAX];
    unsigned items; /* the bits above */
    struct section sections[SECTIONS_MAX];
    int section_count;
};

/* Reads the set and the items up to the end of the command. False where it
 * cannot be understood or asks for what is not offered. */
bool fetch_read(struct fetch *fetch, struct cursor *cursor);

/* Writes the untagged answers; `uid` says what the set counts. The world is
 * locked. -1 without memory, or where it would be more than IMAP_OUT_MAX. */
int fetch_run(const struct fetch *fetch, const struct imap_view *view, bool uid,
              struct pile *out);

#endif
