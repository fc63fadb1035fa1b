/* SPDX-License-Identifier: MIT */
/* What the DNS says of the two domains: when it is asked, and in which words
 * it is told. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "steps/domains.h"
#include "steps/judge.h"
#include "steps/steps.h"
#include "tests/unit/trails.h"

static struct settings settings;

static struct trail *trail_at(const struct step *step)
{
    struct trail *trail = trail_new();

    trails_settings(&settings);
    trail_push(trail, trail_visit_event(&step_start));
    trails_fact(trail, "from", "avisos@tienda.example");
    trails_fact(trail, "to", "ana@empresa.example");
    trail_push(trail, trail_visit_event(step));
    return trail;
}

static void push_start(struct trail *trail, const struct task *task)
{
    trail_push(trail, live_start_event(task));
}

static void push_finding(struct trail *trail, const char *address,
                         const char *subject, const char *state,
                         const char *code)
{
    struct event *event = event_new("finding");

    event_put_text(event, "subject", subject);
    event_put_text(event, "state", state);
    event_put_text(event, "code", code);
    event_put_text(event, "domain", strchr(address, '@') + 1);
    event_put_text(event, "data", "one A 192.0.2.1\ntwo MX: nodata");
    live_mark(event, PROBE_DOMAIN, 0);
    event_put_text(event, "address", address);
    trail_push(trail, event);
}

static void look_up(struct trail *trail, enum domain_side side)
{
    struct task task;

    assert_true(domains_task(trail, &settings, side, &task));
    push_start(trail, &task);
}

static void test_when_it_is_asked(void **state)
{
    struct trail *trail = trail_new();
    struct task task;

    (void)state;
    trails_settings(&settings);
    settings.dns.port = 5353;
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    trails_fact(trail, "from", "a@b.example");
    assert_false(domains_task(trail, &settings, DOMAIN_RECIPIENT, &task));
    assert_true(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    assert_string_equal(task.request.from, "a@b.example");
    assert_string_equal(task.request.to, "");
    assert_int_equal(task.request.dns.port, 5353);
    push_start(trail, &task);
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    trails_fact(trail, "from", "a@c.example"); /* corrected */
    assert_true(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    trail_free(trail);
}

/* What was killed half way is asked again when the walk goes on, once. */
static void test_after_a_resume(void **state)
{
    struct trail *trail = trail_at(&step_who);
    struct ending ending = {.outcome = RESULT_PASS};
    struct event *end = ending_event(&ending);
    struct task task;

    (void)state;
    look_up(trail, DOMAIN_SENDER);
    trail_push(trail, trail_resume_event());
    look_up(trail, DOMAIN_SENDER);
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    live_mark(end, PROBE_DOMAIN, 0);
    event_put_text(end, "address", "avisos@tienda.example");
    trail_push(trail, end);
    trail_push(trail, trail_resume_event());
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    trail_free(trail);
}

static void push_copy(struct trail *trail, const char *signer,
                      const char *returns)
{
    struct event *event = event_new("copy");

    event_put_text(event, "signing_domain", signer);
    event_put_text(event, "selector", "s2026");
    event_put_text(event, "return_path", returns);
    event_put_text(event, "ip", "192.0.2.9");
    trail_push(trail, event);
}

