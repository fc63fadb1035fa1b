/* SPDX-License-Identifier: MIT */
/* Reading a sender's past through the API. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "net/trx.h"

#define SENDER "avisos@shop.test"

#define LIST(items)                                                            \
    ANSWER("200 OK", "{\"TotalCount\":9,\"Bounces\":[" items "]}")
#define ITEM(id, type, from, email, inactive)                                  \
    "{\"ID\":" id ",\"Type\":\"" type "\",\"From\":\"" from                    \
    "\",\"Email\":\"" email "\",\"Inactive\":" inactive                        \
    ",\"BouncedAt\":\"2026-11-01\",\"Details\":\"smtp;550 5.1.1 no\"}"
#define HARD(id, email) ITEM(id, "HardBounce", SENDER, email, "true")
#define SOFT(id, email) ITEM(id, "SoftBounce", SENDER, email, "false")

/* clang-format off */
static const struct sender_case {
    const char *name;
    struct talk talk;
    const char *outcome, *fault, *cause;
    int count, hard, addresses, without; /* count NONE: no totals are told */
    const char *kinds, *domains;
    bool not_offered;
} cases[] = {
    {"nothing came back", {.turns = {{"\r\n\r\n", LIST(""), 0}}},
     "pass", NULL, NULL, 0, 0, 0, 0, "", "", false},
    {"some did",
     {.turns = {{"\r\n\r\n",
                 LIST(HARD("1", "a@x.test") "," SOFT("2", "b@x.test") ","
                      HARD("3", "c@y.test") "," HARD("4", "A@X.test")), 0}}},
     "pass", NULL, NULL, 4, 3, 2, 0, "HardBounce=3 SoftBounce=1",
     "x.test=3 y.test=1", false},
    {"others' mails are others' business",
     {.turns = {{"\r\n\r\n",
                 LIST(ITEM("1", "HardBounce", "otro@shop.test", "a@x.test",
                 "true")
                      "," ITEM("2", "HardBounce", "xavisos@shop.test",
                      "b@x.test", "true")
                      "," ITEM("3", "HardBounce", "avisos@shop.test.ar",
                      "c@x.test", "true")
                      "," SOFT("4", "d@x.test")), 0}}},
     "pass", NULL, NULL, 1, 0, 0, 0, "SoftBounce=1", "x.test=1", false},
    {"with a name, in another case",
     {.turns = {{"\r\n\r\n",
                 LIST(ITEM("1", "hardbounce", "Avisos <AVISOS@Shop.test>",
                           "a@x.test", "true")), 0}}},
     "pass", NULL, NULL, 1, 1, 1, 0, "HardBounce=1", "x.test=1", false},
    {"a service that does not say whose",
     {.turns = {{"\r\n\r\n",
                 LIST("{\"ID\":1,\"Type\":\"HardBounce\",\"Email\":\"a@x.test\"},"
                      "{\"ID\":2,\"Type\":\"HardBounce\",\"Email\":\"b@x.test\"}"),
                 0}}},
     "pass", NULL, NULL, 0, 0, 0, 2, "", "", false},
    {"blocked by hand, and a complaint",
     {.turns = {{"\r\n\r\n",
                 LIST(ITEM("1", "ManuallyDeactivated", SENDER, "a@x.test",
                 "true")
                      "," ITEM("2", "SpamComplaint", SENDER, "b@x.test", "true")
                      "," ITEM("3", "Blocked", SENDER, "c@x.test", "false")),
                      0}}},
     "pass", NULL, NULL, 3, 0, 2, 0,
     "Blocked=1 ManuallyDeactivated=1 SpamComplaint=1", "x.test=3", false},
    {"a kind that nobody knows",
     {.turns = {{"\r\n\r\n",
                 LIST(ITEM("1", "New = Kind", SENDER, "nowhere", "false")),
                 0}}},
     "pass", NULL, NULL, 1, 0, 0, 0, "New___Kind=1", "=1", false},
    {"wrong key",
     {.turns = {{"\r\n\r\n", ANSWER("401 No", REFUSAL(10, "k")), 0}}},
     "fault", "auth", "securityerror", NONE, 0, 0, 0, NULL, NULL, false},
    {"not offered", {.turns = {{"\r\n\r\n", ANSWER("404 No", "<html>"), 0}}},
     "unknown", NULL, NULL, NONE, 0, 0, 0, NULL, NULL, true},
    {"leaves", {.turns = {{"\r\n\r\n", "", 0}}},
     "fault", "dropped", "networkerror", NONE, 0, 0, 0, NULL, NULL, false},
    {"a page", {.turns = {{"\r\n\r\n", ANSWER("200 OK", "<html>"), 0}}},
     "fault", "protocol", "systemerror", NONE, 0, 0, 0, NULL, NULL, false},
};
/* clang-format on */

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             server->port);
    SET(request->sender, SENDER);
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = 5;
}

