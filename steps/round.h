/* SPDX-License-Identifier: MIT */
/* Live tests that shall run side by side, put together as requests. */
#ifndef STEPS_ROUND_H
#define STEPS_ROUND_H

#include "steps/live.h"

/* The tasks of a round, being filled: at most LIVE_MAX. */
struct round {
    const struct trail *trail;
    const struct settings *settings;
    struct task *tasks;
    int count;
};

/* One more task with the limits and the trust of the settings; NULL where the
 * round is full. */
struct task *round_task(struct round *round, enum probe probe);

/* Where the service's API is, and the key to it. */
void round_ask_api(struct request *request, const struct settings *settings);

/* The marks of an attempt, so that its mail can be told from any other. */
void round_ask_attempt(struct task *task, const struct attempt *attempt);

/* Adds the bounces of an address; the service's events of an attempt; its
 * mailbox, where that is open to us; all that can see it arrive or return. */
void round_history(struct round *round, const char *address);
void round_watch(struct round *round, const struct attempt *attempt);
void round_imap(struct round *round, const struct attempt *attempt);
void round_arrival(struct round *round, const struct attempt *attempt);

/* Adds the send of the present part's test, with marks of its own; by hand it
 * is only `before`. -1 without randomness. */
int round_send(struct round *round, enum via via, struct error *err);

/* Adds the report to support, by the way that handover_way knows; there must be
 * one. -1 without randomness. */
int round_handover(struct round *round, struct error *err);

#endif
