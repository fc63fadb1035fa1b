/* SPDX-License-Identifier: MIT */
/* The live test "domain": what the DNS says of the sender's and of the
 * recipient's domain. */
#ifndef NET_DOMAIN_H
#define NET_DOMAIN_H

#include "net/feed.h"
#include "net/request.h"

/* Asks about the domains of `from` and `to` (either may be ""), the sending
 * address `ip` and the DKIM `selector` ("": not known), of the server `dns` or
 * the system's own, within `limit` seconds. Tells a "finding" for each thing
 * looked at, and an "end": fault where something is bad, unknown where
 * something could not be told, else pass. Where no DNS server answers at all
 * the first finding is "network.dns" and the end has the fault connect or
 * timeout: then that is our own side's matter. Returns 0, or -1. */
int domain_probe(const struct request *request, struct feed *feed);

#endif
