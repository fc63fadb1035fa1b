/* SPDX-License-Identifier: MIT */
/* Looks for the test mail in a mailbox. */
#ifndef NET_IMAP_H
#define NET_IMAP_H

#include "net/feed.h"
#include "net/request.h"

/* Looks for the mail whose X-Nollego-Token is request's token, in the inbox,
 * then where spam goes, then among all mail or, where there is no such folder,
 * in every other one, until it is there or `wait` is over. Nothing is marked
 * as read. A connection that is lost between the looks is made anew. Where the
 * mail is there, its header is read first, see net/copy_tell.h.
 *
 * The "end": pass where it is found, unknown without a fault where it was not
 * in time; members `where` (inbox, spam, other, or null), `folder`, `when` (as
 * the mailbox dates it), `arrived_after` (seconds from the start of this
 * probe; 0: it was there before), `copies` (how many of it are there),
 * `finding` (what its header shows, as of the headers probe), `category` (the
 * tab of Gmail's inbox, only there) and `similar`: instead of it there was a
 * mail with `subject_code` in its subject, from `from`, without our header;
 * `folder` is its then, and ten seconds more are waited. `detail`: technical
 * words, where the line failed. Returns 0, or -1 where a fault of our own kept
 * it from the end. */
int imap_probe(const struct request *request, struct feed *feed);

#endif
