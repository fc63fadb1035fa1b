/* SPDX-License-Identifier: MIT */
/* Which live tests a step wants now, as requests ready to be started. */
#ifndef STEPS_LIVE_H
#define STEPS_LIVE_H

#include "net/probe.h"
#include "steps/settings.h"
#include "steps/trail.h"

#define LIVE_MAX 3

/* A probe to start (PROBE_COUNT: none, only `before`). Where it sends, `before`
 * is the "attempt" event that must be in the trail and synced on disk before
 * the fork. */
struct task {
    enum probe probe;
    int attempt;          /* id that it belongs to, or 0 */
    bool again;           /* one more look before a verdict */
    bool encloses;        /* the report goes with it, as a file */
    struct event *before; /* owned by the task; NULL: none */
    struct request request;
};

/* Fills `tasks` with the probes to start now, side by side, on the present
 * step: none where its tests are done (or it has none). Call it on entering a
 * step and each time all running probes have ended. -1 without randomness. */
int live_tasks(const struct trail *trail, const struct settings *settings,
               struct task tasks[LIVE_MAX], struct error *err);

/* Whether what still runs on the present step can change nothing any more:
 * the mail was found, or came back. */
bool live_settled(const struct trail *trail);

/* {"event":"start","probe":P,"attempt":N}: pushed before each probe. */
struct event *live_start_event(const struct task *task);

/* Marks an event of a running probe as belonging to it, before it is pushed:
 * puts "probe" and "attempt", and "cause" into an "end". */
void live_mark(struct event *event, enum probe probe, int attempt);

/* Wipes the request's secrets and frees `before`. */
void live_task_clear(struct task *task);

#endif
