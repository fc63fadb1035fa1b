/* SPDX-License-Identifier: MIT */
/* Prints a document through CUPS, and stays until the printer has it. */
#ifndef NET_PRINT_H
#define NET_PRINT_H

#include "net/module.h"

/* Prints the request's attachment, or its `plain` where the printer takes no
 * such type, on `printer`. A printer that cannot print now gets nothing, so
 * that nothing comes out later. The "end" has `printer`: "ready", or why not:
 * "server" (none that answers), "none" (no default), "unknown" (no such
 * queue), "stopped", "rejecting", "refused", "aborted", "held"; `queue`,
 * `job` (its number) and `state`: "printed", or "queued" where the limit came
 * first. `reply` holds the printer's own words. RFC 8011 section 4.2.1. */
probe_run print_probe;

#endif
