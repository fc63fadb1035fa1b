/* SPDX-License-Identifier: MIT */
/* Lines: by words, by cells, with nothing lost. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/wrap.h"

/* The lines joined by |. */
static void join(char *out, const char *text, int columns)
{
    size_t length = strlen(text);

    *out = '\0';
    while (length > 0) {
        size_t shown, used = wrap_line(text, length, columns, &shown);

        assert_true(used > 0 && shown <= used && used <= length);
        strncat(out, text, shown);
        strcat(out, "|");
        text += used;
        length -= used;
    }
}

struct sample {
    const char *text;
    int columns;
    const char *lines;
};

static void lines_break_where_they_should(void **state)
{
    static const struct sample samples[] = {
        {"", 10, ""},
        {"uno", 10, "uno|"},
        {"uno dos tres", 7, "uno dos|tres|"},
        {"uno dos tres", 8, "uno dos|tres|"},
        {"uno dos tres", 3, "uno|dos|tre|s|"},
        {"uno   dos", 4, "uno|dos|"},
        {"uno dos   ", 7, "uno dos|"},
        {"uno \n dos", 20, "uno| dos|"},
        {"uno\n\ndos\n", 20, "uno||dos|"},
        {"\n", 20, "|"},
        {"abcdefghij", 4, "abcd|efgh|ij|"},
        {"a bcdefghij", 4, "a|bcde|fghi|j|"},
        {"  sangría", 20, "  sangría|"},
        {"ñandú años", 5, "ñandú|años|"},
        {"世界世界", 5, "世界|世界|"},
        {"世界", 1, "世|界|"},
        {"abc\u0301d", 3, "abc\u0301|d|"},
        {"uno\ndos", 3, "uno|dos|"},
        {"xy", 0, "x|y|"},
        {"xy", -5, "x|y|"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        char out[128];

        join(out, samples[i].text, samples[i].columns);
        assert_string_equal(out, samples[i].lines);
    }
}

static void counts_agree(void **state)
{
    const char *text = "El servidor del destinatario no responde.\nEspere.";

    (void)state;
    assert_int_equal(wrap_count(text, strlen(text), 72), 2);
    assert_int_equal(wrap_count(text, strlen(text), 20), 4);
    assert_int_equal(wrap_count("", 0, 20), 0);
}

static void widths_are_cells(void **state)
{
    (void)state;
    assert_int_equal(wrap_width("año", strlen("año")), 3);
    assert_int_equal(wrap_width("世", strlen("世")), 2);
    assert_int_equal(wrap_width("e\u0301", strlen("e\u0301")), 1);
    assert_int_equal(wrap_width("\xff", 1), 1);
}

static void cuts_keep_characters_whole(void **state)
{
    (void)state;
    assert_int_equal(wrap_cut("áéí", 6, 2), 4);
    assert_int_equal(wrap_cut("世界", 6, 3), 3);
    assert_int_equal(wrap_cut("ab", 2, 9), 2);
    assert_int_equal(wrap_cut("ab", 2, 0), 0);
}

/* Every letter of a text comes out again, in order, and no line is too wide. */
static void nothing_is_lost(void **state)
{
    static const char text[] = "Lo que dijo el servidor: 550 5.1.1 "
                               "<nadie@ejemplo.com>: usuario desconocido, "
                               "ñandú 世界 fin";

    (void)state;
    for (int columns = 2; columns < 90; columns++) {
        const char *at = text, *seen = text;
        size_t length = strlen(text);

        while (length > 0) {
            size_t shown, used = wrap_line(at, length, columns, &shown);

            assert_true(wrap_width(at, shown) <= columns);
            for (; seen < at; seen++)
                assert_int_equal(*seen, ' ');
            seen = at + shown;
            at += used;
            length -= used;
        }
        assert_ptr_equal(seen, text + strlen(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_where_they_should),
        cmocka_unit_test(counts_agree),
        cmocka_unit_test(widths_are_cells),
        cmocka_unit_test(cuts_keep_characters_whole),
        cmocka_unit_test(nothing_is_lost),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
