/* SPDX-License-Identifier: MIT */
/* Sending through the API: every way in which a service may answer, or not,
 * and what that is called. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/trx.h"
#include "tests/unit/server.h"
#include "tests/unit/witness.h"

#define KEY "5f0c9a1e-canary-4c1d"
#define LIMIT (IS_WATCHED ? 5.0 : 1.0)
#define BODY_END "\"TrackOpens\":false}"

#define ANSWER(status, body)                                                   \
    "HTTP/1.1 " status "\r\nContent-Type: application/json\r\n"                \
    "Connection: close\r\n\r\n" body
#define ID "\"MessageID\":\"m-1\""
#define JSON_300(message) "{\"ErrorCode\":300,\"Message\":\"" message "\"}"
#define SAYS(text) .talk = {.turns = {{BODY_END, text, 0}}}

static void fill(struct request *request, const struct server *server,
                 const char *scheme)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "%s://localhost:%u/",
             scheme, server->port);
    SET(request->from, "avisos@shop.test");
    SET(request->to, "ana@corp.test");
    SET(request->token, "0123456789abcdef");
    SET(request->subject_code, "K7Q-4M2");
    SET(request->subject, "Prueba K7Q-4M2: ¿llegó?");
    SET(request->body, "Hola\n\"Ana\"\n");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = LIMIT;
}

static const struct answer_case {
    const char *name;
    struct talk talk;
    const char *outcome, *fault, *phase;
    int code, http; /* 0: null */
    const char *reply, *id;
    bool inactive;
} cases[] = {
    {"accepted",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0,\"Message\":\"OK\"," ID "}")),
     "pass", NULL, NULL, 0, 200, "OK", "m-1", false},
    {"accepted, id as a number",
     SAYS(ANSWER("201 Created", "{\"ErrorCode\":\"0\",\"MessageID\":17}")),
     "pass", NULL, NULL, 0, 201, NULL, "17", false},
    {"accepted without a code", SAYS(ANSWER("200 OK", "{" ID "}")), "pass",
     NULL, NULL, 200, 200, NULL, "m-1", false},
    {"inactive",
     SAYS(ANSWER("422 No", "{\"ErrorCode\":406,\"Message\":\"x\"}")), "fault",
     "refused", "answer", 406, 422, "x", NULL, true},
    {"accepted but for ours",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0," ID ",\"Message\":\"Message OK, "
                           "but will not deliver to these inactive "
                           "addresses: ANA@corp.test.\"}")),
     "fault", "refused", "answer", 406, 200,
     "Message OK, but will not deliver to these inactive addresses: "
     "ANA@corp.test.",
     "m-1", true},
    {"accepted but for another",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0," ID
                           ",\"Message\":\"inactive addresses: b@x.test\"}")),
     "pass", NULL, NULL, 0, 200, "inactive addresses: b@x.test", "m-1", false},
    {"refused with 200", SAYS(ANSWER("200 OK", JSON_300("bad"))), "fault",
     "refused", "answer", 300, 200, "bad", NULL, false},
    {"wrong key",
     SAYS(ANSWER("401 No", "{\"ErrorCode\":10,\"Message\":\"bad token\"}")),
     "fault", "auth", "answer", 10, 401, "bad token", NULL, false},
    {"sender not confirmed",
     SAYS(ANSWER("422 No", "{\"ErrorCode\":401,\"Message\":\"sender\"}")),
     "fault", "refused", "answer", 401, 422, "sender", NULL, false},
    {"too fast", SAYS(ANSWER("429 Slow\r\nRetry-After: -1", "{}")), "fault",
     "refused", "answer", 429, 429, NULL, NULL, false},
    {"fault of theirs", SAYS(ANSWER("500 Oops", "{\"ErrorCode\":0}")), "fault",
     "refused", "answer", 500, 500, NULL, NULL, false},
    {"a page", SAYS(ANSWER("200 OK", "<html><title>Portal</title></html>")),
     "fault", "protocol", "answer", 200, 200, "Portal", NULL, false},
    {"a page that forbids", SAYS(ANSWER("403 No", "<html>no</html>")), "fault",
     "protocol", "answer", 403, 403, "<html>no</html>", NULL, false},
    {"nothing in it", SAYS(ANSWER("200 OK", "")), "fault", "protocol", "answer",
     200, 200, NULL, NULL, false},
    {"no content", SAYS("HTTP/1.1 204 None\r\n\r\n"), "fault", "protocol",
     "answer", 204, 204, NULL, NULL, false},
    {"somebody's JSON", SAYS(ANSWER("200 OK", "{\"status\":\"up\"}")), "fault",
     "protocol", "answer", 200, 200, NULL, NULL, false},
    {"a list", SAYS(ANSWER("200 OK", "[{\"ErrorCode\":0}]")), "fault",
     "protocol", "answer", 200, 200, NULL, NULL, false},
    {"two codes", SAYS(ANSWER("200 OK", "{\"ErrorCode\":0,\"ErrorCode\":1}")),
     "fault", "protocol", "answer", 200, 200, NULL, NULL, false},
    {"too deep",
     SAYS(ANSWER("200 OK", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")),
     "fault", "protocol", "answer", 200, 200,
     "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL, false},
    {"packed", SAYS(ANSWER("200 OK\r\nContent-Encoding: gzip", "\x1f\x8b\x08")),
     "fault", "protocol", "answer", 200, 200, "\x1f\\x8b\x08", NULL, false},
    {"sent elsewhere",
     SAYS(ANSWER("302 There\r\nLocation: http://127.0.0.1:1/", "{" ID "}")),
     "fault", "protocol", "answer", 302, 302, NULL, "m-1", false},
    {"to a file", SAYS(ANSWER("301 There\r\nLocation: file:///etc/passwd", "")),
     "fault", "protocol", "answer", 301, 301, NULL, NULL, false},
    {"echoes the key", SAYS(ANSWER("422 No", JSON_300("key " KEY))), "fault",
     "refused", "answer", 300, 422, "key [oculto]", NULL, false},
    {"another protocol", SAYS("SSH-2.0-OpenSSH_9.2\r\n"), "fault", "protocol",
     "sent", 0, 0, NULL, NULL, false},
    /* From here on nobody can know. */
    {"leaves", SAYS(""), "unknown", "dropped", "sent", 0, 0, NULL, NULL, false},
    {"drops", .talk = {.turns = {{BODY_END, "", 0}}, .leave = LEAVE_RESET},
     "unknown", "dropped", "sent", 0, 0, NULL, NULL, false},
    {"is silent", .talk = {.turns = {{BODY_END, "", 0}}, .leave = LEAVE_HOLD},
     "unknown", "timeout", "sent", 0, 0, NULL, NULL, false},
    {"says half",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"ErrorCode\":0}"),
     "unknown", "dropped", "sent", 0, 200, NULL, NULL, false},
    {"lies about its length",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n{}"), "unknown",
     "protocol", "sent", 0, 200, NULL, NULL, false},
    {"says half a chunk",
     SAYS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"
          "\r\n\r\n5\r\n{\"E"),
     "unknown", "dropped", "sent", 0, 200, NULL, NULL, false},
    {"drips",
     .talk = {.turns = {{BODY_END, ANSWER("200 OK", "{}"), 99}}, .drip = 20},
     "unknown", "timeout", "sent", 0, 200, NULL, NULL, false},
    {"floods",
     .talk = {.turns = {{BODY_END, ANSWER("200 OK", "["), 0},
                        {"", "0123456789,0123456789,0123456789,", 99999}}},
     "unknown", "protocol", "sent", 0, 200, NULL, NULL, false},
    {"floods in chunks",
     .talk = {.turns = {{BODY_END,
                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                         "\r\n",
                         0},
                        {"", "10\r\n0123456789,01234\r\n", 99999}}},
     "unknown", "protocol", "sent", 0, 200, NULL, NULL, false},
    {"floods the header",
     .talk = {.turns = {{BODY_END, "HTTP/1.1 200 OK\r\n", 0},
                        {"", "X-Filler: 0123456789012345678901\r\n", 9999}}},
     "unknown", "protocol", "sent", 0, 200, NULL, NULL, false},
    {"never comes to the point",
     .talk = {.turns = {{BODY_END, "HTTP/1.1 100 Continue\r\n\r\n", 9999}}},
     "unknown", "protocol", "sent", 0, 100, NULL, NULL, false},
};

