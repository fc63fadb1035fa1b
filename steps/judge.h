/* SPDX-License-Identifier: MIT */
/* From the evidence of a trail to one verdict. */
#ifndef STEPS_JUDGE_H
#define STEPS_JUDGE_H

#include "steps/trail.h"

#define VERDICT_NEXT_MAX 4

struct verdict {
    enum cause cause;
    enum side side;
    enum confidence confidence;
    int attempt;      /* the one that shows it, or 0 */
    int against;      /* the one it was compared with, or 0 */
    enum text_id why; /* a sentence behind it, or T_NONE */
    enum text_id next[VERDICT_NEXT_MAX]; /* sentences, ended by T_NONE */
};

/* Always exactly one verdict: a cause that a reply or the service's record
 * states outright, or the one factor that changed the outcome between two
 * attempts that were both accepted; else unknown. */
void judge(struct verdict *verdict, const struct trail *trail);

/* The exit status of a walk: 0 arrived, 1 a cause was found, 2 unknown. */
int judge_status(const struct verdict *verdict);

#endif
