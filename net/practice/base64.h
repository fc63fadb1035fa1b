/* SPDX-License-Identifier: MIT */
/* Base64 of RFC 4648, and the PLAIN login that travels in it. */
#ifndef NET_PRACTICE_BASE64_H
#define NET_PRACTICE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Reads `length` signs, blanks not allowed. Ends `out` with a NUL that the
 * returned length does not count; -1 where it is no base64 or has no room. */
int base64_read(char *out, size_t size, const char *in, size_t length);

/* Writes base64 and a NUL. -1 without room, `out` is "" then. */
int base64_write(char *out, size_t size, const char *in, size_t length);

#define LOGIN_MAX 512

/* Who wants in. */
struct login {
    char user[LOGIN_MAX];
    char password[LOGIN_MAX];
};

/* Reads a PLAIN response (RFC 4616) in base64; who is to be acted for is
 * not looked at. -1 where it is none. */
int login_plain(struct login *login, const char *response);

/* Whether two texts are equal, in a time that does not tell where not. */
bool login_same(const char *a, const char *b);

#endif
