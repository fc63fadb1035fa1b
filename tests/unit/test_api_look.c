/* SPDX-License-Identifier: MIT */
/* Following a message and reading a contact's past through the API. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/trx.h"
#include "tests/unit/server.h"
#include "tests/unit/witness.h"

#define KEY "5f0c9a1e-canary-4c1d"

#define ANSWER(status, body)                                                   \
    "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" body
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
#define BOUNCED EVENT("Bounced", "2", "\"Summary\":\"gone\",\"BounceID\":42")
#define BOUNCE                                                                 \
    "{\"ID\":42,\"Type\":\"HardBounce\",\"Email\":\"ana@corp.test\","          \
    "\"Details\":\"smtp;550 5.1.1 no such user\"}"

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             server->port);
    strcpy(request->to, "ana@corp.test");
    strcpy(request->address, "ana@corp.test");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = 2;
}

static void assert_text(const struct event *event, const char *key,
                        const char *text, const char *name)
{
    const char *told = event_text(event, key);

    if (!told != !text || (told && strcmp(told, text) != 0))
        fail_msg("%s: %s is %s", name, key, told ? told : "null");
}

static const struct watch_case {
    const char *name;
    struct talk talks[8];
    size_t count;
    const char *id, *code;
    double wait;
    const char *outcome, *fault, *status, *reply;
    size_t deliveries;
    bool not_offered;
} watches[] = {
    {"delivered",
     {TALK(DETAILS, MESSAGE(DELIVERED))},
     1,
     "m-1",
     "",
     0,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"found by recipient and code",
     {TALK(SEARCH "&subject=K7Q-4M2 ", FOUND),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     2,
     "",
     "K7Q-4M2",
     0,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"found by recipient alone",
     {TALK(SEARCH " ", FOUND), TALK(DETAILS, MESSAGE(DELIVERED))},
     2,
     "",
     "",
     0,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"the subject filter compares whole subjects",
     {TALK(SEARCH "&subject=K7Q-4M2 ", NOBODY), TALK(SEARCH " ", FOUND),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     3,
     "",
     "K7Q-4M2",
     0,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"a subject is demanded",
     {TALK_STATUS(SEARCH " ", "422 No",
                  "{\"ErrorCode\":700,\"Message\":\"Subject missing\"}"),
      TALK(SEARCH "&subject= ", FOUND), TALK(DETAILS, MESSAGE(DELIVERED))},
     3,
     "",
     "",
     0,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"never reached the service",
     {TALK(SEARCH "&subject=K7Q-4M2 ", NOBODY), TALK(SEARCH " ", NOBODY)},
     2,
     "",
     "K7Q-4M2",
     0,
     "unknown",
     NULL,
     "none",
     NULL,
     0,
     false},
    {"on its way",
     {TALK(DETAILS, MESSAGE(""))},
     1,
     "m-1",
     "",
     0,
     "unknown",
     NULL,
     "queued",
     NULL,
     1,
     false},
    {"put off, then delivered",
     {TALK(DETAILS, MESSAGE("")), TALK(DETAILS, MESSAGE(TRANSIENT)),
      TALK(DETAILS, MESSAGE(TRANSIENT "," DELIVERED))},
     3,
     "m-1",
     "",
     5,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     3,
     false},
    {"put off",
     {TALK(DETAILS, MESSAGE(TRANSIENT))},
     1,
     "m-1",
     "",
     0.6,
     "unknown",
     NULL,
     "transient",
     "450 4.7.1 later",
     1,
     false},
    {"came back",
     {TALK(DETAILS, MESSAGE(BOUNCED)), TALK("/bounces/42 ", BOUNCE)},
     2,
     "m-1",
     "",
     5,
     "fault",
     "refused",
     "bounced",
     "550 5.1.1 no such user",
     1,
     false},
    {"came back, bounce in a list",
     {TALK(DETAILS, MESSAGE(BOUNCED)),
      TALK("/bounces/42 ", "{\"TotalCount\":1,\"Bounces\":[" BOUNCE "]}")},
     2,
     "m-1",
     "",
     0,
     "fault",
     "refused",
     "bounced",
     "550 5.1.1 no such user",
     1,
     false},
    {"came back, bounce gone",
     {TALK(DETAILS, MESSAGE(BOUNCED)),
      TALK_STATUS("/bounces/42 ", "404 No", "no")},
     2,
     "m-1",
     "",
     0,
     "fault",
     "refused",
     "bounced",
     "gone",
     1,
     false},
    {"not searchable yet",
     {TALK_STATUS(DETAILS, "422 No", "{\"ErrorCode\":701,\"Message\":\"x\"}"),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     2,
     "m-1",
     "",
     3,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     1,
     false},
    {"no such service",
     {TALK_STATUS(DETAILS, "404 No", "<html>")},
     1,
     "m-1",
     "",
     5,
     "unknown",
     NULL,
     NULL,
     NULL,
     0,
     true},
    {"wrong key",
     {TALK_STATUS(DETAILS, "401 No", "{\"ErrorCode\":10,\"Message\":\"k\"}")},
     1,
     "m-1",
     "",
     5,
     "fault",
     "auth",
     NULL,
     "k",
     0,
     false},
    {"a page",
     {TALK(DETAILS, "<title>Portal</title>")},
     1,
     "m-1",
     "",
     5,
     "fault",
     "protocol",
     NULL,
     "Portal",
     0,
     false},
    {"somebody's JSON",
     {TALK(DETAILS, "{\"a\":1}")},
     1,
     "m-1",
     "",
     5,
     "fault",
     "protocol",
     NULL,
     NULL,
     0,
     false},
    {"no list",
     {TALK(SEARCH " ", "{\"Messages\":7}")},
     1,
     "",
     "",
     5,
     "fault",
     "protocol",
     NULL,
     NULL,
     0,
     false},
    {"gone at once",
     {TALK(DETAILS, "")},
     1,
     "m-1",
     "",
     5,
     "fault",
     "protocol",
     NULL,
     NULL,
     0,
     false},
    {"gone for a while",
     {TALK(DETAILS, MESSAGE("")),
      {.turns = {{"\r\n\r\n", "", 0}}, .leave = LEAVE_RESET},
      TALK_STATUS(DETAILS, "503 Later", "<html>"),
      TALK(DETAILS, MESSAGE(DELIVERED))},
     4,
     "m-1",
     "",
     9,
     "pass",
     NULL,
     "delivered",
     "250 2.0.0 queued",
     2,
     false},
    {"gone for good",
     {TALK(DETAILS, MESSAGE("")),
      {.turns = {{"\r\n\r\n", "", 0}}, .leave = LEAVE_RESET}},
     2,
     "m-1",
     "",
     1,
     "unknown",
     NULL,
     "queued",
     NULL,
     1,
     false},
};

static void check_watch(const struct watch_case *expected)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, expected->talks, expected->count, NULL);
    fill(&request, &server);
    strcpy(request.message_id, expected->id);
    strcpy(request.subject_code, expected->code);
    request.wait = expected->wait;
    witness_run(&witness, api_watch_probe, &request);
    end = witness_end(&witness);
    assert_text(end, "outcome", expected->outcome, expected->name);
    assert_text(end, "fault", expected->fault, expected->name);
    assert_text(end, "status", expected->status, expected->name);
    assert_text(end, "reply", expected->reply, expected->name);
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
    strcpy(request.message_id, "m-1");
    witness_run(&witness, api_watch_probe, &request);
    assert_text(witness_find(&witness, "delivery", 0), "bounce_id", "42", "");
    assert_text(witness_find(&witness, "bounce", 0), "kind", "HardBounce", "");
    assert_true(event_number(witness_end(&witness), "code", 0) == 550);
    assert_text(witness_end(&witness), "enhanced", "5.1.1", "");
    assert_text(witness_end(&witness), "from", "a@shop.test", "");
    assert_text(witness_end(&witness), "when", "2026-11-23T12:00:00Z", "");
    server_stop(&server);
    witness_release(&witness);
}

#define LIST(items) "{\"TotalCount\":9,\"Bounces\":[" items "]}"
#define ITEM(id, type, email, when, inactive, activate, details)               \
    "{\"ID\":" id ",\"Type\":\"" type "\",\"Email\":\"" email                  \
    "\",\"BouncedAt\":\"" when "\",\"Inactive\":" inactive                     \
    ",\"CanActivate\":" activate ",\"Details\":\"" details "\"}"
#define HARD                                                                   \
    ITEM("1", "HardBounce", "Ana@corp.test", "2026-11-01", "true", "true",     \
         "smtp;550 5.1.1 no such user")
#define OLD                                                                    \
    ITEM("1", "HardBounce", "ana@corp.test", "2026-11-01", "false", "true",    \
         "smtp;550 5.1.1 no such user")
#define DROPPED                                                                \
    ITEM("2", "SMTPApiError", "ana@corp.test", "2026-11-20", "true", "false",  \
         "suppressed")
#define SPAM                                                                   \
    ITEM("3", "SpamComplaint", "ana@corp.test", "2026-11-10", "true", "false", \
         "complaint")
#define SOFT                                                                   \
    ITEM("4", "SoftBounce", "ana@corp.test", "2026-11-22", "false", "false",   \
         "smtp;452 4.2.2 full")
#define OTHER                                                                  \
    ITEM("5", "HardBounce", "juana@corp.test", "2026-11-22", "true", "true",   \
         "smtp;550 5.1.1 other")

#define BLOCKED "/bounces?count=50&offset=0&inactive=true&emailFilter=ana%40"
#define ALL "/bounces?count=50&offset=0&emailFilter=ana%40corp.test "

static const struct history_case {
    const char *name;
    const char *inactive, *all;
    bool blocked, can_activate;
    int count;
    const char *kind, *reply;
} histories[] = {
    {"none", LIST(""), LIST(""), false, false, 0, NULL, NULL},
    {"hard", LIST(HARD), LIST(SOFT "," HARD), true, true, 2, "HardBounce",
     "550 5.1.1 no such user"},
    {"soft only", LIST(""), LIST(SOFT), false, false, 1, NULL, NULL},
    {"somebody else's", LIST(OTHER), LIST(OTHER), false, false, 0, NULL, NULL},
    {"dropped, words are older", LIST(DROPPED "," HARD), LIST(DROPPED "," HARD),
     true, true, 2, "HardBounce", "550 5.1.1 no such user"},
    {"dropped, words in a return that blocks no more", LIST(DROPPED),
     LIST(DROPPED "," OLD), true, false, 2, "HardBounce",
     "550 5.1.1 no such user"},
    {"dropped, nothing else known", LIST(DROPPED), LIST(DROPPED), true, false,
     1, "SMTPApiError", "suppressed"},
    {"complaint", LIST(SPAM "," HARD), LIST(SPAM "," HARD), true, false, 2,
     "SpamComplaint", "complaint"},
    {"lifted", LIST(""), LIST(OLD), false, false, 1, NULL, NULL},
    {"odd items", LIST("7,null,[],{}," HARD), LIST("{\"Email\":7}," HARD), true,
     true, 1, "HardBounce", "550 5.1.1 no such user"},
};

static void check_history(const struct history_case *expected)
{
    char first[4096], second[4096];
    struct talk talks[2] = {
        {.turns = {{"GET " BLOCKED, "", 0}, {"\r\n\r\n", first, 0}}},
        {.turns = {{"GET " ALL, "", 0}, {"\r\n\r\n", second, 0}}},
    };
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    snprintf(first, sizeof(first), ANSWER("200 OK", "%s"), expected->inactive);
    snprintf(second, sizeof(second), ANSWER("200 OK", "%s"), expected->all);
    server_start(&server, talks, 2, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    end = witness_end(&witness);
    assert_text(end, "outcome", "pass", expected->name);
    assert_text(end, "kind", expected->kind, expected->name);
    assert_text(end, "reply", expected->reply, expected->name);
    if (event_flag(end, "blocked") != expected->blocked ||
        event_flag(end, "can_activate") != expected->can_activate ||
        event_number(end, "count", -1) != expected->count)
        fail_msg("%s: %s", expected->name, witness.text);
    assert_int_equal(witness_count(&witness, "bounce"), expected->count);
    server_stop(&server);
    witness_release(&witness);
}

static void test_history(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(histories); i++)
        check_history(&histories[i]);
}

/* An answer with `count` returns whose ids go on from `first`. */
static char *make_page(int first, int count)
{
    size_t size = (size_t)count * 64 + 256, length = 0;
    char *page = malloc(size);

    assert_non_null(page);
    length += (size_t)sprintf(page, "%s", ANSWER("200 OK", "{\"Bounces\":["));
    for (int i = first; i < first + count; i++)
        length += (size_t)sprintf(page + length,
                                  "%s{\"ID\":%d,\"Email\":\"ana@corp.test\"}",
                                  i > first ? "," : "", i);
    strcpy(page + length, "]}");
    return page;
}

