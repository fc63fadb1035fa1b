/* SPDX-License-Identifier: MIT */
/* Trails for tests, made of the events that real probes tell. */
#ifndef TESTS_UNIT_TRAILS_H
#define TESTS_UNIT_TRAILS_H

#include "steps/graph.h"

/* What one attempt comes to, as its probes tell it. */
enum fate {
    FATE_INBOX,
    FATE_SPAM,
    FATE_NOT_SEEN,
    FATE_DELIVERED_NOT_SEEN,
    FATE_SIMILAR,
    FATE_NO_MAILBOX,      /* accepted, nothing to look into */
    FATE_RETURNED_DEAD,   /* 5.1.1 */
    FATE_RETURNED_FILTER, /* 5.7.1 policy */
    FATE_REFUSED_SUPPRESSED,
    FATE_REFUSED_LOGIN,
    FATE_REFUSED_SENDER,
    FATE_SILENT,    /* no answer from the service */
    FATE_LOST,      /* cut between the final dot and its reply, not seen */
    FATE_LOST_SEEN, /* the same, and found in the mailbox */
    FATE_LOST_TAKEN,  /* the same, and the service has it */
    FATE_BROKE_OFF,   /* 500 without a code, not seen */
    FATE_CANCELLED,
    FATE_CRASHED,
    FATE_COUNT
};

/* Pushes the attempt and the ends of its probes, as the present step's. */
void trails_attempt(struct trail *trail, const struct settings *settings,
                    enum fate fate);

/* One more look for each attempt that wants one, which finds what the first
 * did. */
void trails_recheck(struct trail *trail, const struct settings *settings);

/* The end of an api-history: blocked or not. */
void trails_history(struct trail *trail, bool blocked);

/* The same of a block of that kind, which the service lifts or not. */
void trails_block(struct trail *trail, const char *kind, bool can_activate);

/* The end of an api-activate. */
void trails_lift(struct trail *trail, bool lifted);

/* Makes the choice of that name on the present step and goes on. */
void trails_choose(struct trail *trail, const struct settings *settings,
                   const char *choice);

/* A fact, as if typed. */
void trails_fact(struct trail *trail, const char *key, const char *value);

/* Addresses, key and mailboxes for all of it. */
void trails_settings(struct settings *settings);

#endif
