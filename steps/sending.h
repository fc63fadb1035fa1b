/* SPDX-License-Identifier: MIT */
/* The returns of the sender's mails, read from the events: for the screen, the
 * report and the list that is saved. */
#ifndef STEPS_SENDING_H
#define STEPS_SENDING_H

#include "steps/trail.h"

#define RETURNS_MAX 500

/* One return; all borrowed from the trail, "" where it says nothing. */
struct returned {
    const char *address, *kind, *when, *details, *subject;
    bool leaves;   /* the address is to be taken off the list */
    bool inactive; /* the service withholds mail from it */
    bool again;    /* a newer return is of the same address */
};

/* Those that the newest look at the sender's past told, newest first; at most
 * `max`. Returns how many. */
size_t sending_returns(const struct trail *trail, struct returned *out,
                       size_t max);

/* What a kind of the service is called; the kind itself where it is none that
 * we know. */
const char *sending_kind(const char *kind);

/* Writes "name=count name=count" for people: "rebote duro (4), ...". */
void sending_kinds(const char *kinds, char *out, size_t size);
void sending_domains(const char *domains, char *out, size_t size);

#endif
