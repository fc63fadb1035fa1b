/* SPDX-License-Identifier: MIT */
/* The live test "smtp": hands one mail to a server and tells how it went. */
#ifndef NET_SMTP_H
#define NET_SMTP_H

#include "net/feed.h"
#include "net/request.h"

/* Sends the mail of `request` from `from` to `to` through `smtp`, with a login
 * where `user` is not empty, within `limit` seconds of the feed's clock. Tells
 * each step and always one "end", the last. Runs in a process of its own: it
 * ignores SIGPIPE, and libesmtp leaves threads and plugins behind. Returns 0,
 * or -1 where we were at fault ourselves; the "end" says `crashed` then. */
int smtp_probe(const struct request *request, struct feed *feed);

#endif
