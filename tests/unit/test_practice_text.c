/* SPDX-License-Identifier: MIT */
/* The practice service's reading and writing of mail, without any socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/practice/base64.h"
#include "net/practice/draw.h"
#include "net/practice/letter.h"
#include "net/practice/moment.h"
#include "net/practice/people.h"
#include "net/practice/pile.h"
#include "net/practice/words.h"

static void pile_stops_at_its_limit(void **state)
{
    struct pile pile;
    size_t length = 0;
    char *bytes;

    (void)state;
    pile_init(&pile, 10);
    pile_text(&pile, "12345");
    pile_format(&pile, "%d", 67890);
    assert_false(pile.over);
    assert_string_equal(pile.bytes, "1234567890");
    bytes = pile_take(&pile, &length);
    assert_int_equal(length, 10);
    free(bytes);

    pile_text(&pile, "12345678901");
    assert_true(pile.over);
    pile_text(&pile, "1");
    assert_int_equal(pile.length, 0);
    assert_null(pile_take(&pile, NULL));
}

static void moments_have_their_forms(void **state)
{
    char text[MOMENT_SIZE];
    double moment = 1795436102.1834417; /* 2026-11-23 12:15:02 UTC */

    (void)state;
    moment_mail(text, moment);
    assert_string_equal(text, "Mon, 23 Nov 2026 12:15:02 +0000");
    moment_imap(text, moment - 20 * 86400);
    assert_string_equal(text, " 3-Nov-2026 12:15:02 +0000");
    moment_json(text, moment, 0);
    text[24] = '\0'; /* a double holds no more of it */
    assert_string_equal(text, "2026-11-23T12:15:02.1834");
    moment_json(text, moment, -5 * 60);
    assert_memory_equal(text, "2026-11-23T07:15:02", 19);
    assert_string_equal(text + 27, "-05:00");
    assert_int_equal(moment_day(moment), 20261123);
    assert_int_equal(moment_day_imap("3-nov-2026"), 20261103);
    assert_int_equal(moment_day_imap("23-Nov-2026x"), -1);
    assert_int_equal(moment_day_imap("23-Foo-2026"), -1);
    assert_int_equal(moment_day_imap(""), -1);
    assert_int_equal(moment_day_json("2026-11-23"), 20261123);
    assert_int_equal(moment_day_json("2026-13-23"), -1);
}

static void base64_is_strict(void **state)
{
    static const char *const bad[] = {
        "QQ", "QQ=", "Q===", "Q Q=", "QQ==QQ==", "QUJD\n", "*"};
    char out[16];

    (void)state;
    assert_int_equal(base64_read(out, sizeof(out), "QUI=", 4), 2);
    assert_string_equal(out, "AB");
    assert_int_equal(base64_read(out, sizeof(out), "", 0), 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(base64_read(out, sizeof(out), bad[i], strlen(bad[i])),
                         -1);
    assert_int_equal(base64_read(out, 3, "QUJD", 4), -1);
    assert_int_equal(base64_read(out, 4, "QUJD", 4), 3);
    assert_int_equal(base64_write(out, 5, "ABC", 3), 0);
    assert_string_equal(out, "QUJD");
    assert_int_equal(base64_write(out, 4, "ABC", 3), -1);
}

static void plain_login_is_read(void **state)
{
    struct login login;

    (void)state;
    /* "\0ana\0secret", "x\0ana\0", and without the second NUL */
    assert_int_equal(login_plain(&login, "AGFuYQBzZWNyZXQ="), 0);
    assert_string_equal(login.user, "ana");
    assert_string_equal(login.password, "secret");
    assert_int_equal(login_plain(&login, "eABhbmEA"), 0);
    assert_string_equal(login.password, "");
    assert_int_equal(login_plain(&login, "AGFuYQ=="), -1);
    assert_int_equal(login_plain(&login, ""), -1);
    assert_int_equal(login_plain(&login, "AGFuYQBzAHQ="), -1);
    assert_true(login_same("abc", "abc"));
    assert_false(login_same("abc", "abd"));
    assert_false(login_same("abc", "abcd"));
    assert_false(login_same("", "a"));
}

static void ids_differ(void **state)
{
    char one[UUID_SIZE], two[UUID_SIZE], password[PASSWORD_SIZE];

    (void)state;
    assert_int_equal(draw_uuid(one), 0);
    assert_int_equal(draw_uuid(two), 0);
    assert_int_equal(strlen(one), 36);
    assert_string_not_equal(one, two);
    assert_true(one[14] == '4' && strchr("89ab", one[19]));
    assert_int_equal(draw_password(password), 0);
    assert_int_equal(strlen(password), PASSWORD_SIZE - 1);
}

static void encoded_words_are_read(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"Prueba K7Q-4M2", "Prueba K7Q-4M2"},
        {"=?UTF-8?B?w7E=?=", "ñ"},
        {"=?utf-8?q?a=C3=B1o_1?= x", "año 1 x"},
        {"=?ISO-8859-1?Q?a=F1o?=", "año"},
        {"=?UTF-8?B?w7E=?=\r\n =?UTF-8?B?w7E=?=", "ññ"},
        {"=?UTF-8?B?w7E=?= y =?UTF-8?B?w7E=?=", "ñ y ñ"},
        {"=?UTF-8?B?ww==?= =?UTF-8?B?sQ==?=", "ñ"},
        {"=?koi8-r?B?w7E=?=", "=?koi8-r?B?w7E=?="},
        {"=?UTF-8?B?w7E", "=?UTF-8?B?w7E"},
        {"=?UTF-8?B?***?=", "=?UTF-8?B?***?="},
        {"=?UTF-8?X?a?=", "=?UTF-8?X?a?="},
        {"=?UTF-8?Q?=4?=", "=4"},
        {"=?", "=?"},
        {"", ""},
    };
    char out[64];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        words_read(out, sizeof(out), cases[i].in);
        assert_string_equal(out, cases[i].out);
    }
    words_read(out, 4, "=?UTF-8?B?w7HDsQ==?="); /* no half characters */
    assert_string_equal(out, "ñ");
}

