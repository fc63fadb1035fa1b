/* SPDX-License-Identifier: MIT */
/* Verdicts: what the evidence carries, and nothing that it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "steps/judge.h"
#include "steps/steps.h"
#include "tests/unit/trails.h"

#define NONE FATE_COUNT

static struct trail *trail_of(const enum fate fates[PART_COUNT], int blocked)
{
    static const struct step *const sends[] = {
        &step_api_send, &step_sender_send, &step_free_send};
    struct trail *trail = trail_new();
    struct settings settings;

    trails_settings(&settings);
    trail_push(trail, trail_visit_event(&step_start));
    trails_fact(trail, "from", "avisos@tienda.example");
    trails_fact(trail, "to", "ana@empresa.example");
    trails_fact(trail, "other_from", "ventas@tienda.example");
    trails_fact(trail, "free_to", "ana@correo.example");
    for (int part = 0; part < PART_COUNT; part++) {
        if (fates[part] == NONE)
            continue;
        trail_push(trail, trail_visit_event(sends[part]));
        trails_attempt(trail, &settings, fates[part]);
    }
    if (blocked >= 0)
        trails_history(trail, blocked);
    trails_recheck(trail, &settings);
    return trail;
}

static void test_table(void **state)
{
    static const struct {
        enum fate fates[PART_COUNT];
        int blocked; /* the service's record, or -1: not asked */
        enum cause cause;
        enum confidence confidence;
    } cases[] = {
        {{NONE, NONE, NONE}, -1, CAUSE_UNKNOWN, CONFIDENCE_LOW},
        {{FATE_INBOX, NONE, NONE}, -1, CAUSE_ARRIVED, CONFIDENCE_HIGH},
        {{FATE_LOST_SEEN, NONE, NONE}, -1, CAUSE_ARRIVED, CONFIDENCE_HIGH},
        {{FATE_SPAM, NONE, NONE}, -1, CAUSE_ARRIVED_IN_SPAM, CONFIDENCE_HIGH},
        {{FATE_REFUSED_SUPPRESSED, NONE, NONE},
         1,
         CAUSE_SUPPRESSED,
         CONFIDENCE_HIGH},
        {{FATE_NOT_SEEN, NONE, NONE}, 1, CAUSE_SUPPRESSED, CONFIDENCE_MEDIUM},
        /* The record alone proves nothing against a mail that is there. */
        {{FATE_INBOX, NONE, NONE}, 1, CAUSE_ARRIVED, CONFIDENCE_HIGH},
        {{FATE_REFUSED_LOGIN, NONE, NONE},
         -1,
         CAUSE_SECURITYERROR,
         CONFIDENCE_HIGH},
        {{FATE_REFUSED_SENDER, NONE, NONE},
         -1,
         CAUSE_REJECTED,
         CONFIDENCE_HIGH},
        {{FATE_RETURNED_DEAD, NONE, NONE},
         -1,
         CAUSE_USERUNKNOWN,
         CONFIDENCE_HIGH},
        {{FATE_NOT_SEEN, FATE_INBOX, NONE}, -1, CAUSE_SENDER, CONFIDENCE_HIGH},
        {{FATE_NOT_SEEN, FATE_SPAM, NONE}, -1, CAUSE_SENDER, CONFIDENCE_HIGH},
        {{FATE_NOT_SEEN, FATE_NOT_SEEN, FATE_INBOX},
         -1,
         CAUSE_RECIPIENT_FILTER,
         CONFIDENCE_HIGH},
        {{FATE_RETURNED_FILTER, FATE_RETURNED_FILTER, FATE_INBOX},
         -1,
         CAUSE_RECIPIENT_FILTER,
         CONFIDENCE_HIGH},
        /* Without the other sender two factors are open. */
        {{FATE_NOT_SEEN, NONE, FATE_INBOX},
         -1,
         CAUSE_RECIPIENT_FILTER,
         CONFIDENCE_MEDIUM},
        {{FATE_NOT_SEEN, FATE_REFUSED_SENDER, FATE_INBOX},
         -1,
         CAUSE_RECIPIENT_FILTER,
         CONFIDENCE_MEDIUM},
        {{FATE_NOT_SEEN, FATE_NOT_SEEN, FATE_NOT_SEEN},
         0,
         CAUSE_UNKNOWN,
         CONFIDENCE_LOW},
        /* Nothing was compared: the first was never known not to be there. */
        {{FATE_NO_MAILBOX, FATE_INBOX, NONE},
         -1,
         CAUSE_UNKNOWN,
         CONFIDENCE_LOW},
        {{FATE_SIMILAR, FATE_INBOX, NONE}, -1, CAUSE_UNKNOWN, CONFIDENCE_LOW},
        {{FATE_LOST, NONE, NONE}, -1, CAUSE_NETWORKERROR, CONFIDENCE_LOW},
        {{FATE_LOST_TAKEN, FATE_INBOX, NONE},
         -1,
         CAUSE_SENDER,
         CONFIDENCE_HIGH},
        {{FATE_BROKE_OFF, NONE, NONE}, -1, CAUSE_SYSTEMERROR, CONFIDENCE_LOW},
        {{FATE_CANCELLED, NONE, NONE}, -1, CAUSE_UNKNOWN, CONFIDENCE_LOW},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trail *trail = trail_of(cases[i].fates, cases[i].blocked);
        struct verdict verdict;
        judge(&verdict, trail);
        if (verdict.cause != cases[i].cause ||
            verdict.confidence != cases[i].confidence)
            fail_msg("case %zu: %s, %s", i, cause_word(verdict.cause),
                     confidence_word(verdict.confidence));
        trail_free(trail);
    }
}

static void test_status(void **state)
{
    struct verdict verdict = {.cause = CAUSE_ARRIVED};

    (void)state;
    assert_int_equal(judge_status(&verdict), 0);
    verdict.cause = CAUSE_ARRIVED_IN_SPAM;
    assert_int_equal(judge_status(&verdict), 1);
    verdict.cause = CAUSE_UNKNOWN;
    assert_int_equal(judge_status(&verdict), 2);
}

/* For every pair of fates: never "arrived" without having seen it, never the
 * sender or the filter without both halves of the comparison. */
static void test_no_verdict_without_evidence(void **state)
{
    (void)state;
    for (int i = 0; i < (NONE + 1) * (NONE + 1) * (NONE + 1); i++) {
        enum fate fates[] = {
            (enum fate)(i % (NONE + 1)),
            (enum fate)(i / (NONE + 1) % (NONE + 1)),
            (enum fate)(i / (NONE + 1) / (NONE + 1)),
        };
        struct trail *trail = trail_of(fates, -1);
        struct verdict verdict;
        bool seen[PART_COUNT];
        judge(&verdict, trail);
        for (int part = 0; part < PART_COUNT; part++)
            seen[part] = fates[part] == FATE_INBOX ||
                         fates[part] == FATE_SPAM ||
                         fates[part] == FATE_LOST_SEEN;
        assert_int_equal(seen[PART_FIRST],
                         verdict.cause == CAUSE_ARRIVED ||
                             verdict.cause == CAUSE_ARRIVED_IN_SPAM);
        if (verdict.cause == CAUSE_SENDER)
            assert_true(seen[PART_SENDER] && !seen[PART_FIRST]);
        if (verdict.cause == CAUSE_RECIPIENT_FILTER)
            assert_true(seen[PART_FREE] && !seen[PART_FIRST] &&
                        !seen[PART_SENDER]);
        trail_free(trail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_no_verdict_without_evidence),
    };

    return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
