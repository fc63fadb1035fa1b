/* SPDX-License-Identifier: MIT */
/* Fields: how what was pasted is understood, which there are, what was typed
 * before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "steps/steps.h"
#include "steps/tell.h"

static const struct field address = {"from", 0, 0, FIELD_ADDRESS, false};
static const struct field server = {"server", 0, 0, FIELD_SERVER, false};
static const struct field api_key = {"api_key", 0, 0, FIELD_SECRET, false};
static const struct field password = {"password", 0, 0, FIELD_SECRET, true};
static const struct field notice = {"notice", 0, 0, FIELD_TEXT, false};

/* What is typed or pasted, and what is meant. */
static const struct {
    const struct field *field;
    const char *typed, *meant;
} pastes[] = {
    {&address, "ana@empresa.example", "ana@empresa.example"},
    {&address, " \u00a0ana@empresa.example \t", "ana@empresa.example"},
    {&address, "<ana@empresa.example>", "ana@empresa.example"},
    {&address, "Ana <ana@empresa.example>", "ana@empresa.example"},
    {&address, "\"Ruiz, Ana\" <ana@empresa.example>;", "ana@empresa.example"},
    {&address, "MAILTO:ana@empresa.example", "ana@empresa.example"},
    {&address, "Ana <mailto:ana@empresa.example>", "ana@empresa.example"},
    {&address, "\u00abana@empresa.example\u00bb,", "ana@empresa.example"},
    {&address, "a@b.example, c@d.example", "a@b.example, c@d.example"},
    {&address, "<a@b.example> <c@d.example>", "<a@b.example> <c@d.example>"},
    {&address, "<", "<"},
    {&address, "<>", ""},
    {&address, ">", ">"},
    {&address, "", ""},
    {&address, "\u00f1", "\u00f1"},
    {&server, "smtp.ejemplo.com:587", "smtp.ejemplo.com:587"},
    {&server, " smtps://smtp.ejemplo.com:465/ ", "smtp.ejemplo.com:465"},
    {&server, "[::1]:25", "[::1]:25"},
    {&server, "/", "/"},
    {&api_key, " 0f1e2d3c ", "0f1e2d3c"},
    {&api_key, "\"0f1e2d3c\",", "0f1e2d3c"},
    {&api_key, "\u201c0f1e2d3c\u201d", "0f1e2d3c"},
    {&api_key, "`0f1e2d3c`\n", "0f1e2d3c"},
    {&api_key, "\"\"", ""},
    {&password, "\"as it is,\"", "\"as it is,\""},
    {&notice, "\"550 5.1.1 <a@b>\"", "\"550 5.1.1 <a@b>\""},
};

static void test_what_is_pasted_along_is_dropped(void **state)
{
    char out[TELL_VALUE_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof pastes / sizeof *pastes; i++) {
        assert_int_equal(tell_field_tidy(pastes[i].field, pastes[i].typed, out),
                         0);
        assert_string_equal(out, pastes[i].meant);
    }
}

static void test_what_is_too_long_is_said(void **state)
{
    static char typed[TELL_VALUE_MAX + 1], out[TELL_VALUE_MAX];
    struct trail *trail = trail_new();

    (void)state;
    memset(typed, 'x', TELL_VALUE_MAX);
    assert_int_equal(tell_field_tidy(&notice, typed, out), -1);
    assert_int_equal(tell_field_problem(trail, &notice, typed), T_FIELD_LONG);
    typed[TELL_VALUE_MAX - 1] = '\0';
    assert_int_equal(tell_field_problem(trail, &notice, typed), T_NONE);
    trail_free(trail);
}

static void test_a_problem_is_of_what_is_meant(void **state)
{
    struct trail *trail = trail_new();

    (void)state;
    assert_int_equal(tell_field_problem(trail, &address, "Ana <a@b.example>"),
                     T_NONE);
    assert_int_equal(tell_field_problem(trail, &address, "<>"), T_FIELD_EMPTY);
    assert_int_equal(tell_field_problem(trail, &address, "<a b@c.example>"),
                     T_FIELD_BLANK);
    assert_int_equal(tell_field_problem(trail, &api_key, "\"\""),
                     T_FIELD_EMPTY);
    trail_free(trail);
}

/* What an administrator gave is not asked for. */
static void test_settled_fields_are_not_asked(void **state)
{
    const struct field *fields[STEP_FIELDS_MAX];
    struct trail *trail = trail_new();
    struct settings settings;

    (void)state;
    settings_init(&settings);
    trail_push(trail, trail_visit_event(&step_access_smtp));
    assert_int_equal(tell_fields(trail, &settings, fields), 3);
    strcpy(settings.smtp.host, "smtp.ejemplo.com");
    assert_int_equal(tell_fields(trail, &settings, fields), 3);
    settings.smtp_settled = true;
    assert_int_equal(tell_fields(trail, &settings, fields), 2);
    assert_string_equal(fields[0]->key, "user");
    strcpy(settings.user, "avisos");
    assert_int_equal(tell_fields(trail, &settings, fields), 1);
    assert_string_equal(fields[0]->key, "password");
    trail_free(trail);
}

static void test_addresses_of_before(void **state)
{
    static const char *const facts[][2] = {
        {"from", "a@b.example"},    {"to", "c@d.example"},
        {"server", "smtp.example"}, {"other_from", "e@f.example"},
        {"free_to", "C@D.example"},
    };
    const char *addresses[TELL_ADDRESSES_MAX];
    struct trail *trail = trail_new();

    (void)state;
    assert_int_equal(tell_addresses(trail, addresses), 0);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        trail_push(trail, trail_fact_event(facts[i][0], facts[i][1]));
    assert_int_equal(tell_addresses(trail, addresses), 3);
    assert_string_equal(addresses[0], "C@D.example");
    assert_string_equal(addresses[1], "e@f.example");
    assert_string_equal(addresses[2], "a@b.example");
    trail_free(trail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_pasted_along_is_dropped),
        cmocka_unit_test(test_what_is_too_long_is_said),
        cmocka_unit_test(test_a_problem_is_of_what_is_meant),
        cmocka_unit_test(test_settled_fields_are_not_asked),
        cmocka_unit_test(test_addresses_of_before),
    };

    return cmocka_run_group_tests_name("tell_field", tests, NULL, NULL);
}
