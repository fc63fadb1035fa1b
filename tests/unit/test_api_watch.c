/* SPDX-License-Identifier: MIT */
/* Following a message through the API until its fate is known. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <string.h>

#include "net/trx.h"

#define TALK(path, body)                                                       \
    {                                                                          \
        .turns = {                                                             \
            {"GET " path, "", 0},                                              \
            {"\r\n\r\n", ANSWER("200 OK", body), 0}                            \
        }                                                                      \
    }
#define TALK_STATUS(path, status, body)                                        \
    {                                                                          \
        .turns = {                                                             \
            {"GET " path, "", 0},                                              \
            {"\r\n\r\n", ANSWER(status, body), 0}                              \
        }                                                                      \
    }

#define SEARCH "/messages/outbound?count=50&offset=0&recipient=ana%40corp.test"
#define DETAILS "/messages/outbound/m-1/details "
#define NOBODY "{\"TotalCount\":0,\"Messages\":[]}"
#define FOUND                                                                  \
    "{\"TotalCount\":\"1\",\"Messages\":[{\"MessageID\":\"m-1\","              \
    "\"Recipients\":[\"ANA@corp.test\"],\"Subject\":\"Prueba K7Q-4M2\"}]}"
#define MESSAGE(events)                                                        \
    "{\"MessageID\":\"m-1\",\"Status\":\"Sent\",\"From\":\"a@shop.test\","     \
    "\"Subject\":\"Prueba K7Q-4M2\",\"ReceivedAt\":\"2026-11-23T12:00:00Z\","  \
    "\"MessageEvents\":[" events "]}"
#define EVENT(type, when, details)                                             \
    "{\"Recipient\":\"ana@corp.test\",\"Type\":\"" type                        \
    "\",\"ReceivedAt\":\"" when "\",\"Details\":{" details "}}"
#define DELIVERED                                                              \
    EVENT("Delivered", "2",                                                    \
          "\"DeliveryMessage\":\"smtp;250 2.0.0 queued\","                     \
          "\"DestinationServer\":\"mx.corp.test\","                            \
          "\"DestinationIP\":\"192.0.2.25\"")
#define TRANSIENT                                                              \
    EVENT("Transient", "1", "\"DeliveryMessage\":\"smtp;450 4.7.1 later\"")
#define BOUNCED                                                                \
    EVENT("Bounced", "2", "\"Summary\":\"552 5.2.2 full\",\"BounceID\":42")
#define BOUNCE                                                                 \
    "{\"ID\":42,\"Type\":\"HardBounce\",\"Email\":\"ana@corp.test\","          \
    "\"Details\":\"smtp;550 5.1.1 no such user\"}"

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             server->port);
    SET(request->to, "ana@corp.test");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = 2;
}

/* clang-format off */
static const struct watch_case {
    const char *name;
    struct talk talks[8];
    size_t count;
    const char *id, *code;
    double wait;
    const char *outcome, *fault, *cause, *status, *reply;
    size_t deliveries;
    bool not_offered;
} watches[] = {
    {"delivered",
     {TALK(DETAILS, MESSAGE(DELIVERED))},
     1, "m-1", "", 0, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 1,
     false},
    {"found by recipient and code",
     {TALK(SEARCH "&subject=K7Q-4M2 ", FOUND),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     2, "", "K7Q-4M2", 0, "pass", NULL, NULL, "delivered", "250 2.0.0 queued",
     1, false},
    {"found by recipient alone",
     {TALK(SEARCH " ", FOUND), TALK(DETAILS, MESSAGE(DELIVERED))},
     2, "", "", 0, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 1,
     false},
    {"the subject filter compares whole subjects",
     {TALK(SEARCH "&subject=K7Q-4M2 ", NOBODY), TALK(SEARCH " ", FOUND),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     3, "", "K7Q-4M2", 0, "pass", NULL, NULL, "delivered", "250 2.0.0 queued",
     1, false},
    {"a subject is demanded",
     {TALK_STATUS(SEARCH " ", "422 No",
                  "{\"ErrorCode\":700,\"Message\":\"Subject missing\"}"),
      TALK(SEARCH "&subject= ", FOUND), TALK(DETAILS, MESSAGE(DELIVERED))},
     3, "", "", 0, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 1,
     false},
    {"never reached the service",
     {TALK(SEARCH "&subject=K7Q-4M2 ", NOBODY), TALK(SEARCH " ", NOBODY)},
     2, "", "K7Q-4M2", 0, "unknown", NULL, NULL, "none", NULL, 0, false},
    {"on its way",
     {TALK(DETAILS, MESSAGE(""))},
     1, "m-1", "", 0, "unknown", NULL, NULL, "queued", NULL, 1, false},
    {"put off, then delivered",
     {TALK(DETAILS, MESSAGE("")), TALK(DETAILS, MESSAGE(TRANSIENT)),
      TALK(DETAILS, MESSAGE(TRANSIENT "," DELIVERED))},
     3, "m-1", "", 5, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 3,
     false},
    {"put off",
     {TALK(DETAILS, MESSAGE(TRANSIENT))},
     1, "m-1", "", 0.6, "unknown", NULL, NULL, "transient", "450 4.7.1 later",
     1,
     false},
    {"came back",
     {TALK(DETAILS, MESSAGE(BOUNCED)), TALK("/bounces/42 ", BOUNCE)},
     2, "m-1", "", 5, "fault", "refused", "userunknown", "bounced",
     "550 5.1.1 no such user",
     1, false},
    {"came back, bounce in a list",
     {TALK(DETAILS, MESSAGE(BOUNCED)),
      TALK("/bounces/42 ", "{\"TotalCount\":1,\"Bounces\":[" BOUNCE "]}")},
     2, "m-1", "", 0, "fault", "refused", "userunknown", "bounced",
     "550 5.1.1 no such user",
     1, false},
    {"came back, bounce gone",
     {TALK(DETAILS, MESSAGE(BOUNCED)),
      TALK_STATUS("/bounces/42 ", "404 No", "no")},
     2, "m-1", "", 0, "fault", "refused", "mailboxfull", "bounced",
     "552 5.2.2 full", 1, false},
    {"came back, bounce lost",
     {TALK(DETAILS, MESSAGE(BOUNCED)),
      {.turns = {{"\r\n\r\n", "", 0}}, .leave = LEAVE_RESET}},
     2, "m-1", "", 0, "fault", "refused", "mailboxfull", "bounced",
     "552 5.2.2 full", 1, false},
    {"not searchable yet",
     {TALK_STATUS(DETAILS, "422 No", "{\"ErrorCode\":701,\"Message\":\"x\"}"),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     2, "m-1", "", 3, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 1,
     false},
    {"no such service",
     {TALK_STATUS(DETAILS, "404 No", "<html>")},
     1, "m-1", "", 5, "unknown", NULL, NULL, NULL, NULL, 0, true},
    {"wrong key",
     {TALK_STATUS(DETAILS, "401 No", "{\"ErrorCode\":10,\"Message\":\"k\"}")},
     1, "m-1", "", 5, "fault", "auth", "securityerror", NULL, "k", 0, false},
    {"a page",
     {TALK(DETAILS, "<title>Portal</title>")},
     1, "m-1", "", 5, "fault", "protocol", "systemerror", NULL, "Portal", 0,
     false},
    {"somebody's JSON",
     {TALK(DETAILS, "{\"a\":1}")},
     1, "m-1", "", 5, "fault", "protocol", "systemerror", NULL, NULL, 0, false},
    {"no list",
     {TALK(SEARCH " ", "{\"Messages\":7}")},
     1, "", "", 5, "fault", "protocol", "systemerror", NULL, NULL, 0, false},
    {"gone at once",
     {TALK(DETAILS, "")},
     1, "m-1", "", 5, "fault", "protocol", "systemerror", NULL, NULL, 0, false},
    {"gone for a while",
     {TALK(DETAILS, MESSAGE("")),
      {.turns = {{"\r\n\r\n", "", 0}}, .leave = LEAVE_RESET},
      TALK_STATUS(DETAILS, "503 Later", "<html>"),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     4, "m-1", "", 9, "pass", NULL, NULL, "delivered", "250 2.0.0 queued", 2,
     false},
    {"gone for good",
     {TALK(DETAILS, MESSAGE("")),
      {.turns = {{"\r\n\r\n", "", 0}}, .leave = LEAVE_RESET}},
     2, "m-1", "", 1, "unknown", NULL, NULL, "queued", NULL, 1, false},
};

/* clang-format on */

static void check_watch(const struct watch_case *expected)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, expected->talks, expected->count, NULL);
    fill(&request, &server);
    SET(request.message_id, expected->id);
    SET(request.subject_code, expected->code);
    request.wait = expected->wait;
    witness_run(&witness, api_watch_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", expected->outcome);
    witness_text(&witness, end, "fault", expected->fault);
    api_case_cause(&witness, "api-watch", expected->cause);
    witness_text(&witness, end, "status", expected->status);
    witness_text(&witness, end, "reply", expected->reply);
    assert_int_equal(event_flag(end, "not_offered"), expected->not_offered);
    assert_int_equal(witness_count(&witness, "delivery"), expected->deliveries);
    assert_true(witness.seconds < expected->wait + 1);
    server_stop(&server);
    witness_release(&witness);
}

static void test_watch(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(watches); i++)
        check_watch(&watches[i]);
}

static void test_watch_tells_all_of_a_return(void **state)
{
    static const struct talk talks[] = {TALK(DETAILS, MESSAGE(BOUNCED)),
                                        TALK("/bounces/42 ", BOUNCE)};
    struct witness witness;
    struct server server;
    struct request request;

    (void)state;
    server_start(&server, talks, 2, NULL);
    fill(&request, &server);
    SET(request.message_id, "m-1");
    witness_run(&witness, api_watch_probe, &request);
    witness_text(&witness, witness_find(&witness, "delivery", 0), "bounce_id",
                 "42");
    witness_text(&witness, witness_find(&witness, "bounce", 0), "kind",
                 "HardBounce");
    assert_true(event_number(witness_end(&witness), "code", 0) == 550);
    witness_text(&witness, witness_end(&witness), "enhanced", "5.1.1");
    witness_text(&witness, witness_end(&witness), "from", "a@shop.test");
    witness_text(&witness, witness_end(&witness), "when",
                 "2026-11-23T12:00:00Z");
    server_stop(&server);
    witness_release(&witness);
}

/* How long a watch of `wait` seconds takes where the service is busy at the
 * second look and asks for that pause. */
static double watch_busy(const char *pause, double wait, const char *outcome)
{
    char busy[128];
    struct talk talks[] = {TALK(DETAILS, MESSAGE("")),
                           {.turns = {{"\r\n\r\n", busy, 0}}},
                           TALK(DETAILS, MESSAGE(DELIVERED))};
    struct witness witness;
    struct server server;
    struct request request;
    double seconds;

    snprintf(busy, sizeof(busy), "HTTP/1.1 429 Slow%s\r\n\r\n{}", pause);
    server_start(&server, talks, 3, NULL);
    fill(&request, &server);
    SET(request.message_id, "m-1");
    request.wait = wait;
    witness_run(&witness, api_watch_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", outcome);
    seconds = witness.seconds;
    server_stop(&server);
    witness_release(&witness);
    return seconds;
}

static void test_watch_keeps_to_a_pause(void **state)
{
    (void)state;
    assert_true(watch_busy("", 9, "pass") < 2 || IS_WATCHED);
    assert_true(watch_busy("\r\nRetry-After: 2", 9, "pass") >= 2);
    /* No look is left within the wait: it ends without sitting it out. */
    assert_true(watch_busy("\r\nRetry-After: 60", 9, "unknown") < 5);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_watch_tells_all_of_a_return),
        cmocka_unit_test(test_watch_keeps_to_a_pause),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
