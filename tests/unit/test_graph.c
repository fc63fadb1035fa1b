/* SPDX-License-Identifier: MIT */
/* The proof of the walk: every step reachable, every path ends, every list of
 * edges has its "else", every outcome of a test leads where it should, every
 * id has a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/judge.h"
#include "steps/report.h"
#include "steps/steps.h"
#include "steps/tell.h"
#include "tests/unit/trails.h"

#define STEPS_MAX 64
#define WALK_MAX 64

static size_t place(const struct step *step)
{
    const struct step *const *all = graph_steps();

    for (size_t i = 0; all[i]; i++)
        if (all[i] == step)
            return i;
    fail_msg("'%s' is not in graph_steps()", step->name);
    return 0;
}

static const struct edge *last_edge(const struct step *step)
{
    const struct edge *edge = step->edges;

    while (edge->choice || edge->when)
        edge++;
    return edge;
}

static void reach(const struct step *step, bool reached[STEPS_MAX])
{
    if (reached[place(step)])
        return;
    reached[place(step)] = true;
    if (!step->edges)
        return;
    for (const struct edge *edge = step->edges;; edge++) {
        reach(edge->to, reached);
        if (!edge->choice && !edge->when)
            break;
    }
}

static void test_every_step_is_reachable(void **state)
{
    bool reached[STEPS_MAX] = {false};

    (void)state;
    reach(graph_steps()[0], reached);
    for (size_t i = 0; graph_steps()[i]; i++)
        if (!reached[i])
            fail_msg("'%s' cannot be reached", graph_steps()[i]->name);
}

static void test_every_step_reaches_the_end(void **state)
{
    (void)state;
    for (size_t i = 0; graph_steps()[i]; i++) {
        bool reached[STEPS_MAX] = {false};
        reach(graph_steps()[i], reached);
        assert_true(reached[place(&step_contact)]);
    }
    assert_null(step_contact.edges);
}

static void test_names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; graph_steps()[i]; i++)
        assert_ptr_equal(graph_find(graph_steps()[i]->name), graph_steps()[i]);
}

/* A choice without an edge of its own takes "else"; one that an edge names
 * must exist, or the edge is dead. */
static void test_edges_name_choices_that_exist(void **state)
{
    (void)state;
    for (size_t i = 0; graph_steps()[i]; i++) {
        const struct step *step = graph_steps()[i];
        for (const struct edge *e = step->edges; e && e != last_edge(step); e++)
            if (e->choice && !graph_choice(step, e->choice))
                fail_msg("'%s' has no choice '%s'", step->name, e->choice);
        if (step->headless)
            assert_non_null(graph_choice(step, step->headless));
    }
}

/* Where fields may stay empty there must be a way on without them. */
static void test_forms_can_be_skipped(void **state)
{
    (void)state;
    for (size_t i = 0; graph_steps()[i]; i++) {
        const struct step *step = graph_steps()[i];
        bool skips = step == &step_who; /* without these there is no test */
        for (const struct choice *c = step->choices; c->name; c++)
            skips = skips || c->skips;
        if (step->fields)
            assert_true(skips);
    }
}

static void test_every_id_has_a_sentence(void **state)
{
    (void)state;
    for (int id = T_NONE + 1; id < T_COUNT; id++)
        assert_true(text((enum text_id)id)[0]);
    for (size_t i = 0; graph_steps()[i]; i++) {
        assert_true(text(graph_steps()[i]->title)[0]);
        assert_true(text(graph_steps()[i]->body)[0]);
    }
}

/* A trail that stands on the sending step of a part. */
static struct trail *stand_at(const struct step *step)
{
    struct trail *trail = trail_new();

    trail_push(trail, trail_visit_event(&step_start));
    trails_fact(trail, "from", "avisos@tienda.example");
    trails_fact(trail, "to", "ana@empresa.example");
    trails_fact(trail, "other_from", "ventas@tienda.example");
    trails_fact(trail, "free_to", "ana@correo.example");
    trail_push(trail, trail_visit_event(step));
    return trail;
}

