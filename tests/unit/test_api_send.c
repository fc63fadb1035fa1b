/* SPDX-License-Identifier: MIT */
/* Sending through the API: what a service may answer, and what goes out to
 * it. The table of codes is in test_api_codes.c, what may befall the line in
 * test_api_wire.c. */
#include "tests/unit/api_case.h"

#include <stdlib.h>
#include <string.h>

#include "net/trx.h"

/* The three wordings of a refusal for contacts that are withheld from. */
#define ALL_NOW                                                                \
    "You tried to send to recipient(s) that have been marked as inactive. "    \
    "Found inactive addresses: ana@corp.test. Inactive recipients are ones "   \
    "that have generated a hard bounce."
#define ALL_OLD_1 "You tried to send to a recipient that is inactive."
#define ALL_OLD_2 "Found inactive addresses: b@x.test, ANA@corp.test."
#define ALL_OLD_3 "Inactive recipients are ones that bounced."
#define SOME                                                                   \
    "Message OK, but will not deliver to these inactive addresses: "           \
    "ana@corp.test, b@x.test. Inactive recipients are ones."
#define OTHERS                                                                 \
    "Message OK, but will not deliver to these inactive addresses: b@x.test"
#define TRANSLATED "El contacto fue marcado como rebote duro"

/* clang-format off */
static const struct api_case cases[] = {
    {"accepted",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0,\"Message\":\"OK\"," ID "}")),
     PASSES, 0, 200, NULL, "OK", "m-1", false, 0},
    {"accepted, the whole answer",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 132\r\n\r\n"
          "{\"To\":\"ana@corp.test\","
          "\"SubmittedAt\":\"2026-11-23T09:15:02.1834417-03:00\","
          "\"MessageID\":\"m-1\",\"ErrorCode\":0,\"Message\":\"OK\","
          "\"New\":[{}]}  "),
     PASSES, 0, 200, NULL, "OK", "m-1", false, 0},
    {"accepted, in chunks",
     SAYS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          "e\r\n{\"ErrorCode\":0\r\n11\r\n,\"MessageID\":\"m\"\r\n"
          "1\r\n}\r\n0\r\n\r\n"),
     PASSES, 0, 200, NULL, NULL, "m", false, 0},
    {"accepted, numbers as text and text as numbers",
     SAYS(ANSWER("201 Created", "{\"ErrorCode\":\"0\",\"MessageID\":17}")),
     PASSES, 0, 201, NULL, NULL, "17", false, 0},
    {"accepted, of another type",
     SAYS("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{" ID "}"),
     PASSES, 200, 200, NULL, NULL, "m-1", false, 0},
    {"accepted, delivery may be delayed: no code",
     SAYS(ANSWER("200 OK", "{\"Message\":\"delayed\"," ID "}")),
     PASSES, 200, 200, NULL, "delayed", "m-1", false, 0},
    {"accepted, with a mark before it",
     SAYS(ANSWER("200 OK", "\xef\xbb\xbf{\"ErrorCode\":0," ID "}")),
     PASSES, 0, 200, NULL, NULL, "m-1", false, 0},
    {"accepted, names in another case are other names",
     SAYS(ANSWER("200 OK", "{\"errorcode\":406,\"ErrorCode\":0," ID "}")),
     PASSES, 0, 200, NULL, NULL, "m-1", false, 0},
    {"accepted but for another",
     SAYS(ANSWER("200 OK",
     "{\"ErrorCode\":0," ID ",\"Message\":\"" OTHERS "\"}")),
     PASSES, 0, 200, NULL, OTHERS, "m-1", false, 0},

    {"withheld, first wording", SAYS(ANSWER("422 No", REFUSAL(406, ALL_NOW))),
     FAULTY("refused"), 406, 422, "suppressed", ALL_NOW, NULL, true, 0},
    {"withheld, second wording",
     SAYS(ANSWER("422 No", REFUSAL(406,
     ALL_OLD_1 "\\n" ALL_OLD_2 "\\n" ALL_OLD_3))),
     FAULTY("refused"), 406, 422, "suppressed",
     ALL_OLD_1 "\n" ALL_OLD_2 "\n" ALL_OLD_3, NULL, true, 0},
    {"withheld, third wording, accepted for others",
     SAYS(ANSWER("200 OK",
     "{\"ErrorCode\":0," ID ",\"Message\":\"" SOME "\"}")),
     FAULTY("refused"), 406, 200, "suppressed", SOME, "m-1", true, 0},
    {"withheld, by a status of its own",
     SAYS(ANSWER("406 No", REFUSAL(406, ALL_NOW))),
     FAULTY("refused"), 406, 406, "suppressed", ALL_NOW, NULL, true, 0},
    {"withheld, by the status alone",
     SAYS(ANSWER("406 No", "{\"Message\":\"\"}")),
     FAULTY("refused"), 406, 406, "suppressed", NULL, NULL, true, 0},
    {"withheld, with 200", SAYS(ANSWER("200 OK", REFUSAL(406, ALL_NOW))),
     FAULTY("refused"), 406, 200, "suppressed", ALL_NOW, NULL, true, 0},
    {"withheld, in another language",
     SAYS(ANSWER("422 No", REFUSAL(9999, TRANSLATED))),
     FAULTY("refused"), 9999, 422, "suppressed", TRANSLATED, NULL, false, 0},
    {"withheld, one of several errors",
     SAYS(ANSWER("422 No", "{\"ErrorCode\":11,\"Message\":\"Several\","
                           "\"Errors\":[{\"Message\":\"Tag is long\"},"
                           "\"Found inactive addresses: ana@corp.test\"]}")),
     FAULTY("refused"), 11, 422, "suppressed",
     "Several; Tag is long; Found inactive addresses: ana@corp.test", NULL,
     true, 0},

    {"a wrong recipient",
     SAYS(ANSWER("422 No", REFUSAL(300, "Invalid 'To' address: 'ana@'."))),
     FAULTY("refused"), 300, 422, "userunknown",
     "Invalid 'To' address: 'ana@'.",
     NULL, false, 0},
    {"a wrong sender",
     SAYS(ANSWER("422 No", REFUSAL(300, "Invalid 'From' address: 'x'."))),
     FAULTY("refused"), 300, 422, "rejected", "Invalid 'From' address: 'x'.",
     NULL, false, 0},
    {"an unconfirmed sender", SAYS(ANSWER("422 No", REFUSAL(401, "sender"))),
     FAULTY("refused"), 401, 422, "rejected", "sender", NULL, false, 0},
    {"refused with 200", SAYS(ANSWER("200 OK", REFUSAL(300, "bad"))),
     FAULTY("refused"), 300, 200, "contenterror", "bad", NULL, false, 0},
    {"a wrong key", SAYS(ANSWER("401 No", REFUSAL(10, "bad token"))),
     FAULTY("auth"), 10, 401, "securityerror", "bad token", NULL, false, 0},

    {"busy", SAYS(ANSWER("429 Slow\r\nRetry-After: 30", REFUSAL(429, "slow"))),
     FAULTY("refused"), 429, 429, "ratelimited", "slow", NULL, false, 30},
    {"busy for less than no time",
     SAYS(ANSWER("429 Slow\r\nRetry-After: -1", "{}")),
     FAULTY("refused"), 429, 429, "ratelimited", NULL, NULL, false, 0},
    {"busy for a generation",
     SAYS(ANSWER("429 Slow\r\nretry-after:1000000000", "{}")),
     FAULTY("refused"), 429, 429, "ratelimited", NULL, NULL, false, 3600},
    {"busy until a day to come",
     SAYS(ANSWER("429 Slow\r\nRetry-After: Mon, 06 Nov 2124 08:49:37 GMT",
     "{}")),
     FAULTY("refused"), 429, 429, "ratelimited", NULL, NULL, false, 3600},
    {"busy until a day long past",
     SAYS(ANSWER("429 Slow\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT",
     "{}")),
     FAULTY("refused"), 429, 429, "ratelimited", NULL, NULL, false, 0},
    {"busy for nonsense",
     SAYS(ANSWER("429 Slow\r\nRetry-After: \xff\xfe 12 monkeys", "{}")),
     FAULTY("refused"), 429, 429, "ratelimited", NULL, NULL, false, 0},
    {"busy, twice", SAYS(ANSWER("503 Later\r\nRetry-After: 7\r\nRetry-After: 5",
                                REFUSAL(100, "maintenance"))),
     FAULTY("refused"), 100, 503, "systemerror", "maintenance", NULL, false, 7},
    {"not busy, whatever it says",
     SAYS(ANSWER("422 No\r\nRetry-After: 7", REFUSAL(402, "bad"))),
     FAULTY("refused"), 402, 422, "contenterror", "bad", NULL, false, 0},

    {"a page", SAYS("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
                    "<html><head><TITLE>Welcome to the Wi-Fi</TITLE>"),
     FAULTY("protocol"), 200, 200, "systemerror", "Welcome to the Wi-Fi", NULL,
     false, 0},
    {"a page that forbids", SAYS(ANSWER("403 No", "<html>no</html>")),
     FAULTY("protocol"), 403, 403, "securityerror", "<html>no</html>", NULL,
     false, 0},
    {"a gateway's page", SAYS(ANSWER("502 Bad", "<title>Bad gateway</title>")),
     FAULTY("protocol"), 502, 502, "systemerror", "Bad gateway", NULL, false,
     0},
    {"nothing in it", SAYS(ANSWER("200 OK", "")), FAULTY("protocol"), 200, 200,
     "systemerror", NULL, NULL, false, 0},
    {"no content", SAYS("HTTP/1.1 204 None\r\n\r\n"), FAULTY("protocol"), 204,
     204, "systemerror", NULL, NULL, false, 0},
    {"somebody's JSON", SAYS(ANSWER("200 OK", "{\"status\":\"up\"}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, NULL, false, 0},
    {"an empty object", SAYS(ANSWER("200 OK", "{}")), FAULTY("protocol"), 200,
     200, "systemerror", NULL, NULL, false, 0},
    {"a list", SAYS(ANSWER("200 OK", "[{\"ErrorCode\":0," ID "}]")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, NULL, false, 0},
    {"a text", SAYS(ANSWER("200 OK", "\"OK\"")), FAULTY("protocol"), 200, 200,
     "systemerror", "\"OK\"", NULL, false, 0},
    {"a number", SAYS(ANSWER("200 OK", "0")), FAULTY("protocol"), 200, 200,
     "systemerror", "0", NULL, false, 0},
    {"nothing at all", SAYS(ANSWER("200 OK", "null")), FAULTY("protocol"), 200,
     200, "systemerror", "null", NULL, false, 0},
    {"a code that is a list", SAYS(ANSWER("200 OK",
     "{\"ErrorCode\":[0]," ID "}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, "m-1", false, 0},
    {"a code beyond all numbers",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":1e999," ID "}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, "m-1", false, 0},
    {"two codes",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0,\"ErrorCode\":406}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, NULL, false, 0},
    {"two ids", SAYS(ANSWER("200 OK", "{\"ErrorCode\":0," ID "," ID "}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, "m-1", false, 0},
    {"a NUL in a name", SAYS(ANSWER("200 OK", "{\"ErrorCode\\u0000\":0}")),
     FAULTY("protocol"), 200, 200, "systemerror", NULL, NULL, false, 0},
    {"a NUL in the words",
     SAYS(ANSWER("422 No", REFUSAL(405, "no\\u0000 credits"))),
     FAULTY("refused"), 405, 422, "account", "no\xef\xbf\xbd credits", NULL,
     false, 0},
    {"text after it", SAYS(ANSWER("200 OK", "{\"ErrorCode\":0," ID "} <p>")),
     FAULTY("protocol"), 200, 200, "systemerror",
     "{\"ErrorCode\":0,\"MessageID\":\"m-1\"} <p>", NULL, false, 0},
    {"too deep",
     SAYS(ANSWER("200 OK", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")),
     FAULTY("protocol"), 200, 200, "systemerror",
     "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL, false, 0},
    {"words in another code",
     SAYS(ANSWER("422 No", REFUSAL(405, "sin cr\xe9" "ditos \x1b[2J"))),
     FAULTY("refused"), 405, 422, "account", "sin créditos \x1b[2J", NULL,
     false, 0},
    {"a page in the service's language",
     SAYS(ANSWER("500 Oops", "{\"ErrorCode\":0}")),
     FAULTY("refused"), 500, 500, "systemerror", NULL, NULL, false, 0},
};
/* clang-format on */

static void test_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        api_case_check(&cases[i]);
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
    api_case_fill(&request, "http", server.port);
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

static void test_attachment(void **state)
{
    static const char wanted[] =
        "\"Attachments\":[{\"Name\":\"report.txt\",\"Content\":\"LgoA/w==\","
        "\"ContentType\":\"text/plain; charset=utf-8\"}]";
    static char heard[8192];
    const struct talk talk = cases[0].talk;
    struct witness witness;
    struct server server;
    struct request request;

    (void)state;
    server_start(&server, &talk, 1, NULL);
    api_case_fill(&request, "http", server.port);
    request.attachment = (struct attachment){
        .bytes = ".\n\0\377",
        .length = 4,
        .name = "report.txt",
        .type = "text/plain; charset=utf-8",
    };
    witness_run(&witness, api_send_probe, &request);
    server_heard(&server, heard, sizeof(heard));
    assert_non_null(strstr(heard, wanted));
    server_stop(&server);
    witness_release(&witness);
}

/* The ending of a probe with that key or URL. */
static void check_refusal(const char *key, const char *url, const char *fault)
{
    struct request request;
    struct witness witness;

    api_case_fill(&request, "http", 1);
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
    api_case_check(&cases[0]);
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_request),
        cmocka_unit_test(test_attachment),
        cmocka_unit_test(test_before_any_answer),
        cmocka_unit_test(test_ignores_proxies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
