/* SPDX-License-Identifier: MIT */
/* The practice service's IMAP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/practice_stage.h"

/* Two mails in the inbox, one in the spam folder, all landed long ago. */
static void fill_boxes(struct stage *stage)
{
    smtp(stage, "EHLO me\r\n" LOGIN MAIL RCPT "DATA\r\n"
                "From: Avisos <avisos@tienda.example>\r\n"
                "Subject: Prueba K7Q-4M2\r\n"
                "X-Nollego-Token: abc\r\n\tdef\r\n\r\n"
                "A004 OK fake\r\n.\r\n" MAIL RCPT "DATA\r\n"
                "From: avisos@tienda.example\r\n"
                "Subject: =?UTF-8?B?U2XDsWFs?=\r\n\r\n"
                "cuerpo\r\n.\r\n" MAIL RCPT "DATA\r\n"
                "Subject: promo\r\n\r\n.\r\n");
    assert_int_equal(stage->world.copy_count, 3);
    for (int i = 0; i < 3; i++)
        stage->world.copies[i].at = -1;
    stage->world.copies[2].folder = FOLDER_JUNK;
}

static void mailboxes_need_a_login(void **state)
{
    static const char *const good[] = {
        "1 LOGIN ana@empresa.example buzon\r\n",
        "1 login \"ana@empresa.example\" \"buz\\on\"\r\n",
        "1 LOGIN {19}\r\nana@empresa.example {5}\r\nbuzon\r\n",
        "1 LOGIN {19+}\r\nana@empresa.example {5+}\r\nbuzon\r\n",
        "1 AUTHENTICATE PLAIN AGFuYUBlbXByZXNhLmV4YW1wbGUAYnV6b24=\r\n",
        "1 AUTHENTICATE PLAIN\r\nAGFuYUBlbXByZXNhLmV4YW1wbGUAYnV6b24=\r\n",
    };
    static const struct {
        const char *script, *reply;
    } bad[] = {
        {"1 LOGIN ana@empresa.example otro\r\n", "1 NO [AUTHENTICATIONFAILED]"},
        {"1 LOGIN ana buzon\r\n", "1 NO [AUTHENTICATIONFAILED]"},
        {"1 LOGIN ana@empresa.example\r\n", "1 BAD"},
        {"1 LOGIN \"ana buzon\r\n", "1 BAD"},
        {"1 LOGIN {9999}\r\n", "* BYE"},
        {"1 AUTHENTICATE PLAIN\r\n*\r\n", "1 BAD Cancelled"},
        {"1 AUTHENTICATE PLAIN xx\r\n", "1 BAD"},
        {"1 AUTHENTICATE XOAUTH2\r\n", "1 NO"},
        {"1 SELECT INBOX\r\n", "1 BAD Not in this state"},
        {"1 FETCH 1 UID\r\n", "1 BAD Not in this state"},
        {"1 XYZZY\r\n", "1 BAD Unknown command"},
        {"1\r\n", "* BAD Syntax"},
        {"\r\n", "* BAD Syntax"},
        {"(1 NOOP\r\n", "* BAD Syntax"},
    };
    char script[256];

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        snprintf(script, sizeof(script), "%s2 EXAMINE INBOX\r\n", good[i]);
        assert_heard(imap(*state, script), "1 OK [CAPABILITY IMAP4rev1 ");
        assert_heard(((struct stage *)*state)->heard, "2 OK [READ-ONLY]");
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_heard(imap(*state, bad[i].script), bad[i].reply);
        assert_unheard(((struct stage *)*state)->heard, "1 OK");
    }
}

static void folders_are_listed(void **state)
{
    static const char both[] =
        "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n"
        "* LIST (\\HasNoChildren \\Junk) \"/\" \"Correo no deseado\"\r\n"
        "2 OK";
    static const struct {
        const char *args, *reply;
    } cases[] = {
        {"\"\" *", both},
        {"\"\" \"*\" RETURN (SPECIAL-USE)", both},
        {"\"\" \"%\" RETURN (SPECIAL-USE CHILDREN)", both},
        {"\"\" (INBOX \"Correo*\")", both},
        {"(SPECIAL-USE) \"\" *", "Ready"},
        {"\"\" inbox", "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n2 OK"},
        {"\"\" \"\"", "* LIST (\\Noselect) \"/\" \"\"\r\n2 OK"},
        {"\"x\" *", "Logged in\r\n2 OK"},
        {"\"\" none", "Logged in\r\n2 OK"},
        {"\"\"", "2 BAD"},
        {"\"\" * RETURN", "2 BAD"},
        {"\"\" (a b c d e)", "2 BAD"},
    };
    char script[256];

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        snprintf(script, sizeof(script), ENTER "2 LIST %s\r\n", cases[i].args);
        assert_heard(imap(*state, script), cases[i].reply);
    }
    assert_unheard(imap(*state, ENTER "2 LIST (SPECIAL-USE) \"\" *\r\n"),
                   "\"INBOX\"");
    assert_heard(((struct stage *)*state)->heard, "\\Junk");
}

