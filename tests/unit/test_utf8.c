/* SPDX-License-Identifier: MIT */
/* Foreign bytes made into UTF-8: known cases, and none that breaks it. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "net/utf8.h"

static void takes_only_well_formed_sequences(void **state)
{
    static const struct {
        const char *bytes;
        size_t length, taken;
        unsigned code;
    } cases[] = {
        {"a", 1, 1, 'a'},
        {"", 1, 1, 0},
        {"", 0, 0, 0},
        {"\xc3\xb1", 2, 2, 0xf1},
        {"\xc3\xb1", 1, 0, 0},
        {"\xe2\x82\xac", 3, 3, 0x20ac},
        {"\xe2\x82", 2, 0, 0},
        {"\xf0\x9f\x93\xa7", 4, 4, 0x1f4e7},
        {"\xf0\x9f\x93", 3, 0, 0},
        {"\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff},
        {"\xf4\x90\x80\x80", 4, 0, 0}, /* above U+10FFFF */
        {"\xc0\x80", 2, 0, 0},         /* NUL in two bytes */
        {"\xc1\xbf", 2, 0, 0},         /* overlong */
        {"\xe0\x9f\xbf", 3, 0, 0},     /* overlong */
        {"\xf0\x8f\xbf\xbf", 4, 0, 0}, /* overlong */
        {"\xed\xa0\x80", 3, 0, 0},     /* surrogate */
        {"\x80", 1, 0, 0},
        {"\xff", 1, 0, 0},
        {"\xf8\x88\x80\x80\x80", 5, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned code = 0;

        assert_int_equal(utf8_take(cases[i].bytes, cases[i].length, &code),
                         cases[i].taken);
        assert_int_equal(code, cases[i].code);
    }
}

static void mends_what_is_not_utf8(void **state)
{
    static const struct {
        const char *in;
        size_t length;
        const char *out;
    } cases[] = {
        {"llegó", 6, "llegó"},         {"lleg\xf3", 5, "llegó"},
        {"a\xf1o", 3, "año"},          {"\xbfQu\xe9?", 5, "¿Qué?"},
        {"a\0b", 3, "a\\x00b"},        {"\x80\x9f", 2, "\\x80\\x9f"},
        {"\xa0\xad", 2, "\\xa0\\xad"}, {"\xff\xfe", 2, "ÿþ"},
        {"a\033[2J", 5, "a\033[2J"},   {"", 0, ""},
    };
    char out[64];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t length =
            utf8_mend(out, sizeof(out), cases[i].in, cases[i].length);

        assert_string_equal(out, cases[i].out);
        assert_int_equal(length, strlen(cases[i].out));
    }
}

static void cuts_between_characters(void **state)
{
    static const char *const cut[] = {"",   "",   "ñ",       "ñ",
                                      "ññ", "ññ", "ññ\\x80", "ññ\\x80"};
    static const size_t sizes[] = {1, 2, 3, 4, 5, 8, 9, 10};
    char out[16];

    (void)state;
    assert_int_equal(utf8_mend(out, 0, "a", 1), 0);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        memset(out, '#', sizeof(out));
        utf8_mend(out, sizes[i], "ññ\x80", 5);
        assert_string_equal(out, cut[i]);
        assert_int_equal(out[sizes[i]], '#');
    }
}

/* Every three bytes there are: what comes out is UTF-8 without a NUL, and to
 * mend it once more changes nothing. */
static void is_total(void **state)
{
    char out[16], again[16];

    (void)state;
    for (unsigned i = 0; i < 1u << 24; i += 7) {
        char in[] = {(char)(i >> 16), (char)(i >> 8), (char)i};
        size_t length = utf8_mend(out, sizeof(out), in, sizeof(in)), bytes;

        assert_int_equal(strlen(out), length);
        for (size_t at = 0; at < length; at += bytes) {
            bytes = utf8_take(out + at, length - at, NULL);
            assert_true(bytes > 0);
        }
        utf8_mend(again, sizeof(again), out, length);
        assert_string_equal(out, again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_only_well_formed_sequences),
        cmocka_unit_test(mends_what_is_not_utf8),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(is_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
