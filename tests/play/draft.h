/* SPDX-License-Identifier: MIT */
/* One block of a file of cases, as far as it is understood. */
#ifndef TESTS_PLAY_DRAFT_H
#define TESTS_PLAY_DRAFT_H

#include "tests/play/blocks.h"
#include "tests/play/cases.h"

#define INS_MAX 8

struct draft {
    const struct blocks *blocks;
    const struct block *block;
    struct play play;         /* outcome RESULT_COUNT: not said */
    char good[8];             /* of a way: the reply that goes on */
    const char *ins[INS_MAX]; /* of a case: "PHASE... = EXPECTATION" */
    size_t ins_count;
    int depth; /* of ways that use ways */
};

/* All functions end the program where the block is wrong. */

void draft_read(struct draft *draft, const struct blocks *blocks,
                const struct block *block);

/* Reads the way of that name, for who uses it. */
void draft_read_way(struct draft *way, const struct draft *user,
                    const char *name);

/* What a way asks of server and probe, all but its steps. */
void draft_join_way(struct draft *draft, const struct draft *way);

void draft_add_step(struct draft *draft, const char *text);
void draft_add_part(struct draft *draft, struct parts *parts, const char *text);

/* "OUTCOME FAULT CODE ENHANCED CAUSE": all but the phase. */
void draft_read_expectation(const struct draft *draft, struct expectation *end,
                            const char *text);
enum phase draft_find_phase(const struct draft *draft, const char *text);

#endif
