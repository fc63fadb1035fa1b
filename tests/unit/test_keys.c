/* SPDX-License-Identifier: MIT */
/* Bytes of terminals, whole and in pieces, become keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/keys.h"

#define ESCAPE 0.025

static void feed(struct keys *keys, const char *bytes, size_t length,
                 double now)
{
    unsigned char *at;

    assert_true(keys_room(keys, &at) >= length);
    memcpy(at, bytes, length);
    keys_filled(keys, length, now);
}

/* The next key that means something, or PRESS_NONE. */
static struct press next(struct keys *keys, double now)
{
    struct press press;

    while (keys_next(keys, now, &press))
        if (press.kind != PRESS_NONE)
            return press;
    press.kind = PRESS_NONE;
    return press;
}

struct sample {
    const char *bytes;
    enum press_kind kind;
    unsigned code;
};

static const struct sample samples[] = {
    {"a", PRESS_CHAR, 'a'},
    {"\xc3\xb1", PRESS_CHAR, 0xf1},
    {"\xf0\x9f\x98\x80", PRESS_CHAR, 0x1f600},
    {"\r", PRESS_ENTER, 0},
    {"\n", PRESS_ENTER, 0},
    {"\t", PRESS_TAB, 0},
    {"\x7f", PRESS_BACKSPACE, 0},
    {"\b", PRESS_BACKSPACE, 0},
    {"\x03", PRESS_CTRL, 'C'},
    {"\x1a", PRESS_CTRL, 'Z'},
    {"\033[A", PRESS_UP, 0},
    {"\033OA", PRESS_UP, 0},
    {"\033[B", PRESS_DOWN, 0},
    {"\033OB", PRESS_DOWN, 0},
    {"\033[C", PRESS_RIGHT, 0},
    {"\033OD", PRESS_LEFT, 0},
    {"\033[1;5A", PRESS_UP, 0},
    {"\033O5B", PRESS_DOWN, 0},
    {"\033[H", PRESS_HOME, 0},
    {"\033OH", PRESS_HOME, 0},
    {"\033[1~", PRESS_HOME, 0},
    {"\033[7~", PRESS_HOME, 0},
    {"\033[F", PRESS_END, 0},
    {"\033OF", PRESS_END, 0},
    {"\033[4~", PRESS_END, 0},
    {"\033[8~", PRESS_END, 0},
    {"\033[3~", PRESS_DELETE, 0},
    {"\033[5~", PRESS_PAGE_UP, 0},
    {"\033[6~", PRESS_PAGE_DOWN, 0},
    {"\033[Z", PRESS_BACKTAB, 0},
    {"\033OP", PRESS_HELP, 0},
    {"\033[11~", PRESS_HELP, 0},
    {"\033[[A", PRESS_HELP, 0},
    {"\033[1;2P", PRESS_HELP, 0},
    {"\033OQ", PRESS_LANGUAGE, 0},
    {"\033[12~", PRESS_LANGUAGE, 0},
    {"\033[[B", PRESS_LANGUAGE, 0},
    {"\033OM", PRESS_ENTER, 0},
};

static void assert_press(const struct press *press, const struct sample *sample)
{
    assert_int_equal(press->kind, sample->kind);
    assert_false(press->pasted);
    if (sample->code)
        assert_int_equal(press->code, sample->code);
}

static void whole_sequences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        struct keys keys;
        struct press press;

        keys_init(&keys, ESCAPE, false);
        feed(&keys, samples[i].bytes, strlen(samples[i].bytes), 1);
        press = next(&keys, 1);
        assert_press(&press, &samples[i]);
        assert_int_equal(next(&keys, 9).kind, PRESS_NONE);
        assert_true(keys_left(&keys, 9) < 0);
    }
}

/* One byte a read, 20 ms apart: no key before the last byte. */
static void split_sequences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        size_t length = strlen(samples[i].bytes);
        struct press press = {0};
        struct keys keys;
        double now = 1;

        keys_init(&keys, ESCAPE, false);
        for (size_t at = 0; at < length; at++, now += 0.02) {
            assert_int_equal(press.kind, PRESS_NONE);
            feed(&keys, samples[i].bytes + at, 1, now);
            press = next(&keys, now);
        }
        assert_press(&press, &samples[i]);
    }
}

