/* SPDX-License-Identifier: MIT */
/* Why a secure connection failed, in words. */
#ifndef STEPS_SECURE_H
#define STEPS_SECURE_H

#include "steps/text.h"
#include "steps/trail.h"

/* The sentence for what was wrong, or T_NONE where the attempt did not fail
 * for that. Its blanks are {subject}, {issuer}, {not_before}, {not_after}. */
enum text_id secure_problem(const struct attempt *attempt);

/* Names and values for `blanks_fill`, ended by NULL; they borrow from the
 * attempt. */
#define SECURE_EXTRA_MAX 9
void secure_extra(const struct attempt *attempt,
                  const char *extra[SECURE_EXTRA_MAX]);

#endif
