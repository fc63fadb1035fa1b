/* SPDX-License-Identifier: MIT */
/* What the DNS holds, in memory: the resolver of tests. */
#ifndef TESTS_VECTORS_ZONE_H
#define TESTS_VECTORS_ZONE_H

#include "net/resolver.h"

struct zone_entry;

/* All zero is an empty one. */
struct zone {
    struct zone_entry *entries;
    size_t count, room;
    size_t asked; /* questions so far */
};

/* A record at `name`; of TXT `length` bytes of `value`, of MX a host behind
 * `preference`, else an address or a name. -1: not a value of that type. */
int zone_add(struct zone *zone, const char *name, enum dns_type type,
             const char *value, size_t length, unsigned preference);

/* Whatever the name does not hold of the type (0: of any type) is answered
 * with that state. */
int zone_fail(struct zone *zone, const char *name, enum dns_type type,
              enum dns_state state);

/* Follows CNAME; a name that has nothing, but something below, is NODATA. */
struct resolver zone_resolver(struct zone *zone);

void zone_release(struct zone *zone);

#endif
