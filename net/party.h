/* SPDX-License-Identifier: MIT */
/* One of the two domains: whether it is there, and who takes its mail. */
#ifndef NET_PARTY_H
#define NET_PARTY_H

#include "net/request.h"
#include "net/survey.h"

#define PARTY_QUESTIONS 3 /* MX, A, AAAA */
#define PARTY_HOSTS_MAX 10

struct party {
    bool sender;
    bool literal; /* an address in brackets: nothing to ask */
    char domain[DNS_NAME_MAX];
    struct dns_query *queries; /* PARTY_QUESTIONS, in the order above */
};

/* Takes the domain of a mail address, in its ASCII form. False where there is
 * none that could be asked for. `queries` are made, not asked. */
bool party_init(struct party *party, bool sender, const char *address,
                struct dns_query queries[PARTY_QUESTIONS]);

/* Whether the domain does not exist, for sure. */
bool party_is_missing(const struct party *party);

/* Tells of "sender.mx" or "recipient.mx", once the queries were asked: mx
 * (good), implicit, literal (info), null_mx (RFC 7505), mx_dead (no host of
 * them has an address), none, nxdomain (bad), or unknown. Of the recipient
 * also "recipient.gateway": the vendor's code, or "other" (info). Asks for the
 * hosts' addresses. */
void party_tell(struct survey *survey, const struct party *party);

#endif