/* A copy tells more: asked again, once; what is about others does not count. */
static void test_what_a_copy_tells(void **state)
{
    struct trail *trail = trail_at(&step_who);
    struct task task;

    (void)state;
    look_up(trail, DOMAIN_SENDER);
    push_copy(trail, "servicio.example", "b@rebotes.example");
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    push_copy(trail, "Tienda.example", "b@rebotes.example");
    assert_true(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    assert_string_equal(task.request.selector, "s2026");
    assert_string_equal(task.request.ip, "");
    push_start(trail, &task);
    assert_false(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    push_copy(trail, "tienda.example", "b@tienda.example");
    assert_true(domains_task(trail, &settings, DOMAIN_SENDER, &task));
    assert_string_equal(task.request.ip, "192.0.2.9");
    trail_free(trail);
}

static void test_findings(void **state)
{
    struct trail *trail = trail_at(&step_sender);
    const struct event *findings[DOMAINS_MAX];

    (void)state;
    push_finding(trail, "avisos@tienda.example", "sender.mx", "good", "mx");
    assert_int_equal(domains_findings(trail, DOMAIN_SENDER, findings), 0);
    look_up(trail, DOMAIN_SENDER);
    push_finding(trail, "avisos@otra.example", "sender.mx", "bad", "nxdomain");
    push_finding(trail, "avisos@tienda.example", "sender.mx", "bad", "none");
    push_finding(trail, "avisos@tienda.example", "sender.mx", "good", "mx");
    push_finding(trail, "avisos@tienda.example", "sender.spf", "bad", "none");
    push_finding(trail, "avisos@tienda.example", "recipient.mx", "good", "mx");
    assert_int_equal(domains_findings(trail, DOMAIN_SENDER, findings), 2);
    assert_string_equal(event_text(findings[0], "code"), "mx");
    assert_string_equal(event_text(findings[1], "subject"), "sender.spf");
    trails_fact(trail, "from", "otro@tienda.example");
    assert_int_equal(domains_findings(trail, DOMAIN_SENDER, findings), 0);
    trail_free(trail);
}

/* Every code that the probe can tell has a sentence. */
static void test_every_code_is_told(void **state)
{
    static const char *const words[] = {
        "recipient.mx good mx",
        "recipient.mx info implicit",
        "recipient.mx bad null_mx",
        "recipient.mx bad mx_dead",
        "recipient.mx bad none",
        "recipient.mx bad nxdomain",
        "recipient.mx unknown contradiction",
        "recipient.mx unknown lying",
        "recipient.gateway info proofpoint",
        "recipient.gateway info other",
        "network.dns unknown timeout",
        "network.dns unknown lying",
        "sender.mx good mx",
        "sender.mx info implicit",
        "sender.mx bad null_mx",
        "sender.mx bad mx_dead",
        "sender.mx bad none",
        "sender.mx bad nxdomain",
        "sender.alignment bad free",
        "sender.alignment good possible",
        "sender.spf good sound",
        "sender.spf good pass",
        "sender.spf bad fail",
        "sender.spf bad softfail",
        "sender.spf bad neutral",
        "sender.spf bad none",
        "sender.spf bad multiple",
        "sender.spf bad lookups",
        "sender.spf bad voids",
        "sender.spf bad syntax",
        "sender.spf bad include",
        "sender.spf bad plus_all",
        "sender.spf bad permerror",
        "sender.spf info no_all",
        "sender.spf unknown servfail",
        "sender.dmarc good monitoring",
        "sender.dmarc good quarantine",
        "sender.dmarc good reject",
        "sender.dmarc bad none",
        "sender.dmarc bad multiple",
        "sender.dmarc bad no_policy",
        "sender.dmarc unknown refused",
        "sender.dkim good key",
        "sender.dkim bad testing",
        "sender.dkim bad revoked",
        "sender.dkim bad weak",
        "sender.dkim bad malformed",
        "sender.dkim bad missing",
        "sender.dkim bad none",
        "sender.dkim unknown not_found",
        "sender.dkim unknown bogus",
        "sender.ptr good confirmed",
        "sender.ptr bad none",
        "sender.ptr bad unconfirmed",
        "sender.ptr unknown timeout",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        char subject[32], grade[16], code[24];
        struct trail *trail = trail_at(&step_sender);
        size_t count;
        struct line line;
        assert_int_equal(
            sscanf(words[i], "%31s %15s %23s", subject, grade, code), 3);
        push_finding(trail, "avisos@tienda.example", subject, grade, code);
        const struct event *const *events = trail_events(trail, &count);
        domains_tell(events[count - 1], &line);
        if (!line.text[0] || strchr(line.text, '{'))
            fail_msg("%s: '%s'", words[i], line.text);
        if (strcmp(grade, "good") == 0)
            assert_int_equal(line.state, STATE_GOOD);
        if (strcmp(grade, "bad") == 0)
            assert_true(line.state == STATE_PROBLEM ||
                        line.state == STATE_WARNING);
        if (strcmp(grade, "unknown") == 0)
            assert_true(line.state == STATE_UNKNOWN ||
                        strcmp(subject, "network.dns") == 0);
        trail_free(trail);
    }
}

static void test_where_it_shows(void **state)
{
    struct trail *trail = trail_at(&step_sender);
    struct line lines[4];

    (void)state;
    look_up(trail, DOMAIN_SENDER);
    assert_int_equal(domains_result(trail, lines, 4), 0);
    push_finding(trail, "avisos@tienda.example", "sender.mx", "good", "mx");
    assert_int_equal(domains_result(trail, lines, 4), 1);
    assert_int_equal(lines[0].state, STATE_GOOD);
    push_finding(trail, "avisos@tienda.example", "sender.spf", "bad", "none");
    push_finding(trail, "avisos@tienda.example", "sender.alignment", "bad",
                 "free");
    assert_int_equal(domains_result(trail, lines, 4), 2);
    assert_int_equal(lines[0].state, STATE_PROBLEM); /* the worst first */
    assert_int_equal(lines[1].state, STATE_WARNING);
    assert_int_equal(domains_result(trail, lines, 1), 1);
    assert_int_equal(domains_records(trail, 0, lines, 4), 4);
    assert_string_equal(lines[1].text, "two MX: nodata");
    assert_int_equal(domains_records(trail, 5, lines, 4), 1);
    trail_push(trail, trail_visit_event(&step_free));
    assert_int_equal(domains_result(trail, lines, 4), 0);
    assert_int_equal(domains_records(trail, 0, lines, 4), 0);
    trail_free(trail);
}

/* The domain is the cause only where no server has ever had the mail. */
static void test_verdict(void **state)
{
    static const struct {
        enum fate fate;
        const char *code;
        enum cause cause;
    } cases[] = {
        {FATE_NOT_SEEN, "nxdomain", CAUSE_HOSTUNKNOWN},
        {FATE_NOT_SEEN, "none", CAUSE_HOSTUNKNOWN},
        {FATE_NOT_SEEN, "null_mx", CAUSE_NOTACCEPT},
        {FATE_NOT_SEEN, "mx", CAUSE_UNKNOWN},
        {FATE_DELIVERED_NOT_SEEN, "nxdomain", CAUSE_UNKNOWN},
        {FATE_INBOX, "nxdomain", CAUSE_ARRIVED},
        {FATE_RETURNED_FILTER, "nxdomain", CAUSE_POLICYVIOLATION},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct trail *trail = trail_at(&step_api_send);
        struct verdict verdict;
        trails_attempt(trail, &settings, cases[i].fate);
        look_up(trail, DOMAIN_RECIPIENT);
        push_finding(trail, "ana@empresa.example", "recipient.mx", "bad",
                     cases[i].code);
        judge(&verdict, trail);
        if (verdict.cause != cases[i].cause)
            fail_msg("%zu: %s", i, cause_word(verdict.cause));
        trail_free(trail);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_when_it_is_asked),
        cmocka_unit_test(test_after_a_resume),
        cmocka_unit_test(test_what_a_copy_tells),
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_every_code_is_told),
        cmocka_unit_test(test_where_it_shows),
        cmocka_unit_test(test_verdict),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
