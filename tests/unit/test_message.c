/* SPDX-License-Identifier: MIT */
/* The test mail: its headers, its encodings, its lines. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/message.h"

#define TOKEN "0123456789abcdef0123456789abcdef"
#define NOON 1795435200 /* 2026-11-23 12:00:00 UTC */

static struct request request;
static struct address from, to;

static int fill(void **state)
{
    (void)state;
    memset(&request, 0, sizeof(request));
    strcpy(request.token, TOKEN);
    strcpy(request.subject, "Test K7Q-4M2");
    strcpy(request.body, "Hello.\n");
    address_check(&from, "ana@prov.example", 16);
    address_check(&to, "benito@corp.example", 19);
    return 0;
}

static void build(struct message *message)
{
    assert_int_equal(message_build(message, &request, &from, &to, NOON, NULL),
                     0);
    assert_int_equal(strlen(message->text), message->length);
}

/* Every line ends in CRLF, none is longer than it may be, all is ASCII. */
static void check_lines(const struct message *message, size_t longest)
{
    const char *line = message->text;

    while (*line) {
        size_t length = strcspn(line, "\r\n");

        assert_true(length <= longest);
        for (size_t i = 0; i < length; i++)
            assert_in_range(line[i], ' ', '~');
        assert_memory_equal(line + length, "\r\n", 2);
        line += length + 2;
    }
}

static void is_exactly_this(void **state)
{
    struct message message;

    (void)state;
    build(&message);
    assert_string_equal(message.text,
                        "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"
                        "From: <ana@prov.example>\r\n"
                        "To: <benito@corp.example>\r\n"
                        "Subject: Test K7Q-4M2\r\n"
                        "Message-ID: <" TOKEN "@prov.example>\r\n"
                        "X-Nollego-Token: " TOKEN "\r\n"
                        "Auto-Submitted: auto-generated\r\n"
                        "MIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: 7bit\r\n"
                        "\r\n"
                        "Hello.\r\n");
    assert_string_equal(message.id, "<" TOKEN "@prov.example>");
    message_release(&message);
}

static void carries_a_file(void **state)
{
    struct message message;

    (void)state;
    strcpy(request.body, "See \303\255t.\n");
    request.attachment = (struct attachment){
        .bytes = ".\r\n--=_" TOKEN "--\r\n\0\377",
        .length = 3 + 4 + strlen(TOKEN) + 4 + 2,
        .name = "report-K7Q-4M2.txt",
        .type = "text/plain; charset=utf-8",
    };
    build(&message);
    check_lines(&message, 76);
    assert_non_null(
        strstr(message.text,
               "MIME-Version: 1.0\r\n"
               "Content-Type: multipart/mixed;\r\n"
               " boundary=\"=_" TOKEN "\"\r\n"
               "\r\n"
               "--=_" TOKEN "\r\n"
               "Content-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: quoted-printable\r\n"
               "\r\n"
               "See =C3=ADt.\r\n"
               "\r\n--=_" TOKEN "\r\n"
               "Content-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\n"
               "Content-Disposition: attachment;\r\n"
               " filename=\"report-K7Q-4M2.txt\"\r\n"
               "\r\n"
               "Lg0KLS09XzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmLS0NCgD/"
               "\r\n--=_" TOKEN "--\r\n"));
    message_release(&message);
}

static void dates_ignore_the_locale(void **state)
{
    struct message message;

    (void)state;
    setenv("TZ", "America/Argentina/Buenos_Aires", 1);
    setlocale(LC_ALL, "es_ES.UTF-8");
    build(&message);
    setlocale(LC_ALL, "C");
    unsetenv("TZ");
    assert_non_null(
        strstr(message.text, "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"));
    message_release(&message);
}

static void expect_subject(const char *subject, const char *header)
{
    struct message message;

    snprintf(request.subject, sizeof(request.subject), "%s", subject);
    build(&message);
    check_lines(&message, 76);
    if (!strstr(message.text, header))
        print_error("%s\n", message.text);
    assert_non_null(strstr(message.text, header));
    message_release(&message);
}

static void encodes_subjects(void **state)
{
    (void)state;
    expect_subject("Prueba de envío", "\r\nSubject: "
                                      "=?UTF-8?Q?Prueba_de_env=C3=ADo?=\r\n");
    expect_subject("a=?b", "\r\nSubject: =?UTF-8?Q?a=3D=3Fb?=\r\n");
    expect_subject("a=b?_", "\r\nSubject: a=b?_\r\n");
    expect_subject("x\r\nBcc: eva@c.example",
                   "\r\nSubject: =?UTF-8?Q?x__Bcc=3A_eva=40c=2Eexample?=\r\n");
    expect_subject(" edge", "\r\nSubject: =?UTF-8?Q?_edge?=\r\n");
    expect_subject("\xff", "\r\nSubject: =?UTF-8?Q?=FF?=\r\n");
}

