/* SPDX-License-Identifier: MIT */
/* Help: every step has one, and no word of the glossary is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "steps/graph.h"
#include "steps/guide.h"
#include "steps/steps.h"

static size_t count_kind(const struct guide_line *lines, size_t count,
                         enum guide_kind kind)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += lines[i].kind == kind;
    return found;
}

static void check_steps(const struct step *const *step)
{
    struct guide_line lines[GUIDE_MAX];

    for (; *step; step++) {
        size_t count = guide_step(*step, lines);

        if (count_kind(lines, count, GUIDE_TEXT) != 2 ||
            count_kind(lines, count, GUIDE_WORD) < 1)
            fail_msg("%s has no help in steps/guide.c", (*step)->name);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(text(lines[i].text), "");
    }
}

static void test_every_step(void **state)
{
    (void)state;
    check_steps(graph_steps());
    check_steps(door_steps);
}

static size_t take_words(const struct guide_line *lines, size_t count,
                         bool seen[T_COUNT])
{
    size_t words = 0;

    for (size_t i = 0; i < count; i++) {
        if (lines[i].kind != GUIDE_WORD)
            continue;
        assert_false(seen[lines[i].text]);
        seen[lines[i].text] = true;
        words++;
    }
    return words;
}

/* Its own words and the others are the whole glossary, each once. */
static void test_glossary(void **state)
{
    struct guide_line lines[GUIDE_MAX];
    bool seen[T_COUNT] = {false};
    size_t all = take_words(lines, guide_words(NULL, lines), seen);

    (void)state;
    assert_true(all >= 12);
    for (const struct step *const *step = graph_steps(); *step; step++) {
        bool again[T_COUNT] = {false};
        size_t own = take_words(lines, guide_step(*step, lines), again);

        own += take_words(lines, guide_words(*step, lines), again);
        assert_int_equal(own, all);
        assert_memory_equal(again, seen, sizeof(seen));
    }
}

/* "Word: what it means." */
static void test_words_explain(void **state)
{
    struct guide_line lines[GUIDE_MAX];
    size_t count = guide_words(NULL, lines);

    (void)state;
    for (size_t i = 1; i < count; i++) {
        const char *colon = strstr(text(lines[i].text), ": ");

        assert_non_null(colon);
        assert_true(colon - text(lines[i].text) < 40);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_step),
        cmocka_unit_test(test_glossary),
        cmocka_unit_test(test_words_explain),
    };

    return cmocka_run_group_tests_name("guide", tests, NULL, NULL);
}
