/* SPDX-License-Identifier: MIT */
/* The practice service's SMTP, and the lines that it is read by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/practice/lines.h"
#include "net/practice/smtp_parse.h"
#include "tests/unit/practice_stage.h"

static void lines_are_bounded(void **state)
{
    struct lines lines;
    char line[8];
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(send(pair[0], "1234567\r\n12345678\r\n\na\0b\nxyz", 27, 0),
                     27);
    shutdown(pair[0], SHUT_WR);
    lines_init(&lines, pair[1]);
    assert_int_equal(lines_read(&lines, line, 10), 7);
    assert_int_equal(lines_read(&lines, line, sizeof(line)), LINES_LONG);
    assert_int_equal(lines_read(&lines, line, sizeof(line)), 0);
    assert_int_equal(lines_read(&lines, line, sizeof(line)), 3);
    assert_memory_equal(line, "a\0b", 4);
    assert_int_equal(lines_bytes(&lines, line, 2), 0);
    assert_memory_equal(line, "xy", 2);
    assert_int_equal(lines_bytes(&lines, line, 2), LINES_GONE);
    close(pair[0]);
    assert_int_equal(lines_write(&lines, "x", 1), LINES_GONE);
    close(pair[1]);
}

static void paths_are_read(void **state)
{
    static const struct {
        const char *text, *keyword;
        enum smtp_path_result result;
        const char *address;
    } cases[] = {
        {"FROM:<a@b.example>", "FROM:", PATH_GOOD, "a@b.example"},
        {"from: <a@b.example> SIZE=100 BODY=8BITMIME", "FROM:", PATH_GOOD,
         "a@b.example"},
        {"FROM:<>", "FROM:", PATH_GOOD, ""},
        {"TO:<a@b.example>", "TO:", PATH_GOOD, "a@b.example"},
        {"TO:<>", "TO:", PATH_NO_ADDRESS, NULL},
        {"TO:<a@@b>", "TO:", PATH_NO_ADDRESS, NULL},
        {"TO:a@b.example", "TO:", PATH_NO_SYNTAX, NULL},
        {"TO:<a@b.example", "TO:", PATH_NO_SYNTAX, NULL},
        {"FROM:<a@b.example>", "TO:", PATH_NO_SYNTAX, NULL},
        {"", "TO:", PATH_NO_SYNTAX, NULL},
        {"FROM:<a@b.example> SIZE=x", "FROM:", PATH_NO_PARAM, NULL},
        {"FROM:<a@b.example> SIZE=-1", "FROM:", PATH_NO_PARAM, NULL},
        {"FROM:<a@b.example>SIZE=1", "FROM:", PATH_NO_PARAM, NULL},
        {"FROM:<a@b.example> SMTPUTF8", "FROM:", PATH_NO_PARAM, NULL},
    };
    struct smtp_path path;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(smtp_path_read(&path, cases[i].text, cases[i].keyword),
                         cases[i].result);
        if (cases[i].address)
            assert_string_equal(path.address, cases[i].address);
    }
    smtp_path_read(&path, "FROM:<a@b.example> SIZE=4711", "FROM:");
    assert_int_equal(path.size, 4711);
}

/* The same however it is cut into pieces. */
static void check_text(const char *wire, const char *plain, const char *rest)
{
    size_t length = strlen(wire);

    for (size_t piece = 1; piece <= length; piece++) {
        struct smtp_text text = {.state = TEXT_START};
        struct pile out;
        size_t used = 0;

        pile_init(&out, 4096);
        pile_text(&out, "");
        while (used < length && !text.done) {
            size_t there = length - used < piece ? length - used : piece;

            used += smtp_text_take(&text, wire + used, there, &out);
        }
        assert_string_equal(out.bytes, plain);
        assert_int_equal(text.done, rest != NULL);
        if (rest)
            assert_string_equal(wire + used, rest);
        pile_release(&out);
    }
}

