/* SPDX-License-Identifier: MIT */
/* What was met before, and how often. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "net/seen.h"
#include "net/tally.h"

static void test_seen(void **state)
{
    struct seen seen = {0};
    char text[32];

    (void)state;
    assert_true(seen_add(&seen, "a@b.test"));
    assert_false(seen_add(&seen, "a@b.test"));
    assert_false(seen_add(&seen, "A@B.Test"));
    assert_true(seen_add(&seen, "a@b.tes"));
    assert_true(seen_add(&seen, ""));
    assert_false(seen_add(&seen, ""));
    for (int i = 0; i < 10000; i++) {
        snprintf(text, sizeof(text), "%d", i);
        assert_true(seen_add(&seen, text));
    }
    for (int i = 0; i < 10000; i++) {
        snprintf(text, sizeof(text), "%d", i);
        assert_false(seen_add(&seen, text));
    }
    assert_int_equal(seen.count, 10003);
    seen_release(&seen);
    assert_int_equal(seen.count, 0);
    seen_release(&seen);
}

static void add(struct tally *tally, const char *name, int times)
{
    for (int i = 0; i < times; i++)
        tally_add(tally, name);
}

static void test_tally(void **state)
{
    struct tally tally = {0};
    char text[64];

    (void)state;
    tally_text(&tally, 10, text, sizeof(text));
    assert_string_equal(text, "");
    add(&tally, "b.example", 2);
    add(&tally, "a.example", 2);
    add(&tally, "C.example", 1);
    add(&tally, "c.EXAMPLE", 2);
    add(&tally, "", 1);
    tally_text(&tally, 10, text, sizeof(text));
    assert_string_equal(text, "C.example=3 a.example=2 b.example=2 =1");
    tally_text(&tally, 2, text, sizeof(text));
    assert_string_equal(text, "C.example=3 a.example=2");
    tally_text(&tally, 10, text, 24);
    assert_string_equal(text, "C.example=3 a.example=2");
    tally_text(&tally, 10, text, 23);
    assert_string_equal(text, "C.example=3");
    tally_text(&tally, 10, text, 1);
    assert_string_equal(text, "");
    tally_release(&tally);
}

/* No name can be taken for two, or for a number. */
static void test_odd_names(void **state)
{
    struct tally tally = {0};
    char text[2048], name[1024];

    (void)state;
    add(&tally, "Hard=9 Bounce\n", 1);
    add(&tally, "correo.españa", 1);
    tally_text(&tally, 10, text, sizeof(text));
    assert_string_equal(text, "correo.espa__a=1 Hard_9_Bounce_=1");
    tally_release(&tally);
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    add(&tally, name, 2);
    tally_text(&tally, 10, text, sizeof(text));
    assert_int_equal(strlen(text), TALLY_NAME_MAX - 1 + 2);
    tally_release(&tally);
}

static void test_more_names_than_rows(void **state)
{
    struct tally tally = {0};
    char name[32], text[256];

    (void)state;
    for (int i = 0; i < 3 * TALLY_ROWS_MAX; i++) {
        snprintf(name, sizeof(name), "n%d", i);
        add(&tally, name, 1);
    }
    add(&tally, "n7", 1);
    assert_int_equal(tally.count, TALLY_ROWS_MAX);
    tally_text(&tally, 1, text, sizeof(text));
    assert_string_equal(text, "n7=2");
    tally_release(&tally);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seen),
        cmocka_unit_test(test_tally),
        cmocka_unit_test(test_odd_names),
        cmocka_unit_test(test_more_names_than_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
