/* SPDX-License-Identifier: MIT */
/* Asks the DNS by c-ares: side by side, within limits, every state told. */
#ifndef NET_DNS_H
#define NET_DNS_H

#include "net/error.h"
#include "net/request.h"
#include "net/resolver.h"

#define DNS_PORT 53
#define DNS_QUESTIONS_MAX 300 /* of one `struct dns`, its whole life */

struct dns;

/* `server` is an address and a port; where its host is "" the servers of
 * /etc/resolv.conf are asked. All answers are there `seconds` after this call:
 * what is still open then is TIMEOUT, what was never asked stays UNASKED, and
 * so does what is beyond DNS_QUESTIONS_MAX. NULL where c-ares cannot start. */
struct dns *dns_open(const struct endpoint *server, double seconds,
                     struct error *err);

/* Borrows `dns`. UDP with EDNS, then TCP where an answer did not fit. A chain
 * of CNAME that a server leaves open is followed, DNS_CHAIN_MAX of them. */
struct resolver dns_resolver(struct dns *dns);

void dns_close(struct dns *dns);

#endif
