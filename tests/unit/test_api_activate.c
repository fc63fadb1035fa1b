/* SPDX-License-Identifier: MIT */
/* Lifting a block through the API: what the service says, and where that is
 * lost, what its record says. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <string.h>

#include "net/trx.h"

#define BOUNCE(inactive)                                                       \
    "{\"ID\":42,\"Type\":\"HardBounce\",\"Inactive\":" inactive "}"

/* What is heard of the order to lift it, then of the question for it. */
#define PUT_SAYS(text)                                                         \
    {                                                                          \
        .turns = {                                                             \
            {"PUT /bounces/42/activate ", "", 0},                              \
            {"\r\n\r\n{}", text, 0}                                            \
        }                                                                      \
    }
#define PUT_ENDS(how)                                                          \
    {                                                                          \
        .turns = {{"PUT /bounces/42/activate ", "", 0},                        \
                  {"\r\n\r\n{}", "", 0}},                                      \
        .leave = how                                                           \
    }
#define RECORD(text)                                                           \
    {                                                                          \
        .turns = { {"GET /bounces/42 ", "", 0}, {"\r\n\r\n", text, 0} }        \
    }
#define LIFTED RECORD(ANSWER("200 OK", BOUNCE("false")))
#define BLOCKED RECORD(ANSWER("200 OK", BOUNCE("true")))
#define NOT_ASKED                                                              \
    {                                                                          \
        .turns = { {"\r\n\r\n", ANSWER("500 Why", "{}"), 0} }                  \
    }

/* clang-format off */
static const struct lift_case {
    const char *name;
    struct talk talks[2];
    const char *outcome, *fault, *phase;
    int code, http;
    const char *cause, *reply;
    size_t questions; /* for the record */
    bool not_offered;
} cases[] = {
    {"lifted",
     {PUT_SAYS(ANSWER("200 OK",
      "{\"Message\":\"OK\",\"Bounce\":" BOUNCE("false") "}")), NOT_ASKED},
     "pass", NULL, NULL, 0, 200, NULL, "OK", 0, false},
    {"lifted, in so many words",
     {PUT_SAYS(ANSWER("200 OK", "{\"Message\":\"OK\"}")), NOT_ASKED},
     "pass", NULL, NULL, 0, 200, NULL, "OK", 0, false},
    {"a complaint",
     {PUT_SAYS(ANSWER("422 No", "{\"ErrorCode\":1003,\"Message\":\"no\"}")),
      NOT_ASKED},
     "fault", "refused", "answer", 1003, 422, "suppressed", "no", 0, false},
    {"no such return",
     {PUT_SAYS(ANSWER("422 No", "{\"ErrorCode\":1001,\"Message\":\"no\"}")),
      NOT_ASKED},
     "fault", "refused", "answer", 1001, 422, "unknown", "no", 0, false},
    {"only support may",
     {PUT_SAYS(ANSWER("403 No", "{\"Message\":\"no\"}")), NOT_ASKED},
     "fault", "refused", "answer", 403, 403, "securityerror", "no", 0, false},
    {"not offered",
     {PUT_SAYS(ANSWER("404 No", "{\"Message\":\"no\"}")), NOT_ASKED},
     "fault", "refused", "answer", 404, 404, "unknown", "no", 0, true},
    {"wrong key",
     {PUT_SAYS(ANSWER("401 No",
      "{\"ErrorCode\":10,\"Message\":\"k " KEY "\"}")), NOT_ASKED},
     "fault", "auth", "answer", 10, 401, "securityerror", "k [oculto]", 0,
     false},
    /* From here on only the record can tell. */
    {"not offered, by a page",
     {PUT_SAYS(ANSWER("404 No", "<title>Nothing here</title>")), BLOCKED},
     "fault", "protocol", "answer", 404, 404, "systemerror", "Nothing here", 1,
     true},
    {"lifted, and says nothing",
     {PUT_SAYS(ANSWER("200 OK", "{}")), LIFTED},
     "pass", NULL, NULL, 0, 200, NULL, NULL, 1, false},
    {"lifted, without an answer's body",
     {PUT_SAYS("HTTP/1.1 204 Done\r\n\r\n"), LIFTED},
     "pass", NULL, NULL, 0, 204, NULL, NULL, 1, false},
    {"agreed, and did not lift it",
     {PUT_SAYS(ANSWER("200 OK",
      "{\"Message\":\"OK\",\"Bounce\":" BOUNCE("true") "}")), BLOCKED},
     "fault", "refused", "answer", 200, 200, "unknown", "OK", 1, false},
    {"agreed, and lifted it later",
     {PUT_SAYS(ANSWER("200 OK",
      "{\"Message\":\"OK\",\"Bounce\":" BOUNCE("true") "}")), LIFTED},
     "pass", NULL, NULL, 0, 200, NULL, "OK", 1, false},
    {"answer lost, lifted",
     {PUT_ENDS(LEAVE_RESET), LIFTED},
     "pass", NULL, NULL, 0, 0, NULL, NULL, 1, false},
    {"answer lost, still blocked",
     {PUT_ENDS(LEAVE_RESET), BLOCKED},
     "unknown", "dropped", "sent", 0, 0, "networkerror", NULL, 1, false},
    {"no answer, lifted",
     {PUT_ENDS(LEAVE_HOLD), LIFTED},
     "pass", NULL, NULL, 0, 0, NULL, NULL, 1, false},
    {"no answer, still blocked",
     {PUT_ENDS(LEAVE_HOLD), BLOCKED},
     "unknown", "timeout", "sent", 0, 0, "networkerror", NULL, 1, false},
    {"half an answer, lifted",
     {PUT_SAYS(ANSWER("200 OK", "{\"Message\":\"O")), LIFTED},
     "pass", NULL, NULL, 0, 200, NULL, NULL, 1, false},
    {"broke off, lifted",
     {PUT_SAYS(ANSWER("500 Oops", "{\"Message\":\"oops\"}")), LIFTED},
     "pass", NULL, NULL, 0, 500, NULL, "oops", 1, false},
    {"broke off, still blocked",
     {PUT_SAYS(ANSWER("500 Oops", "{\"Message\":\"oops\"}")), BLOCKED},
     "fault", "refused", "answer", 500, 500, "systemerror", "oops", 1, false},
    {"broke off, and the record is lost too",
     {PUT_SAYS(ANSWER("500 Oops", "{\"Message\":\"oops\"}")), RECORD("")},
     "fault", "refused", "answer", 500, 500, "systemerror", "oops", 1, false},
    {"broke off, and the record is gone",
     {PUT_SAYS(ANSWER("500 Oops", "{\"Message\":\"oops\"}")),
      RECORD(ANSWER("422 No", "{\"ErrorCode\":1001,\"Message\":\"no\"}"))},
     "fault", "refused", "answer", 500, 500, "systemerror", "oops", 1, false},
};
/* clang-format on */

