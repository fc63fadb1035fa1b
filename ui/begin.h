/* SPDX-License-Identifier: MIT */
/* Which walk the wizard begins with: a new one, or one that was left. */
#ifndef UI_BEGIN_H
#define UI_BEGIN_H

#include "net/error.h"

struct wizard;

/* Opens the wizard's walk. Where a session was left it is offered first, with
 * its report; with --resume it is gone on with at once. Secrets that it had are
 * asked for again. Returns -1 where the walk can begin, else the status to
 * leave with, once what there is to say was said: `err` says it where it is not
 * empty. */
int begin_walk(struct wizard *wizard, struct error *err);

#endif
