/* SPDX-License-Identifier: MIT */
/* The values for the blanks of the walk's sentences. */
#ifndef STEPS_BLANKS_H
#define STEPS_BLANKS_H

#include "steps/settings.h"
#include "steps/text.h"
#include "steps/trail.h"

/* Extra values (name, value, name, value ..., NULL) come before the trail's:
 * sender, recipient, from, to, via, server, subject, support; access and where,
 * the provider's way into that mailbox and around in it. */
struct blanks {
    const struct trail *trail;
    const struct settings *settings; /* may be NULL */
    const char *const *extra;        /* may be NULL */
};

/* Fills a sentence's blanks; as text_fill. */
size_t blanks_fill(char *out, size_t size, const char *pattern,
                   const struct blanks *blanks);

#endif
