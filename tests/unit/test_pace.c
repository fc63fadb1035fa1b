/* SPDX-License-Identifier: MIT */
/* Looks follow their schedule, and the last one stands just before the end. */
#include "tests/unit/unit.h"

#include "net/pace.h"

static const struct pace_step steps[] = {{2, 0.5}, {10, 2}, {0, 15}};

static void test_no_wait_is_one_look(void **state)
{
    struct pace pace;

    (void)state;
    pace_init(&pace, steps, 0);
    assert_true(pace.last);
    assert_true(pace_next(&pace, 0.1) < 0);
}

/* Walks through a wait whose looks take `look` seconds each; returns when the
 * last one began, with the longest pause and the number of looks. */
static double walk(double wait, double look, double *longest, int *looks)
{
    double now = 0, began = 0, pause;
    struct pace pace;

    *longest = 0;
    pace_init(&pace, steps, wait);
    for (*looks = 1;; ++*looks) {
        now += look;
        pause = pace_next(&pace, now);
        if (pause < 0)
            return began;
        if (pause > *longest)
            *longest = pause;
        now += pause;
        began = now;
        assert_true(*looks < 1000);
    }
}

static void test_last_look_is_just_before_the_end(void **state)
{
    static const double waits[] = {0.1, 0.6, 1, 3, 10, 47, 120};

    (void)state;
    for (size_t i = 0; i < COUNT(waits); i++) {
        double longest, began;
        int looks;

        began = walk(waits[i], 0.01, &longest, &looks);
        assert_true(looks > 1);
        assert_true(began <= waits[i] + 0.02);
        assert_true(began >= waits[i] - 0.3);
        assert_true(longest <= 15.1);
    }
}

static void test_keeps_its_schedule(void **state)
{
    double longest;
    int looks;

    (void)state;
    walk(2, 0, &longest, &looks);
    assert_true(longest <= 0.55);
    assert_int_equal(looks, 5); /* 0, .5, 1, 1.5, and the last at 1.8 */
    walk(10, 0, &longest, &looks);
    assert_true(longest <= 2.05);
}

static void test_slow_looks_come_to_an_end(void **state)
{
    double longest;
    int looks;

    (void)state;
    assert_true(walk(5, 20, &longest, &looks) <= 20);
    assert_int_equal(looks, 2); /* the second may find what came meanwhile */
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_wait_is_one_look),
        cmocka_unit_test(test_last_look_is_just_before_the_end),
        cmocka_unit_test(test_keeps_its_schedule),
        cmocka_unit_test(test_slow_looks_come_to_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
