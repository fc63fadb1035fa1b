/* SPDX-License-Identifier: MIT */
/* Takes a mail apart into its parts (RFC 2045, 2046); total on any bytes. */
#ifndef NET_PARTS_H
#define NET_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#define PARTS_MAX 24  /* of one mail, all levels together */
#define PARTS_DEPTH 4 /* parts within parts */
#define PART_TYPE_MAX 64

/* A part that holds no others. All points into the mail. */
struct part {
    char
        type[PART_TYPE_MAX]; /* media type, lower case; text/plain by default */
    char encoding[24];       /* lower case, or "" */
    const char *header, *body;
    size_t header_length, body_length;
};

struct parts {
    struct part parts[PARTS_MAX];
    size_t count;
    bool report; /* the whole is a multipart/report (RFC 6522) */
};

/* Takes it apart: a mail of no parts is one part. */
void parts_read(struct parts *parts, const char *mail, size_t length);

/* The body as bytes: base64 and quoted-printable are undone as far as they go.
 * At most `size` - 1 of them, and a NUL; returns how many. */
size_t part_decode(const struct part *part, char *out, size_t size);

#endif
