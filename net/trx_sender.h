/* SPDX-License-Identifier: MIT */
/* The returns of one sender. */
#ifndef NET_TRX_SENDER_H
#define NET_TRX_SENDER_H

#include "net/feed.h"
#include "net/request.h"

#define TRX_TOLD_MAX 500 /* `bounce` events of one history */

/* `api-history` where `sender` is asked for, see net/trx.h. */
int trx_sender_probe(const struct request *request, struct feed *feed);

#endif
