/* SPDX-License-Identifier: MIT */
/* Every sentence in every language: translated, the same blanks, plain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "steps/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define SENTENCE_WORDS_MAX 20
#define BLANK_MAX 32

enum { SPANISH, ENGLISH, PORTUGUESE, LANGUAGES };

static const char *const languages[LANGUAGES] = {"es", "en", "pt_BR"};

#define TEXT(id, spanish) [T_##id] = #id,
static const char *const names[T_COUNT] = {
#include "assets/sentences.def"
};
#undef TEXT

/* Beginnings of words that frighten, blame or are jargon; a space at the end
 * asks for the whole word. */
static const char *const refused[LANGUAGES][28] = {
    {"error",   "errón",       "fallo",     "falla",   "falló",
     "inválid", "abort",       "ejecut",    "año ",    "años ",
     "tú ",     "tu ",         "tus ",      "puedes ", "haz ",
     "pulsa ",  "simplemente", "timeout",   "email",   "mail ",
     "ratón",   "computador",  "ordenador", "fichero", "vosotros"},
    {"error", "fail", "invalid", "abort", "execut", "illegal", "fatal",
     "simply", "timeout"},
    {"erro ", "erros ", "falha", "falhou", "inválid", "abort", "execut", "tu ",
     "teu ", "simplesmente", "timeout"},
};

static char problems[65536];

static void complain(enum text_id id, int language, const char *what)
{
    size_t fill = strlen(problems);

    snprintf(problems + fill, sizeof(problems) - fill, "\n%s (%s): %s: %s",
             names[id], languages[language], what, text(id));
}

/* Runs `check` for all sentences in one language after the other. */
static void check_all(void (*check)(enum text_id id, int language,
                                    const char *spanish))
{
    static const char *spanish[T_COUNT];

    problems[0] = '\0';
    for (int language = SPANISH; language < LANGUAGES; language++) {
        text_language(languages[language]);
        for (enum text_id id = T_NONE + 1; id < T_COUNT; id++) {
            if (language == SPANISH)
                spanish[id] = text(id);
            check(id, language, spanish[id]);
        }
    }
    text_language("es");
    if (problems[0])
        fail_msg("%s", problems);
}

/* What has no translation comes out as the very same Spanish. */
static void check_translated(enum text_id id, int language, const char *spanish)
{
    if (text(id)[0] == '\0')
        complain(id, language, "empty");
    if (language != SPANISH && text(id) == spanish)
        complain(id, language, "not translated, or fuzzy");
}

static bool take_blank(const char **text, char name[BLANK_MAX])
{
    const char *open = strchr(*text, '{');
    size_t length = open ? strcspn(open, "}") : 0;

    if (!open || length + 1 >= BLANK_MAX)
        return false;
    snprintf(name, BLANK_MAX, "%.*s}", (int)length, open);
    *text = open + length;
    return true;
}

static bool has_blanks_of(const char *one, const char *other)
{
    char name[BLANK_MAX];

    while (take_blank(&other, name))
        if (!strstr(one, name))
            return false;
    return true;
}

static void check_blanks(enum text_id id, int language, const char *spanish)
{
    if (!has_blanks_of(text(id), spanish) || !has_blanks_of(spanish, text(id)))
        complain(id, language, "other blanks than the Spanish");
}

static size_t count_of(const char *text, char sign)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == sign;
    return count;
}

static size_t blanks_at_end(const char *text)
{
    size_t length = strlen(text), end = length;

    while (end > 0 && isspace((unsigned char)text[end - 1]))
        end--;
    return length - end;
}

static void check_shape(enum text_id id, int language, const char *spanish)
{
    const char *words = text(id);

    if (strspn(words, " \n") != strspn(spanish, " \n"))
        complain(id, language, "begins with other blanks");
    if (blanks_at_end(words) != blanks_at_end(spanish))
        complain(id, language, "ends with other blanks");
    if (count_of(words, '\n') != count_of(spanish, '\n'))
        complain(id, language, "has other line breaks");
    if (strchr(words, '!'))
        complain(id, language, "exclaims");
    if (strchr(words, '\t') || strstr(words, " \n"))
        complain(id, language, "has a blank that nobody sees");
}

static bool ends_sentence(const char *word, size_t length)
{
    return word[length] == '\n' || strchr(".?!", word[length - 1]);
}

static void check_length(enum text_id id, int language, const char *spanish)
{
    const char *word = text(id);
    int count = 0;

    (void)spanish;
    for (word += strspn(word, " \n"); *word; word += strspn(word, " \n")) {
        size_t length = strcspn(word, " \n");

        if (++count == SENTENCE_WORDS_MAX + 1)
            complain(id, language, "a sentence of more than 20 words");
        if (ends_sentence(word, length))
            count = 0;
        word += length;
    }
}

/* Lower case, every sign a blank, a blank at both ends: "haz " is a word. */
static void words_alone(const char *text, char *out, size_t size)
{
    size_t fill = 0;

    out[fill++] = ' ';
    for (; *text && fill + 2 < size; text++)
        out[fill++] = (unsigned char)*text >= 0x80 || isalnum(*text)
                          ? (char)tolower(*text)
                          : ' ';
    out[fill++] = ' ';
    out[fill] = '\0';
}

static void check_words(enum text_id id, int language, const char *spanish)
{
    char words[4096], wanted[32];

    (void)spanish;
    words_alone(text(id), words, sizeof(words));
    for (size_t i = 0; i < COUNT(*refused); i++) {
        if (!refused[language][i])
            break;
        snprintf(wanted, sizeof(wanted), " %s", refused[language][i]);
        if (strstr(words, wanted))
            complain(id, language, wanted);
    }
}

