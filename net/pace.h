/* SPDX-License-Identifier: MIT */
/* When to look again for something that takes its time. */
#ifndef NET_PACE_H
#define NET_PACE_H

#include <stdbool.h>

/* One line of a schedule: up to `until` seconds after the first look, the
 * next one begins `step` seconds after the present one, or a quarter of that
 * after a look that took longer. The last line has an `until` of 0. */
struct pace_step {
    double until, step;
};

struct pace {
    const struct pace_step *steps;
    double wait;  /* seconds from the first look to the end */
    double began; /* when the present look did, after the first one */
    bool last;    /* the look that comes now is the last */
};

/* `steps` is borrowed. With a `wait` of 0 the first look is the last. */
void pace_init(struct pace *pace, const struct pace_step *steps, double wait);

/* The seconds to sleep, `elapsed` seconds after the first look began; -1 where
 * the last look is done. The last look is put just before the end. */
double pace_next(struct pace *pace, double elapsed);

/* Sleeps; signals do not shorten it. */
void pace_sleep(double seconds);

#endif
