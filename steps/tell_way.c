/* SPDX-License-Identifier: MIT */
/* The tests of a walk in a line each: when, which, what came out. */
#include "steps/blanks.h"
#include "steps/report_parts.h"
#include "steps/tell.h"

static enum state outcome_state(enum outcome outcome)
{
    static const enum state states[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = STATE_UNKNOWN,     [OUTCOME_REFUSED] = STATE_PROBLEM,
        [OUTCOME_ACCEPTED] = STATE_UNKNOWN, [OUTCOME_DELIVERED] = STATE_WARNING,
        [OUTCOME_BOUNCED] = STATE_PROBLEM,  [OUTCOME_IN_INBOX] = STATE_GOOD,
        [OUTCOME_IN_SPAM] = STATE_WARNING,  [OUTCOME_NOT_SEEN] = STATE_WARNING,
        [OUTCOME_UNKNOWN] = STATE_UNKNOWN,
    };

    return states[outcome];
}

size_t tell_attempts(const struct trail *trail,
                     struct line lines[TELL_LINES_MAX])
{
    size_t count, filled = 0;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count && filled < TELL_LINES_MAX; i++) {
        enum outcome outcome = attempt_outcome(&attempts[i]);
        char when[REPORT_TIME_MAX];
        const char *extra[] = {
            "when",    when,
            "code",    attempts[i].subject_code,
            "from",    attempts[i].from,
            "to",      attempts[i].to,
            "outcome", report_outcome(outcome),
            NULL,
        };
        struct blanks blanks = {trail, NULL, extra};

        report_time(trail, attempts[i].time, when);
        lines[filled].state = outcome_state(outcome);
        blanks_fill(lines[filled++].text, TELL_TEXT_MAX, text(T_WAY_ATTEMPT),
                    &blanks);
    }
    return filled;
}