static void escape_alone_needs_its_time(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033", 1, 5);
    assert_int_equal(next(&keys, 5).kind, PRESS_NONE);
    assert_true(keys_left(&keys, 5) > 0.02 && keys_left(&keys, 5) < 0.03);
    assert_int_equal(next(&keys, 5.02).kind, PRESS_NONE);
    assert_true(keys_left(&keys, 5.1) <= 0);
    assert_int_equal(next(&keys, 5.03).kind, PRESS_ESC);
    assert_true(keys_left(&keys, 5.03) < 0);
}

static void two_escapes(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033\033", 2, 5);
    assert_int_equal(next(&keys, 5).kind, PRESS_ESC);
    assert_int_equal(next(&keys, 5).kind, PRESS_NONE);
    assert_int_equal(next(&keys, 5.03).kind, PRESS_ESC);
}

static void escape_takes_no_break_along(void **state)
{
    struct press press;
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033\003", 2, 5);
    assert_int_equal(next(&keys, 5).kind, PRESS_ESC);
    press = next(&keys, 5);
    assert_int_equal(press.kind, PRESS_CTRL);
    assert_int_equal(press.code, 'C');
}

static void unknown_sequences_go_whole(void **state)
{
    static const char *const unknown[] = {
        "\033[24~",     "\033[99;99~",       "\033[?1;2c", "\033[M",
        "\033[I",       "\033[>0;276;0c",    "\033Ox",     "\033q",
        "\033[15;5~",   "\033]11;rgb:0\007", "\033[[E",    "\033P1+r\033\\",
        "\033[1;2;3;4", "\033[1;1R",         "\033[201~",  "\033$",
        "\033[ q",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
        struct keys keys;

        keys_init(&keys, ESCAPE, false);
        feed(&keys, unknown[i], strlen(unknown[i]), 1);
        assert_int_equal(next(&keys, 1).kind, PRESS_NONE);
        assert_int_equal(next(&keys, 3).kind, PRESS_NONE);
        feed(&keys, "z", 1, 4);
        assert_int_equal(next(&keys, 4).code, 'z');
    }
}

static void endless_sequence_ends(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033[", 2, 1);
    for (int i = 0; i < 1000; i++) {
        feed(&keys, "1;1;1;1;1;", 10, 1);
        assert_int_equal(next(&keys, 1).kind, PRESS_NONE);
    }
    assert_int_equal(next(&keys, 3).kind, PRESS_NONE);
    feed(&keys, "z", 1, 4);
    assert_int_equal(next(&keys, 4).code, 'z');
}

/* Whether it comes in one packet or in many must make no difference. */
static void overlong_sequence_ends_at_the_next(void **state)
{
    static const char bytes[] =
        "\033[;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;A\033[B";
    size_t length = sizeof(bytes) - 1;

    (void)state;
    for (size_t step = 1; step <= length; step += length - 1) {
        enum press_kind last = PRESS_NONE;
        struct keys keys;
        struct press press;

        keys_init(&keys, ESCAPE, false);
        for (size_t at = 0; at < length; at += step) {
            feed(&keys, bytes + at, step, 1);
            while (keys_next(&keys, 1, &press)) {
                assert_int_not_equal(press.kind, PRESS_UP);
                last = press.kind;
            }
        }
        assert_int_equal(last, PRESS_DOWN);
    }
}

static void control_breaks_a_sequence(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033[12\r\033O\r", 8, 1);
    assert_int_equal(next(&keys, 1).kind, PRESS_ENTER);
    assert_int_equal(next(&keys, 1).kind, PRESS_ENTER);
    assert_int_equal(next(&keys, 1).kind, PRESS_NONE);
}

static void paste_is_data(void **state)
{
    static const char bytes[] = "\033[200~a\nq\033[A\x03\033[201~b";
    static const unsigned pasted[] = {'a', '\n', 'q', 0x1b, '[', 'A', 3};
    struct press press;
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, bytes, sizeof(bytes) - 1, 1);
    for (size_t i = 0; i < sizeof(pasted) / sizeof(*pasted); i++) {
        press = next(&keys, 1);
        assert_int_equal(press.kind, PRESS_CHAR);
        assert_true(press.pasted);
        assert_int_equal(press.code, pasted[i]);
    }
    press = next(&keys, 1);
    assert_int_equal(press.code, 'b');
    assert_false(press.pasted);
}

static void paste_in_pieces(void **state)
{
    static const char bytes[] = "\033[200~\xc3\xb1\033[201~b";
    struct press press = {0};
    struct keys keys;
    int seen = 0;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
        feed(&keys, bytes + i, 1, 1 + (double)i * 0.02);
        press = next(&keys, 1 + (double)i * 0.02);
        if (press.kind == PRESS_NONE)
            continue;
        assert_int_equal(press.pasted, ++seen == 1);
        assert_int_equal(press.code, seen == 1 ? 0xf1 : 'b');
    }
    assert_int_equal(seen, 2);
}

