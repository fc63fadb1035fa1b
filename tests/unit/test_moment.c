/* SPDX-License-Identifier: MIT */
/* Moments and numbers in each language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libgen.h>
#include <stdio.h>

#include "steps/moment.h"
#include "steps/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void test_text(void **state)
{
    static const struct {
        const char *language, *iso;
        int zone;
        const char *wanted;
    } cases[] = {
        {"es", "2026-11-23T18:04:16Z", 0, "23 nov 2026, 18:04:16 UTC"},
        {"en", "2026-11-23T18:04:16Z", 0, "Nov 23, 2026, 18:04:16 UTC"},
        {"pt_BR", "2026-12-03T18:04:16Z", 0, "3 dez 2026, 18:04:16 UTC"},
        {"es", "2026-01-01T01:00:00Z", -10800,
         "31 dic 2025, 22:00:00 UTC-03:00"},
        {"es", "2024-02-28T23:59:59.999Z", 19800,
         "29 feb 2024, 05:29:59 UTC+05:30"},
        {"es", "2026-11-23T18:04:16+02:00", 0, "2026-11-23T18:04:16+02:00"},
        {"es", "2026-13-23T18:04:16Z", 0, "2026-13-23T18:04:16Z"},
        {"es", "ayer", 0, "ayer"},
        {"es", "", 0, ""},
    };
    char out[MOMENT_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        text_language(cases[i].language);
        moment_text(out, cases[i].iso, cases[i].zone);
        assert_string_equal(out, cases[i].wanted);
    }
}

static void test_day_and_clock(void **state)
{
    char out[MOMENT_MAX];

    (void)state;
    text_language("es");
    moment_clock(out, "2026-11-23T18:04:16Z", -10800);
    assert_string_equal(out, "15:04:16");
    moment_day(out, "2026-08-05T18:04:16Z");
    assert_string_equal(out, "5 ago 2026");
    moment_day(out, "2026-08-05");
    assert_string_equal(out, "5 ago 2026");
    moment_day(out, "2026-00-05");
    assert_string_equal(out, "2026-00-05");
    text_language("en");
    moment_day(out, "2026-08-05");
    assert_string_equal(out, "Aug 5, 2026");
}

static void test_seconds(void **state)
{
    char out[MOMENT_MAX];

    (void)state;
    text_language("es");
    moment_seconds(out, 0.5219);
    assert_string_equal(out, "0,522");
    moment_seconds(out, 20);
    assert_string_equal(out, "20");
    text_language("en");
    moment_seconds(out, 0.5219);
    assert_string_equal(out, "0.522");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_day_and_clock),
        cmocka_unit_test(test_seconds),
    };
    char folder[4096];

    snprintf(folder, sizeof(folder), "%s/../../locale",
             argc > 0 ? dirname(argv[0]) : ".");
    text_open(folder);
    return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
