/* SPDX-License-Identifier: MIT */
/* The probe's own function in a process that has nothing else to do, so that
 * all it leaves behind can be seen. */
#ifndef TESTS_PLAY_INSIDE_H
#define TESTS_PLAY_INSIDE_H

#include "tests/play/cases.h"

/* Runs it against the server at that port; events go to standard output, what
 * was left over to standard error. Returns the exit status. Names are those of
 * the case: this program has a getaddrinfo of its own. */
int inside_run(const struct play *play, unsigned short port,
               const char *ca_file, double limit);

/* The case's server, for a request. */
void inside_endpoint(struct endpoint *endpoint, const struct play *play,
                     unsigned short port);

#endif
