/* SPDX-License-Identifier: MIT */
/* Whose a host name is, told from the name alone. */
#ifndef NET_ORGDOMAIN_H
#define NET_ORGDOMAIN_H

#include <stdbool.h>
#include <stddef.h>

enum alignment { ALIGNMENT_NONE, ALIGNMENT_RELAXED, ALIGNMENT_STRICT };

/* The part of `domain` that somebody registered: its last two labels, or three
 * under such as com.ar, co.uk, gob.mx. It points into `domain`. No list of all
 * public suffixes is carried for that: who compares what a receiver has told
 * takes the receiver's word first, and this where there is none. */
const char *orgdomain(const char *domain);

/* Whether both are of one organisation; false where one is "". Case and a
 * final dot do not count. */
bool orgdomain_same(const char *a, const char *b);

/* How `domain` stands to the domain of From (RFC 9989 section 4.4). */
enum alignment orgdomain_align(const char *domain, const char *from);

/* Whether `host` is `suffix` or stands below it. */
bool orgdomain_under(const char *host, const char *suffix);

/* The word for it: none, relaxed, strict. */
const char *alignment_name(enum alignment alignment);

#endif