static void dots_are_undone(void **state)
{
    (void)state;
    check_text("a\r\n.\r\nQUIT\r\n", "a\r\n", "QUIT\r\n");
    check_text(".\r\n", "", "");
    check_text("..\r\n...a\r\n.b\r\n.\r\n", ".\r\n..a\r\nb\r\n", "");
    /* What only looks like the end (CVE-2023-51764 and its kin). */
    check_text("a\n.\nb", "a\n.\nb", NULL);
    check_text("a\n.\r\nb", "a\n.\r\nb", NULL);
    check_text("a\r\n.\nb", "a\r\n\nb", NULL);
    check_text("a\r.\r\nb", "a\r.\r\nb", NULL);
    check_text("a\r\n.\rb", "a\r\n\rb", NULL);
    check_text("a\r\n.\r\r\nb", "a\r\n\r\r\nb", NULL);
    check_text("\r\r\n.\r\n", "\r\r\n", "");
}

static void mail_needs_a_login(void **state)
{
    const char *heard = smtp(*state, "MAIL FROM:<a@b.example>\r\n"
                                     "EHLO me\r\n" MAIL RCPT "DATA\r\n"
                                     "QUIT\r\nNOOP\r\n");

    assert_heard(heard, "220 ");
    assert_heard(heard, "503 5.5.1 EHLO first");
    assert_heard(heard, "250 AUTH PLAIN LOGIN\r\n"
                        "530 5.7.0 Authentication required\r\n"
                        "530 5.7.0 Authentication required\r\n"
                        "530 5.7.0 Authentication required\r\n"
                        "221 2.0.0 Bye\r\n");
}

static void logins_come_in_three_forms(void **state)
{
    static const char *const good[] = {
        "AUTH PLAIN AHRpZW5kYQBzZWNyZXRv\r\n",
        "auth plain\r\nAHRpZW5kYQBzZWNyZXRv\r\n",
        "AUTH LOGIN\r\ndGllbmRh\r\nc2VjcmV0bw==\r\n",
        "AUTH LOGIN dGllbmRh\r\nc2VjcmV0bw==\r\n",
    };
    static const struct {
        const char *script, *reply;
    } bad[] = {
        {WRONG_LOGIN, "535 5.7.8"},
        {"AUTH LOGIN\r\n*\r\n", "501 5.7.0"},
        {"AUTH PLAIN\r\n*\r\n", "501 5.7.0"},
        {"AUTH PLAIN ===\r\n", "501 5.5.2"},
        {"AUTH LOGIN =\r\n", "501 5.5.2"},
        {"AUTH CRAM-MD5\r\n", "504 5.5.4"},
        {"AUTH\r\n", "504 5.5.4"},
    };
    char script[256];

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        snprintf(script, sizeof(script), "EHLO me\r\n%sAUTH PLAIN x\r\n",
                 good[i]);
        assert_heard(smtp(*state, script),
                     "235 2.7.0 Authentication successful\r\n503 ");
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        snprintf(script, sizeof(script), "EHLO me\r\n%s" MAIL, bad[i].script);
        assert_heard(smtp(*state, script), bad[i].reply);
        assert_heard(smtp(*state, script), "530 5.7.0");
    }
    assert_heard(smtp(*state, "EHLO me\r\n" WRONG_LOGIN WRONG_LOGIN WRONG_LOGIN
                              "NOOP\r\n"),
                 "421 4.7.0");
    assert_unheard(((struct stage *)*state)->heard, "250 2.0.0 Ok");
}

static void a_mail_is_taken_and_found(void **state)
{
    struct stage *stage = *state;
    const char *heard =
        smtp(stage, "EHLO me\r\n" LOGIN MAIL RCPT "DATA\r\n"
                    "From: Avisos <avisos@tienda.example>\r\n"
                    "Subject: =?UTF-8?Q?Se=C3=B1al?= K7Q-4M2\r\n\r\n"
                    "..uno\r\n.\r\n"
                    "DATA\r\n" RCPT "QUIT\r\n");
    const struct message *message;

    assert_heard(heard, "354 ");
    assert_heard(heard, "\r\n250 2.0.0 Ok: queued as ");
    assert_heard(heard, "503 5.5.1 RCPT first\r\n503 5.5.1 MAIL first\r\n221");
    assert_int_equal(stage->world.message_count, 1);
    message = stage->world.messages[0];
    assert_heard(heard, message->id);
    assert_string_equal(message->subject, "Señal K7Q-4M2");
    assert_string_equal(message->from.name, "Avisos");
    assert_heard(message->raw, "\r\n\r\n.uno\r\n");
    assert_heard(message->raw, "Message-ID: <");
    assert_heard(message->raw, "Date: ");
    assert_heard(message->raw, "with ESMTPA");
}

