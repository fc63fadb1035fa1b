/* SPDX-License-Identifier: MIT */
/* Whether our own network is to blame, and that nobody else is then. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "steps/graph.h"
#include "steps/judge.h"
#include "steps/live.h"
#include "steps/network.h"

/* What one walk has met. */
struct met {
    const char *name;
    enum fault fault;
    enum phase phase;
    int code;
    const char *finding; /* "SUBJECT STATE CODE", or NULL */
    bool reached;        /* another server has answered */
    enum network network;
};

static const struct met cases[] = {
    {"nothing works", FAULT_CONNECT, PHASE_CONNECT, 0, NULL, false,
     NETWORK_OFFLINE},
    {"silence at the door", FAULT_TIMEOUT, PHASE_CONNECT, 0, NULL, false,
     NETWORK_OFFLINE},
    {"a closed port", FAULT_CONNECT, PHASE_CONNECT, 0, NULL, true,
     NETWORK_PORT},
    {"a port that swallows all", FAULT_TIMEOUT, PHASE_CONNECT, 0,
     "recipient.mx good mx", true, NETWORK_PORT},
    {"no DNS server", FAULT_NAME, PHASE_CONNECT, 0,
     "network.dns unknown timeout", false, NETWORK_NO_NAMES},
    {"none at that address", FAULT_NAME, PHASE_CONNECT, 0,
     "network.dns unknown unreachable", false, NETWORK_NO_NAMES},
    {"a name that is not there", FAULT_NAME, PHASE_CONNECT, 0,
     "recipient.mx bad nxdomain", false, NETWORK_NO_HOST},
    {"no name, and nothing known", FAULT_NAME, PHASE_CONNECT, 0,
     "recipient.mx unknown servfail", false, NETWORK_OFFLINE},
    {"a login page by TLS", FAULT_TLS, PHASE_TLS, 0,
     "network.dns unknown lying", false, NETWORK_PORTAL},
    {"a login page without", FAULT_PROTOCOL, PHASE_GREETING, 0,
     "network.dns unknown lying", false, NETWORK_PORTAL},
    {"a bad certificate", FAULT_TLS, PHASE_TLS, 0, "recipient.mx good mx", true,
     NETWORK_UNBLAMED},
    {"silent behind the door", FAULT_TIMEOUT, PHASE_GREETING, 0, NULL, false,
     NETWORK_UNBLAMED},
    {"it has refused", FAULT_REFUSED, PHASE_RCPT, 550, NULL, false,
     NETWORK_UNBLAMED},
    {"it refused, then left", FAULT_CONNECT, PHASE_CONNECT, 554, NULL, false,
     NETWORK_UNBLAMED},
    {"no DNS, but it has refused", FAULT_REFUSED, PHASE_RCPT, 550,
     "network.dns unknown timeout", false, NETWORK_UNBLAMED},
};

static void push_attempt(struct trail *trail)
{
    struct event *event = event_new("attempt");

    event_put_number(event, "attempt", 1);
    event_put_text(event, "via", "smtp");
    event_put_text(event, "part", "first");
    event_put_text(event, "from", "a@b.example");
    event_put_text(event, "to", "c@d.example");
    trail_push(trail, event);
}

static void push_end(struct trail *trail, enum probe probe, int attempt,
                     struct ending *ending)
{
    struct event *event = ending_event(ending);

    live_mark(event, probe, attempt);
    trail_push(trail, event);
}

static void push_finding(struct trail *trail, const char *words)
{
    char subject[32], state[16], code[24];
    struct event *event = event_new("finding");

    assert_int_equal(sscanf(words, "%31s %15s %23s", subject, state, code), 3);
    event_put_text(event, "subject", subject);
    event_put_text(event, "state", state);
    event_put_text(event, "code", code);
    event_put_text(event, "address", "c@d.example");
    trail_push(trail, event);
}

static struct trail *walk_of(const struct met *met)
{
    struct trail *trail = trail_new();
    struct ending ending = {.outcome = RESULT_FAULT,
                            .fault = met->fault,
                            .phase = met->phase,
                            .code = met->code};
    struct ending pass = {.outcome = RESULT_PASS};

    trail_push(trail, trail_visit_event(graph_steps()[0]));
    push_attempt(trail);
    if (met->finding)
        push_finding(trail, met->finding);
    if (met->reached)
        push_end(trail, PROBE_API_HISTORY, 0, &pass);
    push_end(trail, PROBE_SMTP, 1, &ending);
    return trail;
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct trail *trail = walk_of(&cases[i]);
        enum network network = network_of(trail, trail_last(trail));
        struct verdict verdict;

        if (network != cases[i].network)
            fail_msg("%s: %d", cases[i].name, network);
        judge(&verdict, trail);
        if (network == NETWORK_UNBLAMED) {
            assert_int_equal(verdict.why, T_NONE);
        } else {
            assert_int_equal(verdict.cause, CAUSE_NETWORKERROR);
            assert_int_equal(verdict.side, SIDE_YOU);
            assert_int_equal(verdict.why, network_meaning(network));
            assert_int_equal(verdict.next[0], network_remedy(network));
        }
        trail_free(trail);
    }
}

/* The lookup's own end says nothing of whether servers are reached. */
static void test_lookups_are_no_server(void **state)
{
    struct met met = cases[0];
    struct trail *trail = walk_of(&met);
    struct ending pass = {.outcome = RESULT_PASS};

    (void)state;
    push_end(trail, PROBE_DOMAIN, 0, &pass);
    assert_int_equal(network_of(trail, trail_last(trail)), NETWORK_OFFLINE);
    trail_free(trail);
}

static void test_words(void **state)
{
    (void)state;
    assert_int_equal(network_meaning(NETWORK_UNBLAMED), T_NONE);
    for (int i = NETWORK_UNBLAMED + 1; i < NETWORK_COUNT; i++) {
        assert_int_not_equal(network_meaning((enum network)i), T_NONE);
        assert_int_not_equal(network_remedy((enum network)i), T_NONE);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_lookups_are_no_server),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
