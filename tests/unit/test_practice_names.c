/* SPDX-License-Identifier: MIT */
/* The DNS of the practice world, read as a client reads it. */
#include "tests/unit/unit.h"

#include <string.h>

#include "net/dns_wire.h"
#include "net/practice/names.h"

static unsigned char question[300], message[NAMES_ANSWER_MAX];
static size_t question_length;
static struct dns_answer answer;

static void make_question(const char *name, enum dns_type type)
{
    size_t at = 12;

    memset(question, 0, sizeof(question));
    question[1] = 7;
    question[2] = 1;
    question[5] = 1;
    for (const char *s = name; *s; s += strcspn(s, ".")) {
        s += *s == '.';
        question[at++] = (unsigned char)strcspn(s, ".");
        memcpy(question + at, s, strcspn(s, "."));
        at += strcspn(s, ".");
    }
    question[at + 2] = (unsigned char)type;
    question[at + 4] = 1;
    question_length = at + 5;
}

static enum dns_state ask(enum scenario scenario, const char *name,
                          enum dns_type type, size_t size)
{
    make_question(name, type);
    size_t length =
        names_answer(scenario, question, question_length, message, size);
    dns_answer_release(&answer);
    dns_wire_read(&answer, name, type, message, length);
    return answer.state;
}

static void test_states(void **state)
{
    static const struct {
        const char *name;
        enum dns_type type;
        enum dns_state state;
    } cases[] = {
        {"tienda.example", DNS_MX, DNS_OK},
        {"TIENDA.example", DNS_TXT, DNS_OK},
        {"tienda.example", DNS_A, DNS_NODATA},
        {"_domainkey.tienda.example", DNS_TXT, DNS_NODATA},
        {"sel._domainkey.tienda.example", DNS_TXT, DNS_NXDOMAIN},
        {"otra.example", DNS_MX, DNS_NXDOMAIN},
        {"no-existe.nollego.invalid", DNS_A, DNS_NXDOMAIN},
        {"empresa.com.ar", DNS_MX, DNS_REFUSED},
        {"20.2.0.192.in-addr.arpa", DNS_PTR, DNS_OK},
        {"21.2.0.192.in-addr.arpa", DNS_PTR, DNS_NXDOMAIN},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(ask(SCENARIO_ARRIVES, cases[i].name, cases[i].type,
                             sizeof(message)),
                         cases[i].state);
}

static void test_scenarios(void **state)
{
    (void)state;
    assert_int_equal(ask(SCENARIO_ARRIVES, "empresa.example", DNS_MX, 512),
                     DNS_OK);
    assert_string_equal(answer.records[0].text, "mx.empresa.example");
    assert_int_equal(
        ask(SCENARIO_CORPORATE_FILTER, "empresa.example", DNS_MX, 512), DNS_OK);
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.records[0].text,
                        "empresa-example.mail.protection.outlook.com");
}

static void test_alias(void **state)
{
    (void)state;
    assert_int_equal(ask(SCENARIO_ARRIVES, "default._domainkey.tienda.example",
                         DNS_TXT, sizeof(message)),
                     DNS_OK);
    assert_string_equal(answer.canonical, "tienda.dkim.servicio.example");
    assert_true(answer.records[0].length > 400);
    /* Too much for a datagram: asked again by TCP. */
    assert_int_equal(ask(SCENARIO_ARRIVES, "default._domainkey.tienda.example",
                         DNS_TXT, 512),
                     DNS_BOGUS);
    assert_true(message[2] & 0x02);
}

/* Whatever comes, an answer stays within its room and is one. */
static void test_malformed(void **state)
{
    (void)state;
    make_question("tienda.example", DNS_MX);
    for (size_t length = 0; length < question_length; length++) {
        size_t made = names_answer(SCENARIO_ARRIVES, question, length, message,
                                   sizeof(message));
        assert_true(length < 12 ? made == 0 : made == 12);
        assert_true(length < 12 || (message[3] & 15) == 1);
    }
    question[2] |= 0x80; /* an answer is never answered */
    assert_int_equal(names_answer(SCENARIO_ARRIVES, question, question_length,
                                  message, sizeof(message)),
                     0);
    make_question("tienda.example", DNS_MX);
    question[12] = 0xc0;
    assert_int_equal(names_answer(SCENARIO_ARRIVES, question, question_length,
                                  message, sizeof(message)),
                     12);
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
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_scenarios),
        cmocka_unit_test(test_alias),
        cmocka_unit_test(test_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
