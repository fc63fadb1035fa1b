/* SPDX-License-Identifier: MIT */
/* Moments and numbers as people write them, each language in its own way. */
#ifndef STEPS_MOMENT_H
#define STEPS_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define MOMENT_MAX 64

/* Reads a moment in UTC, ISO 8601 with Z, fractions of a second dropped, into
 * the wall clock of `zone` seconds east of it, less than a day. False where it
 * is none. */
bool moment_read(struct tm *wall, const char *iso, int zone);

/* "23 nov 2026, 15:04:16 UTC-03:00"; a text that is no moment is copied. */
void moment_text(char out[MOMENT_MAX], const char *iso, int zone);

/* "15:04:16" */
void moment_clock(char out[MOMENT_MAX], const char *iso, int zone);

/* "23 nov 2026", of a text that begins with a date; any other is copied. */
void moment_day(char out[MOMENT_MAX], const char *iso);

/* Seconds, three digits of them: "0,52". */
void moment_seconds(char out[MOMENT_MAX], double seconds);

#endif
