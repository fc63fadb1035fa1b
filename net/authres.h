/* SPDX-License-Identifier: MIT */
/* Reads an Authentication-Results field (RFC 8601 section 2.2), as receivers
 * really write it; total on any text. */
#ifndef NET_AUTHRES_H
#define NET_AUTHRES_H

#include <stdbool.h>
#include <stddef.h>

#define AUTHRES_WORD_MAX 32
#define AUTHRES_VALUE_MAX 256
#define AUTHRES_NOTE_MAX 512
#define AUTHRES_PROPERTIES_MAX 16

/* "header.d=example.com" is {"header.d", "example.com"}; a bare "action=none"
 * has no dot. Names are in lower case. */
struct authres_property {
    char name[AUTHRES_WORD_MAX];
    char value[AUTHRES_VALUE_MAX];
};

/* What one method came to. */
struct authres_result {
    char method[AUTHRES_WORD_MAX];  /* lower case: spf, dkim, dmarc ... */
    char result[AUTHRES_WORD_MAX];  /* lower case: pass, fail, none ... */
    char reason[AUTHRES_VALUE_MAX]; /* of reason=, or "" */
    char note[AUTHRES_NOTE_MAX];    /* what stands in comments, or "" */
    struct authres_property properties[AUTHRES_PROPERTIES_MAX];
    size_t count;
};

/* A field being read: opened, then asked for one result after the other. */
struct authres {
    const char *at;
    char id[AUTHRES_VALUE_MAX]; /* who says it; "": the field does not tell */
    int instance;               /* of ARC (RFC 8617 4.1.1), or 0 */
};

/* Begins with the unfolded body of a field, which is borrowed. */
void authres_open(struct authres *field, const char *body);

/* The next result. False at the end, and at once where the field says "none".
 * What is no result, such as a bare word between two semicolons, is passed
 * over. */
bool authres_next(struct authres *field, struct authres_result *result);

/* The value of a property, or "" where it is not given. */
const char *authres_property(const struct authres_result *result,
                             const char *name);

#endif
