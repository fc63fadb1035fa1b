/* SPDX-License-Identifier: MIT */
/* Reading a contact's past through the API. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/trx.h"

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             server->port);
    SET(request->address, "ana@corp.test");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = 2;
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

#define TEXTS                                                                  \
    ITEM("\"1\"", "hardbounce", "ANA@CORP.TEST", "2026-11-01", "\"true\"",     \
         "\"True\"", "smtp;550 5.1.1 no such user")

#define ALL "/bounces?count=500&offset=0&emailFilter=ana%40corp.test "

static const struct history_case {
    const char *name;
    const char *list;
    bool blocked, can_activate;
    int count;
    const char *kind, *reply;
} histories[] = {
    {"none", LIST(""), false, false, 0, NULL, NULL},
    {"hard", LIST(SOFT "," HARD), true, true, 2, "HardBounce",
     "550 5.1.1 no such user"},
    {"soft only", LIST(SOFT), false, false, 1, NULL, NULL},
    {"somebody else's", LIST(OTHER), false, false, 0, NULL, NULL},
    {"dropped, words are older", LIST(DROPPED "," HARD), true, true, 2,
     "HardBounce", "550 5.1.1 no such user"},
    {"dropped, words in a return that blocks no more", LIST(DROPPED "," OLD),
     true, false, 2, "HardBounce", "550 5.1.1 no such user"},
    {"dropped, nothing else known", LIST(DROPPED), true, false, 1,
     "SMTPApiError", "suppressed"},
    {"complaint", LIST(SPAM "," HARD), true, false, 2, "SpamComplaint",
     "complaint"},
    {"lifted", LIST(OLD), false, false, 1, NULL, NULL},
    {"told twice", LIST(HARD "," HARD), true, true, 1, "HardBounce",
     "550 5.1.1 no such user"},
    {"numbers as text", "{\"TotalCount\":\"1\",\"Bounces\":[" TEXTS "]}", true,
     true, 1, "HardBounce", "550 5.1.1 no such user"},
    {"odd items", LIST("7,null,[],{},{\"Email\":7}," HARD), true, true, 1,
     "HardBounce", "550 5.1.1 no such user"},
};

static void check_history(const struct history_case *expected)
{
    char answer[4096];
    struct talk talk = {
        .turns = {{"GET " ALL, "", 0}, {"\r\n\r\n", answer, 0}}};
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    snprintf(answer, sizeof(answer), ANSWER("200 OK", "%s"), expected->list);
    server_start(&server, &talk, 1, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", "pass");
    witness_text(&witness, end, "kind", expected->kind);
    witness_text(&witness, end, "reply", expected->reply);
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

static const struct refused_case {
    struct talk talk;
    const char *outcome, *fault, *cause;
    int code; /* NONE: null */
    bool not_offered;
} refused[] = {
    {{.turns = {{"\r\n\r\n", ANSWER("401 No", REFUSAL(10, "k")), 0}}},
     "fault",
     "auth",
     "securityerror",
     10,
     false},
    {{.turns = {{"\r\n\r\n", ANSWER("500 No", "{\"ErrorCode\":1000}"), 0}}},
     "fault",
     "refused",
     "unknown",
     1000,
     false},
    {{.turns = {{"\r\n\r\n", ANSWER("503 Later", "{}"), 0}}},
     "fault",
     "refused",
     "systemerror",
     503,
     false},
    {{.turns = {{"\r\n\r\n", ANSWER("404 No", "<html>"), 0}}},
     "unknown",
     NULL,
     NULL,
     NONE,
     true},
    {{.turns = {{"\r\n\r\n", ANSWER("405 No", REFUSAL(12, "no")), 0}}},
     "unknown",
     NULL,
     NULL,
     NONE,
     true},
    {{.turns = {{"\r\n\r\n", ANSWER("200 OK", "{}"), 0}}},
     "fault",
     "protocol",
     "systemerror",
     200,
     false},
    {{.turns = {{"\r\n\r\n", ANSWER("200 OK", "{\"Bounces\":{}}"), 0}}},
     "fault",
     "protocol",
     "systemerror",
     200,
     false},
    {{.turns = {{"\r\n\r\n", ANSWER("200 OK", "<title>Portal"), 0}}},
     "fault",
     "protocol",
     "systemerror",
     200,
     false},
    /* Half a list is no list: nothing of it may be told as the whole. */
    {{.turns = {{"\r\n\r\n", ANSWER("200 OK", "{\"Bounces\":[" HARD), 0}}},
     "fault",
     "dropped",
     "networkerror",
     NONE,
     false},
    {{.turns = {{"\r\n\r\n", "", 0}}},
     "fault",
     "dropped",
     "networkerror",
     NONE,
     false},
};

static void test_history_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        const struct refused_case *expected = &refused[i];
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
        api_case_cause(&witness, "api-history", expected->cause);
        assert_int_equal((int)event_number(end, "code", NONE), expected->code);
        assert_int_equal(event_flag(end, "not_offered"), expected->not_offered);
        assert_false(event_has(end, "blocked"));
        assert_int_equal(witness_count(&witness, "bounce"), 0);
        server_stop(&server);
        witness_release(&witness);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_history_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
