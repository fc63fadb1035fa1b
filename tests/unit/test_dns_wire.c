/* SPDX-License-Identifier: MIT */
/* DNS messages, made by hand. */
#include "tests/unit/unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "net/dns_wire.h"

/* A message as it is being made. */
struct made {
    unsigned char bytes[65536];
    size_t length;
};

static struct made made;
static struct dns_answer answer;

static void put(const void *bytes, size_t length)
{
    memcpy(made.bytes + made.length, bytes, length);
    made.length += length;
}

static void put16(unsigned number)
{
    unsigned char bytes[] = {(unsigned char)(number >> 8),
                             (unsigned char)number};
    put(bytes, 2);
}

static void put_name(const char *name)
{
    while (*name) {
        unsigned char size = (unsigned char)strcspn(name, ".");
        put(&size, 1);
        put(name, size);
        name += size + (name[size] == '.');
    }
    put("", 1);
}

/* Header and question, with room for that many records. */
static void begin(unsigned flags, unsigned count, const char *name,
                  enum dns_type type)
{
    dns_answer_release(&answer);
    made.length = 0;
    put16(7);
    put16(flags);
    put16(1);
    put16(count);
    put16(0);
    put16(0);
    put_name(name);
    put16(type);
    put16(1);
}

static void put_record(const char *owner, unsigned type, const void *data,
                       size_t length)
{
    put_name(owner);
    put16(type);
    put16(1);
    put16(0);
    put16(60);
    put16((unsigned)length);
    put(data, length);
}

static void put_alias(const char *owner, const char *to)
{
    struct made name = made;
    made.length = 0;
    put_name(to);
    struct made data = made;
    made = name;
    put_record(owner, DNS_CNAME, data.bytes, data.length);
}

static bool read_as(const char *name, enum dns_type type)
{
    return dns_wire_read(&answer, name, type, made.bytes, made.length);
}

#define GOOD 0x8180u
#define IP "\xc0\x00\x02\x01"

static void test_rcodes(void **state)
{
    static const enum dns_state states[16] = {
        DNS_NODATA, DNS_BOGUS,   DNS_SERVFAIL, DNS_NXDOMAIN,
        DNS_BOGUS,  DNS_REFUSED, DNS_BOGUS,    DNS_BOGUS,
        DNS_BOGUS,  DNS_BOGUS,   DNS_BOGUS,    DNS_BOGUS,
        DNS_BOGUS,  DNS_BOGUS,   DNS_BOGUS,    DNS_BOGUS,
    };

    (void)state;
    for (unsigned rcode = 0; rcode < 16; rcode++) {
        begin(GOOD | rcode, 0, "a.example", DNS_MX);
        assert_false(read_as("a.example", DNS_MX));
        assert_int_equal(answer.state, states[rcode]);
    }
}

static void test_other_questions(void **state)
{
    static const struct {
        unsigned flags;
        const char *name;
        enum dns_type type;
    } cases[] = {
        {GOOD, "b.example", DNS_A},
        {GOOD, "a.example", DNS_AAAA},
        {GOOD, "a.example.example", DNS_A},
        {0x0100, "a.example", DNS_A},        /* a question */
        {GOOD | 0x1000, "a.example", DNS_A}, /* another opcode */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        begin(cases[i].flags, 1, cases[i].name, cases[i].type);
        put_record("a.example", DNS_A, IP, 4);
        assert_false(read_as("a.example", DNS_A));
        assert_int_equal(answer.state, DNS_BOGUS);
    }
    begin(GOOD, 1, "A.Example", DNS_A);
    put_record("a.eXample", DNS_A, IP, 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_OK);
    assert_memory_equal(&answer.records[0].ip4, IP, 4);
}

static void test_records_of_others(void **state)
{
    (void)state;
    begin(GOOD, 3, "a.example", DNS_A);
    put_record("b.example", DNS_A, IP, 4);
    put_record("example", DNS_A, IP, 4);
    put_record("a.example", DNS_TXT, "\3abc", 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_NODATA);
    assert_int_equal(answer.count, 0);
    begin(GOOD, 1, "a.example", DNS_A); /* an answer to something else */
    put_record("b.example", DNS_A, IP, 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
}

static void test_texts(void **state)
{
    (void)state;
    begin(GOOD, 3, "a.example", DNS_TXT);
    put_record("a.example", DNS_TXT, "\7v=spf1 \4-all", 13);
    put_record("a.example", DNS_TXT, "\0", 1);
    put_record("a.example", DNS_TXT, "\3\0\xff\n", 4);
    assert_false(read_as("a.example", DNS_TXT));
    assert_int_equal(answer.count, 3);
    assert_string_equal(answer.records[0].text, "v=spf1 -all");
    assert_int_equal(answer.records[1].length, 0);
    assert_int_equal(answer.records[2].length, 3);
    assert_memory_equal(answer.records[2].text, "\0\xff\n", 4);
    begin(GOOD, 1, "a.example", DNS_TXT);
    put_record("a.example", DNS_TXT, "\5abc", 4);
    assert_false(read_as("a.example", DNS_TXT));
    assert_int_equal(answer.state, DNS_BOGUS);
    begin(GOOD, 1, "a.example", DNS_TXT);
    put_record("a.example", DNS_TXT, "", 0);
    assert_false(read_as("a.example", DNS_TXT));
    assert_int_equal(answer.state, DNS_BOGUS);
}

/* The null MX of RFC 7505 is a name of no labels, and no missing one. */
static void test_mail_servers(void **state)
{
    (void)state;
    begin(GOOD, 2, "a.example", DNS_MX);
    put_record("a.example", DNS_MX, "\0\24\2mx\1a\0", 8);
    put_record("a.example", DNS_MX, "\0\12\2mx\xc0\x0c", 7);
    assert_false(read_as("a.example", DNS_MX));
    assert_int_equal(answer.count, 2);
    assert_string_equal(answer.records[0].text, "mx.a.example");
    assert_int_equal(answer.records[0].preference, 10);
    assert_string_equal(answer.records[1].text, "mx.a");
    begin(GOOD, 1, "a.example", DNS_MX);
    put_record("a.example", DNS_MX, "\0\0\0", 3);
    assert_false(read_as("a.example", DNS_MX));
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.records[0].text, "");
    for (size_t length = 0; length < 3; length++) {
        begin(GOOD, 1, "a.example", DNS_MX);
        put_record("a.example", DNS_MX, "\0\0\0", length);
        assert_false(read_as("a.example", DNS_MX));
        assert_int_equal(answer.state, DNS_BOGUS);
    }
}