/* Where each outcome leads from each sending step. */
static void test_every_outcome_has_its_way(void **state)
{
    static const struct {
        enum fate fate;
        const struct step *first, *sender, *free_one;
    } ways[] = {
        {FATE_INBOX, &step_verdict, &step_verdict, &step_verdict},
        {FATE_SPAM, &step_verdict, &step_verdict, &step_verdict},
        {FATE_NOT_SEEN, &step_sender, &step_free, &step_recheck},
        {FATE_DELIVERED_NOT_SEEN, &step_sender, &step_free, &step_recheck},
        {FATE_SIMILAR, &step_ask, &step_ask, &step_ask},
        {FATE_NO_MAILBOX, &step_ask, &step_ask, &step_ask},
        {FATE_RETURNED_DEAD, &step_verdict, &step_verdict, &step_remedy},
        {FATE_RETURNED_FILTER, &step_sender, &step_free, &step_verdict},
        {FATE_REFUSED_SUPPRESSED, &step_history, &step_history, &step_remedy},
        {FATE_REFUSED_LOGIN, &step_remedy, &step_remedy, &step_remedy},
        {FATE_REFUSED_SENDER, &step_remedy, &step_remedy, &step_remedy},
        {FATE_SILENT, &step_remedy, &step_remedy, &step_remedy},
        {FATE_LOST, &step_remedy, &step_remedy, &step_remedy},
        {FATE_LOST_SEEN, &step_verdict, &step_verdict, &step_verdict},
        {FATE_LOST_TAKEN, &step_sender, &step_free, &step_recheck},
        {FATE_BROKE_OFF, &step_remedy, &step_remedy, &step_remedy},
        {FATE_CANCELLED, &step_remedy, &step_remedy, &step_remedy},
        {FATE_CRASHED, &step_remedy, &step_remedy, &step_remedy},
    };
    struct settings settings;

    (void)state;
    assert_int_equal(sizeof ways / sizeof *ways, FATE_COUNT);
    trails_settings(&settings);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct {
            const struct step *from, *to;
        } cases[] = {
            {&step_api_send, ways[i].first},
            {&step_sender_send, ways[i].sender},
            {&step_free_send, ways[i].free_one},
        };
        for (size_t c = 0; c < 3; c++) {
            struct trail *trail = stand_at(cases[c].from);
            trails_attempt(trail, &settings, ways[i].fate);
            trails_choose(trail, &settings, "next");
            if (trail_step(trail) != cases[c].to)
                fail_msg("outcome %d after '%s' leads to '%s'", ways[i].fate,
                         cases[c].from->name, trail_step(trail)->name);
            trail_free(trail);
        }
    }
}

/* In place of an answer the person may open the mailbox: then it is looked
 * into, and who would rather not is asked as before. */
static void test_access_in_place_of_an_answer(void **state)
{
    static const struct {
        const char *choice;
        const struct step *to;
    } cases[] = {{"next", &step_wait}, {"none", &step_ask}};
    struct settings settings;

    (void)state;
    trails_settings(&settings);
    settings.mailbox_count = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trail *trail = stand_at(&step_api_send);

        trails_attempt(trail, &settings, FATE_NO_MAILBOX);
        trails_choose(trail, &settings, "next");
        assert_ptr_equal(trail_step(trail), &step_ask);
        trails_choose(trail, &settings, "mailbox");
        assert_ptr_equal(trail_step(trail), &step_mailbox);
        trails_choose(trail, &settings, cases[i].choice);
        assert_ptr_equal(trail_step(trail), cases[i].to);
        trail_free(trail);
    }
}

/* The choice that `diagnose` makes. */
static const char *headless_choice(const struct trail *trail,
                                   const struct settings *settings)
{
    const struct step *step = trail_step(trail);

    return step->headless ? step->headless
                          : graph_default(trail, settings)->name;
}

/* Walks from the start to the end, the parts meeting these fates. Returns the
 * number of choices; fails where the walk does not end. */
