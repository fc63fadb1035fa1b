/* SPDX-License-Identifier: MIT */
/* Looks for a return notice in the sender's own mailbox. */
#ifndef NET_IMAP_RETURN_H
#define NET_IMAP_RETURN_H

#include "net/feed.h"
#include "net/request.h"

/* Looks into the inbox of request's `imap` for a notice that quotes the test
 * mail (net/dsn.h), until it is there or `wait` is over. Nothing is marked as
 * read. Tells of it as net/notice.h says; its "end" has the same members. An
 * end without `action`: none was found in time. */
int imap_return_probe(const struct request *request, struct feed *feed);

#endif
