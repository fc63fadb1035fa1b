/* SPDX-License-Identifier: MIT */
/* JSON from a server: what is let in, and what the getters make of it. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/json.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *bytes;
    size_t length;
    bool read;
} inputs[] = {
    {BYTES("{}"), true},
    {BYTES(" [1, 2]\r\n\t "), true},
    {BYTES("\xef\xbb\xbf{\"a\":1}"), true},
    {BYTES("{\"a\":\"\xff\"}"), true},
    {BYTES("{\"a\":\"\x1b[2J\"}"), true},
    {BYTES(""), false},
    {BYTES("   "), false},
    {BYTES("1"), false},
    {BYTES("\"text\""), false},
    {BYTES("null"), false},
    {BYTES("{} {}"), false},
    {BYTES("{}x"), false},
    {BYTES("{}\0"), false},
    {BYTES("{\0}"), false},
    {BYTES("{\"a\":1,}"), false},
    {BYTES("{\"a\":nan}"), false},
    {BYTES("{\"a\":\"\\ud800\"}"), false},
    {BYTES("{\"a\":\"\\"), false},
    {BYTES("{\"a\":\"\\\0\"}"), false},
    {BYTES("<html></html>"), false},
};

static void test_lets_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(inputs); i++) {
        cJSON *value = json_read(inputs[i].bytes, inputs[i].length);

        if ((value != NULL) != inputs[i].read)
            fail_msg("input %zu: '%s'", i, inputs[i].bytes);
        json_free(value);
    }
    assert_null(json_read(NULL, 0));
}

static void test_tells_what_was_cut(void **state)
{
    static const struct {
        const char *text;
        bool cut;
    } texts[] = {
        {"{", true},           {"{\"a\":[1,{\"b\":2}", true},
        {"{\"a\":\"}", true},  {"{\"a\":\"\\\"}", true},
        {"{\"a\":\"\\", true}, {" \r\n{\"a\"", true},
        {"{}", false},         {"{\"a\":\"{\"}", false},
        {"{\"a\":1,}", false}, {"{}{", false},
        {"[", false},          {"<html>{", false},
        {"  ", false},         {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (json_is_cut(texts[i].text, strlen(texts[i].text)) != texts[i].cut)
            fail_msg("'%s'", texts[i].text);
}

static cJSON *nest(int depth)
{
    char text[2 * JSON_DEPTH_MAX + 8];

    memset(text, '[', (size_t)depth);
    memset(text + depth, ']', (size_t)depth);
    return json_read(text, 2 * (size_t)depth);
}

static void test_bounds_depth(void **state)
{
    cJSON *value = nest(JSON_DEPTH_MAX);

    (void)state;
    assert_non_null(value);
    json_free(value);
    assert_null(nest(JSON_DEPTH_MAX + 1));
    value = json_read(BYTES("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]"));
    assert_non_null(value); /* brackets in a string are none */
    json_free(value);
}

static void test_bounds_size(void **state)
{
    char *text = malloc(JSON_MAX + 1);
    cJSON *value;

    (void)state;
    assert_non_null(text);
    memset(text, ' ', JSON_MAX + 1);
    text[0] = '{';
    text[1] = '}';
    value = json_read(text, JSON_MAX);
    assert_non_null(value);
    json_free(value);
    assert_null(json_read(text, JSON_MAX + 1));
    free(text);
}

static void test_keeps_what_follows_a_nul(void **state)
{
    cJSON *value = json_read(
        BYTES("{\"a\":\"x\\u0000y\",\"b\":\"x\0y\",\"c\":\"\\\\u0000\","
              "\"Error\\u0000Code\":1}"));

    (void)state;
    assert_string_equal(json_text(value, "a"), "x\xef\xbf\xbdy");
    assert_string_equal(json_text(value, "b"), "x?y");
    assert_string_equal(json_text(value, "c"), "\\u0000");
    assert_null(json_member(value, "Error"));
    json_free(value);
}

static void test_names_are_exact(void **state)
{
    cJSON *value = json_read(BYTES("{\"errorcode\":1,\"A\":1,\"A\":2}"));

    (void)state;
    assert_null(json_member(value, "ErrorCode"));
    assert_true(json_doubled(value, "A"));
    assert_false(json_doubled(value, "errorcode"));
    assert_false(json_doubled(value, "B"));
    assert_null(json_member(NULL, "A"));
    json_free(value);
}

static void test_words(void **state)
{
    static const struct {
        const char *key, *word;
    } words[] = {
        {"text", "abc"}, {"number", "4323372041"},
        {"zero", "0"},   {"exact", "9007199254740991"},
        {"lossy", ""},   {"half", ""},
        {"big", ""},     {"flag", ""},
        {"null", ""},    {"empty", ""},
        {"long", ""},    {"none", ""},
        {"latin", ""},   {"utf8", "\xc3\xb1"},
    };
    cJSON *value = json_read(
        BYTES("{\"text\":\"abc\",\"number\":4323372041,\"zero\":0,"
              "\"exact\":9007199254740991,\"lossy\":9007199254740993,"
              "\"half\":1.5,\"big\":1e999,\"flag\":true,\"null\":null,"
              "\"empty\":\"\",\"long\":\"0123456789012345678901234567890\","
              "\"latin\":\"a\361\",\"utf8\":\"\303\261\"}"));

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        char out[24] = "before";

        assert_int_equal(json_word(value, words[i].key, out, sizeof(out)),
                         words[i].word[0] != '\0');
        assert_string_equal(out, words[i].word);
    }
    json_free(value);
}

static void test_whole_numbers(void **state)
{
    static const struct {
        const char *key;
        bool read;
        int number;
    } numbers[] = {
        {"a", true, 406},    {"b", true, 406}, {"c", true, -3},
        {"d", false, 77},    {"e", false, 77}, {"f", false, 77},
        {"g", false, 77},    {"h", false, 77}, {"i", false, 77},
        {"none", false, 77},
    };
    cJSON *value =
        json_read(BYTES("{\"a\":406,\"b\":\"406\",\"c\":-3,\"d\":\"406x\","
                        "\"e\":1e10,\"f\":\"99999999999\",\"g\":\" 4\","
                        "\"h\":[4],\"i\":4.5}"));

    (void)state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        int number = 77;

        assert_int_equal(json_whole(value, numbers[i].key, &number),
                         numbers[i].read);
        assert_int_equal(number, numbers[i].number);
    }
    json_free(value);
}

static void test_flags_and_texts(void **state)
{
    cJSON *value = json_read(BYTES("{\"a\":true,\"b\":\"True\",\"c\":false,"
                                   "\"d\":1,\"e\":\"\xe9t\xe9\"}"));
    char out[4];

    (void)state;
    assert_true(json_flag(value, "a"));
    assert_true(json_flag(value, "b"));
    assert_false(json_flag(value, "c"));
    assert_false(json_flag(value, "d"));
    assert_false(json_flag(value, "none"));
    json_copy(out, sizeof(out), value, "e");
    assert_string_equal(out, "ét");
    json_copy(out, sizeof(out), value, "d");
    assert_string_equal(out, "");
    json_free(value);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lets_in),
        cmocka_unit_test(test_tells_what_was_cut),
        cmocka_unit_test(test_bounds_depth),
        cmocka_unit_test(test_bounds_size),
        cmocka_unit_test(test_keeps_what_follows_a_nul),
        cmocka_unit_test(test_names_are_exact),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_flags_and_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