static void test_translated(void **state)
{
    (void)state;
    check_all(check_translated);
}

static void test_blanks(void **state)
{
    (void)state;
    check_all(check_blanks);
}

static void test_shape(void **state)
{
    (void)state;
    check_all(check_shape);
}

static void test_length(void **state)
{
    (void)state;
    check_all(check_length);
}

static void test_plain_words(void **state)
{
    (void)state;
    check_all(check_words);
}

/* One word of Spanish may be two elsewhere. */
static void test_homographs(void **state)
{
    (void)state;
    text_language("es");
    assert_string_equal(text(T_CONFIDENCE_LOW), "baja");
    assert_string_equal(text(T_KIND_UNSUBSCRIBED), "baja");
    text_language("en");
    assert_string_equal(text(T_CONFIDENCE_LOW), "low");
    assert_string_equal(text(T_KIND_UNSUBSCRIBED), "unsubscribed");
    text_language("es");
    assert_string_equal(text(T_CONFIDENCE_LOW), "baja");
}

/* The key bar, the help and the key itself are one letter, which no other key
 * of the same screen has. */
static void test_letters(void **state)
{
    static const enum text_id keys[][2] = {
        {T_HINT_BACK, T_AID_BACK_KEY},     {T_HINT_STOP, T_AID_STOP},
        {T_HINT_HELP, T_AID_HELP},         {T_HINT_DETAILS, T_AID_LINES},
        {T_HINT_STEPS, T_AID_STEPS},       {T_HINT_REPORT, T_AID_REPORT_KEY},
        {T_HINT_LANGUAGE, T_AID_LANGUAGE}, {T_HINT_QUIT, T_AID_QUIT},
    };

    (void)state;
    for (int language = SPANISH; language < LANGUAGES; language++) {
        text_language(languages[language]);
        for (size_t i = 0; i < COUNT(keys); i++) {
            char letter = *text(keys[i][0]);

            assert_int_equal(letter, *text(keys[i][1]));
            assert_int_not_equal(letter, *text(T_HINT_HELP_LETTER));
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(letter, *text(keys[j][0]));
        }
    }
    text_language("es");
}

/* Letters are one cell wide in all three languages. */
static size_t cells(enum text_id id)
{
    size_t count = 0;

    for (const char *at = text(id); *at; at++)
        count += ((unsigned char)*at & 0xc0) != 0x80;
    return count;
}

/* What must stand side by side in the key bar, or alone in its place. */
static void test_widths(void **state)
{
    static const struct {
        size_t room, gap;
        enum text_id texts[8];
    } rows[] = {
        {38, 2, {T_HINT_BACK, T_HINT_STOP, T_HINT_HELP, T_HINT_QUIT}},
        {38, 2, {T_HINT_ESC, T_HINT_F1, T_HINT_LEAVE_FIELD}},
        {38, 2, {T_HINT_YES, T_HINT_BACK}},
        {38, 0, {T_HINT_ANY}},
        {78,
         2,
         {T_HINT_ENTER, T_HINT_BACK, T_HINT_HELP, T_HINT_REPORT,
          T_HINT_LANGUAGE, T_HINT_QUIT}},
        {78,
         2,
         {T_HINT_ENTER_FIELD, T_HINT_TAB, T_HINT_ESC, T_HINT_F1, T_HINT_F2,
          T_HINT_LEAVE_FIELD}},
        {38, 0, {T_NOTICE_DIGIT}},
        {38, 0, {T_NOTICE_WAIT}},
        {38, 0, {T_NOTICE_BREAK}},
        {38, 0, {T_NOTICE_HELP}},
        {38, 0, {T_NOTICE_LANGUAGE}},
        {38, 0, {T_NOTICE_UNSAVED}},
        {9, 0, {T_STATE_GOOD}},
        {9, 0, {T_STATE_WARNING}},
        {9, 0, {T_STATE_PROBLEM}},
        {9, 0, {T_STATE_UNKNOWN}},
        {9, 0, {T_STATE_SKIPPED}},
        {9, 0, {T_STATE_RUNNING}},
        /* Beside "Práctica  Paso 10 de unos 12" in the header. */
        {48, 0, {T_SECTION_OPENING}},
        {48, 0, {T_SECTION_API}},
        {48, 0, {T_SECTION_SMTP}},
        {48, 0, {T_SECTION_SENDER}},
        {48, 0, {T_SECTION_FREE}},
        {48, 0, {T_SECTION_CONTACT}},
    };

    (void)state;
    for (int language = SPANISH; language < LANGUAGES; language++) {
        text_language(languages[language]);
        for (size_t i = 0; i < COUNT(rows); i++) {
            size_t width = 0;

            for (size_t t = 0; t < COUNT(rows[i].texts); t++)
                if (rows[i].texts[t] != T_NONE)
                    width += cells(rows[i].texts[t]) + (t ? rows[i].gap : 0);
            if (width > rows[i].room)
                fail_msg("%s, %s: %zu cells in %zu", languages[language],
                         names[rows[i].texts[0]], width, rows[i].room);
        }
    }
    text_language("es");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_translated),  cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_shape),       cmocka_unit_test(test_length),
        cmocka_unit_test(test_plain_words), cmocka_unit_test(test_homographs),
        cmocka_unit_test(test_letters),     cmocka_unit_test(test_widths),
    };
    char folder[4096];

    /* From build/tests/unit to build/locale. */
    snprintf(folder, sizeof(folder), "%s/../../locale",
             argc > 0 ? dirname(argv[0]) : ".");
    text_open(folder);
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
