/* SPDX-License-Identifier: MIT */
/* What the values of the command line mean together, and what is missing. */
#ifndef UI_SETTLE_H
#define UI_SETTLE_H

#include "ui/options.h"
#include "ui/rules.h"

#define CONTINUE (-1)       /* no status: the program goes on */
#define SETTLE_DEFAULT (-1) /* a limit or wait that nobody gave */

/* Says what is wrong with an option (its name without hyphens, or NULL) and
 * returns the status of that. */
int settle_refuse(enum text_id problem, const char *option, const char *value);

/* Defaults that depend on others, the scenario, --tls and --imap; then checks
 * that servers may be spoken to and that nothing is missing. `values` are as
 * typed, the last of each, NULL where not given. Returns CONTINUE or the
 * status to leave with. */
int settle(struct options *options, const char *const values[RULE_COUNT]);

#endif