static void words_survive_the_way(void **state)
{
    static const char *const texts[] = {
        "Prueba K7Q-4M2", "ñandú", "",
        ("Una prueba muy larga con acentos: á é í ó ú ñ, y más texto, para que "
         "no quepa en una sola palabra codificada. ¿Llegó? 日本語")};
    char wire[1024], back[1024];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        words_write(wire, sizeof(wire), texts[i]);
        for (const char *line = wire; line; line = strstr(line, "\r\n")) {
            line += *line == '\r' ? 2 : 0;
            assert_true(strcspn(line, "\r") <= 76);
        }
        for (const char *sign = wire; *sign; sign++)
            assert_true((unsigned char)*sign < 0x7f);
        words_read(back, sizeof(back), wire);
        assert_string_equal(back, texts[i]);
    }
    words_write(wire, sizeof(wire), "a\r\nBcc: b@c.example");
    assert_null(strpbrk(wire, "\r\n"));
}

static void addresses_are_checked(void **state)
{
    static const char *const good[] = {"ana@empresa.example",
                                       "a.b+c@x-y.example", "o'neil@e.example",
                                       "A_1@a.b.c.example"};
    static const char *const bad[] = {"",
                                      "ana",
                                      "@empresa.example",
                                      "ana@",
                                      "ana@empresa",
                                      "a b@e.example",
                                      ".ana@e.example",
                                      "ana.@e.example",
                                      "a..b@e.example",
                                      "ana@e..example",
                                      "ana@-e.example",
                                      "ana@e-.example",
                                      "ana@e.example.",
                                      "a@b@c.example ",
                                      "ana@e.example\r\nx",
                                      "ñ@e.example",
                                      "ana@ñ.example"};
    char address[ADDRESS_MAX + 8] = "";

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        assert_true(person_is_address(good[i]));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(person_is_address(bad[i]));
    memset(address, 'a', 64);
    strncat(address, "@e.example", sizeof(address) - 65);
    assert_true(person_is_address(address));
    memset(address, 'a', 65);
    assert_false(person_is_address(address));
}

static void lists_of_people_are_read(void **state)
{
    const char *text = "Ana <ana@e.example>, \"Ruiz, B. \\\"Be\\\"\" "
                       "<b@e.example> ,c@e.example";
    struct person person;

    (void)state;
    text = person_read(&person, text);
    assert_string_equal(person.name, "Ana");
    assert_string_equal(person.address, "ana@e.example");
    text = person_read(&person, text);
    assert_string_equal(person.name, "Ruiz, B. 'Be'");
    assert_string_equal(person.address, "b@e.example");
    text = person_read(&person, text);
    assert_string_equal(person.name, "");
    assert_string_equal(person.address, "c@e.example");
    assert_string_equal(text, "");
    assert_non_null(person_read(&person, "\"a <b, c\" <d@e.example>"));
    assert_string_equal(person.name, "a <b, c");
    assert_string_equal(person.address, "d@e.example");
    assert_null(person_read(&person, "Ana <ana@e.example"));
    assert_null(person_read(&person, "<>"));
    assert_null(person_read(&person, ""));
    assert_null(person_read(&person, "\"never closed <a@e.example>"));
}

