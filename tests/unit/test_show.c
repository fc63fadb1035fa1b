/* SPDX-License-Identifier: MIT */
/* The door for foreign text: what may pass, and as what. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "net/utf8.h"
#include "ui/show.h"

static const struct show utf8 = {.ascii = false};
static const struct show ascii = {.ascii = true};

struct sample {
    const char *in, *out;
};

static void check(const struct show *show, const struct sample *samples,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char out[512];
        size_t bytes = show_text(show, out, sizeof(out), samples[i].in,
                                 strlen(samples[i].in));

        assert_string_equal(out, samples[i].out);
        assert_int_equal(bytes, strlen(out));
    }
}

static void plain_text_passes(void **state)
{
    static const struct sample samples[] = {
        {"", ""},
        {"La prueba llegó a ñandú@ejemplo.com", NULL},
        {"¿Lo encuentra? «Sí»", NULL},
        {"Привет, 世界", NULL},
        {"e\xcc\x81", NULL},
        {"dos\nlíneas", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        const struct sample same = {samples[i].in, samples[i].in};

        check(&utf8, &same, 1);
    }
}

static void controls_become_visible(void **state)
{
    static const struct sample samples[] = {
        {"\033[2J", "␛[2J"},
        {"\033]0;x\007", "␛]0;x␇"},
        {"a\rb", "a␍b"},
        {"a\r\nb", "a\nb"},
        {"a\tb", "a b"},
        {"a\x7f\b", "a␡␈"},
        {"\xc2\x9b"
         "31m",
         "<U+009B>31m"},
        {"\xc2\x9d", "<U+009D>"},
        {"\x9b"
         "31m \x80\xff",
         "\\x9b"
         "31m \\x80\\xff"},
    };
    static const struct sample narrow[] = {
        {"\033[2J", "^[[2J"},
        {"a\x7f\b", "a^?^H"},
        {"\xc2\x9b", "<U+009B>"},
        {"\x9b", "\\x9b"},
    };

    (void)state;
    check(&utf8, samples, sizeof(samples) / sizeof(*samples));
    check(&ascii, narrow, sizeof(narrow) / sizeof(*narrow));
}

static void nul_is_no_end(void **state)
{
    char out[16];

    (void)state;
    assert_int_equal(show_text(&utf8, out, sizeof(out), "a\0b", 3), 5);
    assert_string_equal(out, "a␀b");
    show_text(&ascii, out, sizeof(out), "a\0b", 3);
    assert_string_equal(out, "a^@b");
}

static void hidden_becomes_visible(void **state)
{
    static const struct sample samples[] = {
        {"a\u202e"
         "b",
         "a<U+202E>b"},
        {"\u2066\u2069", "<U+2066><U+2069>"},
        {"\u200b\u200f\ufeff", "<U+200B><U+200F><U+FEFF>"},
        {"\u00ad", "<U+00AD>"},
        {"\u2028", "<U+2028>"},
        {"\U000e0041", "<U+E0041>"},
        {"\ufe0f", "<U+FE0F>"},
        {"\ue000", "<U+E000>"},
        {"\U0010ffff", "<U+10FFFF>"},
        {"\uffff", "<U+FFFF>"},
    };

    (void)state;
    check(&utf8, samples, sizeof(samples) / sizeof(*samples));
    check(&ascii, samples, sizeof(samples) / sizeof(*samples));
}

static void unassigned_becomes_visible(void **state)
{
    static const struct sample samples[] = {
        {"\u0378", "<U+0378>"},
        {"\U0001fbff", "<U+1FBFF>"},
    };

    (void)state;
    check(&utf8, samples, sizeof(samples) / sizeof(*samples));
}

static void many_marks_become_visible(void **state)
{
    static const struct sample samples[] = {
        {"o\u0301\u0301\u0301\u0301", "o\u0301\u0301\u0301<U+0301>"},
        {"\u0301", "<U+0301>"},
        {"\n\u0301", "\n<U+0301>"},
        {" \u0301", " \u0301"},
        {"\xff\u0301", "\\xff<U+0301>"},
    };
    static const struct sample narrow[] = {
        {"n\u0303", "n"},
        {"o\u0301\u0301\u0301\u0301", "o<U+0301>"},
    };

    (void)state;
    check(&utf8, samples, sizeof(samples) / sizeof(*samples));
    check(&ascii, narrow, sizeof(narrow) / sizeof(*narrow));
}

static void ascii_is_readable(void **state)
{
    static const struct sample samples[] = {
        {"¿Qué quiere hacer?", "Que quiere hacer?"},
        {"¡Atención! Mañana ÁÉÍÓÚÜÑ", "Atencion! Manana AEIOUUN"},
        {"«no llegó» — 5 €", "\"no llego\" - 5 EUR"},
        {"n.º 1ª", "n.o 1a"},
        {"“x” ‘y’ …", "\"x\" 'y' ..."},
        {"São João, Straße", "Sao Joao, Strasse"},
        {"世界", "??"},
        {"a\u00a0b\u2009c", "a b c"},
    };

    (void)state;
    check(&ascii, samples, sizeof(samples) / sizeof(*samples));
}

static void paper_ignores_the_locale(void **state)
{
    struct show paper;
    char out[64];

    (void)state;
    setlocale(LC_CTYPE, "C");
    show_open_terminal(&paper);
    assert_true(paper.ascii);
    show_open_paper(&paper);
    assert_false(paper.ascii);
    show_text(&paper, out, sizeof(out), "Б é \u202e", strlen("Б é \u202e"));
    assert_string_equal(out, "Б é <U+202E>");
    show_close(&paper);
    setlocale(LC_CTYPE, "C.UTF-8");
    show_open_terminal(&paper);
    assert_false(paper.ascii);
    show_close(&paper);
}

static void no_character_is_cut(void **state)
{
    static const char in[] = "áé\u202e\033x";

    (void)state;
    for (size_t size = 0; size < 24; size++) {
        char out[24];
        char whole[24];

        memset(out, 0x55, sizeof(out));
        show_text(&utf8, whole, sizeof(whole), in, sizeof(in) - 1);
        show_text(&utf8, out, size, in, sizeof(in) - 1);
        if (size > 0) {
            assert_true(strlen(out) < size);
            assert_memory_equal(out, whole, strlen(out));
        }
        for (size_t at = 0, used; size > 0 && out[at]; at += used) {
            used = utf8_take(out + at, strlen(out + at), NULL);
            assert_int_not_equal(used, 0);
        }
        assert_int_equal((unsigned char)out[size < 23 ? size : 23], 0x55);
    }
}

/* What may never come out, whatever went in. */
static void assert_safe(const char *out, size_t length, bool narrow)
{
    for (size_t at = 0; at < length;) {
        unsigned code = 0;
        size_t used = utf8_take(out + at, length - at, &code);

        assert_int_not_equal(used, 0);
        assert_true(code == '\n' || (code >= 0x20 && code != 0x7f));
        assert_false(code >= 0x80 && code <= 0x9f);
        assert_false(code >= 0x200b && code <= 0x200f);
        assert_false(code >= 0x2028 && code <= 0x202e);
        assert_false(code >= 0x2060 && code <= 0x206f);
        assert_false(code == 0xfeff || code == 0xad || code == 0x61c);
        assert_false(code >= 0xe0000);
        assert_false(narrow && code >= 0x80);
        at += used;
    }
}