static size_t times(const char *text, const char *word)
{
    size_t count = 0;

    while ((text = strstr(text, word))) {
        count++;
        text += strlen(word);
    }
    return count;
}

static void check(const struct answer_case *expected)
{
    static char heard[8192];
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, &expected->talk, 1, NULL);
    fill(&request, &server, "http");
    witness_run(&witness, api_send_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", expected->outcome);
    witness_text(&witness, end, "fault", expected->fault);
    witness_text(&witness, end, "phase", expected->phase);
    witness_text(&witness, end, "reply", expected->reply);
    witness_text(&witness, end, "message_id", expected->id);
    if (event_number(end, "code", 0) != expected->code ||
        event_number(end, "http", 0) != expected->http ||
        event_flag(end, "inactive") != expected->inactive)
        fail_msg("%s: %s", expected->name, witness.text);
    assert_true(witness.seconds < LIMIT + 1);
    server_heard(&server, heard, sizeof(heard));
    assert_int_equal(times(heard, "POST /email "), 1);
    server_stop(&server);
    witness_release(&witness);
}

static void test_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(&cases[i]);
}

/* What goes over the wire, and in which order it is told. */
static void test_request(void **state)
{
    static const char *const parts[] = {
        "POST /email HTTP/1.1\r\n",
        "X-Trx-Api-Key: " KEY "\r\n",
        "Accept: application/json\r\n",
        "Content-Type: application/json\r\n",
        "User-Agent: nollego/" PACKAGE_VERSION "\r\n",
        "\"From\":\"avisos@shop.test\"",
        "\"To\":\"ana@corp.test\"",
        "\"Subject\":\"Prueba K7Q-4M2: ¿llegó?\"",
        "\"TextBody\":\"Hola\\n\\\"Ana\\\"\\n\"",
        "\"Tag\":\"nollego\"",
        "{\"Name\":\"X-Nollego-Token\",\"Value\":\"0123456789abcdef\"}",
        "{\"Name\":\"Auto-Submitted\",\"Value\":\"auto-generated\"}",
    };
    static const char *const order[] = {"connect", "request", "sent", "answer"};
    static char heard[8192];
    const struct talk talk = cases[0].talk;
    struct witness witness;
    struct server server;
    struct request request;

    (void)state;
    server_start(&server, &talk, 1, NULL);
    fill(&request, &server, "http");
    witness_run(&witness, api_send_probe, &request);
    server_heard(&server, heard, sizeof(heard));
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!strstr(heard, parts[i]))
            fail_msg("'%s' is not in '%s'", parts[i], heard);
    assert_null(strstr(heard, "Expect"));
    for (size_t i = 0; i < COUNT(order); i++)
        witness_text(&witness, witness_find(&witness, "phase", i), "phase",
                     order[i]);
    assert_true(event_is(witness.events[0], "message"));
    witness_text(&witness, witness.events[0], "token", "0123456789abcdef");
    witness_text(&witness, witness.events[0], "message_id", NULL);
    witness_text(&witness, witness_find(&witness, "message", 1), "message_id",
                 "m-1");
    server_stop(&server);
    witness_release(&witness);
}

