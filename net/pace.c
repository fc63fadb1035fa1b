/* SPDX-License-Identifier: MIT */
/* When to look again: a schedule, and one look just before the end. */
#include "net/pace.h"

#include <errno.h>
#include <time.h>

#define LAST_LOOK 0.2 /* seconds before the end */
#define NEAR 0.05     /* a look so soon after another tells nothing new */

void pace_init(struct pace *pace, const struct pace_step *steps, double wait)
{
    pace->steps = steps;
    pace->wait = wait;
    pace->began = 0;
    pace->last = wait <= 0;
}

double pace_next(struct pace *pace, double elapsed)
{
    const struct pace_step *step = pace->steps;
    double left = pace->wait - LAST_LOOK - elapsed, pause;

    if (pace->last)
        return -1;
    while (step->until > 0 && elapsed >= step->until)
        step++;
    pause = step->step - (elapsed - pace->began);
    if (pause < step->step / 4)
        pause = step->step / 4;
    pace->last = pause + NEAR >= left;
    if (pace->last)
        pause = left > 0 ? left : 0;
    pace->began = elapsed + pause;
    return pause;
}

void pace_sleep(double seconds)
{
    struct timespec left = {
        .tv_sec = (time_t)seconds,
        .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9),
    };

    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
        continue;
}
