/* SPDX-License-Identifier: MIT */
/* The practice service: a small provider on loopback, for a walk without
 * consequences. HTTP API, SMTP submission, IMAP and DNS over one small world. */
#ifndef NET_PRACTICE_PRACTICE_H
#define NET_PRACTICE_PRACTICE_H

#include "net/feed.h"
#include "net/request.h"

/* The probe "practice": plays `request->scenario` ("" is the first one) on
 * four ports of 127.0.0.1 that the system chooses, tells one "ready" event
 * with all that a client needs, and serves until the reader of `feed` goes
 * away or the process is ended. Key and passwords are drawn at each start;
 * nobody else on the machine can use it.
 *
 * {"event":"ready","scenario","via":"api"|"smtp","api_url","api_key",
 *  "smtp":"127.0.0.1:P","user","password","imap":"127.0.0.1:P",
 *  "mailbox_password","dns":"127.0.0.1:P","from","to","other_from","free_to"}
 *
 * `request->quirks` are names of quirks.h.
 *
 * A mailbox's user is its address. Where the scenario is about a refused key
 * or login, the one told is one that the service refuses. Where it cannot
 * start there is an "end" event instead of "ready". Returns 0, or -1. */
int practice_probe(const struct request *request, struct feed *feed);

#endif
