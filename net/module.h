/* SPDX-License-Identifier: MIT */
/* What a private module holds. */
#ifndef NET_MODULE_H
#define NET_MODULE_H

#include "net/feed.h"
#include "net/probe.h"

/* A probe tells its own "end" and returns 0, or -1 where we are at fault. */
typedef int probe_run(const struct request *request, struct feed *feed);

/* By probe; NULL where another module holds it. */
extern probe_run *const module_runs[PROBE_COUNT];

#endif
