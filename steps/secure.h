/* SPDX-License-Identifier: MIT */
/* Why a secure connection failed, in words. */
#ifndef STEPS_SECURE_H
#define STEPS_SECURE_H

#include "steps/moment.h"
#include "steps/text.h"
#include "steps/trail.h"

/* The sentence for what was wrong, or T_NONE where the attempt did not fail
 * for that. Its blanks are {subject}, {issuer}, {not_before}, {not_after}. */
enum text_id secure_problem(const struct attempt *attempt);

/* Names and values for `blanks_fill`, ended by NULL; they borrow from the
 * attempt and from here. */
#define SECURE_EXTRA_MAX 9
struct secure_words {
    const char *extra[SECURE_EXTRA_MAX];
    char not_before[MOMENT_MAX], not_after[MOMENT_MAX];
};
void secure_words(struct secure_words *words, const struct attempt *attempt);

#endif
