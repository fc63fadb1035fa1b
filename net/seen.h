/* SPDX-License-Identifier: MIT */
/* Which texts were met before: ids, addresses. */
#ifndef NET_SEEN_H
#define NET_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero is an empty set. Of each text only a number is kept, so that the
 * set stays small: two texts of one number count as one, which among a few
 * thousand happens by nobody's chance. */
struct seen {
    uint64_t *slots; /* 0: free */
    size_t room, count;
};

/* Whether the text, compared without the case of ASCII letters, is new to the
 * set; it is not from then on. Without memory every text is new. */
bool seen_add(struct seen *seen, const char *text);

void seen_release(struct seen *seen);

#endif
