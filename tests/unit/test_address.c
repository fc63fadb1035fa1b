/* SPDX-License-Identifier: MIT */
/* Addresses: what passes, byte for byte, and what is called what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/address.h"

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN
#define LABEL SIXTY "abc"

static void keeps_what_is_fine(void **state)
{
    static const char *const fine[] = {
        "a@b",
        "ana.perez+x@corp.example",
        "!#$%&'*+-/=?^_`{|}~@corp.example",
        "-leading@corp.example",
        "Case.Stays@Corp.EXAMPLE",
        "\"with blank\"@corp.example",
        "\"a@b, c\\\"d\\\\\"@corp.example",
        "a@1.2.3.4",
        "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "a@xn--espaa-rta.es",
        SIXTY "abcd@corp.example",
        "a@" LABEL ".example",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fine) / sizeof(*fine); i++) {
        struct address address;
        enum address_flaw flaw =
            address_check(&address, fine[i], strlen(fine[i]));

        if (flaw != ADDRESS_NONE)
            print_error("%s: %s\n", fine[i], syntax_word(flaw));
        assert_int_equal(flaw, ADDRESS_NONE);
        assert_string_equal(address.text, fine[i]);
        assert_string_equal(address.domain, strrchr(fine[i], '@') + 1);
        assert_false(address.converted);
    }
}

static void converts_domains(void **state)
{
    static const char *const pairs[][2] = {
        {"eva@España.es", "eva@xn--espaa-rta.es"},
        {"eva@straße.de", "eva@xn--strae-oqa.de"},
        {"eva@p\u0430ypal.example", "eva@xn--pypal-4ve.example"},
        {"eva@n\u0303.example", "eva@xn--ida.example"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct address address;

        assert_int_equal(
            address_check(&address, pairs[i][0], strlen(pairs[i][0])),
            ADDRESS_NONE);
        assert_string_equal(address.text, pairs[i][1]);
        assert_true(address.converted);
    }
}

static void names_each_flaw(void **state)
{
    static const struct {
        const char *text;
        enum address_flaw flaw;
    } bad[] = {
        {"", ADDRESS_EMPTY},
        {"ana", ADDRESS_NO_AT},
        {"@corp.example", ADDRESS_LOCAL_EMPTY},
        {"\"\"@corp.example", ADDRESS_LOCAL_EMPTY},
        {"ana@", ADDRESS_DOMAIN_EMPTY},
        {"ana@b\r\nRCPT TO:<c@d>", ADDRESS_CONTROL},
        {"ana\n@b", ADDRESS_CONTROL},
        {"\"a\tb\"@c", ADDRESS_CONTROL},
        {"a\177@b", ADDRESS_CONTROL},
        {" ana@b", ADDRESS_BLANK},
        {"ana@b ", ADDRESS_BLANK},
        {"ana perez@b", ADDRESS_BLANK},
        {"<ana@b>", ADDRESS_BRACKET},
        {"Ana <ana@b>", ADDRESS_BRACKET},
        {"\"<\"@b", ADDRESS_BRACKET},
        {"@relay,@other:ana@b", ADDRESS_ROUTE},
        {"@relay:ana@b", ADDRESS_ROUTE},
        {"ana@b,eva@c", ADDRESS_LIST},
        {"ana@b;eva@c", ADDRESS_LIST},
        {"a,b@c", ADDRESS_LIST},
        {"ana@b@c", ADDRESS_LIST},
        {SIXTY "abcde@b", ADDRESS_LOCAL_LONG},
        {".ana@b", ADDRESS_LOCAL_DOTS},
        {"ana.@b", ADDRESS_LOCAL_DOTS},
        {"a..b@c", ADDRESS_LOCAL_DOTS},
        {"a(b)@c", ADDRESS_LOCAL_SIGN},
        {"a\\b@c", ADDRESS_LOCAL_SIGN},
        {"a\"b\"@c", ADDRESS_LOCAL_SIGN},
        {"\"ana@b", ADDRESS_LOCAL_QUOTES},
        {"\"ana\\\"@b", ADDRESS_LOCAL_QUOTES},
        {"\"a\"b@c", ADDRESS_LOCAL_QUOTES},
        {"\"a\"", ADDRESS_NO_AT},
        {"\"", ADDRESS_LOCAL_QUOTES},
        {"josé@b", ADDRESS_LOCAL_FOREIGN},
        {"a\u2028b@c", ADDRESS_LOCAL_FOREIGN},
        {"a@b..c", ADDRESS_DOMAIN_LABEL},
        {"a@.b", ADDRESS_DOMAIN_LABEL},
        {"a@b.", ADDRESS_DOMAIN_LABEL},
        {"a@" LABEL "d.example", ADDRESS_DOMAIN_LABEL},
        {"a@a_b.example", ADDRESS_DOMAIN_SIGN},
        {"a@-b.example", ADDRESS_DOMAIN_SIGN},
        {"a@b-.example", ADDRESS_DOMAIN_SIGN},
        {"a@b%0d%0a.example", ADDRESS_DOMAIN_SIGN},
        {"a@ñ_b.example", ADDRESS_DOMAIN_SIGN},
        {"a@b\u2028c.example", ADDRESS_DOMAIN_FOREIGN},
        {"a@\xff\xfe.example", ADDRESS_DOMAIN_FOREIGN},
        {"a@\u202e.example", ADDRESS_DOMAIN_FOREIGN},
        {"a@[300.1.1.1]", ADDRESS_DOMAIN_LITERAL},
        {"a@[IPv6:zz]", ADDRESS_DOMAIN_LITERAL},
        {"a@[192.0.2.1", ADDRESS_DOMAIN_LITERAL},
        {"a@[", ADDRESS_DOMAIN_LITERAL},
        {"a@[]", ADDRESS_DOMAIN_LITERAL},
        {"a@" LABEL "." LABEL "." LABEL "." LABEL, ADDRESS_LONG},
        {"a@" LABEL "." LABEL "." LABEL "." LABEL ".b", ADDRESS_DOMAIN_LONG},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct address address;
        enum address_flaw flaw =
            address_check(&address, bad[i].text, strlen(bad[i].text));

        if (flaw != bad[i].flaw)
            print_error("'%s': %s\n", bad[i].text, syntax_word(flaw));
        assert_int_equal(flaw, bad[i].flaw);
        assert_true(!*bad[i].text || syntax_word(flaw));
    }
}

static void sees_a_nul(void **state)
{
    struct address address;

    (void)state;
    assert_int_equal(address_check(&address, "a@b\0c", 5), ADDRESS_CONTROL);
    assert_null(syntax_word(ADDRESS_NONE));
}

/* 254 bytes are an address, 255 are none, RFC 5321 erratum 1690. */
static void counts_to_254(void **state)
{
    char text[300] = SIXTY "@";
    struct address address;
    size_t length = strlen(text);

    (void)state;
    while (length < 254) {
        text[length] = length % 50 == 49 && length < 252 ? '.' : 'a';
        length++;
    }
    text[254] = 'b';
    assert_int_equal(address_check(&address, text, 254), ADDRESS_NONE);
    assert_int_equal(strlen(address.text), 254);
    assert_int_equal(address_check(&address, text, 255), ADDRESS_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_is_fine),
        cmocka_unit_test(converts_domains),
        cmocka_unit_test(names_each_flaw),
        cmocka_unit_test(sees_a_nul),
        cmocka_unit_test(counts_to_254),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