static void odd_commands_are_refused(void **state)
{
    static const struct {
        const char *line, *reply;
    } cases[] = {
        {"XYZZY", "500 5.5.2"},
        {"", "500 5.5.2"},
        {"STARTTLS", "500 5.5.2"},
        {"EHLO", "501 5.5.4"},
        {"MAIL FROM:avisos@tienda.example", "501 5.5.4"},
        {"MAIL FROM:<avisos@@tienda.example>", "501 5.1.3"},
        {"MAIL FROM:<avisos@tienda.example> SIZE=99999999", "552 5.3.4"},
        {"MAIL FROM:<avisos@tienda.example> RET=FULL", "555 5.5.4"},
        {"MAIL FROM:<x@otra.example>", "550 5.1.8"},
        {"RCPT TO:<ana@empresa.example>", "503 5.5.1"},
        {"DATA now", "501 5.5.4"},
        {"VRFY ana", "252 "},
        {"RSET", "250 "},
    };
    char script[256];

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char reply[32];

        snprintf(script, sizeof(script), "EHLO me\r\n" LOGIN "%s\r\nQUIT\r\n",
                 cases[i].line);
        snprintf(reply, sizeof(reply), "235 2.7.0 Authentication");
        smtp(*state, script);
        assert_heard(((struct stage *)*state)->heard, reply);
        snprintf(reply, sizeof(reply), "\r\n%s", cases[i].reply);
        assert_heard(((struct stage *)*state)->heard, reply);
    }
    assert_heard(smtp(*state, "EHLO me\r\n" LOGIN MAIL MAIL),
                 "503 5.5.1 Nested");
}

static void too_much_is_refused(void **state)
{
    struct stage *stage = *state;
    size_t room = LETTER_MAX + 65536, used;
    char *script = malloc(room);

    assert_non_null(script);
    used = (size_t)snprintf(script, room, "EHLO me\r\n");
    for (int i = 0; i < 30; i++)
        used += (size_t)snprintf(script + used, room - used, "XYZZY\r\n");
    assert_heard(smtp(stage, script), "421 4.7.0 Too many mistakes\r\n");

    used = (size_t)snprintf(script, room, "EHLO me\r\n" LOGIN MAIL);
    for (int i = 0; i <= RECIPIENTS_MAX; i++)
        used += (size_t)snprintf(script + used, room - used, RCPT);
    assert_heard(smtp(stage, script), "452 4.5.3 Too many recipients\r\n");

    memset(script, 'A', 5000);
    snprintf(script + 5000, room - 5000, "\r\nNOOP\r\n");
    assert_heard(smtp(stage, script), "500 5.5.2 Line too long or not text\r\n"
                                      "250 2.0.0 Ok\r\n");

    used = (size_t)snprintf(script, room,
                            "EHLO me\r\n" LOGIN MAIL RCPT "DATA\r\n");
    memset(script + used, 'A', LETTER_MAX + 1);
    used += LETTER_MAX + 1;
    snprintf(script + used, room - used, "\r\n.\r\nNOOP\r\n");
    assert_heard(smtp(stage, script),
                 "552 5.3.4 Message size exceeds the limit\r\n"
                 "250 2.0.0 Ok\r\n");
    assert_int_equal(stage->world.message_count, 0);
    free(script);
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_bounded),
        cmocka_unit_test(paths_are_read),
        cmocka_unit_test(dots_are_undone),
        ON_STAGE(mail_needs_a_login),
        ON_STAGE(logins_come_in_three_forms),
        ON_STAGE(a_mail_is_taken_and_found),
        ON_STAGE(odd_commands_are_refused),
        ON_STAGE(too_much_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
