/* SPDX-License-Identifier: MIT */
/* A refusal's bytes as codes and words. */
#ifndef STEPS_REPLY_SCAN_H
#define STEPS_REPLY_SCAN_H

#include <stddef.h>

#include "steps/reply_code.h"
#include "steps/reply_words.h"

#define SCAN_CODES_MAX 4

struct scan {
    int code; /* the first reply code, or 0 */
    struct enhanced enhanced[SCAN_CODES_MAX];
    size_t enhanced_count;
    struct words words;
};

/* Reads `length` bytes, in time linear in `length`. Addresses, network
 * numbers and codes are no words; a code that is said again on a further line
 * leaves no trace, so that a phrase may go on behind it. */
void scan_text(struct scan *scan, const char *text, size_t length);

#endif
