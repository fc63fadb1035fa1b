/* SPDX-License-Identifier: MIT */
/* The help of a step: what it is for, what will happen, what its words mean.
 * The same for every frontend, which adds its own keys. */
#ifndef STEPS_GUIDE_H
#define STEPS_GUIDE_H

#include "steps/step.h"

#define GUIDE_MAX 48

enum guide_kind { GUIDE_HEADING, GUIDE_TEXT, GUIDE_WORD };

struct guide_line {
    enum guide_kind kind;
    enum text_id text; /* without blanks to fill */
};

/* The purpose, what happens and the step's own words; returns how many lines.
 */
size_t guide_step(const struct step *step, struct guide_line lines[GUIDE_MAX]);

/* The other words of the glossary: all of them where `step` is NULL. */
size_t guide_words(const struct step *step, struct guide_line lines[GUIDE_MAX]);

#endif
