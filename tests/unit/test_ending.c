/* SPDX-License-Identifier: MIT */
/* The cause of a probe's ending: SMTP, the service's API, a mailbox, and our
 * own line. */
#include <stdio.h>
#include <string.h>

#include "steps/reply.h"
#include "unit.h"

/* NULL: no cause. */
struct ending_case {
    const char *probe;
    enum result outcome;
    enum fault fault;
    enum phase phase;
    int code;
    const char *enhanced, *reply;
    int http;
    const char *cause;
};

#define FAULT_AT(fault, phase) RESULT_FAULT, FAULT_##fault, PHASE_##phase

static const struct ending_case cases[] = {
    /* nothing to explain */
    {"smtp", RESULT_PASS, FAULT_NONE, PHASE_NONE, 250, "", "ok", 0, NULL},
    {"imap", RESULT_PASS, FAULT_NONE, PHASE_NONE, 0, "", "", 0, NULL},
    {"imap", RESULT_UNKNOWN, FAULT_NONE, PHASE_SEARCH, 0, "", "", 0, NULL},
    {"api-watch", RESULT_UNKNOWN, FAULT_NONE, PHASE_NONE, 0, "", "", 200, NULL},
    {"smtp", FAULT_AT(CRASHED, MAIL), 0, "", "", 0, NULL},
    {"smtp", FAULT_AT(CANCELLED, MAIL), 550, "5.1.1", "User unknown", 0, NULL},
    {"smtp", RESULT_UNKNOWN, FAULT_CANCELLED, PHASE_FINAL, 0, "", "", 0, NULL},

    /* our own line is never the recipient's domain */
    {"smtp", FAULT_AT(NAME, CONNECT), 0, "", "host not found", 0,
     "networkerror"},
    {"smtp", FAULT_AT(CONNECT, CONNECT), 0, "", "refused", 0, "networkerror"},
    {"smtp", FAULT_AT(TIMEOUT, GREETING), 0, "", "", 0, "networkerror"},
    {"smtp", RESULT_UNKNOWN, FAULT_DROPPED, PHASE_FINAL, 0, "", "", 0,
     "networkerror"},
    {"smtp", FAULT_AT(DROPPED, GREETING), 421, "",
     "too many connections from your IP", 0, "ratelimited"},
    {"smtp", FAULT_AT(TLS, TLS), 0, "", "certificate expired", 0,
     "failedstarttls"},
    {"smtp", FAULT_AT(FEATURE, STARTTLS), 0, "", "", 0, "failedstarttls"},
    {"smtp", FAULT_AT(FEATURE, AUTH), 0, "", "", 0, "securityerror"},
    {"smtp", FAULT_AT(PROTOCOL, EHLO), 0, "", "", 0, "systemerror"},
    {"imap", FAULT_AT(AUTH, LOGIN), 0, "", "Invalid credentials", 0,
     "securityerror"},
    {"imap", FAULT_AT(CONNECT, CONNECT), 0, "", "", 0, "networkerror"},

    /* a login, whatever its words */
    {"smtp", FAULT_AT(AUTH, AUTH), 535, "5.7.8", "user unknown", 0,
     "securityerror"},
    {"smtp", FAULT_AT(AUTH, AUTH), 535, "", "no", 0, "securityerror"},
    {"smtp", FAULT_AT(AUTH, AUTH), 525, "5.7.13", "disabled", 0, "account"},
    {"smtp", FAULT_AT(REFUSED, AUTH), 421, "4.3.2", "shutting down", 0,
     "systemerror"},
    {"smtp", FAULT_AT(REFUSED, AUTH), 421, "4.7.0", "Too many connections", 0,
     "ratelimited"},
    {"smtp", FAULT_AT(REFUSED, STARTTLS), 421, "4.3.2", "shutting down", 0,
     "systemerror"},
    {"smtp", FAULT_AT(REFUSED, STARTTLS), 454, "4.7.0", "try later", 0,
     "failedstarttls"},

    /* words, then codes, then the place */
    {"smtp", FAULT_AT(REFUSED, RCPT), 550, "5.1.1", "User unknown", 0,
     "userunknown"},
    {"smtp", FAULT_AT(REFUSED, RCPT), 550, "5.1.1", "", 0, "userunknown"},
    {"smtp", FAULT_AT(REFUSED, RCPT), 550, "", "550-5.1.1 No such user", 0,
     "userunknown"},
    {"smtp", FAULT_AT(REFUSED, RCPT), 450, "4.2.0", "Greylisted", 0,
     "greylisting"},
    {"smtp", FAULT_AT(REFUSED, GREETING), 554, "", "no", 0, "blocked"},
    {"smtp", FAULT_AT(REFUSED, MAIL), 550, "", "no", 0, "rejected"},
    {"smtp", FAULT_AT(REFUSED, RCPT), 550, "", "no", 0, "unknown"},
    {"smtp", FAULT_AT(REFUSED, FINAL), 554, "", "no", 0, "unknown"},
    {"smtp", FAULT_AT(REFUSED, FINAL), 554, "5.7.1", "spam", 0, "spamdetected"},

    /* the API: the body's code, which overlaps HTTP, then the status */
    {"api-send", FAULT_AT(AUTH, ANSWER), 10, "", "Bad or missing token", 401,
     "securityerror"},
    {"api-send", FAULT_AT(AUTH, ANSWER), 401, "", "", 401, "securityerror"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 401, "", "Not confirmed", 422,
     "rejected"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 400, "", "", 422, "rejected"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 405, "", "", 422, "account"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 412, "", "", 422, "account"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 413, "", "", 422, "account"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 413, "", "", 413, "mesgtoobig"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 406, "", "", 422, "suppressed"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 406, "", "", 406, "suppressed"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 0, "",
     "Message OK, but will not deliver to these inactive addresses: "
     "a@b.example",
     200, "suppressed"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 300, "",
     "Invalid 'To' address: 'x'.", 422, "userunknown"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 300, "",
     "Invalid 'From' address: 'x'.", 422, "rejected"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 300, "", "Zero recipients", 422,
     "contenterror"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 422, "", "", 422, "contenterror"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 422, "", "Remitente no confirmado",
     422, "rejected"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 9999, "",
     "El contacto fue marcado como rebote duro", 422, "suppressed"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 9999, "", "", 422, "unknown"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 429, "", "", 429, "ratelimited"},
    {"api-send", FAULT_AT(REFUSED, ANSWER), 503, "", "", 503, "systemerror"},
    {"api-send", FAULT_AT(PROTOCOL, ANSWER), 403, "", "Forbidden", 403,
     "securityerror"},
    {"api-send", FAULT_AT(PROTOCOL, ANSWER), 0, "", "Welcome", 200,
     "systemerror"},
    {"api-send", FAULT_AT(NAME, CONNECT), 0, "", "", 0, "networkerror"},
    {"api-send", RESULT_UNKNOWN, FAULT_TIMEOUT, PHASE_SENT, 0, "", "", 0,
     "networkerror"},

    /* a bounce told by the service: the code is SMTP's */
    {"api-watch", FAULT_AT(REFUSED, ANSWER), 550, "5.1.1",
     "550 5.1.1 user unknown", 200, "userunknown"},
    {"api-watch", FAULT_AT(REFUSED, ANSWER), 552, "5.2.2", "", 200,
     "mailboxfull"},
    {"api-watch", FAULT_AT(AUTH, ANSWER), 10, "", "", 401, "securityerror"},
    /* a page in the service's place is no bounce */
    {"api-watch", FAULT_AT(PROTOCOL, ANSWER), 200, "", "Portal", 200,
     "systemerror"},
};

