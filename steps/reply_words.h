/* SPDX-License-Identifier: MIT */
/* Finds the phrases of assets/phrases.txt in a stream of words, in time linear
 * in their number. */
#ifndef STEPS_REPLY_WORDS_H
#define STEPS_REPLY_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "steps/cause.h"
#include "steps/reply_code.h"

#define WORD_MAX 32    /* letters of the longest word that a phrase has */
#define RUN_MAX 8      /* words of the longest run that is looked up */
#define GAP_WORDS 6    /* words that ".." stands for, at most */
#define PARTS_MAX 8192 /* parts of all phrases */
#define PHRASES_MAX 4096

/* A line of assets/phrases.txt. The upper line of two that fit is the better
 * one; lines of a higher rank stand above the others. */
struct phrase {
    uint8_t rank;   /* enum rank */
    uint8_t cause;  /* CAUSE_COUNT: tells the vendor only */
    uint8_t side;   /* SIDE_COUNT: that of the cause */
    uint8_t vendor; /* in phrase_vendors */
    struct code_pattern only;
};

/* The tables that steps/phrases.awk makes of the file. Words are found by hash;
 * runs of words by a tree that is read from their last word backwards; a run
 * (or a group of runs) is a part of one or more phrases. */
struct phrase_tables {
    const struct phrase *phrases;
    size_t phrase_count;
    const char *const *vendors; /* [0] is NULL */

    const uint16_t *slots; /* hash -> word + 1; 0: none */
    size_t slot_mask;
    const char *letters;        /* of all words, one after another */
    const uint16_t *word_start; /* word -> its letters; one more at the end */
    size_t skipped;             /* words below this one are passed over */

    const uint16_t *roots; /* last word of a run -> node + 1; 0: none */
    const struct phrase_node {
        uint16_t edges, terms; /* first of each; the next node's ends them */
    } * nodes;
    const struct phrase_edge {
        uint16_t word, node;
    } * edges;
    const uint16_t *node_terms;
    const uint16_t *term_parts; /* term -> first; one more at the end */
    const uint16_t *parts;      /* of a term: numbers of parts */
    const struct phrase_part {
        uint16_t phrase;
        uint8_t first, last; /* of its phrase */
        uint8_t gap;         /* ".." stands before it */
    } * part;
    size_t part_count;
};

extern const struct phrase_tables phrase_tables;

/* Whether a phrase was found, and where: what stands behind the reply code is
 * the server's, what stands before it may be anyone's. */
enum found { FOUND_NOT, FOUND_BEFORE, FOUND_BEHIND };

/* What was seen so far. */
struct words {
    uint32_t at; /* number of the next word */
    struct {
        uint32_t at;
        uint16_t word;
        bool named;
    } last[RUN_MAX];          /* ring of the newest words */
    uint32_t ends[PARTS_MAX]; /* behind the newest fit of each part; 0: none */
    uint8_t found[PHRASES_MAX]; /* enum found */
    uint8_t finding;            /* what a phrase found now is marked with */
};

void words_init(struct words *words);

/* The next word: lower-case ASCII letters and digits. A word that is `named`,
 * part of a host name or a link, counts only for a vendor's phrases: many a
 * harmless name has "spam", "policy" or "unknown" in it. */
void words_take(struct words *words, const char *word, size_t length,
                bool named);

/* No phrase reaches over this place: the end of a sentence. */
void words_break(struct words *words);

/* The reply code stands here. */
void words_code(struct words *words);

#endif
