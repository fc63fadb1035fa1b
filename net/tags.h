/* SPDX-License-Identifier: MIT */
/* Lists of tags, as DKIM and DMARC write them: "name = value ; name = ...". */
#ifndef NET_TAGS_H
#define NET_TAGS_H

#include <stdbool.h>
#include <stddef.h>

/* One of them; borrowed of the text, blanks around each cut off. */
struct tag {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
};

/* The next one: `*at` goes from 0 to the end. Returns 1, 0 at the end (a
 * closing semicolon is allowed), -1 for what is none: no "=", or no name of
 * letters, digits and underscores that begins with a letter (RFC 6376 3.2). */
int tag_next(const char *text, size_t length, size_t *at, struct tag *tag);

/* Whether it has that name; ASCII letters of either case where `fold`. */
bool tag_is(const struct tag *tag, const char *name, bool fold);

/* Whether the value is that word, in either case. */
bool tag_says(const struct tag *tag, const char *word);

/* The next part of a value between signs of `separator`, blanks cut off;
 * `*at` as above. False at the end. */
bool tag_part(const struct tag *tag, char separator, size_t *at,
              const char **part, size_t *length);

#endif
