/* SPDX-License-Identifier: MIT */
/* Mailboxes that do not play by the rules, are not there or want no guests. */
#include "tests/unit/unit.h"

#include <string.h>

#include "net/imap.h"
#include "tests/unit/imap_talk.h"

/* clang-format off */
static const struct mailbox_case cases[] = {
    {"says goodbye at once",
     {.turns = {{"", "* BYE full" EOL, 0}}},
     0, "fault", "refused", "greeting", NULL, NULL, "BYE full"},
    {"another protocol",
     {.turns = {{"", "220 mail ESMTP" EOL, 0}}},
     0, "fault", "protocol", "greeting", NULL, NULL, "220 mail ESMTP"},
    {"leaves at once",
     {.turns = {{NULL, NULL, 0}}},
     0, "fault", "dropped", "greeting", NULL, NULL, NULL},
    {"says nothing",
     {.turns = {{NULL, NULL, 0}}, .leave = LEAVE_HOLD},
     0, "fault", "timeout", "greeting", NULL, NULL, NULL},
    {"drips its greeting",
     {.turns = {{"", "* OK a very slow and a very long greeting", 99}},
      .drip = 60},
     0, "fault", "timeout", "greeting", NULL, NULL, NULL},
    {"wrong password",
     {.turns = {HELLO,
                CURL_CAPABILITY(""),
                {"A002 LOGIN ", "", 0},
                {EOL, "A002 NO [AUTHENTICATIONFAILED] wrong" EOL, 0}}},
     0, "fault", "auth", "login", NULL, NULL,
     "NO [AUTHENTICATIONFAILED] wrong"},
    {"wrong password, echoed",
     {.turns = {HELLO,
                CURL_CAPABILITY(""),
                {"A002 LOGIN ", "", 0},
                {EOL, "A002 NO not " PASSWORD EOL, 0}}},
     0, "fault", "auth", "login", NULL, NULL, "NO not [oculto]"},
    {"too busy for a login",
     {.turns = {HELLO,
                CURL_CAPABILITY(""),
                {"A002 LOGIN ", "", 0},
                {EOL, "A002 NO [UNAVAILABLE] later" EOL, 0}}},
     0, "fault", "refused", "login", NULL, NULL, "NO [UNAVAILABLE] later"},
    {"takes no passwords",
     {.turns = {HELLO, CURL_CAPABILITY(" LOGINDISABLED AUTH=XOAUTH2")}},
     0, "fault", "feature", "login", NULL, NULL, NULL},
    {"silent at login",
     {.turns = {HELLO, CURL_CAPABILITY(""), {"A002 LOGIN ", "", 0}},
      .leave = LEAVE_HOLD},
     0, "fault", "timeout", "login", NULL, NULL, NULL},
    {"gone at login",
     {.turns =
          {HELLO, CURL_CAPABILITY(""), {"A002 LOGIN ", "", 0}, {EOL, "", 0}}},
     0, "fault", "dropped", "login", NULL, NULL, NULL},
    {"inbox closed",
     {.turns = {START, {"z3 EXAMINE ", "z3 NO [NOPERM] not yours" EOL, 0}}},
     0, "fault", "refused", "search", NULL, NULL, "NO [NOPERM] not yours"},
    {"search refused",
     {.turns = {START,
                EXAMINE("z3", "INBOX"),
                {"z4 UID SEARCH ", "z4 BAD what?" EOL, 0}}},
     0, "fault", "refused", "search", NULL, NULL, "BAD what?"},
    {"goodbye in the middle",
     {.turns = {START,
                EXAMINE("z3", "INBOX"),
                {"z4 UID SEARCH ", "* BYE down" EOL, 0}}},
     0, "fault", "dropped", "search", NULL, NULL, "BYE down"},
    {"reset in the middle",
     {.turns = {START, EXAMINE("z3", "INBOX"), {"z4 UID SEARCH ", "", 0}},
      .leave = LEAVE_RESET},
     0, "fault", "dropped", "search", NULL, NULL, NULL},
    {"silent in the middle",
     {.turns = {START, EXAMINE("z3", "INBOX"), {"z4 UID SEARCH ", "", 0}},
      .leave = LEAVE_HOLD},
     0, "fault", "timeout", "search", NULL, NULL, NULL},
    {"another tag",
     {.turns = {START, {"z3 EXAMINE ", "z4 OK" EOL, 0}}},
     0, "fault", "protocol", "search", NULL, NULL, NULL},
    {"wants more of a command",
     {.turns = {START, {"z3 EXAMINE ", "+ go on" EOL, 0}}},
     0, "fault", "protocol", "search", NULL, NULL, NULL},
    {"a literal beyond all bounds",
     {.turns = {START, {"z3 EXAMINE ", "* X {4294967296}" EOL, 0}},
      .leave = LEAVE_HOLD},
     0, "fault", "protocol", "search", NULL, NULL, NULL},
    {"a literal that never ends",
     {.turns = {START, {"z3 EXAMINE ", "* X {1000}" EOL "abc", 0}},
      .leave = LEAVE_HOLD},
     0, "fault", "timeout", "search", NULL, NULL, NULL},
    {"a line that never ends",
     {.turns = {START,
                {"z3 EXAMINE ", "* ", 0},
                {"", "0123456789abcdef", 9999}},
      .leave = LEAVE_HOLD},
     0, "fault", "protocol", "search", NULL, NULL, NULL},
    {"lines without end",
     {.turns = {START, {"z3 EXAMINE ", "* OK so so" EOL, 99999}},
      .leave = LEAVE_HOLD},
     0, "fault", "protocol", "search", NULL, NULL, NULL},
};
/* clang-format on */

