/* SPDX-License-Identifier: MIT */
/* The DNS of the practice world: answers about the domains of the plot, and
 * knows no other. */
#ifndef NET_PRACTICE_NAMES_H
#define NET_PRACTICE_NAMES_H

#include <stddef.h>

#include "net/practice/plot.h"

#define NAMES_MESSAGE_MAX 512 /* of a question, and of an answer by UDP */
#define NAMES_ANSWER_MAX 4096

/* Answers one message (RFC 1035 4.1) as the scenario has it, in at most `size`
 * bytes of `out`; what does not fit is cut and marked so. Names of the plot
 * that are not there, and all in .invalid, do not exist; of any other domain
 * nothing is told (REFUSED). Returns the length, 0: no answer at all. */
size_t names_answer(enum scenario scenario, const unsigned char *question,
                    size_t length, unsigned char *out, size_t size);

#endif