static void fields_are_found(void **state)
{
    static const char mail[] = "Subject: =?UTF-8?Q?a=C3=B1o?=\r\n"
                               "X-Long: one\r\n\ttwo\r\n three\r\n"
                               "no field at all\r\n"
                               "subject: second\r\n"
                               "\r\n"
                               "Body: not this one\r\n";
    struct field field = {mail, 0, 0};
    char value[64];
    size_t count = 0;

    (void)state;
    assert_int_equal(letter_head(mail, sizeof(mail) - 1),
                     strstr(mail, "Body") - mail);
    assert_true(
        letter_field(mail, sizeof(mail) - 1, "SUBJECT", value, sizeof(value)));
    assert_string_equal(value, "año");
    assert_true(
        letter_field(mail, sizeof(mail) - 1, "x-long", value, sizeof(value)));
    assert_string_equal(value, "one\ttwo three");
    assert_false(
        letter_field(mail, sizeof(mail) - 1, "Body", value, sizeof(value)));
    assert_string_equal(value, "");
    while (
        letter_next(&field, field.at + field.length, mail + sizeof(mail) - 1))
        count++;
    assert_int_equal(count, 3);
    assert_int_equal(letter_head("a: b", 4), 4);
    assert_int_equal(letter_head("", 0), 0);
}

static void a_composed_letter_reads_back(void **state)
{
    struct person from = {"Núñez, A.", "avisos@tienda.example"};
    struct seated people[] = {
        {{"", "ana@empresa.example"}, SEAT_TO},
        {{"Bob", "bob@empresa.example"}, SEAT_TO},
        {{"", "oculto@empresa.example"}, SEAT_BCC},
        {{"", "vuelta@tienda.example"}, SEAT_REPLY_TO},
    };
    struct parts parts = {.id = "1-2",
                          .date = "Mon, 23 Nov 2026 12:15:02 +0000",
                          .from = &from,
                          .people = people,
                          .people_count = 4,
                          .subject = "Aviso\r\nBcc: x@y.example",
                          .text = "uno\ndos\r\ntres",
                          .html = "<p>uno</p>"};
    struct pile out;
    struct person back;
    char value[256];

    (void)state;
    pile_init(&out, LETTER_MAX);
    letter_compose_head(&out, &parts);
    assert_true(letter_add_field(&out, "X-Nollego-Token", "abc\r\nTo: z"));
    assert_false(letter_add_field(&out, "Subject", "another"));
    assert_false(letter_add_field(&out, "content-type", "text/x"));
    assert_false(letter_add_field(&out, "Bad Name", "x"));
    assert_false(letter_add_field(&out, "Bad:Name", "x"));
    assert_false(letter_add_field(&out, "", "x"));
    letter_compose_body(&out, &parts);
    assert_false(out.over);

    letter_field(out.bytes, out.length, "From", value, sizeof(value));
    assert_string_equal(value, "Núñez, A. <avisos@tienda.example>");
    letter_field(out.bytes, out.length, "To", value, sizeof(value));
    assert_string_equal(value,
                        "ana@empresa.example, \"Bob\" <bob@empresa.example>");
    assert_non_null(person_read(&back, strchr(value, ',') + 1));
    assert_string_equal(back.name, "Bob");
    letter_field(out.bytes, out.length, "Reply-To", value, sizeof(value));
    assert_string_equal(value, "vuelta@tienda.example");
    letter_field(out.bytes, out.length, "Subject", value, sizeof(value));
    assert_string_equal(value, "Aviso  Bcc: x@y.example");
    letter_field(out.bytes, out.length, "X-Nollego-Token", value,
                 sizeof(value));
    assert_string_equal(value, "abc  To: z");
    assert_false(
        letter_field(out.bytes, out.length, "Bcc", value, sizeof(value)));
    assert_null(strstr(out.bytes, "oculto"));
    assert_non_null(strstr(out.bytes, "uno\r\ndos\r\ntres\r\n"));
    for (size_t i = 0; i < out.length; i++)
        if (out.bytes[i] == '\n')
            assert_true(i > 0 && out.bytes[i - 1] == '\r');
    pile_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pile_stops_at_its_limit),
        cmocka_unit_test(moments_have_their_forms),
        cmocka_unit_test(base64_is_strict),
        cmocka_unit_test(plain_login_is_read),
        cmocka_unit_test(ids_differ),
        cmocka_unit_test(encoded_words_are_read),
        cmocka_unit_test(words_survive_the_way),
        cmocka_unit_test(addresses_are_checked),
        cmocka_unit_test(lists_of_people_are_read),
        cmocka_unit_test(fields_are_found),
        cmocka_unit_test(a_composed_letter_reads_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
