/* SPDX-License-Identifier: MIT */
/* Foreign bytes made into valid UTF-8 text, total on any input. */
#ifndef NET_UTF8_H
#define NET_UTF8_H

#include <stddef.h>

/* The length of the well-formed UTF-8 sequence (RFC 3629: no overlong form,
 * no surrogate, at most U+10FFFF) at `s`, or 0. `code` may be NULL. */
size_t utf8_take(const char *s, size_t length, unsigned *code);

/* Copies `length` bytes into `out` (always ended by NUL, never cut inside a
 * character, at most `size` bytes with the NUL). Bytes that are not UTF-8 are
 * read as Latin-1 where that gives a letter or a printable sign, else written
 * as \xNN; so is NUL. Other control bytes stay: who prints makes them visible.
 * Returns the bytes written, without the NUL. */
size_t utf8_mend(char *out, size_t size, const char *in, size_t length);

#endif
