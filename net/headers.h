/* SPDX-License-Identifier: MIT */
/* Reads the header of a received copy that a person or a script has. */
#ifndef NET_HEADERS_H
#define NET_HEADERS_H

#include "net/feed.h"
#include "net/request.h"

/* Reads request's `mail`, a header or a whole mail, and tells what
 * net/copy_tell.h says. The "end": pass where the mail proves to be its
 * sender's and no filter complains; fault where there is something to mend;
 * unknown where the receiver tells nothing. Its `finding` says what it is. */
int headers_probe(const struct request *request, struct feed *feed);

#endif
