/* SPDX-License-Identifier: MIT */
/* The results that a copy's receiver tells: which count, and what they say. */
#ifndef NET_COPY_CHECK_H
#define NET_COPY_CHECK_H

#include "net/copy.h"
#include "net/copy_zone.h"

/* A copy being read, at one of its fields. */
struct copy_reading {
    struct copy *copy;
    struct copy_zone zone;
    size_t field;                /* which one, from 1 */
    bool above_failed;           /* DMARC, before the gateway was met */
    char body[HEADER_VALUE_MAX]; /* unfolded */
};

/* Authentication-Results: the receiver's own count, the topmost that tells of
 * a method for that method; all others are doubtful. */
void copy_take_results(struct copy_reading *reading);

/* ARC-Authentication-Results (RFC 8617): what the receiver sealed for who
 * comes after it counts where it tells nothing else. */
void copy_take_sealed(struct copy_reading *reading);

/* Received-SPF (RFC 7208 section 9.1), for want of other results. */
void copy_take_received_spf(struct copy_reading *reading);

/* Notes a signature where it names a domain. */
void copy_add_signature(struct copy *copy, const struct copy_check *check);

/* What is worth more in a result: a pass, then alignment, then any word. */
int copy_rank(const char *result, enum alignment aligned);

#endif