static void folders_are_opened(void **state)
{
    const char *heard;

    fill_boxes(*state);
    heard = imap(*state, ENTER "2 SELECT \"Correo no deseado\"\r\n"
                               "3 EXAMINE inbox\r\n"
                               "4 STATUS INBOX (MESSAGES UIDNEXT)\r\n"
                               "5 STORE 1 +FLAGS (\\Seen)\r\n"
                               "6 SELECT none\r\n7 FETCH 1 UID\r\n");
    assert_heard(heard, "* 1 EXISTS\r\n");
    assert_heard(heard, "2 OK [READ-ONLY]");
    assert_heard(heard, "* 2 EXISTS\r\n* 0 RECENT\r\n");
    assert_heard(heard, "[UIDNEXT 4]");
    assert_heard(heard, "* STATUS \"INBOX\" (MESSAGES 2 UIDNEXT 4)\r\n4 OK");
    assert_heard(heard, "5 NO [CANNOT]");
    assert_heard(heard, "6 NO [NONEXISTENT]");
    assert_heard(heard, "7 BAD Not in this state");
}

static void mails_are_searched(void **state)
{
    static const struct {
        const char *keys, *found;
    } cases[] = {
        {"ALL", " 1 2"},
        {"HEADER X-Nollego-Token abc", " 1"},
        {"HEADER \"x-nollego-token\" \"def\"", " 1"},
        {"HEADER X-Nollego-Token \"\"", " 1"},
        {"HEADER X-Nollego-Token zzz", ""},
        {"SUBJECT k7q-4m2", " 1"},
        {"CHARSET UTF-8 SUBJECT {6+}\r\nSe\xc3\xb1"
         "al",
         " 2"},
        {"SUBJECT K7Q FROM avisos SINCE 1-Jan-2020 UNSEEN", " 1"},
        {"SINCE 1-Jan-2199", ""},
        {"BEFORE 1-Jan-2199 NOT SUBJECT K7Q", " 2"},
        {"OR SUBJECT K7Q BODY cuerpo", " 1 2"},
        {"(SUBJECT K7Q TO nobody)", ""},
        {"SEEN", ""},
        {"UID 2:*", " 2"},
        {"1", " 1"},
        {"*", " 2"},
        {"TEXT \"A004 OK\"", " 1"},
    };
    static const char *const bad[] = {"",
                                      "SUBJECT",
                                      "SUBJECT \"x",
                                      "HEADER a",
                                      "NOT",
                                      "OR ALL",
                                      "(ALL",
                                      "SINCE yesterday",
                                      "UID x",
                                      "0",
                                      "ALL)",
                                      "ALL  ALL",
                                      "((((((((((((ALL))))))))))))",
                                      "CHARSET UTF-8"};
    char script[256], reply[64];

    fill_boxes(*state);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        snprintf(script, sizeof(script),
                 ENTER "2 EXAMINE INBOX\r\n3 UID SEARCH %s\r\n", cases[i].keys);
        snprintf(reply, sizeof(reply), "* SEARCH%s\r\n3 OK", cases[i].found);
        assert_heard(imap(*state, script), reply);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        snprintf(script, sizeof(script),
                 ENTER "2 EXAMINE INBOX\r\n3 SEARCH %s\r\n", bad[i]);
        assert_heard(imap(*state, script), "3 BAD");
    }
    assert_heard(imap(*state, ENTER "2 EXAMINE INBOX\r\n"
                                    "3 SEARCH CHARSET KOI8-R ALL\r\n"),
                 "3 NO [BADCHARSET (UTF-8 US-ASCII)]");
}