/* Reads on while pages are full, and no further than 500. */
static void check_pages(int full, int rest, int told)
{
    struct talk talks[13] = {TALK(BLOCKED, LIST(""))};
    struct witness witness;
    struct server server;
    struct request request;
    char *pages[12];

    for (int i = 0; i <= full; i++) {
        pages[i] = make_page(1000 + 50 * i, i < full ? 50 : rest);
        talks[1 + i].turns[0] = (struct turn){"\r\n\r\n", pages[i], 0};
    }
    server_start(&server, talks, (size_t)full + 2, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    assert_text(witness_end(&witness), "outcome", "pass", "");
    assert_true(event_number(witness_end(&witness), "count", 0) == told);
    server_stop(&server);
    witness_release(&witness);
    for (int i = 0; i <= full; i++)
        free(pages[i]);
}

static void test_history_in_pages(void **state)
{
    (void)state;
    check_pages(0, 49, 49);
    check_pages(1, 0, 50);
    check_pages(2, 7, 107);
    check_pages(11, 50, 500);
}

static void test_history_refused(void **state)
{
    static const struct {
        const char *answer, *fault;
        int code;
    } answers[] = {
        {ANSWER("401 No", "{\"ErrorCode\":10,\"Message\":\"k\"}"), "auth", 10},
        {ANSWER("500 No", "{\"ErrorCode\":1000}"), "refused", 1000},
        {ANSWER("200 OK", "{}"), "protocol", 200},
        {ANSWER("200 OK", "{\"Bounces\":{}}"), "protocol", 200},
        {ANSWER("200 OK", "<html>"), "protocol", 200},
        {"", "dropped", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(answers); i++) {
        struct talk talk = {.turns = {{"\r\n\r\n", answers[i].answer, 0}}};
        struct witness witness;
        struct server server;
        struct request request;

        server_start(&server, &talk, 1, NULL);
        fill(&request, &server);
        witness_run(&witness, api_history_probe, &request);
        assert_text(witness_end(&witness), "outcome", "fault", "");
        assert_text(witness_end(&witness), "fault", answers[i].fault, "");
        assert_true(event_number(witness_end(&witness), "code", 0) ==
                    answers[i].code);
        assert_false(event_has(witness_end(&witness), "blocked"));
        server_stop(&server);
        witness_release(&witness);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_watch_tells_all_of_a_return),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_history_in_pages),
        cmocka_unit_test(test_history_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
