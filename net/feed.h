/* SPDX-License-Identifier: MIT */
/* The mouth of a probe: events to the parent, redacted as they are made. */
#ifndef NET_FEED_H
#define NET_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "net/event.h"
#include "net/redact.h"
#include "net/request.h"

struct feed {
    int out;
    double started; /* monotonic seconds */
    enum phase phase;
    bool ended; /* the "end" was told; nothing may follow it */
    struct redact *redact;
};

/* `out` is borrowed. The secrets of `request` are redacted from here on. -1
 * without memory: nothing may be told then, since nothing could be hidden. */
int feed_init(struct feed *feed, int out, const struct request *request);

/* Enters a phase: {"event":"phase","phase":P,"seconds":S}. Nothing is told
 * where the phase is the present one. */
void feed_phase(struct feed *feed, enum phase phase);

/* A line of the dialogue, for the transcript: {"event":"line","from":"us" or
 * "server","text":T}. `length` bytes without line end. Lines that carry a
 * secret must be masked by the caller, who knows the protocol's state; what
 * is known as a secret is redacted here all the same. */
void feed_line(struct feed *feed, const char *from, const char *bytes,
               size_t length);

/* Any other event; adds "seconds" since the start. Takes it. */
void feed_event(struct feed *feed, struct event *event);

/* The last event of a probe. Where the ending has no phase it gets the present
 * one (a pass keeps NONE), and its seconds are those since the start. `more`
 * (may be NULL) holds further members of the "end" event; it is taken. A
 * second call tells nothing. */
void feed_end(struct feed *feed, struct ending *ending, struct event *more);

/* Seconds since the start, for deadlines that the child keeps itself. */
double feed_seconds(const struct feed *feed);

void feed_release(struct feed *feed);

#endif