static void fill(struct request *request, unsigned short port)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             port);
    SET(request->bounce_id, "42");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = IS_WATCHED ? 5.0 : 1.0;
}

static void check(const struct lift_case *expected)
{
    static char heard[8192];
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, expected->talks, 2, NULL);
    fill(&request, server.port);
    witness_run(&witness, api_activate_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", expected->outcome);
    witness_text(&witness, end, "fault", expected->fault);
    witness_text(&witness, end, "phase", expected->phase);
    witness_text(&witness, end, "reply", expected->reply);
    api_case_cause(&witness, "api-activate", expected->cause);
    server_heard(&server, heard, sizeof(heard));
    if (event_number(end, "code", 0) != expected->code ||
        event_number(end, "http", 0) != expected->http ||
        event_flag(end, "not_offered") != expected->not_offered ||
        api_case_times(heard, "PUT ") != 1 ||
        api_case_times(heard, "GET ") != expected->questions)
        fail_msg("%s: %s\n%s", expected->name, witness.text, heard);
    assert_true(witness.seconds < request.limit + 1);
    server_stop(&server);
    witness_release(&witness);
}

static void test_lifts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

/* Nothing went out, so there is nothing to look at either. */
static void test_nobody_there(void **state)
{
    struct request request;
    struct witness witness;

    (void)state;
    fill(&request, 1);
    witness_run(&witness, api_activate_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", "fault");
    witness_text(&witness, witness_end(&witness), "fault", "connect");
    assert_int_equal(witness_count(&witness, "line"), 1);
    witness_release(&witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lifts),
        cmocka_unit_test(test_nobody_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