static int walk(struct trail *trail, const struct settings *settings,
                const enum fate fates[PART_COUNT])
{
    int choices = 0;

    while (trail_step(trail)->edges) {
        const struct step *step = trail_step(trail);
        if (++choices > WALK_MAX)
            fail_msg("no end: stands at '%s'", step->name);
        if (step->live == LIVE_SEND)
            trails_attempt(trail, settings, fates[trail_part(trail)]);
        if (step->live == LIVE_HISTORY)
            trails_history(trail, true);
        trails_choose(trail, settings, headless_choice(trail, settings));
    }
    return choices;
}

/* Every fate of every part: the walk ends, with one verdict, with a report,
 * and no step of it is without words. */
static void test_every_walk_ends(void **state)
{
    struct settings settings;
    struct line lines[TELL_LINES_MAX];
    int walks = 0;

    (void)state;
    trails_settings(&settings);
    for (int i = 0; i < FATE_COUNT * FATE_COUNT * FATE_COUNT; i++) {
        enum fate fates[] = {
            (enum fate)(i % FATE_COUNT),
            (enum fate)(i / FATE_COUNT % FATE_COUNT),
            (enum fate)(i / FATE_COUNT / FATE_COUNT),
        };
        struct trail *trail = stand_at(&step_start);
        struct verdict verdict;
        walk(trail, &settings, fates);
        judge(&verdict, trail);
        assert_true(verdict.cause < CAUSE_COUNT);
        assert_true(verdict.next[0] != T_NONE);
        assert_true(judge_status(&verdict) >= 0);
        tell_live(trail, &settings, lines);
        trail_free(trail);
        walks++;
    }
    assert_int_equal(walks, FATE_COUNT * FATE_COUNT * FATE_COUNT);
}

/* Back undoes visits only: what was found stays, and what was chosen there is
 * offered again. */
static void test_back_keeps_what_was_found(void **state)
{
    struct trail *trail = stand_at(&step_api_send);
    struct settings settings;

    (void)state;
    trails_settings(&settings);
    trails_attempt(trail, &settings, FATE_NOT_SEEN);
    trails_choose(trail, &settings, "next");
    assert_ptr_equal(trail_step(trail), &step_sender);
    trail_push(trail, trail_back_event());
    assert_ptr_equal(trail_step(trail), &step_api_send);
    assert_non_null(trail_last(trail));
    assert_string_equal(graph_default(trail, &settings)->name, "next");
    trail_push(trail, trail_back_event());
    trail_push(trail, trail_back_event());
    assert_false(trail_can_back(trail));
    assert_ptr_equal(trail_step(trail), &step_start);
    trail_free(trail);
}

static bool is_offered(const struct trail *trail,
                       const struct settings *settings, const char *name)
{
    const struct choice *choices[STEP_CHOICES_MAX];
    size_t count = graph_choices(trail, settings, choices);

    for (size_t i = 0; i < count; i++)
        if (strcmp(choices[i]->name, name) == 0)
            return true;
    return false;
}

/* Only where the service says that it can, and never over a complaint. */
static void test_who_may_be_unblocked(void **state)
{
    static const struct {
        enum fate fate;
        const char *kind;
        bool can_activate, offered;
    } cases[] = {
        {FATE_REFUSED_SUPPRESSED, "HardBounce", true, true},
        {FATE_REFUSED_SUPPRESSED, "HardBounce", false, false},
        {FATE_REFUSED_SUPPRESSED, "ManuallyDeactivated", true, true},
        {FATE_REFUSED_SUPPRESSED, "SpamComplaint", true, false},
        {FATE_REFUSED_SENDER, "HardBounce", true, false},
        {FATE_INBOX, "HardBounce", true, false},
    };
    struct settings settings;

    (void)state;
    trails_settings(&settings);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trail *trail = stand_at(&step_api_send);
        trails_attempt(trail, &settings, cases[i].fate);
        trails_block(trail, cases[i].kind, cases[i].can_activate);
        if (is_offered(trail, &settings, "unblock") != cases[i].offered)
            fail_msg("case %zu", i);
        trail_free(trail);
    }
}

