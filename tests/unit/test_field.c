/* SPDX-License-Identifier: MIT */
/* One line to type into: editing, pasting, scrolling, masking. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/field.h"

static const struct show utf8 = {.ascii = false};
static const struct show ascii = {.ascii = true};

static bool press(struct field_edit *edit, enum press_kind kind, unsigned code)
{
    const struct press key = {.kind = kind, .code = code};

    return field_press(edit, &utf8, &key);
}

static void type(struct field_edit *edit, const char *text)
{
    for (; *text; text++)
        assert_true(press(edit, PRESS_CHAR, (unsigned char)*text));
}

static void assert_value(const struct field_edit *edit, const char *value)
{
    char out[FIELD_BYTES_MAX];

    assert_int_equal(field_value(edit, out, sizeof(out)), strlen(value));
    assert_string_equal(out, value);
}

static void assert_view(struct field_edit *edit, const struct show *show,
                        int columns, const char *view, int caret)
{
    char out[FIELD_BYTES_MAX];
    int at;

    field_view(edit, show, columns, out, sizeof(out), &at);
    assert_string_equal(out, view);
    assert_int_equal(at, caret);
}

static void editing(void **state)
{
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "ñandú", false);
    assert_value(&edit, "ñandú");
    press(&edit, PRESS_BACKSPACE, 0);
    press(&edit, PRESS_CHAR, 'u');
    assert_value(&edit, "ñandu");
    press(&edit, PRESS_HOME, 0);
    press(&edit, PRESS_BACKSPACE, 0);
    press(&edit, PRESS_DELETE, 0);
    press(&edit, PRESS_LEFT, 0);
    press(&edit, PRESS_CHAR, 0x4e16);
    assert_value(&edit, "世andu");
    press(&edit, PRESS_RIGHT, 0);
    type(&edit, "-");
    assert_value(&edit, "世a-ndu");
    press(&edit, PRESS_END, 0);
    press(&edit, PRESS_RIGHT, 0);
    press(&edit, PRESS_DELETE, 0);
    type(&edit, "!");
    assert_value(&edit, "世a-ndu!");
    press(&edit, PRESS_CTRL, 'A');
    type(&edit, "<");
    press(&edit, PRESS_CTRL, 'E');
    type(&edit, ">");
    assert_value(&edit, "<世a-ndu!>");
    press(&edit, PRESS_CTRL, 'U');
    assert_value(&edit, "");
}

static void other_keys_are_left(void **state)
{
    static const enum press_kind kinds[] = {
        PRESS_ENTER, PRESS_TAB,  PRESS_BACKTAB, PRESS_ESC,
        PRESS_UP,    PRESS_DOWN, PRESS_HELP,    PRESS_PAGE_UP,
    };
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "x", false);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        assert_false(press(&edit, kinds[i], 0));
    assert_false(press(&edit, PRESS_CTRL, 'C'));
    assert_value(&edit, "x");
}

static void pasted_text_is_data(void **state)
{
    static const unsigned codes[] = {' ', 'a',  '\n',   'q', 0x1b,   3,   0,
                                     'b', '\t', 0x200b, 'c', 0x202e, 0xa0};
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "", false);
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        const struct press key = {PRESS_CHAR, codes[i], true};

        assert_true(field_press(&edit, &utf8, &key));
    }
    assert_value(&edit, "a qb c");
}

static void there_is_an_end(void **state)
{
    struct field_edit edit;
    char out[FIELD_BYTES_MAX];

    (void)state;
    field_start(&edit, &utf8, "", false);
    for (int i = 0; i < 1000000; i++)
        press(&edit, PRESS_CHAR, 0x1f600);
    assert_int_equal(edit.length, FIELD_CHARS_MAX);
    assert_int_equal(field_value(&edit, out, sizeof(out)), 4 * FIELD_CHARS_MAX);
    assert_int_equal(field_value(&edit, out, 7), 4);
    assert_string_equal(out, "\U0001f600");
}

static void caret_stays_in_view(void **state)
{
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "abcdefghij", false);
    assert_view(&edit, &utf8, 20, "abcdefghij", 10);
    assert_view(&edit, &utf8, 11, "abcdefghij", 10);
    assert_view(&edit, &utf8, 5, "ghij", 4);
    press(&edit, PRESS_LEFT, 0);
    assert_view(&edit, &utf8, 5, "ghij", 3);
    for (int i = 0; i < 5; i++)
        press(&edit, PRESS_LEFT, 0);
    assert_view(&edit, &utf8, 5, "efghi", 0);
    press(&edit, PRESS_END, 0);
    assert_view(&edit, &utf8, 5, "ghij", 4);
    press(&edit, PRESS_BACKSPACE, 0);
    assert_view(&edit, &utf8, 5, "fghi", 4);
    assert_view(&edit, &utf8, 30, "abcdefghi", 9);
    assert_view(&edit, &utf8, 1, "", 0);
}

static void wide_letters_and_marks(void **state)
{
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "世界e\u0301x", false);
    assert_view(&edit, &utf8, 20, "世界e\u0301x", 6);
    assert_view(&edit, &utf8, 4, "e\u0301x", 2);
    press(&edit, PRESS_HOME, 0);
    assert_view(&edit, &utf8, 4, "世界", 0);
    press(&edit, PRESS_RIGHT, 0);
    assert_view(&edit, &utf8, 4, "世界", 2);
}

static void ascii_view_keeps_the_value(void **state)
{
    struct field_edit edit;

    (void)state;
    field_start(&edit, &ascii, "peña¿x", false);
    assert_view(&edit, &ascii, 20, "penax", 5);
    assert_value(&edit, "peña¿x");
}

static void masked(void **state)
{
    struct field_edit edit = {.length = 0};

    (void)state;
    field_start(&edit, &utf8, "", true);
    type(&edit, " s3cr t ");
    assert_view(&edit, &utf8, 20, "********", 8);
    assert_value(&edit, "s3cr t");
    press(&edit, PRESS_CTRL, 'U');
    type(&edit, "x");
    assert_view(&edit, &utf8, 20, "*", 1);
    field_wipe(&edit);
    for (size_t i = 0; i < sizeof(edit); i++)
        assert_int_equal(((const unsigned char *)&edit)[i], 0);
}

static void removed_letters_leave_no_copy(void **state)
{
    struct field_edit edit = {.length = 0};

    (void)state;
    field_start(&edit, &utf8, "", true);
    type(&edit, "abc");
    press(&edit, PRESS_HOME, 0);
    press(&edit, PRESS_DELETE, 0);
    press(&edit, PRESS_DELETE, 0);
    press(&edit, PRESS_DELETE, 0);
    for (size_t i = 0; i < FIELD_CHARS_MAX; i++)
        assert_int_equal(edit.text[i], 0);
}

static void lines_stay_where_wanted(void **state)
{
    struct field_edit edit;

    (void)state;
    field_start(&edit, &utf8, "", false);
    edit.lines = true;
    type(&edit, "a: 1\n b\r");
    type(&edit, "c");
    assert_value(&edit, "a: 1\n b\nc");
    assert_view(&edit, &utf8, 20, "a: 1  b c", 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(editing),
        cmocka_unit_test(other_keys_are_left),
        cmocka_unit_test(pasted_text_is_data),
        cmocka_unit_test(there_is_an_end),
        cmocka_unit_test(caret_stays_in_view),
        cmocka_unit_test(wide_letters_and_marks),
        cmocka_unit_test(ascii_view_keeps_the_value),
        cmocka_unit_test(masked),
        cmocka_unit_test(lines_stay_where_wanted),
        cmocka_unit_test(removed_letters_leave_no_copy),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
