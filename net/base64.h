/* SPDX-License-Identifier: MIT */
/* Writes base64, RFC 4648 section 4, for what needs no library else. */
#ifndef NET_BASE64_H
#define NET_BASE64_H

#include <stddef.h>

/* The bytes that base64 of `length` bytes takes, with padding. */
#define BASE64_LENGTH(length) (((length) + 2) / 3 * 4)

/* Writes it with its padding, without a NUL. Returns its length; `out` holds
 * BASE64_LENGTH of `length`. */
size_t base64_padded(char *out, const char *in, size_t length);

/* The same without the padding. */
size_t base64_bare(char *out, const char *in, size_t length);

#endif
