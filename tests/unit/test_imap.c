/* SPDX-License-Identifier: MIT */
/* Looking for a mail in a mailbox: where it is, and what only looks like it. */
#include "tests/unit/unit.h"

#include <string.h>

#include "net/imap.h"
#include "tests/unit/imap_talk.h"

/* clang-format off */
static const struct mailbox_case cases[] = {
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
};
/* clang-format on */

static void test_mailboxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        imap_talk_check(&cases[i]);
}

#define SUBJECT(tag, uids)                                                     \
    {tag " UID SEARCH SINCE ", "", 0},                                         \
    {                                                                          \
        " SUBJECT \"K7Q-4M2\"" EOL, "* SEARCH" uids EOL tag " OK" EOL, 0       \
    }

#define CODE "\r\nSubject: Prueba k7q-4m2"

static const struct similar_case {
    const char *header; /* of the mail that has our code in its subject */
    const char *from;   /* our sender */
    bool similar;
} similar[] = {
    {"From: Ana <Avisos@shop.test>" CODE, "avisos@shop.test", true},
    {"From: avisos@shop.test" CODE, "avisos@shop.test", true},
    {"From: avisos@shop.test" CODE, "", true},
    {"From: avisos@shop.test\r\nSubject: =?UTF-8?B?UHJ1ZWJh?=",
     "avisos@shop.test", true},
    {"From: avisos@shop.test\r\nSubject: Prueba", "avisos@shop.test", false},
    {"From: avisos@shop.test", "avisos@shop.test", false},
    {"From: x@shop.test" CODE, "avisos@shop.test", false},
    {"From: xavisos@shop.test" CODE, "avisos@shop.test", false},
    {"From: avisos@shop.test.evil" CODE, "avisos@shop.test", false},
    {"From: avisos@shop.test <x@evil.test>" CODE, "avisos@shop.test", false},
    {"From: avisos@shop.test" CODE "\r\nX-Nollego-Token: fedcba",
     "avisos@shop.test", false},
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
    imap_talk_fill(&request, &server);
    SET(request.from, expected->from);
    SET(request.subject_code, "K7Q-4M2");
    witness_run(&witness, imap_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", "unknown");
    witness_text(&witness, witness_end(&witness), "fault", NULL);
    witness_text(&witness, witness_end(&witness), "where", NULL);
    witness_text(&witness, witness_end(&witness), "folder",
                 expected->similar ? "INBOX" : NULL);
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
    imap_talk_fill(&request, &server);
    witness_run(&witness, imap_probe, &request);
    server_heard(&server, heard, sizeof(heard));
    assert_non_null(strstr(heard, "BODY.PEEK[HEADER]"));
    for (size_t i = 0; i < COUNT(never); i++)
        if (strstr(heard, never[i]))
            fail_msg("%s in %s", never[i], heard);
    server_stop(&server);
    witness_release(&witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mailboxes),
        cmocka_unit_test(test_similar_is_not_seen),
        cmocka_unit_test(test_only_looks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
