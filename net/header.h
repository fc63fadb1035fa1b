/* SPDX-License-Identifier: MIT */
/* Finds fields in the header of a mail. */
#ifndef NET_HEADER_H
#define NET_HEADER_H

#include <stdbool.h>
#include <stddef.h>

/* The first field of that name in a header (RFC 5322 section 2.2), unfolded,
 * without blanks around, as valid UTF-8; encoded words stay as they are. False
 * and "" where there is none. */
bool header_field(char *out, size_t size, const char *header, size_t length,
                  const char *name);

#endif