static void folds_subjects(void **state)
{
    (void)state;
    expect_subject(
        "one two three four five six seven eight nine ten eleven twelve "
        "thirteen K7Q",
        "\r\nSubject: one two three four five six seven eight nine ten eleven "
        "twelve\r\n thirteen K7Q\r\n");
    expect_subject(
        "ñññññññññññññññ",
        "\r\nSubject: =?UTF-8?Q?=C3=B1=C3=B1=C3=B1=C3=B1=C3=B1=C3=B1=C3=B1"
        "=C3=B1=C3=B1?=\r\n =?UTF-8?Q?=C3=B1=C3=B1=C3=B1=C3=B1=C3=B1=C3=B1"
        "?=\r\n");
}

static void expect_body(const char *body, const char *encoding,
                        const char *encoded)
{
    struct message message;
    const char *start;

    snprintf(request.body, sizeof(request.body), "%s", body);
    build(&message);
    check_lines(&message, 76);
    assert_non_null(strstr(message.text, encoding));
    start = strstr(message.text, "\r\n\r\n");
    assert_non_null(start);
    assert_string_equal(start + 4, encoded);
    message_release(&message);
}

#define X70                                                                    \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void encodes_bodies(void **state)
{
    (void)state;
    expect_body("a\n\n.b\n", ": 7bit\r\n", "a\r\n\r\n.b\r\n");
    expect_body("a\r\nb\r\n", ": quoted-printable\r\n", "a\r\nb\r\n");
    expect_body("no end", ": 7bit\r\n", "no end\r\n");
    expect_body("", ": 7bit\r\n", "");
    expect_body("año=1\n", ": quoted-printable\r\n", "a=C3=B1o=3D1\r\n");
    expect_body("blank \n", ": quoted-printable\r\n", "blank=20\r\n");
    expect_body("a\rb\tc\n", ": quoted-printable\r\n", "a=0Db=09c\r\n");
    expect_body(X70 "123456\n", ": 7bit\r\n", X70 "123456\r\n");
    expect_body(X70 "1234567\n", ": quoted-printable\r\n",
                X70 "12345=\r\n67\r\n");
    expect_body(X70 "123ñ\n", ": quoted-printable\r\n",
                X70 "123=\r\n=C3=B1\r\n");
    expect_body("ñ" X70 "\n", ": quoted-printable\r\n", "=C3=B1" X70 "\r\n");
}

static void long_addresses_have_a_line(void **state)
{
    char text[] =
        "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb."
        "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc."
        "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";
    char header[300];
    struct message message;

    (void)state;
    assert_int_equal(address_check(&from, text, strlen(text)), ADDRESS_NONE);
    build(&message);
    check_lines(&message, 300);
    snprintf(header, sizeof(header), "\r\nFrom:\r\n <%s>\r\n", text);
    assert_non_null(strstr(message.text, header));
    snprintf(header, sizeof(header), "\r\nMessage-ID:\r\n <%s@%s>\r\n", TOKEN,
             from.domain);
    assert_non_null(strstr(message.text, header));
    message_release(&message);
}

static void wants_a_token(void **state)
{
    static const char *const bad[] = {"", "a b", "a\r\nBcc: x", "a>"};
    struct message message;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        strcpy(request.token, bad[i]);
        assert_int_equal(
            message_build(&message, &request, &from, &to, NOON, &err), -1);
        assert_null(message.text);
        assert_non_null(strstr(err.text, "token"));
    }
}

static void stuffs_dots(void **state)
{
    struct message message;
    size_t length;
    char *stuffed;

    (void)state;
    strcpy(request.body, ".\n..\na.\n.x\n");
    build(&message);
    stuffed = message_stuff(&message, &length);
    assert_non_null(stuffed);
    assert_int_equal(strlen(stuffed), length);
    assert_non_null(strstr(stuffed, "\r\n\r\n..\r\n...\r\na.\r\n..x\r\n.\r\n"));
    free(stuffed);
    message_release(&message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(is_exactly_this, fill),
        cmocka_unit_test_setup(carries_a_file, fill),
        cmocka_unit_test_setup(dates_ignore_the_locale, fill),
        cmocka_unit_test_setup(encodes_subjects, fill),
        cmocka_unit_test_setup(folds_subjects, fill),
        cmocka_unit_test_setup(encodes_bodies, fill),
        cmocka_unit_test_setup(long_addresses_have_a_line, fill),
        cmocka_unit_test_setup(wants_a_token, fill),
        cmocka_unit_test_setup(stuffs_dots, fill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
