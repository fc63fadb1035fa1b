/* SPDX-License-Identifier: MIT */
/* What the parts of a walk share: ui/walk.c and ui/walk_domains.c. */
#ifndef UI_WALK_PARTS_H
#define UI_WALK_PARTS_H

#include "ui/walk.h"

/* Takes an event: to the journal first, since what shows on a screen must be on
 * disk already; then to the trail. NULL does nothing. */
void walk_push(struct walk *walk, struct event *event, bool sync);

/* Starts the run's task; its events go to `sink`, with the run. */
int walk_start_run(struct walk *walk, struct walk_run *run, job_sink *sink);

/* A look that the end of the program cuts off has no end: a walk that goes on
 * looks again. A send tells what it has come to. */
bool walk_is_cut_off(const struct walk_run *run, const struct event *event);

/* Reads what the lookups tell, and starts those that are due. */
void walk_work_domains(struct walk *walk);

#endif
