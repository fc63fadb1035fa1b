/* SPDX-License-Identifier: MIT */
/* The classes of causes: words, turns, and sentences that anyone can read. */
#include <string.h>

#include "steps/cause.h"
#include "unit.h"

#define SENTENCE_WORDS 20

static void test_words(void **state)
{
    (void)state;
    for (int i = 0; i < CAUSE_COUNT; i++)
        assert_int_equal(cause_from(cause_word((enum cause)i)), i);
    assert_int_equal(cause_from(NULL), CAUSE_UNKNOWN);
    assert_int_equal(cause_from("no such cause"), CAUSE_UNKNOWN);
    assert_int_equal(cause_from(""), CAUSE_UNKNOWN);
    assert_string_equal(cause_word(CAUSE_COUNT), "unknown");
    assert_string_equal(side_word(SIDE_COUNT), "unknown");
    assert_string_equal(confidence_word((enum confidence)99), "low");
    assert_string_equal(side_word(cause_side(CAUSE_AUTHFAILURE)), "domain");
    assert_true(cause_is_hard(CAUSE_USERUNKNOWN));
    assert_false(cause_is_hard(CAUSE_GREYLISTING));
}

/* Words until the next full stop; `*s` moves behind it. */
static int sentence_words(const char **s)
{
    int words = 0;

    while (**s) {
        size_t length = strcspn(*s, " ");
        const char *end = *s + length;

        words += length > 0;
        *s = *end ? end + 1 : end;
        if (length > 0 && end[-1] == '.')
            break;
    }
    return words;
}

static int check_sentences(enum text_id id)
{
    const char *s = text(id);
    int sentences = 0, words;

    assert_true(strlen(s) > 3);
    while (*s) {
        words = sentence_words(&s);
        if (words > SENTENCE_WORDS)
            fail_msg("%d words: %s", words, text(id));
        sentences++;
    }
    return sentences;
}

/* ui.md section 8: what frightens, blames, or is said so in one country. */
static void check_words(enum text_id id)
{
    static const char *const unwanted[] = {
        "error", "rror ",    "fallo", "falla", "inválid", "abort", "ejecut",
        " año",  "usted ha", " tu ",  " tus ", "puedes",  "!",     "rechazó"};

    for (size_t i = 0; i < COUNT(unwanted); i++) {
        if (strstr(text(id), unwanted[i]))
            fail_msg("'%s' in: %s", unwanted[i], text(id));
    }
}

static void test_sentences(void **state)
{
    (void)state;
    for (int i = 0; i < CAUSE_COUNT; i++) {
        enum text_id meaning = cause_meaning((enum cause)i);
        enum text_id next = cause_next((enum cause)i);

        assert_in_range(check_sentences(meaning), 1, 2);
        assert_int_equal(check_sentences(next), 1);
        check_words(meaning);
        check_words(next);
    }
    for (int i = 0; i < SIDE_COUNT; i++)
        assert_true(strlen(text(side_text((enum side)i))) > 3);
    for (int i = 0; i <= CONFIDENCE_HIGH; i++)
        check_sentences(confidence_text((enum confidence)i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_sentences),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
