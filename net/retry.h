/* SPDX-License-Identifier: MIT */
/* How long a server asks to be left alone. */
#ifndef NET_RETRY_H
#define NET_RETRY_H

#include <stddef.h>
#include <time.h>

#define RETRY_MAX 3600 /* seconds; whoever asks for more gets no more */

/* The seconds that the value of a Retry-After field asks for, at the time
 * `now`: a whole number or a date in any of the three forms of RFC 9110
 * section 5.6.7. 0 where there is nothing to wait for: a number that is none,
 * a date that is past. `value` need not end in a NUL. */
int retry_read(const char *value, size_t length, time_t now);

#endif
