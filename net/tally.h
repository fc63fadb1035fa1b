/* SPDX-License-Identifier: MIT */
/* How often each of some names was met. */
#ifndef NET_TALLY_H
#define NET_TALLY_H

#include <stddef.h>

#define TALLY_NAME_MAX 128 /* bytes; longer names are cut */
#define TALLY_ROWS_MAX 512 /* names met after so many others are left out */

struct tally_row {
    char name[TALLY_NAME_MAX];
    int count;
};

/* All zero is an empty tally. */
struct tally {
    struct tally_row *rows; /* in no order */
    size_t count, room;
};

/* Counts a name, compared without the case of ASCII letters. */
void tally_add(struct tally *tally, const char *name);

/* Writes "name=count name=count": the most frequent first, those of one count
 * by name, at most `most` and as many as fit whole. What in a name is no ASCII
 * letter, digit, dot or hyphen becomes an underline. Orders the rows. */
void tally_text(struct tally *tally, size_t most, char *out, size_t size);

void tally_release(struct tally *tally);

#endif
