/* SPDX-License-Identifier: MIT */
/* How long a test has been on its way, and what is said of it when. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "steps/clock.h"
#include "steps/text.h"
#include "tests/unit/trails.h"

#define SENT "2026-11-23T15:06:01Z"
#define MINUTE 60
#define HOUR 3600

static void test_moments(void **state)
{
    (void)state;
    assert_true(clock_read("1970-01-01T00:00:01Z") == 1);
    assert_true(clock_read("2026-11-23T15:06:01Z") == 1795446361.0);
    assert_true(clock_read("") == 0);
    assert_true(clock_read("2026-11-23") == 0);
    assert_true(clock_read("soon") == 0);
}

static struct trail *trail_sent(const char *time)
{
    struct trail *trail = trail_new();
    struct event *event = event_new("attempt");

    event_put_number(event, "attempt", 1);
    event_put_text(event, "via", "manual");
    event_put_text(event, "part", "first");
    event_put_text(event, "time", time);
    trail_push(trail, event);
    return trail;
}

static void check(const char *practice, double passed, const char *clock,
                  enum text_id stage)
{
    struct trail *trail = trail_sent(SENT);
    struct settings settings;
    char said[512];

    settings_init(&settings);
    snprintf(settings.practice, sizeof(settings.practice), "%s", practice);
    clock_say(said, sizeof(said), trail, &settings, clock_read(SENT) + passed);
    if (!strstr(said, clock) || !strstr(said, text(stage)))
        fail_msg("after %g s: %s", passed, said);
    trail_free(trail);
}

static void test_what_is_said_when(void **state)
{
    static const struct {
        double passed;
        const char *clock;
        enum text_id stage;
    } cases[] = {
        {-30, "menos de un minuto", T_STAGE_FIRST}, /* the clock was set */
        {0, "menos de un minuto", T_STAGE_FIRST},
        {MINUTE, "un minuto.", T_STAGE_FIRST},
        {2 * MINUTE, "2 minutos", T_STAGE_SOON},
        {5 * MINUTE, "5 minutos", T_STAGE_GREY},
        {14.9 * MINUTE, "14 minutos", T_STAGE_GREY},
        {15 * MINUTE, "15 minutos", T_STAGE_LATE},
        {HOUR, "1 h", T_STAGE_MISSED},
        {23.9 * HOUR, "23 h", T_STAGE_MISSED},
        {24 * HOUR, "24 h", T_STAGE_OVER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check("", cases[i].passed, cases[i].clock, cases[i].stage);
}

static void test_practice_is_faster(void **state)
{
    (void)state;
    check("arrives", 1, "menos de un minuto", T_STAGE_FIRST);
    check("arrives", 30, "20 minutos", T_STAGE_LATE);
}

static void test_nothing_sent_says_nothing(void **state)
{
    struct trail *trail = trail_new(), *odd = trail_sent("soon");
    struct settings settings;
    char said[512];

    (void)state;
    settings_init(&settings);
    clock_say(said, sizeof(said), trail, &settings, 1e9);
    assert_string_equal(said, "");
    clock_say(said, sizeof(said), odd, &settings, 1e9);
    assert_string_equal(said, "");
    trail_free(trail);
    trail_free(odd);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_what_is_said_when),
        cmocka_unit_test(test_practice_is_faster),
        cmocka_unit_test(test_nothing_sent_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
