/* SPDX-License-Identifier: MIT */
/* What one session is to carry: told to libesmtp, and held against what it
 * makes of it. */
#ifndef NET_ERRAND_H
#define NET_ERRAND_H

#include <stddef.h>

/* All is borrowed, and ends in NUL. */
struct errand {
    const char *hello;    /* the name for EHLO */
    const char *user;     /* "": no login */
    const char *password; /* "" where there is no user */
    const char *from, *to;
    const char *text;  /* the message, lines end in CRLF */
    const char *lines; /* the same as DATA carries it, final dot included */
    size_t length;     /* of `lines` */
    double limit;      /* seconds of the whole session */
};

#endif
