/* SPDX-License-Identifier: MIT */
#include "steps/spam.h"

#include <string.h>

static const struct {
    const char *word;
    enum side side;
    enum cause cause;
    enum text_id meaning, remedy;
} rows[SPAM_COUNT] = {
#define SPAM_ROW(id, word, side, cause)                                        \
    {word, SIDE_##side, CAUSE_##cause, T_SPAM_##id, T_MEND_##id},
    SPAM_FINDINGS(SPAM_ROW)
#undef SPAM_ROW
};

enum spam spam_from(const char *word)
{
    for (int i = 0; word && i < SPAM_COUNT; i++)
        if (strcmp(rows[i].word, word) == 0)
            return (enum spam)i;
    return SPAM_UNREAD;
}

const char *spam_word(enum spam spam)
{
    return rows[spam].word;
}

enum side spam_side(enum spam spam)
{
    return rows[spam].side;
}

enum cause spam_cause(enum spam spam)
{
    return rows[spam].cause;
}

enum text_id spam_meaning(enum spam spam)
{
    return rows[spam].meaning;
}

enum text_id spam_remedy(enum spam spam)
{
    return rows[spam].remedy;
}
