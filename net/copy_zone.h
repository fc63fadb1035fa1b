/* SPDX-License-Identifier: MIT */
/* Whose fields these are: follows the header from the top and tells what the
 * receiver wrote from what came with the mail (RFC 8601 sections 5 and 7.1). */
#ifndef NET_COPY_ZONE_H
#define NET_COPY_ZONE_H

#include "net/header.h"
#include "net/received.h"

#define ZONE_HOSTS_MAX 8

/* OWN: above the line that says how the mail came in, so only the receiver can
 * have written it. BORDER: right below, where receivers write, too, and a
 * sender could. FOREIGN: what came with the mail. */
enum zone { ZONE_OWN, ZONE_BORDER, ZONE_FOREIGN };

struct copy_zone {
    enum zone zone;
    bool traced; /* there is a Received field at all */
    int layer;   /* 1 behind a gateway */
    char hosts[ZONE_HOSTS_MAX][RECEIVED_NAME_MAX]; /* of the receiver */
    size_t host_count;
    struct received border;
    char seen[RECEIVED_IP_MAX];    /* the newest public address of an own hop */
    char first[RECEIVED_NAME_MAX]; /* the authserv-id met first */
    bool told;                     /* `first` was met */
    bool started;                  /* a field of the mail's own was met */
    size_t hops;                   /* Received fields met */
};

/* `recipient` is a domain, or "". `traced`: some Received is to come. */
void zone_init(struct copy_zone *zone, const char *recipient, bool traced);

/* Takes the next field, from the top; `body` is unfolded. */
void zone_take(struct copy_zone *zone, const struct header_item *item,
               const char *body);

/* Whether a field of results said by `id` ("": it does not tell) is the
 * receiver's own, where the header stands now. */
bool zone_trusts(struct copy_zone *zone, const char *id);

/* Whether any other field is, here. */
bool zone_is_own(const struct copy_zone *zone);

/* Whether some host of the receiver's, met so far, is below `suffix`. */
bool zone_is_at(const struct copy_zone *zone, const char *suffix);

#endif
