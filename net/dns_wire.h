/* SPDX-License-Identifier: MIT */
/* Reads one DNS message that a server sent in answer to a question. */
#ifndef NET_DNS_WIRE_H
#define NET_DNS_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/resolver.h"

#define DNS_CHAIN_MAX 8 /* CNAME that are followed, one after another */

/* What a message (RFC 1035 4.1) of `length` bytes says to a question for
 * `name` and `type`, put into `answer`, which is empty and may already hold a
 * `canonical` that `name` came from. Records of other names, types and classes
 * count for nothing; a chain of CNAME is followed within the message, in
 * whatever order it stands. BOGUS: no answer to that question, records of
 * other names only, cut short, a
 * chain without end or of more than DNS_CHAIN_MAX, an rcode that no resolver
 * should give, or a malformed record of ours.
 *
 * Returns whether the message ends in a CNAME and says no more: then the
 * question is open still for `canonical`, and the state NODATA holds only
 * where that cannot be asked. Names that no text can show (a dot or a NUL in a
 * label) are left out, the answer is `cut`. */
bool dns_wire_read(struct dns_answer *answer, const char *name,
                   enum dns_type type, const unsigned char *bytes,
                   size_t length);

#endif
