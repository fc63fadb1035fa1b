/* SPDX-License-Identifier: MIT */
/* Header text beyond ASCII: the encoded words of RFC 2047. */
#ifndef NET_PRACTICE_WORDS_H
#define NET_PRACTICE_WORDS_H

#include <stddef.h>

/* Turns encoded words (B and Q, UTF-8, ISO-8859-1 and US-ASCII) into UTF-8;
 * all else stays as it is. At most `size` bytes with the NUL, never cut
 * inside a character. */
void words_read(char *out, size_t size, const char *in);

/* Writes UTF-8 text as the value of a header field: ASCII as it stands, else
 * encoded words folded at 76 columns. Line ends become blanks, so that no
 * text can add a field of its own. Cut where `size` is too small. */
void words_write(char *out, size_t size, const char *in);

#endif
