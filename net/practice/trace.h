/* SPDX-License-Identifier: MIT */
/* A mail as its recipient finds it: with the fields that the servers on its
 * way have put before it (RFC 5321 4.4, RFC 8601). */
#ifndef NET_PRACTICE_TRACE_H
#define NET_PRACTICE_TRACE_H

#include "net/practice/world.h"

/* The server that takes mail for the domain of `address`, and where it is. */
void trace_server(char *out, size_t size, const char *address);
const char *trace_ip(const char *address);

/* The whole mail, from malloc; NULL without memory. The world is locked. */
char *trace_copy(const struct world *world, const struct copy *copy,
                 size_t *length);

#endif