static void mails_are_fetched(void **state)
{
    static const char *const bad[] = {"1",
                                      "1 ()",
                                      "1 BODY",
                                      "1 BODY[",
                                      "1 BODY[1]",
                                      "x UID",
                                      "1 ENVELOPE",
                                      "1 (UID",
                                      "0 UID",
                                      "1 BODY[]<1>",
                                      "1 BODY[HEADER.FIELDS]",
                                      "1 BODY[HEADER.FIELDS (\"a b\")]"};
    const char *heard;
    char script[256];

    fill_boxes(*state);
    heard = imap(*state, ENTER "2 EXAMINE INBOX\r\n"
                               "3 UID FETCH 1 (FLAGS BODY.PEEK[HEADER.FIELDS "
                               "(Subject x-nollego-token)])\r\n");
    assert_heard(heard, "* 1 FETCH (UID 1 FLAGS () BODY[HEADER.FIELDS (SUBJECT "
                        "X-NOLLEGO-TOKEN)] {55}\r\n"
                        "Subject: Prueba K7Q-4M2\r\n"
                        "X-Nollego-Token: abc\r\n\tdef\r\n\r\n)\r\n3 OK");
    heard = imap(*state, ENTER "2 EXAMINE INBOX\r\n"
                               "3 FETCH 1:* (INTERNALDATE RFC822.SIZE)\r\n"
                               "4 FETCH 1 BODY[TEXT]\r\n"
                               "5 FETCH 2 BODY.PEEK[TEXT]<2.3>\r\n"
                               "6 UID FETCH 99 FLAGS\r\n");
    assert_heard(heard, "* 1 FETCH (INTERNALDATE \"");
    assert_heard(heard, "* 2 FETCH (INTERNALDATE \"");
    assert_heard(heard, "* 1 FETCH (BODY[TEXT] {14}\r\nA004 OK fake\r\n)");
    assert_heard(heard, "* 2 FETCH (BODY[TEXT]<2> {3}\r\nerp)\r\n5 OK");
    assert_heard(heard, "5 OK Done\r\n6 OK Done\r\n");
    heard = imap(*state, ENTER "2 EXAMINE INBOX\r\n"
                               "3 UID FETCH 2 BODY.PEEK[HEADER]\r\n");
    assert_heard(heard, "Return-Path: <avisos@tienda.example>\r\n");
    assert_heard(heard, "Subject: =?UTF-8?B?U2XDsWFs?=\r\n\r\n)\r\n3 OK");
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        snprintf(script, sizeof(script),
                 ENTER "2 EXAMINE INBOX\r\n3 FETCH %s\r\n", bad[i]);
        assert_heard(imap(*state, script), "3 BAD");
    }
}

/* Bytes without sense, the same at each run: no answer is asked for, only an
 * end. Words of the protocols are strewn in, to get beyond the first sign. */
static void nonsense_ends(void **state)
{
    static const char *const words[] = {"EHLO x\r\n",
                                        LOGIN,
                                        MAIL,
                                        RCPT,
                                        "DATA\r\n",
                                        ".\r\n",
                                        "1 ",
                                        ENTER,
                                        "2 EXAMINE INBOX\r\n",
                                        "SEARCH ",
                                        "UID FETCH 1:* ",
                                        "BODY[HEADER",
                                        "{5}\r\n",
                                        "{99999999999999999999}\r\n",
                                        "(",
                                        ")",
                                        "\"",
                                        "* ",
                                        "\r\n",
                                        "NOT ",
                                        "OR ",
                                        "LIST \"\" ",
                                        "AUTH LOGIN\r\n",
                                        "\\"};
    const size_t count = sizeof(words) / sizeof(*words);
    struct stage *stage = *state;
    char script[2048];

    srand(4711);
    for (int round = 0; round < 400; round++) {
        size_t length = 0;

        while (length < sizeof(script) - 64) {
            const char *word = words[(size_t)rand() % count];

            if (rand() % 3 == 0)
                script[length++] = (char)(rand() % 256);
            else
                length += (size_t)snprintf(script + length, 64, "%s", word);
        }
        play_both(stage, script, length);
    }
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(mailboxes_need_a_login), ON_STAGE(folders_are_listed),
        ON_STAGE(folders_are_opened),     ON_STAGE(mails_are_searched),
        ON_STAGE(mails_are_fetched),      ON_STAGE(nonsense_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