static void test_odd_labels(void **state)
{
    (void)state;
    begin(GOOD, 2, "a.example", DNS_MX);
    put_record("a.example", DNS_MX, "\0\1\3a.b\1c\0", 9);
    put_record("a.example", DNS_MX, "\0\2\1\"\0", 5);
    assert_false(read_as("a.example", DNS_MX));
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.records[0].text, "\"");
    assert_true(answer.cut);
    begin(GOOD, 1, "a.example", DNS_MX);
    put_record("a.example", DNS_MX, "\0\1\3a.b\1c\0", 9);
    assert_false(read_as("a.example", DNS_MX));
    assert_int_equal(answer.state, DNS_BOGUS);
}

static void test_chain(void **state)
{
    (void)state;
    begin(GOOD, 3, "a.example", DNS_A);
    put_record("c.example", DNS_A, IP, 4);
    put_alias("b.example", "c.example");
    put_alias("a.example", "b.example");
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_OK);
    assert_string_equal(answer.canonical, "c.example");
    begin(GOOD, 1, "a.example", DNS_A);
    put_alias("a.example", "else.where");
    assert_true(read_as("a.example", DNS_A));
    assert_string_equal(answer.canonical, "else.where");
    begin(GOOD | 3, 1, "a.example", DNS_A);
    put_alias("a.example", "not.there");
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_NXDOMAIN);
    begin(GOOD, 1, "a.example", DNS_CNAME);
    put_alias("a.example", "else.where");
    assert_false(read_as("a.example", DNS_CNAME));
    assert_string_equal(answer.records[0].text, "else.where");
    assert_string_equal(answer.canonical, "");
}

static void test_endless_chains(void **state)
{
    char from[16], to[16];

    (void)state;
    begin(GOOD, 2, "a.example", DNS_A);
    put_alias("a.example", "b.example");
    put_alias("b.example", "a.example");
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
    for (unsigned links = DNS_CHAIN_MAX; links <= DNS_CHAIN_MAX + 1; links++) {
        begin(GOOD, links + 1, "n0", DNS_A);
        for (unsigned i = 0; i < links; i++) {
            snprintf(from, sizeof(from), "n%u", i);
            snprintf(to, sizeof(to), "n%u", i + 1);
            put_alias(from, to);
        }
        put_record(to, DNS_A, IP, 4);
        assert_false(read_as("n0", DNS_A));
        assert_int_equal(answer.state,
                         links > DNS_CHAIN_MAX ? DNS_BOGUS : DNS_OK);
    }
}

static void test_lies(void **state)
{
    (void)state;
    begin(GOOD | 3, 1, "a.example", DNS_A);
    put_record("a.example", DNS_A, IP, 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
    begin(GOOD, 1, "a.example", DNS_A);
    put_record("a.example", DNS_A, IP IP, 5);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
    begin(GOOD, 2, "a.example", DNS_A); /* one is missing */
    put_record("a.example", DNS_A, IP, 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
    begin(GOOD, 1, "a.example", DNS_PTR); /* a name that points to itself */
    put_record("a.example", DNS_PTR, "\xc0\x30", 2);
    assert_int_equal(made.bytes[0x30], 0xc0);
    assert_false(read_as("a.example", DNS_PTR));
    assert_int_equal(answer.state, DNS_BOGUS);
}

/* What did not fit proves nothing of what is not there. */
static void test_truncated(void **state)
{
    (void)state;
    begin(GOOD | 0x0200, 0, "a.example", DNS_A);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_BOGUS);
    begin(GOOD | 0x0200, 1, "a.example", DNS_A);
    put_record("a.example", DNS_A, IP, 4);
    assert_false(read_as("a.example", DNS_A));
    assert_int_equal(answer.state, DNS_OK);
    assert_true(answer.cut);
}

/* Every beginning of a good message is a bad one. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    begin(GOOD, 2, "a.example", DNS_MX);
    put_record("a.example", DNS_MX, "\0\24\2mx\1a\0", 8);
    put_alias("b.example", "c.example");
    for (size_t whole = made.length; made.length > 0; made.length--) {
        dns_answer_release(&answer);
        assert_false(read_as("a.example", DNS_MX));
        assert_int_equal(answer.state,
                         made.length == whole ? DNS_OK : DNS_BOGUS);
    }
}

static int release(void **state)
{
    (void)state;
    dns_answer_release(&answer);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rcodes),
        cmocka_unit_test(test_other_questions),
        cmocka_unit_test(test_records_of_others),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_mail_servers),
        cmocka_unit_test(test_odd_labels),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_endless_chains),
        cmocka_unit_test(test_lies),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_cut_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
