/* SPDX-License-Identifier: MIT */
/* One connection to a server, in clear or in TLS, under one deadline. */
#ifndef NET_LINK_H
#define NET_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "net/dial.h"
#include "net/fault.h"
#include "net/feed.h"
#include "net/request.h"
#include "net/tls.h"

#define LINK_SESSION_MAX (1024 * 1024) /* bytes that a server may say */

struct link {
    const struct feed *feed; /* its clock */
    double limit;            /* seconds of that clock; may be lowered */
    struct endpoint endpoint;
    struct dial dial;
    struct tls tls;
    bool secured; /* the TLS session stands and is verified */
    bool spoken;  /* the server has said something inside it */
    size_t received;
    char in[4096]; /* what was read and not yet taken */
    size_t at, filled;
    char words[TLS_WORDS_MAX]; /* of the last fault, or "" */
};

/* All functions return NONE or what went wrong in the world: NAME, CONNECT,
 * TLS, TIMEOUT (the limit is over), DROPPED (closed or reset), PROTOCOL. */

/* Prepares TLS where the endpoint wants it, then connects. Without TLS only a
 * loopback address is spoken to. `feed` is borrowed. Must be closed even where
 * it fails. */
enum fault link_open(struct link *link, const struct endpoint *endpoint,
                     const char *ca_file, const struct feed *feed,
                     double limit);

/* The TLS handshake. Bytes that the server sent in clear before it are a
 * PROTOCOL fault: who believes them can be told anything (CVE-2020-14954). */
enum fault link_secure(struct link *link);

/* Whether a secret may pass: verified TLS, or this machine itself. */
bool link_is_private(const struct link *link);

/* Sends all of it. */
enum fault link_send(struct link *link, const char *bytes, size_t length);

/* Reads what there is into `in`, behind what was not yet taken; waits for it
 * until the limit. Does nothing where bytes are left. */
enum fault link_receive(struct link *link);

/* The same without waiting; NONE also where nothing is there. */
enum fault link_peek(struct link *link);

/* The bytes that were read, and taking some of them. */
const char *link_bytes(const struct link *link, size_t *length);
void link_take(struct link *link, size_t length);

/* Tells the other side that we have said all: it may answer and close at once
 * instead of waiting for more. Does nothing inside TLS. */
void link_end_of_speech(const struct link *link);

/* The numeric address of our own end, or "". */
void link_own_address(const struct link *link, char *out, size_t size);

void link_close(struct link *link);

#endif
