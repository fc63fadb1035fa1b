/* SPDX-License-Identifier: MIT */
/* Whether it was our own network that let a test fail: then it says nothing of
 * the service, nor of the recipient. */
#ifndef STEPS_NETWORK_H
#define STEPS_NETWORK_H

#include "steps/text.h"
#include "steps/trail.h"

/* What is wrong with it, in the order in which it is looked for. */
enum network {
    NETWORK_UNBLAMED, /* a server was reached, or nothing was tried */
    NETWORK_PORTAL,   /* names are answered by whoever wants a login first */
    NETWORK_NO_NAMES, /* no DNS server answers */
    NETWORK_NO_HOST,  /* names are known, but not the server's */
    NETWORK_PORT,     /* other servers are reached, this one's port is not */
    NETWORK_OFFLINE,  /* none is */
    NETWORK_COUNT
};

/* Why that attempt did not reach its server. Once a server has spoken, it is
 * its matter, and UNBLAMED. */
enum network network_of(const struct trail *trail,
                        const struct attempt *attempt);

/* The sentences of what it means and what to do; T_NONE for UNBLAMED. */
enum text_id network_meaning(enum network network);
enum text_id network_remedy(enum network network);

#endif
