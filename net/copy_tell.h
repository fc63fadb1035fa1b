/* SPDX-License-Identifier: MIT */
/* Tells what a received copy shows, as events. */
#ifndef NET_COPY_TELL_H
#define NET_COPY_TELL_H

#include "net/copy_finding.h"
#include "net/feed.h"
#include "net/request.h"

/* Reads the header of a copy and tells of it; for any probe that has one. From
 * request: `from` and `to`, where they are known.
 *
 *   auth       a check that the receiver tells of: `method`, `result`,
 *              `domain`, `aligned` (whether that is of From's organisation,
 *              null where one of both is not known; of dmarc: whether some
 *              pass is), `alignment` (strict, relaxed, none), `selector`, `by`
 *              and `note`: who says so, in what words
 *   signature  a signature on the mail: `domain`, `selector`, `result`,
 *              `aligned`
 *   doubtful   a result that the receiver did not write, so that it counts for
 *              nothing: `by`, `method`, `result`, `domain`
 *   filter     what a spam filter says: `name`, `verdict` (spam, clean, null),
 *              `score`, `limit`, `tests`, `category`, `verdict_word`
 *   copy       all together: see `copy_event`
 *
 * Returns the finding. */
enum copy_finding copy_tell(struct feed *feed, const char *header,
                            size_t length, const struct request *request);

#endif
