/* SPDX-License-Identifier: MIT */
/* A look at the DNS of two domains: who asks, what came out so far, and how a
 * finding is told. */
#ifndef NET_SURVEY_H
#define NET_SURVEY_H

#include <stdbool.h>

#include "net/feed.h"
#include "net/resolver.h"

#define SURVEY_DATA_MAX 8192

enum finding { FINDING_GOOD, FINDING_BAD, FINDING_UNKNOWN, FINDING_INFO };

struct survey {
    struct feed *feed;
    struct resolver resolver;
    bool bad, unknown; /* whether such a finding was told */
    bool lied;         /* the resolver invents addresses */
};

/* Records as they are shown under a finding, one a line. */
struct proof {
    char text[SURVEY_DATA_MAX]; /* cut where it is full */
    size_t length;
};

/* Puts what came of a question: "NAME TYPE VALUE" for each record, else "NAME
 * TYPE: STATE". */
void proof_add(struct proof *proof, const struct dns_query *query);

/* Puts a line for a record that was read elsewhere. */
void proof_add_text(struct proof *proof, const char *name, enum dns_type type,
                    const char *text);

/* Tells {"event":"finding","subject","domain","state","code","data"}, with the
 * members of `more` (may be NULL, taken). `proof` may be NULL. */
void survey_tell(struct survey *survey, const char *subject, const char *domain,
                 enum finding state, const char *code,
                 const struct proof *proof, struct event *more);

/* Nothing is known, by the state of a question (its word is the code). */
void survey_tell_unknown(struct survey *survey, const char *subject,
                         const struct dns_query *query);

#endif
