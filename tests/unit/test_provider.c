/* SPDX-License-Identifier: MIT */
/* Whose mailbox an address is, and what that offers. */
#include "tests/unit/unit.h"

#include <string.h>

#include "steps/provider.h"

static void test_providers_by_domain(void **state)
{
    static const struct {
        const char *address, *host;
        enum provider_access access;
        enum text_id where;
    } cases[] = {
        {"ana@gmail.com", "imap.gmail.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_GMAIL},
        {"Ana@GMail.Com", "imap.gmail.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_GMAIL},
        {"ana@googlemail.com", "imap.gmail.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_GMAIL},
        {"ana@hotmail.com", "", PROVIDER_CLOSED, T_WHERE_AT_OUTLOOK},
        {"ana@hotmail.com.ar", "", PROVIDER_CLOSED, T_WHERE_AT_OUTLOOK},
        {"ana@outlook.es", "", PROVIDER_CLOSED, T_WHERE_AT_OUTLOOK},
        {"ana@live.com.mx", "", PROVIDER_CLOSED, T_WHERE_AT_OUTLOOK},
        {"ana@msn.com", "", PROVIDER_CLOSED, T_WHERE_AT_OUTLOOK},
        {"ana@yahoo.com.br", "imap.mail.yahoo.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_YAHOO},
        {"ana@icloud.com", "imap.mail.me.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_ICLOUD},
        {"ana@me.com", "imap.mail.me.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_ICLOUD},
        {"ana@zohomail.com", "imap.zoho.com", PROVIDER_APP_PASSWORD,
         T_WHERE_AT_ZOHO},
        {"ana@zoho.eu", "imap.zoho.eu", PROVIDER_APP_PASSWORD, T_WHERE_AT_ZOHO},
        /* Companies, and names that only look alike. */
        {"ana@empresa.example", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@mail.gmail.com", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@gmail.com.evil.example", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@xhotmail.com", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@hotmail.com.ar.example", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@hotmail.", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"ana@hotmail..com", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"\"a@gmail.com\"@empresa.example", "", PROVIDER_PASSWORD,
         T_WHERE_AT_OTHER},
        {"gmail.com", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
        {"", "", PROVIDER_PASSWORD, T_WHERE_AT_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct provider provider;

        provider_of(&provider, cases[i].address);
        if (strcmp(provider.host, cases[i].host) != 0 ||
            provider.access != cases[i].access ||
            provider.where != cases[i].where)
            fail_msg("%s: '%s'", cases[i].address, provider.host);
        assert_int_equal(provider.port, 993);
        assert_int_equal(provider.how == T_NONE,
                         cases[i].access == PROVIDER_CLOSED);
        assert_int_equal(provider.host[0] != '\0',
                         cases[i].access == PROVIDER_APP_PASSWORD);
    }
}

static void test_servers_as_typed(void **state)
{
    static const struct {
        const char *text, *host; /* NULL: no server */
        unsigned short port;
        enum tls_mode tls;
    } cases[] = {
        {"imap.corp.example", "imap.corp.example", 993, TLS_IMPLICIT},
        {"imap.corp.example:143", "imap.corp.example", 143, TLS_STARTTLS},
        {"imap.corp.example:1993", "imap.corp.example", 1993, TLS_IMPLICIT},
        {"[::1]:143", "::1", 143, TLS_STARTTLS},
        {"imap corp", NULL, 0, TLS_NONE},
        {"imap.corp.example:0", NULL, 0, TLS_NONE},
        {"", NULL, 0, TLS_NONE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct endpoint endpoint = {.host = "before"};
        int read = provider_endpoint(&endpoint, cases[i].text);

        assert_int_equal(read, cases[i].host ? 0 : -1);
        assert_string_equal(endpoint.host,
                            cases[i].host ? cases[i].host : "before");
        assert_int_equal(endpoint.port, cases[i].port);
        assert_int_equal(endpoint.tls, cases[i].tls);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_providers_by_domain),
        cmocka_unit_test(test_servers_as_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
