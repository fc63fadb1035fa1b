/* SPDX-License-Identifier: MIT */
/* Which live tests follow a send: nothing that may have gone out is sent
 * again, it is looked for. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "steps/live.h"
#include "steps/steps.h"
#include "tests/unit/trails.h"

/* How the send ends, and whether the message is looked for then. */
static const struct ending_case {
    const char *name, *outcome, *fault, *phase;
    int code, http; /* 0: null */
    bool looks;
} cases[] = {
    {"accepted", "pass", NULL, NULL, 0, 200, true},
    {"time is over", "unknown", "timeout", "sent", 0, 0, true},
    {"cut", "unknown", "dropped", "sent", 0, 0, true},
    {"half an answer", "unknown", "dropped", "sent", 0, 200, true},
    {"broke off", "fault", "refused", "answer", 500, 500, true},
    {"a gateway lost it", "fault", "protocol", "answer", 502, 502, true},
    {"a gateway waited in vain", "fault", "protocol", "answer", 504, 504, true},
    /* Surely not taken. */
    {"closed", "fault", "refused", "answer", 503, 503, false},
    {"closed, by its code", "fault", "refused", "answer", 100, 503, false},
    {"refused by its code", "fault", "refused", "answer", 405, 500, false},
    {"refused", "fault", "refused", "answer", 401, 422, false},
    {"busy", "fault", "refused", "answer", 429, 429, false},
    {"wrong key", "fault", "auth", "answer", 10, 401, false},
    {"nobody there", "fault", "connect", "connect", 0, 0, false},
    {"not trusted", "fault", "tls", "tls", 0, 0, false},
    {"stopped before", "fault", "cancelled", "connect", 0, 0, false},
};

static struct trail *stand_at_send(void)
{
    struct trail *trail = trail_new();

    trail_push(trail, trail_visit_event(&step_start));
    trails_fact(trail, "from", "avisos@tienda.example");
    trails_fact(trail, "to", "ana@empresa.example");
    trail_push(trail, trail_visit_event(&step_api_send));
    return trail;
}

/* The tasks of now; each begins. Returns how many. */
static int begin(struct trail *trail, const struct settings *settings,
                 struct task tasks[LIVE_MAX])
{
    int count = live_tasks(trail, settings, tasks, NULL);

    for (int i = 0; i < count; i++) {
        if (tasks[i].before)
            trail_push(trail, tasks[i].before);
        tasks[i].before = NULL;
        trail_push(trail, live_start_event(&tasks[i]));
    }
    return count;
}

static void finish(struct trail *trail, const struct task *task,
                   struct event *end)
{
    live_mark(end, task->probe, task->attempt);
    trail_push(trail, end);
}

static struct event *send_end(const struct ending_case *one)
{
    struct event *end = event_new("end");

    event_put_text(end, "outcome", one->outcome);
    event_put_text(end, "fault", one->fault);
    event_put_text(end, "phase", one->phase);
    if (one->code)
        event_put_number(end, "code", one->code);
    if (one->http)
        event_put_number(end, "http", one->http);
    return end;
}

/* Nothing was found. */
static struct event *look_end(void)
{
    struct event *end = event_new("end");

    event_put_text(end, "outcome", "unknown");
    event_put_text(end, "fault", NULL);
    event_put_text(end, "status", "none");
    return end;
}

/* By recipient and code, since no id is known. */
static void check_look(const struct task *task, const struct attempt *attempt)
{
    assert_false(probe_sends(task->probe));
    assert_string_equal(task->request.to, "ana@empresa.example");
    assert_string_equal(task->request.subject_code, attempt->subject_code);
    assert_string_equal(task->request.token, attempt->token);
    assert_string_equal(task->request.message_id, "");
}

static void check(const struct ending_case *one)
{
    struct task *tasks = calloc(LIVE_MAX, sizeof(*tasks));
    struct trail *trail = stand_at_send();
    struct settings settings;
    size_t attempts;
    int count;

    assert_non_null(tasks);
    trails_settings(&settings);
    assert_int_equal(begin(trail, &settings, tasks), 1);
    assert_int_equal(tasks[0].probe, PROBE_API_SEND);
    finish(trail, &tasks[0], send_end(one));
    count = begin(trail, &settings, tasks);
    if ((count == 2) != one->looks || (count != 2 && count != 0))
        fail_msg("%s: %d tests follow", one->name, count);
    for (int i = 0; i < count; i++) {
        check_look(&tasks[i], trail_last(trail));
        finish(trail, &tasks[i], look_end());
    }
    assert_int_equal(begin(trail, &settings, tasks), 0);
    trail_attempts(trail, &attempts);
    assert_int_equal(attempts, 1);
    trail_free(trail);
    free(tasks);
}

static void test_nothing_is_sent_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

/* What the service has went out, although its answer did not come. */
static void test_found_at_the_service(void **state)
{
    static const char *const statuses[] = {"queued", "transient", "delivered"};

    (void)state;
    for (size_t i = 0; i < COUNT(statuses); i++) {
        struct task *tasks = calloc(LIVE_MAX, sizeof(*tasks));
        struct trail *trail = stand_at_send();
        struct event *end = look_end();
        struct settings settings;

        assert_non_null(tasks);
        trails_settings(&settings);
        settings.mailbox_count = 0;
        begin(trail, &settings, tasks);
        finish(trail, &tasks[0], send_end(&cases[1]));
        assert_int_equal(trail_last(trail)->sent, OUTCOME_UNKNOWN);
        assert_int_equal(begin(trail, &settings, tasks), 1);
        event_put_text(end, "status", statuses[i]);
        event_put_text(end, "message_id", "m-1");
        finish(trail, &tasks[0], end);
        assert_int_equal(trail_last(trail)->sent, OUTCOME_ACCEPTED);
        assert_string_equal(trail_last(trail)->message_id, "m-1");
        trail_free(trail);
        free(tasks);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_sent_twice),
        cmocka_unit_test(test_found_at_the_service),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
