/* SPDX-License-Identifier: MIT */
/* One sentence of the assets onto standard output or error, blanks filled. */
#ifndef UI_SAY_H
#define UI_SAY_H

#include <stdio.h>

#include "steps/text.h"

#define SENTENCE_MAX 4096

/* A blank of a sentence and its value; a list ends with a name of NULL. */
struct blank {
    const char *name, *value;
};

/* The sentence into `out`; as text_fill, nothing is made safe yet. */
size_t say_fill(char *out, size_t size, enum text_id id,
                const struct blank *blanks);

/* Values may be foreign: what could steer a terminal is made visible. `blanks`
 * may be NULL. Nothing is added, no newline either. */
void say(FILE *out, enum text_id id, const struct blank *blanks);

/* The same into `out`, at most `size` bytes with the NUL; returns the bytes. */
size_t say_into(char *out, size_t size, enum text_id id,
                const struct blank *blanks);

/* On a line of its own. */
void say_line(FILE *out, enum text_id id, const struct blank *blanks);

#endif
