/* SPDX-License-Identifier: MIT */
/* Reads a Received field: who gave the mail to whom (RFC 5321 section 4.4), in
 * the shapes that servers give it; total on any text. */
#ifndef NET_RECEIVED_H
#define NET_RECEIVED_H

#include <stdbool.h>

#define RECEIVED_NAME_MAX 256
#define RECEIVED_IP_MAX 46 /* INET6_ADDRSTRLEN */

struct received {
    char hello[RECEIVED_NAME_MAX]; /* what the sender called itself, or "" */
    char host[RECEIVED_NAME_MAX];  /* its name as the receiver looked it up */
    char ip[RECEIVED_IP_MAX];      /* its address as the receiver saw it */
    char by[RECEIVED_NAME_MAX];    /* the receiver's name, or "" */
    char with[32];                 /* ESMTPS, LMTP ... */
    char software[64];             /* of the receiver: Postfix, Exim 4.96 ... */
};

/* Reads the unfolded body of a field. What is not told is "". */
void received_read(struct received *received, const char *body);

/* Writes `text` as an address where it is one, "IPv6:" before it or not, in
 * brackets or not; else false and "". */
bool received_ip(char out[RECEIVED_IP_MAX], const char *text);

/* Whether an address is of no network but one's own: private, loopback, link
 * local, shared (RFC 6890). "" is none. */
bool received_is_private(const char *ip);

#endif
