/* SPDX-License-Identifier: MIT */
/* One sentence of the assets onto standard output or error, blanks filled. */
#ifndef UI_SAY_H
#define UI_SAY_H

#include <stdio.h>

#include "steps/text.h"

/* A blank of a sentence and its value; a list ends with a name of NULL. */
struct blank {
    const char *name, *value;
};

/* Values may be foreign: what could steer a terminal is made visible. `blanks`
 * may be NULL. Nothing is added, no newline either. */
void say(FILE *out, enum text_id id, const struct blank *blanks);

/* The same with a newline. */
void say_line(FILE *out, enum text_id id, const struct blank *blanks);

#endif
