/* SPDX-License-Identifier: MIT */
/* libesmtp, which drives a session: in a thread of its own, in clear, against a
 * local end that we hold. What it thinks of the session is never believed. */
#ifndef NET_DRIVER_H
#define NET_DRIVER_H

#include "net/errand.h"
#include "net/error.h"

struct driver;

/* Starts a session; the errand is borrowed until it stops. `*fd` is our end of
 * it, non-blocking, the driver's to close: nobody else on this machine has the
 * other one. NULL where the library or the system does not let us; what came of
 * it is given back. */
struct driver *driver_start(const struct errand *errand, int *fd,
                            struct error *err);

/* Closes our end, which makes libesmtp return, and gives back all it holds. A
 * library that does not return in time is left to the end of the process.
 * Returns the code that libesmtp has for the message, 0: none. */
int driver_stop(struct driver *driver);

#endif