static void check_totals(const struct sender_case *expected,
                         const struct witness *witness)
{
    const struct event *end = witness_end(witness);

    if (expected->count == NONE) {
        assert_false(event_has(end, "count"));
        return;
    }
    if ((int)event_number(end, "count", NONE) != expected->count ||
        (int)event_number(end, "hard", NONE) != expected->hard ||
        (int)event_number(end, "addresses", NONE) != expected->addresses ||
        (int)event_number(end, "without_sender", 0) != expected->without ||
        event_flag(end, "partial"))
        fail_msg("%s: %s", expected->name, witness->text);
    assert_int_equal(witness_count(witness, "bounce"), expected->count);
}

static void check(const struct sender_case *expected)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, &expected->talk, 1, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", expected->outcome);
    witness_text(&witness, end, "fault", expected->fault);
    witness_text(&witness, end, "sender", SENDER);
    witness_text(&witness, end, "kinds", expected->kinds);
    witness_text(&witness, end, "domains", expected->domains);
    api_case_cause(&witness, "api-history", expected->cause);
    assert_int_equal(event_flag(end, "not_offered"), expected->not_offered);
    check_totals(expected, &witness);
    server_stop(&server);
    witness_release(&witness);
}

static void test_totals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

/* The days that are asked for, and whose address each event names. */
static void test_request(void **state)
{
    static char heard[8192];
    const struct talk talk = {
        .turns = {{"\r\n\r\n", LIST(HARD("1", "a@x.test")), 0}}};
    time_t then = time(NULL) - 46 * 86400;
    char query[128];
    struct tm day;
    struct witness witness;
    struct server server;
    struct request request;

    (void)state;
    gmtime_r(&then, &day);
    snprintf(query, sizeof(query),
             "GET /bounces?count=500&offset=0&fromdate=%04d-%02d-%02d ",
             day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
    server_start(&server, &talk, 1, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    server_heard(&server, heard, sizeof(heard));
    if (!strstr(heard, query))
        fail_msg("'%s' is not in '%s'", query, heard);
    witness_text(&witness, witness_find(&witness, "bounce", 0), "email",
                 "a@x.test");
    server_stop(&server);
    witness_release(&witness);
}

/* What was read before the line broke is told, and that it is not all. */
static void test_part_of_a_list(void **state)
{
    static char page[64 + 500 * 256];
    struct talk talks[] = {{.turns = {{"\r\n\r\n", page, 0}}},
                           {.turns = {{"\r\n\r\n", "", 0}}}};
    size_t length = (size_t)snprintf(page, sizeof(page), "%s",
                                     ANSWER("200 OK", "{\"Bounces\":["));
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    (void)state;
    for (int i = 0; i < 500; i++)
        length += (size_t)snprintf(
            page + length, sizeof(page) - length,
            "%s{\"ID\":%d,\"Type\":\"HardBounce\",\"From\":\"%s\","
            "\"Email\":\"p%d@x.test\"}",
            i ? "," : "", i, SENDER, i);
    snprintf(page + length, sizeof(page) - length, "]}");
    server_start(&server, talks, 2, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", "pass");
    assert_true(event_flag(end, "partial"));
    assert_int_equal((int)event_number(end, "count", NONE), 500);
    assert_int_equal((int)event_number(end, "addresses", NONE), 500);
    server_stop(&server);
    witness_release(&witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_request),
        cmocka_unit_test(test_part_of_a_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
