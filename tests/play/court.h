/* SPDX-License-Identifier: MIT */
/* What is known of a session that is being judged. */
#ifndef TESTS_PLAY_COURT_H
#define TESTS_PLAY_COURT_H

#include <stdio.h>

#include "net/event.h"
#include "tests/play/session.h"

struct court {
    const struct play *play;
    enum manner manner;
    const struct sight *sight;
    FILE *out;
    int wrong;
    /* what the events say */
    int ends;
    bool end_last;
    struct ending ending;
    struct event *end; /* the last one of its kind, owned, or NULL */
};

/* Counts and tells what is not right. */
void court_check(struct court *court, bool right, const char *what,
                 const char *found);
/* The same for a word that is not `wanted`; NULL and "" are none. */
void court_check_word(struct court *court, const char *what, const char *found,
                      const char *wanted);
/* The same for a member of the end, a text. */
void court_check_member(struct court *court, const char *key,
                        const char *wanted);

#endif
