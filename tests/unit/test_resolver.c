/* SPDX-License-Identifier: MIT */
/* Questions and answers of the DNS, whoever answers. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "net/resolver.h"

static const char label63[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static enum dns_state state_of(const char *name)
{
    struct dns_query query;
    dns_query_init(&query, name, DNS_A);
    return query.answer.state;
}

static void test_names(void **state)
{
    char name[400];

    (void)state;
    assert_int_equal(state_of("example.com"), DNS_UNASKED);
    assert_int_equal(state_of("example.com."), DNS_UNASKED);
    assert_int_equal(state_of("_dmarc.a b\\c.example"), DNS_UNASKED);
    assert_int_equal(state_of(label63), DNS_UNASKED);
    assert_int_equal(state_of(""), DNS_BADNAME);
    assert_int_equal(state_of("."), DNS_BADNAME);
    assert_int_equal(state_of("a..b"), DNS_BADNAME);
    assert_int_equal(state_of(".a"), DNS_BADNAME);
    assert_int_equal(state_of("a.."), DNS_BADNAME);
    snprintf(name, sizeof(name), "a%s.example", label63);
    assert_int_equal(state_of(name), DNS_BADNAME);
    snprintf(name, sizeof(name), "%s.%s.%s.%.61s", label63, label63, label63,
             label63);
    assert_int_equal(strlen(name), 253);
    assert_int_equal(state_of(name), DNS_UNASKED);
    strncat(name, ".", 2);
    assert_int_equal(state_of(name), DNS_UNASKED);
    name[253] = 'a';
    assert_int_equal(state_of(name), DNS_BADNAME);
}

static void answer_once(void *context, struct dns_query *queries, size_t count)
{
    *(size_t *)context += count;
    for (size_t i = 0; i < count; i++)
        queries[i].answer.state = DNS_NXDOMAIN;
}

static void test_ask_one(void **state)
{
    size_t asked = 0;
    struct resolver resolver = {answer_once, &asked};
    struct dns_query query;

    (void)state;
    assert_int_equal(resolver_ask_one(&resolver, &query, "a..b", DNS_TXT),
                     DNS_BADNAME);
    assert_int_equal(asked, 0);
    assert_int_equal(resolver_ask_one(&resolver, &query, "a.b.", DNS_TXT),
                     DNS_NXDOMAIN);
    assert_int_equal(asked, 1);
    assert_string_equal(query.name, "a.b");
    assert_int_equal(query.type, DNS_TXT);
}

static void add_mx(struct dns_answer *answer, unsigned preference,
                   const char *name)
{
    struct dns_record record = {
        .preference = preference, .text = name, .length = strlen(name)};
    dns_answer_add(answer, DNS_MX, &record);
}

static void test_mx_in_order(void **state)
{
    static const char *const sorted[] = {"", "b", "c", "a", "d"};
    struct dns_answer answer = {0};

    (void)state;
    add_mx(&answer, 20, "a");
    add_mx(&answer, 10, "b");
    add_mx(&answer, 10, "c");
    add_mx(&answer, 65535, "d");
    add_mx(&answer, 0, "");
    assert_int_equal(answer.state, DNS_OK);
    assert_int_equal(answer.count, COUNT(sorted));
    for (size_t i = 0; i < COUNT(sorted); i++)
        assert_string_equal(answer.records[i].text, sorted[i]);
    dns_answer_release(&answer);
    assert_int_equal(answer.state, DNS_UNASKED);
    assert_null(answer.records);
}

static void test_limits(void **state)
{
    static char text[DNS_TEXT_MAX + 1];
    struct dns_record record = {.text = text, .length = sizeof(text)};
    struct dns_answer answer = {0};

    (void)state;
    dns_answer_add(&answer, DNS_TXT, &record);
    assert_true(answer.cut);
    assert_int_equal(answer.count, 0);
    assert_int_equal(answer.state, DNS_UNASKED);
    dns_answer_release(&answer);
    record.length = 3;
    memcpy(text, "a\0b", 3);
    for (int i = 0; i < DNS_RECORDS_MAX; i++)
        dns_answer_add(&answer, DNS_TXT, &record);
    assert_false(answer.cut);
    assert_int_equal(answer.count, DNS_RECORDS_MAX);
    dns_answer_add(&answer, DNS_TXT, &record);
    assert_true(answer.cut);
    assert_int_equal(answer.count, DNS_RECORDS_MAX);
    for (int i = 0; i < DNS_RECORDS_MAX; i++)
        assert_memory_equal(answer.records[i].text, "a\0b", 4);
    dns_answer_release(&answer);
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(dns_state_word(DNS_UNASKED), "unasked");
    assert_string_equal(dns_state_word(DNS_NXDOMAIN), "nxdomain");
    assert_string_equal(dns_state_word(DNS_BADNAME), "badname");
    assert_string_equal(dns_state_word(DNS_STATE_COUNT), "unasked");
    assert_string_equal(dns_type_word(DNS_AAAA), "AAAA");
    assert_string_equal(dns_type_word((enum dns_type)99), "?");
    for (int i = 0; i < DNS_STATE_COUNT; i++)
        assert_int_equal(dns_is_told((enum dns_state)i),
                         i == DNS_OK || i == DNS_NODATA || i == DNS_NXDOMAIN);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),       cmocka_unit_test(test_ask_one),
        cmocka_unit_test(test_mx_in_order), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
