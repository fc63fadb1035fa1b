/* SPDX-License-Identifier: MIT */
/* One case played: the scripted server, the probe, and what each has seen. */
#ifndef TESTS_PLAY_SESSION_H
#define TESTS_PLAY_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/play/cases.h"

/* How a case is run. */
enum manner {
    OUTSIDE, /* the program: `nollego probe smtp` */
    INSIDE   /* the probe's own function in a fork of ours, which looks for
                descriptors, threads and memory that are left */
};

struct sight {
    char *out, *err; /* what the probe wrote */
    char *heard;     /* what the server heard */
    char missed[256];
    int status; /* of wait */
    double seconds;
    double stopping; /* from our signal to the end; 0: none was sent */
    bool stuck;      /* it had to be ended by us */
    bool left;       /* a process of it lived on */
    bool again;      /* it called the server a second time */
};

/* Whether the case can be run in that manner: names are resolved by us only
 * inside, signals need a program of its own. */
bool session_fits(const struct play *play, enum manner manner);

/* Why this system cannot run it, or NULL. */
const char *session_lacks(const struct play *play);

/* Runs it once. Files go to `folder` under names that begin with `mark`. Ends
 * the program where the system does not let us. */
void session_run(const struct play *play, enum manner manner,
                 const char *folder, const char *mark, struct sight *sight);

void session_release(struct sight *sight);

/* How much slower all is than usual, and the seconds that may be lost. */
double session_slowness(void);

#endif
