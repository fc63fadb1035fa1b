/* SPDX-License-Identifier: MIT */
/* Reads a return notice that a person has. */
#ifndef NET_NOTICE_H
#define NET_NOTICE_H

#include "net/dsn.h"
#include "net/feed.h"

/* Tells of a notice: a "return" event for each recipient, with `recipient`,
 * `action` (failed, delayed, delivered), `status`, `code`, `reply`, `remote`
 * and `reporting`: which servers say so. Fills an ending with the worst of
 * them: a fault refused where it failed, unknown where it is delayed, and
 * makes the members `action`, `recipient`, `remote`, `reporting`, `report`
 * (whether in the form of RFC 3464) and `ours` (it quotes request's mail). */
struct event *notice_tell(struct feed *feed, const struct dsn *dsn,
                          const struct request *request, struct ending *ending);

/* Reads request's `mail`, a whole notice or what was pasted of it. The "end" is
 * of its words as they stand where it has no form that is known, and unknown
 * where there are none. */
int notice_probe(const struct request *request, struct feed *feed);

#endif
