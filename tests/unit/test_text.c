/* SPDX-License-Identifier: MIT */
/* Sentences with blanks, and the marks of a test mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "steps/text.h"
#include "steps/token.h"

static const char *lookup(const char *name, const void *arg)
{
    (void)arg;
    if (strcmp(name, "from") == 0)
        return "ñandú@tienda.example";
    return strcmp(name, "evil") == 0 ? "{from}%s%n" : NULL;
}

static void test_blanks(void **state)
{
    static const struct {
        const char *pattern, *filled;
    } cases[] = {
        {"De {from}.", "De ñandú@tienda.example."},
        {"{from}{from}", "ñandú@tienda.exampleñandú@tienda.example"},
        {"Nada: {unknown}.", "Nada: ."},
        {"Solo {una llave", "Solo {una llave"},
        {"{}", "{}"},
        {"}{", "}{"},
        {"", ""},
        {"{evil}", "{from}%s%n"}, /* a value is never read for blanks */
        {"100 %", "100 %"},
    };
    char out[128];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length =
            text_fill(out, sizeof out, cases[i].pattern, lookup, NULL);
        assert_string_equal(out, cases[i].filled);
        assert_int_equal(length, strlen(out));
    }
}

/* However small the room, the text ends in NUL and in a whole character. */
static void test_small_rooms(void **state)
{
    char out[16], whole[64];

    (void)state;
    text_fill(whole, sizeof whole, "ñ{from}", lookup, NULL);
    for (size_t size = 1; size < sizeof out; size++) {
        memset(out, 'x', sizeof out);
        size_t length = text_fill(out, size, "ñ{from}", lookup, NULL);
        assert_true(length < size);
        assert_int_equal(length, strlen(out));
        assert_memory_equal(out, whole, length);
        assert_true(length + 2 >= size); /* only a cut ñ may be missing */
    }
}

static void test_no_sentence_for_none(void **state)
{
    (void)state;
    assert_string_equal(text(T_NONE), "");
    assert_string_equal(text(T_COUNT), "");
}

static void test_tokens(void **state)
{
    char token[TOKEN_MAX], code[CODE_MAX], other[TOKEN_MAX];
    struct error err;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(token_draw(token, code, &err), 0);
        assert_int_equal(strlen(token), 32);
        assert_int_equal(strspn(token, "0123456789abcdef"), 32);
        assert_int_equal(strlen(code), 7);
        assert_int_equal(code[3], '-');
        assert_null(strpbrk(code, "0O1IL5S8B2ZUV"));
    }
    token_draw(other, code, &err);
    assert_string_not_equal(token, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_small_rooms),
        cmocka_unit_test(test_no_sentence_for_none),
        cmocka_unit_test(test_tokens),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