static struct ending make_ending(const struct ending_case *one)
{
    struct ending ending = {.outcome = one->outcome,
                            .fault = one->fault,
                            .phase = one->phase,
                            .code = one->code};

    snprintf(ending.enhanced, sizeof(ending.enhanced), "%s", one->enhanced);
    snprintf(ending.reply, sizeof(ending.reply), "%s", one->reply);
    return ending;
}

static void test_endings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ending ending = make_ending(&cases[i]);
        struct reading reading;
        bool known =
            reply_read_ending(&reading, &ending, cases[i].probe, cases[i].http);
        const char *cause = known ? cause_word(reading.cause) : "(none)";

        if (strcmp(cause, cases[i].cause ? cases[i].cause : "(none)") != 0)
            fail_msg("case %zu, %s %d '%s': %s", i, cases[i].probe,
                     cases[i].code, cases[i].reply, cause);
    }
}

/* The same, through the event that everyone reads. */
static void test_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ending ending = make_ending(&cases[i]);
        struct event *event = ending_event(&ending);

        if (cases[i].http)
            event_put_number(event, "http", cases[i].http);
        event_put_text(event, "cause", "stale");
        reply_mark(event, cases[i].probe);
        assert_true(event_has(event, "cause"));
        if (cases[i].cause)
            assert_string_equal(event_text(event, "cause"), cases[i].cause);
        else
            assert_null(event_text(event, "cause"));
        event_free(event);
    }
}

static void check_bounce(const char *kind, const char *details,
                         const char *cause)
{
    struct event *event = event_new("bounce");

    event_put_text(event, "kind", kind);
    event_put_text(event, "details", details);
    reply_mark(event, "api-history");
    assert_string_equal(event_text(event, "cause"), cause);
    event_free(event);
}

static void test_bounces(void **state)
{
    struct event *other = event_new("phase");

    (void)state;
    check_bounce("HardBounce", "smtp;550 5.1.1 user unknown", "userunknown");
    check_bounce("HardBounce", "smtp;552 5.2.2 full", "mailboxfull");
    check_bounce("HardBounce", NULL, "unknown");
    check_bounce("SpamNotification", "smtp;550 5.0.0 no", "spamdetected");
    check_bounce("DMARCPolicy", NULL, "authfailure");
    check_bounce("SMTPApiError", "", "suppressed");
    check_bounce(NULL, NULL, "unknown");
    reply_mark(other, "smtp");
    assert_false(event_has(other, "cause"));
    event_free(other);
    reply_mark(NULL, "smtp");
}

static void test_sure_and_final(void **state)
{
    struct ending ending = {.outcome = RESULT_FAULT,
                            .fault = FAULT_REFUSED,
                            .phase = PHASE_RCPT,
                            .code = 550,
                            .enhanced = "5.1.1",
                            .reply = "User unknown"};
    struct reading reading;

    (void)state;
    assert_true(reply_read_ending(&reading, &ending, "smtp", 0));
    assert_int_equal(reading.confidence, CONFIDENCE_HIGH);
    assert_true(reading.hard);
    /* Said to the message itself it is often a filter that hides. */
    ending.phase = PHASE_FINAL;
    assert_true(reply_read_ending(&reading, &ending, "smtp", 0));
    assert_int_equal(reading.confidence, CONFIDENCE_MEDIUM);
    ending.fault = FAULT_AUTH;
    ending.code = 454;
    assert_true(reply_read_ending(&reading, &ending, "smtp", 0));
    assert_false(reading.hard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_bounces),
        cmocka_unit_test(test_sure_and_final),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
