/* SPDX-License-Identifier: MIT */
/* SEARCH (RFC 3501, 6.4.4): read once, then tried on each mail. */
#ifndef NET_PRACTICE_IMAP_SEARCH_H
#define NET_PRACTICE_IMAP_SEARCH_H

#include "net/practice/imap_parse.h"
#include "net/practice/imap_view.h"

#define SEARCH_KEYS_MAX 32
#define SEARCH_DEPTH_MAX 8

/* One condition; those that hold others name them by their places. */
struct search_key {
    enum {
        KEY_ALL,
        KEY_NONE, /* flags that nothing here ever has */
        KEY_AND,
        KEY_OR,
        KEY_NOT,
        KEY_FIELD,
        KEY_BODY,
        KEY_TEXT,
        KEY_SINCE,
        KEY_BEFORE,
        KEY_ON,
        KEY_UID,
        KEY_NUMBER
    } kind;
    int left, right;
    char field[64];
    char text[IMAP_TEXT_MAX]; /* or a set */
    long day;
};

struct search {
    struct search_key keys[SEARCH_KEYS_MAX];
    int count, root;
};

enum search_result { SEARCH_GOOD, SEARCH_BAD, SEARCH_FOREIGN_CHARSET };

/* Reads the criteria up to the end of the command. */
enum search_result search_read(struct search *search, struct cursor *cursor);

/* Writes " N" for each mail that fits, its uid or its place. The world is
 * locked. -1 without memory. */
int search_run(const struct search *search, const struct imap_view *view,
               bool uid, struct pile *out);

#endif