/* Asked for twice, the second time by the very address; a block that the
 * service does not lift ends there, one that it lifts is tested again. */
static void test_unblocking(void **state)
{
    struct settings settings;

    (void)state;
    trails_settings(&settings);
    for (int lifted = 0; lifted < 2; lifted++) {
        struct trail *trail = stand_at(&step_api_send);
        const struct field *field = step_retype.fields;
        trails_attempt(trail, &settings, FATE_REFUSED_SUPPRESSED);
        trails_block(trail, "HardBounce", true);
        trails_choose(trail, &settings, "unblock");
        assert_ptr_equal(trail_step(trail), &step_unblock);
        trails_choose(trail, &settings, "yes");
        assert_ptr_equal(trail_step(trail), &step_retype);
        assert_int_not_equal(tell_field_problem(trail, field, ""), T_NONE);
        assert_int_not_equal(
            tell_field_problem(trail, field, "ana@empresa.examp"), T_NONE);
        assert_int_equal(
            tell_field_problem(trail, field, "Ana@empresa.example"), T_NONE);
        trails_choose(trail, &settings, "next");
        assert_ptr_equal(trail_step(trail), &step_unblock_send);
        trails_lift(trail, lifted);
        if (lifted)
            trails_attempt(trail, &settings, FATE_INBOX);
        trails_choose(trail, &settings, "next");
        struct verdict verdict;
        judge(&verdict, trail);
        assert_ptr_equal(trail_step(trail), &step_verdict);
        assert_int_equal(verdict.cause,
                         lifted ? CAUSE_ARRIVED : CAUSE_SUPPRESSED);
        trail_free(trail);
    }
}

static void test_nothing_that_acts_is_preselected(void **state)
{
    struct settings settings;

    (void)state;
    trails_settings(&settings);
    for (size_t i = 0; graph_steps()[i]; i++) {
        struct trail *trail = stand_at(graph_steps()[i]);
        assert_non_null(graph_default(trail, &settings));
        assert_false(graph_default(trail, &settings)->acts);
        trail_free(trail);
    }
}

/* A replayed journal is the same trail. */
static void test_replay(void **state)
{
    struct settings settings;
    struct trail *trail = stand_at(&step_start), *again = trail_new();
    enum fate fates[] = {FATE_NOT_SEEN, FATE_NOT_SEEN, FATE_INBOX};
    struct verdict first, second;
    size_t count;

    (void)state;
    trails_settings(&settings);
    walk(trail, &settings, fates);
    const struct event *const *events = trail_events(trail, &count);
    for (size_t i = 0; i < count; i++) {
        char *line = event_line(events[i]);
        trail_push(again, event_parse(line, strlen(line)));
        free(line);
    }
    judge(&first, trail);
    judge(&second, again);
    assert_ptr_equal(trail_step(trail), trail_step(again));
    assert_int_equal(first.cause, CAUSE_RECIPIENT_FILTER);
    assert_int_equal(first.cause, second.cause);
    assert_int_equal(first.confidence, second.confidence);
    trail_free(trail);
    trail_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_step_is_reachable),
        cmocka_unit_test(test_every_step_reaches_the_end),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_edges_name_choices_that_exist),
        cmocka_unit_test(test_forms_can_be_skipped),
        cmocka_unit_test(test_every_id_has_a_sentence),
        cmocka_unit_test(test_every_outcome_has_its_way),
        cmocka_unit_test(test_access_in_place_of_an_answer),
        cmocka_unit_test(test_every_walk_ends),
        cmocka_unit_test(test_back_keeps_what_was_found),
        cmocka_unit_test(test_who_may_be_unblocked),
        cmocka_unit_test(test_unblocking),
        cmocka_unit_test(test_nothing_that_acts_is_preselected),
        cmocka_unit_test(test_replay),
    };

    return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
