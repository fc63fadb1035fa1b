/* SPDX-License-Identifier: MIT */
/* Stands between libesmtp and the server: each command is checked, told and
 * passed on, each reply read and judged before libesmtp hears a word of it. */
#ifndef NET_RELAY_H
#define NET_RELAY_H

#include "net/errand.h"
#include "net/wire.h"

/* Plays the server to libesmtp on `local` (a non-blocking stream socket) from
 * EHLO on, and libesmtp to the server on `wire`, whose greeting is read and
 * whose TLS stands. Ends the wire in any case. A refused login, sender,
 * recipient or message ends the session: libesmtp gets no further word. The
 * errand is the only session that may go over the wire. */
void relay_run(struct wire *wire, int local, const struct errand *errand);

#endif
