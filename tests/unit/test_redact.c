/* SPDX-License-Identifier: MIT */
/* No secret goes through, in none of its forms; all else does. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/feed.h"
#include "net/redact.h"

#define KEY "s3cr3t/Key+\"\\\xc3\xb1"
#define USER "ana@tienda.example"

static struct redact *redact_of(const char *text, const char *user)
{
    struct redact *redact = redact_new();
    struct secret secret;

    assert_non_null(redact);
    assert_int_equal(secret_set(&secret, text, strlen(text), NULL), 0);
    assert_int_equal(redact_add(redact, &secret, user), 0);
    return redact;
}

static void assert_redacted(const struct redact *redact, const char *text,
                            const char *expected)
{
    char *out = redact_text(redact, text);

    if (expected)
        assert_string_equal(out, expected);
    else
        assert_null(out);
    free(out);
}

static void hides_every_form(void **state)
{
    static const char *const forms[] = {
        KEY,
        "s3cr3t/Key+\\\"\\\\\xc3\xb1", /* quoted */
        "czNjcjN0L0tleSsiXMOx",        /* base64 */
        "s3cr3t%2FKey%2B%22%5C%C3%B1", /* percent-escaped */
        "s3cr3t%2fKey%2b%22%5c%c3%b1",
        "AGFuYUB0aWVuZGEuZXhhbXBsZQBzM2NyM3QvS2V5KyJcw7E", /* PLAIN */
    };
    struct redact *redact = redact_of(KEY, USER);

    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        char text[256], expected[256];

        snprintf(text, sizeof(text), "a %s, %s= z", forms[i], forms[i]);
        snprintf(expected, sizeof(expected), "a %s, %s= z", REDACT_MARK,
                 REDACT_MARK);
        assert_redacted(redact, text, expected);
        assert_redacted(redact, forms[i], REDACT_MARK);
    }
    redact_free(redact);
}

static void leaves_all_else(void **state)
{
    struct redact *redact = redact_of(KEY, USER);

    (void)state;
    assert_redacted(redact, "", NULL);
    assert_redacted(redact, "550 no such user " USER, NULL);
    assert_redacted(redact, "s3cr3t/Key+\"\\", NULL);
    assert_redacted(redact, "S3CR3T/KEY+", NULL);
    redact_free(redact);
}

static void takes_short_secrets_as_words(void **state)
{
    struct redact *redact = redact_of("no", NULL);

    (void)state;
    assert_redacted(redact, "no", REDACT_MARK);
    assert_redacted(redact, "key=no;", "key=" REDACT_MARK ";");
    assert_redacted(redact, "nobody knows anno", NULL);
    redact_free(redact);
}

static void leaves_no_rest_of_a_longer_secret(void **state)
{
    struct redact *redact = redact_of("abcd", NULL);
    struct secret longer;

    (void)state;
    secret_set(&longer, "abcdefgh", 8, NULL);
    assert_int_equal(redact_add(redact, &longer, NULL), 0);
    assert_redacted(redact, "abcdefgh abcd", REDACT_MARK " " REDACT_MARK);
    redact_free(redact);
}

static void needs_no_secret(void **state)
{
    struct redact *redact = redact_new();
    struct secret none = {0};

    (void)state;
    assert_int_equal(redact_add(redact, &none, USER), 0);
    assert_redacted(redact, "anything at all", NULL);
    redact_free(redact);
    redact_free(NULL);
}

static size_t told(int fd, char *text, size_t size)
{
    ssize_t got = read(fd, text, size - 1);

    assert_true(got >= 0);
    text[got] = '\0';
    return (size_t)got;
}

/* What a probe tells goes through it, whatever kind of event it is. */
static void works_in_the_feed(void **state)
{
    struct request request = {.user = USER};
    struct ending ending = {.outcome = RESULT_FAULT, .fault = FAULT_AUTH};
    struct feed feed;
    struct event *more = event_new("end");
    char text[4096];
    int ends[2];

    (void)state;
    secret_set(&request.api_key, KEY, strlen(KEY), NULL);
    secret_set(&request.password, "hunter2!", 8, NULL);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(feed_init(&feed, ends[1], &request), 0);
    feed_phase(&feed, PHASE_AUTH);
    feed_phase(&feed, PHASE_AUTH); /* told once */
    feed_line(&feed, "us", "LOGIN hunter2!", 14);
    event_put_text(more, "where", "x" KEY "x");
    snprintf(ending.reply, sizeof(ending.reply), "535 %s", "hunter2!");
    feed_end(&feed, &ending, more);
    feed_end(&feed, &ending, NULL); /* told once */
    close(ends[1]);
    told(ends[0], text, sizeof(text));
    assert_null(strstr(text, "hunter2!"));
    assert_null(strstr(text, "s3cr3t"));
    assert_non_null(strstr(text, "LOGIN " REDACT_MARK));
    assert_non_null(strstr(text, "\"where\":\"x" REDACT_MARK "x\""));
    assert_non_null(strstr(text, "\"reply\":\"535 " REDACT_MARK "\""));
    assert_non_null(strstr(text, "\"phase\":\"auth\",\"code\":null"));
    assert_null(strstr(strstr(text, "\"end\"") + 1, "\"event\""));
    assert_null(
        strstr(strstr(text, "\"event\":\"phase\"") + 1, "\"event\":\"phase\""));
    feed_release(&feed);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hides_every_form),
        cmocka_unit_test(leaves_all_else),
        cmocka_unit_test(takes_short_secrets_as_words),
        cmocka_unit_test(leaves_no_rest_of_a_longer_secret),
        cmocka_unit_test(needs_no_secret),
        cmocka_unit_test(works_in_the_feed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
