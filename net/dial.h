/* SPDX-License-Identifier: MIT */
/* From a server's name to a connected socket, within a limit. */
#ifndef NET_DIAL_H
#define NET_DIAL_H

#include <stdbool.h>

#include "net/fault.h"
#include "net/feed.h"
#include "net/request.h"

#define DIAL_WORDS_MAX 256

struct dial {
    int fd;           /* connected, non-blocking; the caller closes it */
    char address[64]; /* the one that answered, numeric */
    bool loopback;    /* it is 127.0.0.0/8 or ::1 */
    char words[DIAL_WORDS_MAX]; /* what went wrong, lower-case */
};

/* Resolves by getaddrinfo, so that hosts files count, and tries all addresses
 * side by side, each a little later than the one before (RFC 8305); the first
 * that answers is taken. `limit` is seconds of the feed's clock. Resolving has
 * no limit of its own: the parent's deadline ends it. Returns NONE, NAME,
 * CONNECT (the last refusal of all) or TIMEOUT. */
enum fault dial_open(struct dial *dial, const struct endpoint *endpoint,
                     const struct feed *feed, double limit);

/* Seconds as poll takes them: none where they are over, else not too few. */
int dial_milliseconds(double seconds);

#endif
