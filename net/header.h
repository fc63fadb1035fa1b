/* SPDX-License-Identifier: MIT */
/* Finds fields in the header of a mail. */
#ifndef NET_HEADER_H
#define NET_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/request.h"

#define HEADER_FIELDS_MAX 1000 /* fields of a header that are read */
#define HEADER_VALUE_MAX 8192  /* bytes of one field, unfolded */

/* The first field of that name in a header (RFC 5322 section 2.2), unfolded,
 * without blanks around, as valid UTF-8; encoded words stay as they are. False
 * and "" where there is none. */
bool header_field(char *out, size_t size, const char *header, size_t length,
                  const char *name);

/* Goes through the fields from the top; starts as {header, length}. */
struct header_scan {
    const char *bytes;
    size_t length, at;
    size_t fields; /* told so far */
};

/* Where a field stands: points into the header. */
struct header_item {
    const char *name;
    size_t name_length;
    const char *body; /* folded, as it came */
    size_t body_length;
};

/* The next field. False at the empty line that ends the header, at the end of
 * the bytes or where a cap is met. Empty lines before the first field and
 * lines that are no field are passed over, with what is folded under them. */
bool header_next(struct header_scan *scan, struct header_item *item);

/* Whether it bears that name, case aside. */
bool header_is(const struct header_item *item, const char *name);

/* Its body on one line: line ends, tabs and NULs as blanks, each run of blanks
 * as one, none around; cut at `size`, always ended by NUL. All other bytes stay
 * what they are. */
void header_unfold(const struct header_item *item, char *out, size_t size);

#endif