static void lost_end_of_paste_gives_the_keyboard_back(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys, "\033[200~x\033[20", 11, 1);
    assert_true(next(&keys, 1).pasted);
    assert_true(keys_left(&keys, 1) > 0.9);
    assert_int_equal(next(&keys, 2.1).kind, PRESS_NONE);
    feed(&keys, "q", 1, 3);
    assert_false(next(&keys, 3).pasted);
}

static void broken_utf8_is_dropped_alone(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    feed(&keys,
         "\xff\xc3"
         "a\x80\xc3\xb1\xed\xa0\x80z",
         10, 1);
    assert_int_equal(next(&keys, 1).code, 'a');
    assert_int_equal(next(&keys, 1).code, 0xf1);
    assert_int_equal(next(&keys, 1).code, 'z');
    feed(&keys, "\xe2\x82", 2, 2);
    assert_int_equal(next(&keys, 2).kind, PRESS_NONE);
    assert_true(keys_left(&keys, 2) > 0);
    assert_int_equal(next(&keys, 3.1).kind, PRESS_NONE);
    assert_true(keys_left(&keys, 3.1) < 0);
}

static void latin_letters_without_utf8(void **state)
{
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, true);
    feed(&keys,
         "\xf1"
         "a",
         2, 1);
    assert_int_equal(next(&keys, 1).code, 0xf1);
    assert_int_equal(next(&keys, 1).code, 'a');
    feed(&keys, "\xc3\xb1", 2, 1);
    assert_int_equal(next(&keys, 1).code, 0xf1);
    feed(&keys, "\xe1", 1, 2);
    assert_int_equal(next(&keys, 2.03).code, 0xe1);
}

static void any_bytes_end(void **state)
{
    unsigned seed = 7;
    struct keys keys;

    (void)state;
    keys_init(&keys, ESCAPE, false);
    for (int round = 0; round < 200000; round++) {
        static const char likely[] = "\033\033[[O]P~0;2\007\x80\xc3qA";
        double now = round * 0.01;
        struct press press;
        char byte;

        seed = seed * 1103515245u + 12345u;
        byte = seed & 0x10000 ? (char)(seed >> 20)
                              : likely[(seed >> 20) % (sizeof(likely) - 1)];
        feed(&keys, &byte, 1, now);
        for (int i = 0; keys_next(&keys, now, &press); i++)
            assert_true(i < 100);
    }
    for (double now = 3000; now < 3010; now += 0.5)
        assert_int_not_equal(next(&keys, now).kind, 99);
    assert_true(keys_left(&keys, 3011) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_sequences),
        cmocka_unit_test(split_sequences),
        cmocka_unit_test(escape_alone_needs_its_time),
        cmocka_unit_test(two_escapes),
        cmocka_unit_test(escape_takes_no_break_along),
        cmocka_unit_test(unknown_sequences_go_whole),
        cmocka_unit_test(endless_sequence_ends),
        cmocka_unit_test(overlong_sequence_ends_at_the_next),
        cmocka_unit_test(control_breaks_a_sequence),
        cmocka_unit_test(paste_is_data),
        cmocka_unit_test(paste_in_pieces),
        cmocka_unit_test(lost_end_of_paste_gives_the_keyboard_back),
        cmocka_unit_test(broken_utf8_is_dropped_alone),
        cmocka_unit_test(latin_letters_without_utf8),
        cmocka_unit_test(any_bytes_end),
    };

    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
