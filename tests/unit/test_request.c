/* SPDX-License-Identifier: MIT */
/* Servers as people type them, and which may do without TLS. */
#include "tests/unit/unit.h"

#include <string.h>

#include "net/request.h"

static void reads_servers(void **state)
{
    static const struct {
        const char *text, *host; /* no host: refused */
        int port;
    } cases[] = {
        {"mail.example.com", "mail.example.com", 587},
        {"mail.example.com:25", "mail.example.com", 25},
        {"correo.españa.example:465", "correo.españa.example", 465},
        {"127.0.0.1:2525", "127.0.0.1", 2525},
        {"[::1]:25", "::1", 25},
        {"[::1]", "::1", 587},
        {"::1", "::1", 587},
        {"2001:db8::25", "2001:db8::25", 587},
        {"a_b-c.d", "a_b-c.d", 587},
        {"h:65535", "h", 65535},
        {"", NULL, 0},
        {":25", NULL, 0},
        {"h:", NULL, 0},
        {"h:0", NULL, 0},
        {"h:65536", NULL, 0},
        {"h:25x", NULL, 0},
        {"h:+25", NULL, 0},
        {"h:99999999999999999999", NULL, 0},
        {"[::1", NULL, 0},
        {"[::1]25", NULL, 0},
        {"[mail.example.com]:25", NULL, 0},
        {"1:2:3", NULL, 0},
        {"-h", NULL, 0},
        {".h", NULL, 0},
        {"a b", NULL, 0},
        {"a\r\nb", NULL, 0},
        {"a/b", NULL, 0},
        {"u@h", NULL, 0},
        {"a\xff", NULL, 0},
        {"a\xc2\x85", NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct endpoint endpoint = {"before", 587, TLS_IMPLICIT};
        int result = endpoint_parse(&endpoint, cases[i].text, NULL);

        assert_int_equal(result, cases[i].host ? 0 : -1);
        assert_string_equal(endpoint.host,
                            cases[i].host ? cases[i].host : "before");
        assert_int_equal(endpoint.port, cases[i].host ? cases[i].port : 587);
        assert_int_equal(endpoint.tls, TLS_IMPLICIT);
    }
}

static void takes_no_long_host(void **state)
{
    struct endpoint endpoint = {.port = 25};
    char text[HOST_MAX + 1];

    (void)state;
    memset(text, 'a', sizeof(text));
    text[HOST_MAX] = '\0';
    assert_int_equal(endpoint_parse(&endpoint, text, NULL), -1);
    text[HOST_MAX - 1] = '\0';
    assert_int_equal(endpoint_parse(&endpoint, text, NULL), 0);
    assert_string_equal(endpoint.host, text);
}

static void knows_this_machine(void **state)
{
    static const struct {
        const char *host;
        bool loopback;
    } cases[] = {
        {"127.0.0.1", true},
        {"127.8.9.10", true},
        {"::1", true},
        {"0:0:0:0:0:0:0:1", true},
        {"localhost", true},
        {"LocalHost", true},
        {"128.0.0.1", false},
        {"0.0.0.0", false},
        {"::", false},
        {"::ffff:10.0.0.1", false},
        {"localhost.example.com", false},
        {"127.0.0.1.example.com", false},
        {"127.1", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct endpoint endpoint = {.port = 25};

        strcpy(endpoint.host, cases[i].host);
        assert_int_equal(endpoint_is_loopback(&endpoint), cases[i].loopback);
    }
}

static void takes_urls_that_are_safe(void **state)
{
    static const struct {
        const char *url;
        int result;
    } cases[] = {
        {"https://api.example.com", 0},
        {"https://api.example.com:8443/v1/", 0},
        {"HTTPS://api.example.com", 0},
        {"http://127.0.0.1:8080", 0},
        {"http://[::1]:8080/x", 0},
        {"http://localhost", 0},
        {"http://api.example.com", -1},
        {"http://127.0.0.1@evil.example", -1},
        {"http://127.0.0.1:80@evil.example/", -1},
        {"http://127.0.0.1\\@evil.example", -1},
        {"http://localhost.evil.example", -1},
        {"https://user:pass@api.example.com", -1},
        {"https://api.example.com/?a=b", -1},
        {"https://api.example.com/#a", -1},
        {"https://api.example.com/a b", -1},
        {"https://api.example.com/\r\nX: y", -1},
        {"https://", -1},
        {"https:///path", -1},
        {"file:///etc/passwd", -1},
        {"ftp://localhost", -1},
        {"api.example.com", -1},
        {"", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(url_check(cases[i].url, NULL), cases[i].result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_servers),
        cmocka_unit_test(takes_no_long_host),
        cmocka_unit_test(knows_this_machine),
        cmocka_unit_test(takes_urls_that_are_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
