/* SPDX-License-Identifier: MIT */
/* The one SPF record of a domain among its TXT records (RFC 7208 4.4, 4.5). */
#ifndef NET_SPF_FETCH_H
#define NET_SPF_FETCH_H

#include "net/resolver.h"

enum spf_fetched {
    SPF_FETCHED_ONE,
    SPF_FETCHED_NONE,    /* no such name, no TXT, or none of SPF among them */
    SPF_FETCHED_SEVERAL, /* more than one: the first is given */
    SPF_FETCHED_SILENCE  /* the DNS did not tell: `query.answer.state` */
};

struct spf_found {
    struct dns_query query;
    const char *text; /* borrowed of the query's answer; NULL: none */
    size_t length;
    size_t count; /* records of SPF */
};

/* Asks and selects. `found` is to be released, whatever comes back. */
enum spf_fetched spf_fetch(struct spf_found *found,
                           const struct resolver *resolver, const char *domain);

void spf_found_release(struct spf_found *found);

/* Whether a record can stand there at all: at least two labels, none of them
 * empty or too long, and no address literal (4.3). */
bool spf_domain_is_possible(const char *domain);

#endif
