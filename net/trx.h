/* SPDX-License-Identifier: MIT */
/* The live tests at the service's transactional API. */
#ifndef NET_TRX_H
#define NET_TRX_H

#include "net/feed.h"
#include "net/request.h"

/* Each tells its events and one "end", and returns 0; -1 where a fault of our
 * own kept it from the end. Every "end" has `http`, the last HTTP status or
 * null, and `detail`, technical words, where the line failed. */

/* Sends request's message from `from` to `to`: a `message` event {token,
 * subject_code, message_id: null} before, another with the id after. The "end"
 * has `message_id`, and `inactive` where the service says that it will not
 * deliver to this recipient. Never sends twice. */
int api_send_probe(const struct request *request, struct feed *feed);

/* Follows `message_id`, else the newest message to `to` (with `subject_code`
 * in its subject, where that is given), until it is delivered or bounced or
 * `wait` is over. A `delivery` event each change {status, server, ip, text,
 * when, bounce_id}, a `bounce` event where it came back. The "end" has
 * `status` (none queued transient delivered bounced; null where the service
 * was not heard), `message_id`,
 * `subject`, `from`, `when`, and `not_offered` where there is no such
 * service. */
int api_watch_probe(const struct request *request, struct feed *feed);

/* The returns of `address`, a `bounce` event each of the newest 500, while the
 * totals are of all. The "end" has `blocked`, `can_activate`, `count`,
 * `bounce_id`, the return to lift, and of the return that says most about the
 * block `kind`, `when` and, as reply, the remote server's words; `not_offered`
 * where there is no such service.
 *
 * With `sender` the returns of its mails in the last 45 days, which the service
 * may list among those of others. The "end" has `sender`, `count`, `hard`,
 * `addresses` (how many to take off the list: hard returns, and blocked),
 * `kinds` and `domains` (the ten most frequent), both as "name=count ...",
 * `without_sender` (returns that do not say whose), and `partial` where there
 * are more than these. */
int api_history_probe(const struct request *request, struct feed *feed);

/* Lifts the block of the return `bounce_id`. The "end" passes where the
 * service says so, or where, after an answer that was lost or says nothing,
 * the return is found to block no more. It has `not_offered` where there is no
 * such service. */
int api_activate_probe(const struct request *request, struct feed *feed);

#endif