/* The ending of a probe with that key or URL. */
static void check_refusal(const char *key, const char *url, const char *fault)
{
    struct server nobody = {.port = 1};
    struct request request;
    struct witness witness;

    fill(&request, &nobody, "http");
    snprintf(request.api_key.text, SECRET_MAX, "%s", key);
    request.api_key.length = strlen(key);
    if (url)
        snprintf(request.api_url, URL_MAX, "%s", url);
    witness_run(&witness, api_send_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", "fault");
    witness_text(&witness, witness_end(&witness), "fault", fault);
    witness_release(&witness);
}

static void test_before_any_answer(void **state)
{
    (void)state;
    check_refusal("", NULL, "auth");
    check_refusal("a b", NULL, "auth");
    check_refusal("a\r\nX-Other: b", NULL, "auth");
    check_refusal("clé-secrète", NULL, "auth");
    check_refusal(KEY, NULL, "connect");
    check_refusal(KEY, "https://nollego.invalid", "name");
}

/* The environment is not asked, wherever it points. */
static void test_ignores_proxies(void **state)
{
    static const char *const names[] = {"http_proxy", "https_proxy",
                                        "ALL_PROXY"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        setenv(names[i], "http://127.0.0.1:1/", 1);
    check(&cases[0]);
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
}

static const struct tls_case {
    const char *name; /* of the certificate; NULL: no TLS */
    bool trusted;
    enum leave leave;
    const char *outcome, *fault, *phase;
} tls_cases[] = {
    {"localhost", true, LEAVE, "pass", NULL, NULL},
    {"other.test", true, LEAVE, "fault", "tls", "tls"},
    {"localhost", false, LEAVE, "fault", "tls", "tls"},
    {NULL, true, LEAVE_RESET, "fault", "tls", "tls"},
    {NULL, true, LEAVE_HOLD, "fault", "timeout", "tls"},
};

static void check_tls(const struct tls_case *expected)
{
    /* Hears the client begin, and does not know what it means. */
    static const struct talk deaf = {.turns = {{"\x16\x03", "", 0}}};
    struct talk talk = expected->name ? cases[0].talk : deaf;
    struct witness witness;
    struct server server;
    struct request request;

    talk.leave = expected->leave;
    server_start(&server, &talk, 1, expected->name);
    fill(&request, &server, "https");
    if (expected->trusted && expected->name)
        snprintf(request.ca_file, sizeof(request.ca_file), "%s", server.ca);
    witness_run(&witness, api_send_probe, &request);
    witness_text(&witness, witness_end(&witness), "outcome", expected->outcome);
    witness_text(&witness, witness_end(&witness), "fault", expected->fault);
    witness_text(&witness, witness_end(&witness), "phase", expected->phase);
    server_stop(&server);
    witness_release(&witness);
}

static void test_tls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tls_cases); i++)
        check_tls(&tls_cases[i]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_request),
        cmocka_unit_test(test_before_any_answer),
        cmocka_unit_test(test_ignores_proxies),
        cmocka_unit_test(test_tls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
