/* SPDX-License-Identifier: MIT */
/* The mailbox probe: every way in which a server may answer, or not. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/imap.h"
#include "tests/unit/server.h"
#include "tests/unit/witness.h"

#define PASSWORD "s3cret canary \"\\"
#define TOKEN "0123456789abcdef"
#define LIMIT (IS_WATCHED ? 5.0 : 1.0)
#define EOL "\r\n"

/* The dialogue that libcurl leads, then ours. */
#define HELLO                                                                  \
    {                                                                          \
        "", "* OK ready" EOL, 0                                                \
    }
#define CURL_CAPABILITY(words)                                                 \
    {                                                                          \
        "A001 CAPABILITY" EOL,                                                 \
            "* CAPABILITY IMAP4rev1" words EOL "A001 OK" EOL, 0                \
    }
#define LOGIN_IN                                                               \
    {"A002 LOGIN ", "", 0},                                                    \
    {                                                                          \
        EOL, "A002 OK in" EOL, 0                                               \
    }
#define ENTER HELLO, CURL_CAPABILITY(""), LOGIN_IN
#define CAPABILITY                                                             \
    {                                                                          \
        "z1 CAPABILITY" EOL, "* CAPABILITY IMAP4rev1" EOL "z1 OK" EOL, 0       \
    }
#define LIST(folders)                                                          \
    {                                                                          \
        "z2 LIST \"\" \"*\"" EOL,                                              \
            "* LIST () \"/\" INBOX" EOL folders "z2 OK" EOL, 0                 \
    }
#define START ENTER, CAPABILITY, LIST("")
#define EXAMINE(tag, name)                                                     \
    {                                                                          \
        tag " EXAMINE \"" name "\"" EOL, "* 3 EXISTS" EOL tag " OK" EOL, 0     \
    }
#define SEARCH(tag, uids)                                                      \
    {                                                                          \
        tag " UID SEARCH HEADER X-Nollego-Token \"" TOKEN "\"" EOL,            \
            "* SEARCH" uids EOL tag " OK" EOL, 0                               \
    }
#define FETCH(tag, uid, items)                                                 \
    {tag " UID FETCH " uid " ", "", 0},                                        \
    {                                                                          \
        EOL, "* 1 FETCH (UID " uid items ")" EOL tag " OK" EOL, 0              \
    }
#define DATE " INTERNALDATE \"01-Jan-2020 10:00:00 +0000\""
#define SECTION " BODY[HEADER.FIELDS (X-NOLLEGO-TOKEN SUBJECT FROM DATE)] "
#define OURS DATE SECTION "{35}" EOL "X-Nollego-Token: " TOKEN EOL
#define JUNK "* LIST (\\Junk) \"/\" Spam" EOL

