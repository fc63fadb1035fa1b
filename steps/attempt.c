/* SPDX-License-Identifier: MIT */
/* Attempts: their words, and what their witnesses say together. */
#include <string.h>

#include "steps/trail.h"

#define NAME(id, name) name,
static const char *const via_names[] = {VIAS(NAME)};
static const char *const outcome_names[] = {OUTCOMES(NAME)};
static const char *const part_names[] = {PARTS(NAME)};

const char *via_name(enum via via)
{
    return via < VIA_COUNT ? via_names[via] : NULL;
}

enum via via_from(const char *name)
{
    for (int via = 1; name && via < VIA_COUNT; via++)
        if (strcmp(via_names[via], name) == 0)
            return (enum via)via;
    return VIA_NONE;
}

const char *outcome_name(enum outcome outcome)
{
    return outcome < OUTCOME_COUNT ? outcome_names[outcome] : NULL;
}

enum text_id outcome_text(enum outcome outcome)
{
    static const enum text_id ids[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = T_OUTCOME_UNKNOWN,
        [OUTCOME_REFUSED] = T_OUTCOME_REFUSED,
        [OUTCOME_ACCEPTED] = T_OUTCOME_ACCEPTED,
        [OUTCOME_DELIVERED] = T_OUTCOME_DELIVERED,
        [OUTCOME_BOUNCED] = T_OUTCOME_BOUNCED,
        [OUTCOME_IN_INBOX] = T_OUTCOME_IN_INBOX,
        [OUTCOME_IN_SPAM] = T_OUTCOME_IN_SPAM,
        [OUTCOME_NOT_SEEN] = T_OUTCOME_NOT_SEEN,
        [OUTCOME_UNKNOWN] = T_OUTCOME_UNKNOWN,
    };

    return outcome < OUTCOME_COUNT ? ids[outcome] : T_OUTCOME_UNKNOWN;
}

const char *part_name(enum part part)
{
    return part < PART_COUNT ? part_names[part] : NULL;
}

static bool seen(enum outcome outcome)
{
    return outcome == OUTCOME_IN_INBOX || outcome == OUTCOME_IN_SPAM;
}

enum outcome attempt_outcome(const struct attempt *attempt)
{
    if (seen(attempt->mailbox))
        return attempt->mailbox;
    if (attempt->event == OUTCOME_BOUNCED)
        return OUTCOME_BOUNCED;
    if (seen(attempt->person))
        return attempt->person;
    if (attempt->sent == OUTCOME_REFUSED)
        return OUTCOME_REFUSED;
    /* A mail without our header may still be ours: not "not seen". */
    if (attempt->person == OUTCOME_NOT_SEEN ||
        (attempt->mailbox == OUTCOME_NOT_SEEN && !attempt->similar))
        return attempt->sent == OUTCOME_UNKNOWN ? OUTCOME_UNKNOWN
                                                : OUTCOME_NOT_SEEN;
    return attempt->event != OUTCOME_NONE ? attempt->event : attempt->sent;
}

bool attempt_contradicts(const struct attempt *attempt)
{
    return (seen(attempt->mailbox) && attempt->person == OUTCOME_NOT_SEEN) ||
           (seen(attempt->person) && (attempt->mailbox == OUTCOME_NOT_SEEN ||
                                      attempt->event == OUTCOME_BOUNCED)) ||
           (seen(attempt->mailbox) && attempt->event == OUTCOME_BOUNCED);
}
