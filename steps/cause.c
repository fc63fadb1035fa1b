/* SPDX-License-Identifier: MIT */
/* The classes of causes as one table. */
#include "steps/cause.h"

#include <string.h>

struct cause_row {
    const char *word;
    enum side side;
    bool hard;
    enum text_id meaning, next;
};

#define CAUSE_ROW(id, word, side, hard)                                        \
    [CAUSE_##id] = {word, SIDE_##side, hard, T_CAUSE_##id, T_NEXT_##id},
static const struct cause_row causes[CAUSE_COUNT] = {CAUSES(CAUSE_ROW)};

struct side_row {
    const char *word;
    enum text_id text;
};

#define SIDE_ROW(id, name) [SIDE_##id] = {name, T_SIDE_##id},
static const struct side_row sides[SIDE_COUNT] = {SIDES(SIDE_ROW)};

static const struct side_row confidences[] = {
    [CONFIDENCE_LOW] = {"low", T_SURE_LOW},
    [CONFIDENCE_MEDIUM] = {"medium", T_SURE_MEDIUM},
    [CONFIDENCE_HIGH] = {"high", T_SURE_HIGH},
};

static const struct cause_row *row_of(enum cause cause)
{
    return &causes[(unsigned)cause < CAUSE_COUNT ? cause : CAUSE_UNKNOWN];
}

static const struct side_row *side_of(enum side side)
{
    return &sides[(unsigned)side < SIDE_COUNT ? side : SIDE_UNKNOWN];
}

static const struct side_row *confidence_of(enum confidence confidence)
{
    return &confidences[(unsigned)confidence <= CONFIDENCE_HIGH
                            ? confidence
                            : CONFIDENCE_LOW];
}

const char *cause_word(enum cause cause)
{
    return row_of(cause)->word;
}

enum cause cause_from(const char *word)
{
    for (int i = 0; word && i < CAUSE_COUNT; i++) {
        if (strcmp(causes[i].word, word) == 0)
            return (enum cause)i;
    }
    return CAUSE_UNKNOWN;
}

enum side cause_side(enum cause cause)
{
    return row_of(cause)->side;
}

bool cause_is_hard(enum cause cause)
{
    return row_of(cause)->hard;
}

const char *side_word(enum side side)
{
    return side_of(side)->word;
}

const char *confidence_word(enum confidence confidence)
{
    return confidence_of(confidence)->word;
}

enum text_id cause_meaning(enum cause cause)
{
    return row_of(cause)->meaning;
}

enum text_id cause_next(enum cause cause)
{
    return row_of(cause)->next;
}

enum text_id cause_next_for(enum cause cause, enum side side)
{
    static const enum text_id others[SIDE_COUNT] = {
        [SIDE_DOMAIN] = T_NEXT_AUTHFAILURE,
        [SIDE_RECIPIENT] = T_NEXT_FILTERED,
        [SIDE_PROVIDER] = T_NEXT_UNKNOWN,
        [SIDE_WAIT] = T_NEXT_GREYLISTING,
    };

    if ((unsigned)side >= SIDE_COUNT)
        side = SIDE_UNKNOWN;
    return side == cause_side(cause) || others[side] == T_NONE
               ? cause_next(cause)
               : others[side];
}

enum text_id side_text(enum side side)
{
    return side_of(side)->text;
}

enum text_id confidence_text(enum confidence confidence)
{
    return confidence_of(confidence)->text;
}