/* clang-format off */
static const struct mailbox_case {
    const char *name;
    struct talk talk;
    double wait;
    const char *outcome, *fault, *phase, *where, *folder, *reply;
} cases[] = {
    {"inbox",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", " 7"),
                FETCH("z5", "7", OURS)}},
     0, "pass", NULL, NULL, "inbox", "INBOX", NULL},
    {"spam",
     {.turns = {ENTER, CAPABILITY, LIST(JUNK), EXAMINE("z3", "INBOX"),
                SEARCH("z4", ""), EXAMINE("z5", "Spam"), SEARCH("z6", " 7"),
                FETCH("z7", "7", OURS)}},
     0, "pass", NULL, NULL, "spam", "Spam", NULL},
    {"spam by its name alone",
     {.turns = {ENTER, CAPABILITY,
                LIST("* LIST () \".\" \"INBOX.Correo no deseado\"" EOL),
                EXAMINE("z3", "INBOX"), SEARCH("z4", ""),
                EXAMINE("z5", "INBOX.Correo no deseado"), SEARCH("z6", " 7"),
                FETCH("z7", "7", OURS)}},
     0, "pass", NULL, NULL, "spam", "INBOX.Correo no deseado", NULL},
    {"among all mail, and nowhere else",
     {.turns = {ENTER, CAPABILITY, LIST("* LIST (\\All) \"/\" All" EOL),
                EXAMINE("z3", "INBOX"), SEARCH("z4", ""), EXAMINE("z5", "All"),
                SEARCH("z6", " 7"), FETCH("z7", "7", OURS),
                EXAMINE("z8", "INBOX"), SEARCH("z9", "")}},
     0, "pass", NULL, NULL, "other", "All", NULL},
    {"among all mail, in the inbox by now",
     {.turns = {ENTER, CAPABILITY, LIST("* LIST (\\All) \"/\" All" EOL),
                EXAMINE("z3", "INBOX"), SEARCH("z4", ""), EXAMINE("z5", "All"),
                SEARCH("z6", " 7"), FETCH("z7", "7", OURS),
                EXAMINE("z8", "INBOX"), SEARCH("z9", " 2"),
                FETCH("z10", "2", OURS)}},
     0, "pass", NULL, NULL, "inbox", "INBOX", NULL},
    {"not there",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", "")},
      .leave = LEAVE_HOLD},
     0, "unknown", NULL, "search", NULL, NULL, NULL},
    {"the second look finds it",
     {.turns = {START,
                EXAMINE("z3", "INBOX"),
                SEARCH("z4", ""),
                {"z5 LIST", "z5 OK" EOL, 0},
                EXAMINE("z6", "INBOX"),
                SEARCH("z7", " 9"),
                FETCH("z8", "9", OURS)}},
     3, "pass", NULL, NULL, "inbox", "INBOX", NULL},
    {"found by a search that is too generous",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", " 7"),
                FETCH("z5", "7",
                      SECTION "{36}" EOL "X-Nollego-Token: " TOKEN "0" EOL)},
      .leave = LEAVE_HOLD},
     0, "unknown", NULL, "search", NULL, NULL, NULL},
    {"our header in another field",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", " 7"),
                FETCH("z5", "7",
                      SECTION "{44}" EOL
                              "Subject: X-Nollego-Token: " TOKEN EOL)},
      .leave = LEAVE_HOLD},
     0, "unknown", NULL, "search", NULL, NULL, NULL},
    {"the header of another mail",
     {.turns = {START,
                EXAMINE("z3", "INBOX"),
                SEARCH("z4", " 7"),
                {"z5 UID FETCH 7 ", "* 1 FETCH (UID 8" OURS ")" EOL "z5 OK" EOL,
                 0}},
      .leave = LEAVE_HOLD},
     0, "unknown", NULL, "search", NULL, NULL, NULL},
    {"a mail's text that answers for the server",
     {.turns = {START, EXAMINE("z3", "INBOX"), SEARCH("z4", " 7"),
                FETCH("z5", "7",
                      SECTION "{63}" EOL "Subject: x" EOL "z5 OK" EOL
                              "* 1 FETCH (UID 7 BODY[X] {17}" EOL
                              "X-Nollego-T")},
      .leave = LEAVE_HOLD},
     0, "unknown", NULL, "search", NULL, NULL, NULL},
    /* A server that does not play by the rules, or does not want us. */
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
     5, "fault", "dropped", "search", NULL, NULL, NULL},
    {"silent in the middle",
     {.turns = {START, EXAMINE("z3", "INBOX"), {"z4 UID SEARCH ", "", 0}},
      .leave = LEAVE_HOLD},
     5, "fault", "timeout", "search", NULL, NULL, NULL},
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

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    strcpy(request->imap.host, "127.0.0.1");
    request->imap.port = server->port;
    request->imap.tls = TLS_NONE;
    strcpy(request->user, "ana@corp.test");
    assert_int_equal(
        secret_set(&request->password, PASSWORD, strlen(PASSWORD), NULL), 0);
    strcpy(request->token, TOKEN);
    request->limit = LIMIT;
}

static void assert_text(const struct event *event, const char *key,
                        const char *text, const struct witness *witness)
{
    const char *told = event_text(event, key);

    if (!told != !text || (told && strcmp(told, text) != 0))
        fail_msg("%s is %s in %s", key, told ? told : "null", witness->text);
}

static void check(const struct mailbox_case *expected)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, &expected->talk, 1, NULL);
    fill(&request, &server);
    request.wait = expected->wait;
    witness_run(&witness, imap_probe, &request);
    end = witness_end(&witness);
    assert_text(end, "outcome", expected->outcome, &witness);
    assert_text(end, "fault", expected->fault, &witness);
    assert_text(end, "phase", expected->phase, &witness);
    assert_text(end, "where", expected->where, &witness);
    assert_text(end, "folder", expected->folder, &witness);
    assert_text(end, "reply", expected->reply, &witness);
    assert_false(event_flag(end, "similar"));
    assert_true(witness.seconds < LIMIT + 1);
    server_stop(&server);
    witness_release(&witness);
}

