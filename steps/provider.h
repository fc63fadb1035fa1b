/* SPDX-License-Identifier: MIT */
/* Who keeps a mailbox, told from its address: how a program gets in, and where
 * a person looks. The table is assets/providers.def. */
#ifndef STEPS_PROVIDER_H
#define STEPS_PROVIDER_H

#include "net/request.h"
#include "steps/text.h"

enum provider_access {
    PROVIDER_PASSWORD,     /* whatever its administrator says */
    PROVIDER_APP_PASSWORD, /* one made for a program alone */
    PROVIDER_CLOSED        /* no password at all: the person looks */
};

struct provider {
    enum provider_access access;
    const char *host; /* of IMAP, or "" where it is not known */
    unsigned short port;
    enum text_id how;   /* to get in: a few lines; T_NONE where closed */
    enum text_id where; /* to look */
};

/* Fills it for that address; one that nobody knows is some company's. */
void provider_of(struct provider *provider, const char *address);

/* The endpoint of an IMAP server as typed, "HOST" or "HOST:PORT": TLS from the
 * first byte (port 993, RFC 8314), STARTTLS on port 143. -1: it is none. */
int provider_endpoint(struct endpoint *endpoint, const char *text);

#endif
