/* SPDX-License-Identifier: MIT */
/* Any bytes as lower-case ASCII, one sign at a time. */
#ifndef STEPS_REPLY_FOLD_H
#define STEPS_REPLY_FOLD_H

#include <stddef.h>

/* What takes no room: accents that follow their letter, soft hyphens. */
#define FOLD_NOTHING '\0'

/* The next sign of `text`, from `*at` on, which moves past it: a letter without
 * accent or case, a digit of any script, a sign of ASCII, a line end or a
 * blank. What is none of these is a blank. Bytes that are not UTF-8 are read
 * as Latin-1. */
char fold_next(const char *text, size_t length, size_t *at);

#endif