static void test_mailboxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

#define SUBJECT(tag, uids)                                                     \
    {tag " UID SEARCH SINCE ", "", 0},                                         \
    {                                                                          \
        " SUBJECT \"K7Q-4M2\"" EOL, "* SEARCH" uids EOL tag " OK" EOL, 0       \
    }

static const struct similar_case {
    const char *header; /* of the mail that has our code in its subject */
    const char *from;   /* our sender */
    bool similar;
} similar[] = {
    {"From: Ana <Avisos@shop.test>", "avisos@shop.test", true},
    {"From: avisos@shop.test", "avisos@shop.test", true},
    {"From: avisos@shop.test", "", true},
    {"From: x@shop.test", "avisos@shop.test", false},
    {"From: xavisos@shop.test", "avisos@shop.test", false},
    {"From: avisos@shop.test.evil", "avisos@shop.test", false},
    {"From: avisos@shop.test\r\nX-Nollego-Token: fedcba", "avisos@shop.test",
     false},
};

static void check_similar(const struct similar_case *expected)
{
    char fetched[512];
    struct talk talk = {
        .turns = {START,
                  EXAMINE("z3", "INBOX"),
                  SEARCH("z4", ""),
                  SUBJECT("z5", " 7"),
                  {"z6 UID FETCH 7 ", fetched, 0}},
        .leave = LEAVE_HOLD,
    };
    struct witness witness;
    struct server server;
    struct request request;

    snprintf(fetched, sizeof(fetched),
             "* 1 FETCH (UID 7" DATE SECTION "{%zu}" EOL "%s)" EOL "z6 OK" EOL,
             strlen(expected->header), expected->header);
    server_start(&server, &talk, 1, NULL);
    fill(&request, &server);
    strcpy(request.from, expected->from);
    strcpy(request.subject_code, "K7Q-4M2");
    witness_run(&witness, imap_probe, &request);
    assert_text(witness_end(&witness), "outcome", "unknown", &witness);
    assert_text(witness_end(&witness), "fault", NULL, &witness);
    assert_text(witness_end(&witness), "where", NULL, &witness);
    assert_text(witness_end(&witness), "folder",
                expected->similar ? "INBOX" : NULL, &witness);
    if (event_flag(witness_end(&witness), "similar") != expected->similar)
        fail_msg("%s: %s", expected->header, witness.text);
    server_stop(&server);
    witness_release(&witness);
}

static void test_similar_is_not_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(similar); i++)
        check_similar(&similar[i]);
}

/* No command of ours can change anything in the mailbox. */
static void test_only_looks(void **state)
{
    static const char *const never[] = {"SELECT", "STORE",  "EXPUNGE",
                                        "BODY[",  "RFC822", "COPY",
                                        "DELETE", "CREATE", "APPEND"};
    static char heard[8192];
    struct witness witness;
    struct server server;
    struct request request;

    (void)state;
    server_start(&server, &cases[1].talk, 1, NULL);
    fill(&request, &server);
    witness_run(&witness, imap_probe, &request);
    server_heard(&server, heard, sizeof(heard));
    assert_non_null(strstr(heard, "BODY.PEEK[HEADER.FIELDS"));
    for (size_t i = 0; i < COUNT(never); i++)
        if (strstr(heard, never[i]))
            fail_msg("%s in %s", never[i], heard);
    server_stop(&server);
    witness_release(&witness);
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
    fill(&request, &server);
    strcpy(request.imap.host, "localhost");
    request.imap.tls = expected->tls;
    if (expected->name)
        snprintf(request.ca_file, sizeof(request.ca_file), "%s", server.ca);
    witness_run(&witness, imap_probe, &request);
    assert_text(witness_end(&witness), "outcome", expected->outcome, &witness);
    assert_text(witness_end(&witness), "fault", expected->fault, &witness);
    assert_text(witness_end(&witness), "phase", expected->phase, &witness);
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
    fill(&request, &nobody);
    strcpy(request.imap.host, "192.0.2.1");
    witness_run(&witness, imap_probe, &request);
    assert_text(witness_end(&witness), "fault", "feature", &witness);
    assert_true(witness.seconds < 0.5);
    witness_release(&witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mailboxes),
        cmocka_unit_test(test_similar_is_not_seen),
        cmocka_unit_test(test_only_looks),
        cmocka_unit_test(test_tls),
        cmocka_unit_test(test_no_clear_text_to_far),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
