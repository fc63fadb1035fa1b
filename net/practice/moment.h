/* SPDX-License-Identifier: MIT */
/* Moments as mail, the API and IMAP write them, in no locale. All take seconds
 * since 1970 and write UTC unless they say otherwise. */
#ifndef NET_PRACTICE_MOMENT_H
#define NET_PRACTICE_MOMENT_H

#include <stddef.h>

#define MOMENT_SIZE 112

/* "Mon, 23 Nov 2026 12:15:02 +0000" (RFC 5322, 3.3). */
void moment_mail(char out[MOMENT_SIZE], double moment);

/* "23-Nov-2026 12:15:02 +0000", the day two places wide (RFC 3501, 9). */
void moment_imap(char out[MOMENT_SIZE], double moment);

/* "2026-11-23T12:15:02.1834417Z": ISO 8601 with seven digits, as the service
 * writes it; with its offset instead of Z where `minutes` is not 0. */
void moment_json(char out[MOMENT_SIZE], double moment, int minutes);

/* The day as a number that can be compared, 20261123. */
long moment_day(double moment);

/* Reads "23-Nov-2026", the day of one or two digits, as such a number; -1
 * where it is none. */
long moment_day_imap(const char *text);

/* Reads "2026-11-23" at the start of `text` as such a number; -1 else. */
long moment_day_json(const char *text);

#endif