static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        imap_talk_check(&cases[i]);
}

#define STARTTLS                                                               \
    {                                                                          \
        "A002 STARTTLS" EOL, "A002 OK go" EOL, 0                               \
    }
#define SECURE_ENTER                                                           \
    {"A003 CAPABILITY" EOL, "* CAPABILITY IMAP4rev1" EOL "A003 OK" EOL, 0},    \
        {"A004 LOGIN ", "", 0},                                                \
    {                                                                          \
        EOL, "A004 OK in" EOL, 0                                               \
    }

/* clang-format off */
static const struct tls_case {
    enum tls_mode tls;
    const char *name; /* of the certificate; NULL: no TLS */
    struct talk talk;
    const char *outcome, *fault, *phase;
} tls_cases[] = {
    {TLS_IMPLICIT,
     "localhost",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", " 7"),
                FETCH("z5", "7", OURS)}},
     "pass", NULL, NULL},
    {TLS_IMPLICIT, "other.test", {.turns = {START}}, "fault", "tls", "tls"},
    {TLS_IMPLICIT, NULL, {.turns = {HELLO}}, "fault", "tls", "tls"},
    {TLS_STARTTLS,
     "localhost",
     {.turns = {HELLO, CURL_CAPABILITY(" STARTTLS"), STARTTLS, SECURE_ENTER,
                CAPABILITY, LIST(""), EXAMINE("z3", "INBOX"),
                SEARCH("z4", " 7"), FETCH("z5", "7", OURS)},
      .plain_turns = 3},
     "pass", NULL, NULL},
    {TLS_STARTTLS,
     "other.test",
     {.turns = {HELLO, CURL_CAPABILITY(" STARTTLS"), STARTTLS, SECURE_ENTER},
      .plain_turns = 3},
     "fault", "tls", "tls"},
    {TLS_STARTTLS,
     NULL,
     {.turns = {HELLO, CURL_CAPABILITY("")}},
     "fault", "feature", "starttls"},
    {TLS_STARTTLS,
     NULL,
     {.turns = {HELLO,
                CURL_CAPABILITY(" STARTTLS"),
                {"A002 STARTTLS" EOL, "A002 NO not now" EOL, 0}}},
     "fault", "feature", "starttls"},
    {TLS_STARTTLS,
     NULL,
     {.turns = {{"", "* PREAUTH welcome" EOL, 0}, CURL_CAPABILITY("")}},
     "fault", "feature", "starttls"},
};
/* clang-format on */

static void check_tls(const struct tls_case *expected)
{
    static char heard[8192];
    struct witness witness;
    struct server server;
    struct request request;

    server_start(&server, &expected->talk, 1, expected->name);
    imap_talk_fill(&request, &server);
    SET(request.imap.host, "localhost");
    request.imap.tls = expected->tls;
    if (expected->name)
        snprintf(request.ca_file, sizeof(request.ca_file), "%s", server.ca);
    witness_run(&witness, imap_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", expected->outcome);
    witness_text(&witness, witness_end(&witness), "fault", expected->fault);
    witness_text(&witness, witness_end(&witness), "phase", expected->phase);
    server_heard(&server, heard, sizeof(heard));
    if (expected->fault)
        assert_null(strstr(heard, "LOGIN")); /* no password without TLS */
    server_stop(&server);
    witness_release(&witness);
}

static void test_tls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tls_cases); i++)
        check_tls(&tls_cases[i]);
}

static void test_no_clear_text_to_far(void **state)
{
    struct server nobody = {.port = 1};
    struct request request;
    struct witness witness;

    (void)state;
    imap_talk_fill(&request, &nobody);
    SET(request.imap.host, "192.0.2.1");
    witness_run(&witness, imap_probe, &request);
    witness_text(&witness, witness_end(&witness), "fault", "feature");
    assert_true(witness.seconds < 0.5);
    witness_release(&witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_tls),
        cmocka_unit_test(test_no_clear_text_to_far),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
