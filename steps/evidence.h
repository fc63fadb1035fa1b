/* SPDX-License-Identifier: MIT */
/* What the events of the probes prove: attempts and the recipient's past. */
#ifndef STEPS_EVIDENCE_H
#define STEPS_EVIDENCE_H

#include "steps/trail.h"

struct evidence {
    struct attempt *attempts; /* ids are 1, 2, ... */
    size_t attempt_count;
    struct attempt handover; /* of the report to support; token "": none */
    struct history history;  /* bounces of the recipient */
    struct sending sending;  /* bounces of the sender */
    struct history earlier;  /* the test that was sent before the walk */
};

/* Adds the attempt of an "attempt" event; returns its id, or 0 where there is
 * no room. */
int evidence_attempt(struct evidence *evidence, const struct event *event);

/* Begins the way of the report to support. */
void evidence_handover(struct evidence *evidence, const struct event *event);

/* Takes note that a probe starts. */
void evidence_start(struct evidence *evidence, const struct event *event);

/* Takes an event of a probe (see live_mark) into account. */
void evidence_event(struct evidence *evidence, const struct event *event);

/* What the person says of the newest attempt; NONE changes nothing. */
void evidence_person(struct evidence *evidence, enum outcome says);

/* Whether the person sent the newest attempt: ACCEPTED, or UNKNOWN where it
 * was not possible, so that there is nothing to look for; NONE says nothing. */
void evidence_sent(struct evidence *evidence, enum outcome sent);

/* An attempt by id, or NULL. */
struct attempt *evidence_find(const struct evidence *evidence, int id);

void evidence_release(struct evidence *evidence);

#endif
