/* SPDX-License-Identifier: MIT */
/* The name of an address that sends, and whether the name leads back to it. */
#ifndef NET_REVERSE_H
#define NET_REVERSE_H

#include "net/survey.h"

#define REVERSE_NAMES_MAX 10

/* Makes the question for the names of an IPv4 or IPv6 address in text form
 * (RFC 1035 3.5, RFC 3596 2.5). False where it is none. */
bool reverse_init(struct dns_query *query, const char *ip);

/* Tells "sender.ptr", once the question was asked: confirmed (good), none,
 * unconfirmed (bad), or unknown; `ip` is a member. Asks for the addresses of
 * the names, REVERSE_NAMES_MAX of them (RFC 7208 4.6.4). */
void reverse_tell(struct survey *survey, const struct dns_query *query,
                  const char *ip);

#endif
