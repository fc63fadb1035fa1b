/* SPDX-License-Identifier: MIT */
/* How long a test has been on its way, and what that means. */
#ifndef STEPS_CLOCK_H
#define STEPS_CLOCK_H

#include <stddef.h>

#include "steps/settings.h"
#include "steps/trail.h"

/* The moment of an event or an attempt ("2026-11-23T15:06:01Z") in seconds
 * since 1970; 0 where it is none. */
double clock_read(const char *time);

/* The present moment in the same form. */
void clock_write_now(char out[32]);

/* How long the newest attempt has been on its way at `now` (seconds since
 * 1970), and what that means, as sentences; "" where there is none. In
 * practice time passes faster. */
void clock_say(char *out, size_t size, const struct trail *trail,
               const struct settings *settings, double now);

#endif