static void every_character_is_safe(void **state)
{
    (void)state;
    for (unsigned code = 0; code <= 0x10ffff; code++) {
        char in[4], out[32];
        size_t bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;

        bytes += code > 0xffff;
        for (size_t i = bytes - 1, rest = code; i > 0; i--, rest >>= 6)
            in[i] = (char)(0x80 | (rest & 0x3f));
        in[0] = (char)(bytes == 1
                           ? code
                           : (0xf00 >> bytes & 0xff) | code >> 6 * (bytes - 1));
        assert_safe(out, show_text(&utf8, out, sizeof(out), in, bytes), false);
        assert_true(strlen(out) < SHOW_SPACE(bytes));
        assert_safe(out, show_text(&ascii, out, sizeof(out), in, bytes), true);
        assert_true(strlen(out) < SHOW_SPACE(bytes));
    }
}

static void any_bytes_are_safe(void **state)
{
    unsigned seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char in[24], out[SHOW_SPACE(sizeof(in))];

        for (size_t i = 0; i < sizeof(in); i++) {
            seed = seed * 1103515245u + 12345u;
            in[i] = (char)(seed >> 16);
        }
        assert_safe(out, show_text(&utf8, out, sizeof(out), in, sizeof(in)),
                    false);
        assert_safe(out, show_text(&ascii, out, sizeof(out), in, sizeof(in)),
                    true);
    }
}

static double seconds_for(size_t length, const char *unit)
{
    char *in = malloc(length + 8), *out = malloc(SHOW_SPACE(length));
    clock_t begin;

    assert_non_null(in);
    assert_non_null(out);
    for (size_t i = 0; i < length; i += strlen(unit))
        memcpy(in + i, unit, strlen(unit));
    begin = clock();
    show_text(&utf8, out, SHOW_SPACE(length), in, length);
    begin = clock() - begin;
    free(in);
    free(out);
    return (double)begin / CLOCKS_PER_SEC;
}

/* Sixteen times the text may take sixteen times as long, with slack for a
 * busy machine; a quadratic form would take 256 times. */
static void time_is_linear(void **state)
{
    static const char *const units[] = {"\033", "\u0301", "\u202e", "ñ"};

    (void)state;
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        double small = seconds_for(120000, units[i]);

        assert_true(seconds_for(16 * 120000, units[i]) < 64 * small + 0.2);
    }
}

static void fields_take_what_shows(void **state)
{
    (void)state;
    assert_true(show_accepts(&utf8, 'a'));
    assert_true(show_accepts(&utf8, 0xf1));
    assert_true(show_accepts(&ascii, 0xf1));
    assert_true(show_accepts(&utf8, 0x301));
    assert_false(show_accepts(&utf8, 0x1b));
    assert_false(show_accepts(&utf8, '\n'));
    assert_false(show_accepts(&utf8, 0x200b));
    assert_false(show_accepts(&ascii, 0x202e));
    assert_false(show_accepts(&utf8, 0xad));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_passes),
        cmocka_unit_test(controls_become_visible),
        cmocka_unit_test(nul_is_no_end),
        cmocka_unit_test(hidden_becomes_visible),
        cmocka_unit_test(unassigned_becomes_visible),
        cmocka_unit_test(many_marks_become_visible),
        cmocka_unit_test(ascii_is_readable),
        cmocka_unit_test(paper_ignores_the_locale),
        cmocka_unit_test(no_character_is_cut),
        cmocka_unit_test(every_character_is_safe),
        cmocka_unit_test(any_bytes_are_safe),
        cmocka_unit_test(time_is_linear),
        cmocka_unit_test(fields_take_what_shows),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("show", tests, NULL, NULL);
}
