/* SPDX-License-Identifier: MIT */
/* Sending through the API over a line that breaks, floods, drips or lies, and
 * to services that are not who they say. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/trx.h"

#define HOLD .leave = LEAVE_HOLD
#define RESET .leave = LEAVE_RESET
#define TURNS(...) .talk = {.turns = {{BODY_END, "", 0}, __VA_ARGS__}}

/* 520 KB of a packed answer that are 82 MB once unpacked: the letter a, then
 * it again and again. */
#define BOMB_START "\x1f\x8b\x08\x01\x01\x01\x01\x01\x02\x03\x4b\x1c"
#define BOMB "\x05\xa3\x60\x14\x8c\x82\x51\x30\x0a\x46\xc1\x28\x18"

#define NAMES_10                                                               \
    ",\"a\":0,\"a\":0,\"a\":0,\"a\":0,\"a\":0,\"a\":0,\"a\":0,\"a\":0,\"a\":"  \
    "0,"                                                                       \
    "\"a\":0"
#define NAMES_100                                                              \
    NAMES_10 NAMES_10 NAMES_10 NAMES_10 NAMES_10 NAMES_10 NAMES_10 NAMES_10    \
        NAMES_10 NAMES_10

#define KEY_IN_BASE64 "NWYwYzlhMWUtY2FuYXJ5LTRjMWQ="

/* clang-format off */
static const struct api_case cases[] = {
    /* Elsewhere: nobody goes there, least of all with the key. */
    {"to another scheme",
     SAYS(ANSWER("302 There\r\nLocation: http://127.0.0.1:1/", "{" ID "}")),
     FAULTY("protocol"), 302, 302, "systemerror", NULL, "m-1", false, 0},
    {"to a file", SAYS(ANSWER("301 There\r\nLocation: file:///etc/passwd", "")),
     FAULTY("protocol"), 301, 301, "systemerror", NULL, NULL, false, 0},
    {"to another host",
     SAYS(ANSWER("307 There\r\nLocation: https://other.test/email", "")),
     FAULTY("protocol"), 307, 307, "systemerror", NULL, NULL, false, 0},
    {"to itself, for ever",
     SAYS(ANSWER("308 Here\r\nLocation: /email", "<title>Moved</title>")),
     FAULTY("protocol"), 308, 308, "systemerror", "Moved", NULL, false, 0},
    {"to where the key is a password",
     SAYS(ANSWER("303 There\r\nLocation: ftp://x:" KEY "@127.0.0.1:1/", "{}")),
     FAULTY("protocol"), 303, 303, "systemerror", NULL, NULL, false, 0},

    /* The key, said back. */
    {"the key in the words", SAYS(ANSWER("422 No", REFUSAL(300, "key " KEY))),
     FAULTY("refused"), 300, 422, "contenterror", "key [oculto]", NULL, false,
     0},
    {"the key in a page", SAYS(ANSWER("403 No", "<title>" KEY "</title>")),
     FAULTY("protocol"), 403, 403, "securityerror", "[oculto]", NULL, false, 0},
    {"the key as an id",
     SAYS(ANSWER("200 OK", "{\"ErrorCode\":0,\"MessageID\":\"" KEY "\"}")),
     PASSES, 0, 200, NULL, NULL, "[oculto]", false, 0},
    {"the key in base64",
     SAYS(ANSWER("422 No", REFUSAL(300, KEY_IN_BASE64))),
     FAULTY("refused"), 300, 422, "contenterror", "[oculto]=", NULL, false, 0},
    {"the key in the header",
     SAYS(ANSWER("422 " KEY "\r\nX-Echo: " KEY "\r\nSet-Cookie: " KEY,
                 REFUSAL(300, "no"))),
     FAULTY("refused"), 300, 422, "contenterror", "no", NULL, false, 0},
    {"the key in place of an answer", SAYS(KEY " " KEY "\r\n"),
     "fault", "protocol", "sent", NONE, NONE, "systemerror", NULL, NULL, false,
     0},
    {"the key as a length",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: " KEY "\r\n\r\n{}"),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},

    /* Not HTTP. */
    {"another protocol", SAYS("SSH-2.0-OpenSSH_9.2\r\n"),
     "fault", "protocol", "sent", NONE, NONE, "systemerror", NULL, NULL, false,
     0},
    {"a status that is none", SAYS("HTTP/1.1 OK\r\n\r\n{}"),
     "fault", "protocol", "sent", NONE, NONE, "systemerror", NULL, NULL, false,
     0},
    {"packed, though nobody asked",
     SAYS(ANSWER("200 OK\r\nContent-Encoding: gzip", "\x1f\x8b\x08")),
     FAULTY("protocol"), 200, 200, "systemerror", "\x1f\\x8b\x08", NULL, false,
     0},
    {"a bomb, though nobody asked",
     TURNS({"", ANSWER("200 OK\r\nContent-Encoding: gzip", BOMB_START), 0},
           {"", BOMB, 40000}),
     FAULTY("protocol"), 200, 200, "systemerror",
     "\x1f\\x8b\x08\x01\x01\x01\x01\x01\x02\x03K\x1c\x05£`\x14\\x8c\\x82Q0",
     NULL, false, 0},
    {"1 MiB of names",
     TURNS({"", ANSWER("200 OK", "{\"ErrorCode\":0," ID), 0},
           {"", NAMES_100, 1700}, {"", "}", 0}),
     PASSES, 0, 200, NULL, NULL, "m-1", false, 0},
    {"brackets without end",
     TURNS({"", ANSWER("200 OK", "{\"a\":"), 0}, {"", "[", 100000}),
     LOST("dropped"), NONE, 200, "networkerror", NULL, NULL, false, 0},

    /* From here on nobody can know whether the message was taken. */
    {"leaves", SAYS(""),
     LOST("dropped"), NONE, NONE, "networkerror", NULL, NULL, false, 0},
    {"drops", .talk = {.turns = {{BODY_END, "", 0}}, RESET},
     LOST("dropped"), NONE, NONE, "networkerror", NULL, NULL, false, 0},
    {"is silent", .talk = {.turns = {{BODY_END, "", 0}}, HOLD},
     LOST("timeout"), NONE, NONE, "networkerror", NULL, NULL, false, 0},
    {"falls silent in the header",
     .talk = {.turns = {{BODY_END, "HTTP/1.1 200 OK\r\nContent-", 0}}, HOLD},
     LOST("timeout"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"falls silent in the body",
     .talk = {.turns = {{BODY_END, ANSWER("200 OK", "{\"Err"), 0}}, HOLD},
     LOST("timeout"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"drips in the header",
     .talk = {.turns = {{BODY_END, "HTTP/1.1 200 OK\r\n", 0},
                        {"", "X-A: b\r\n", 99}}, .drip = 20},
     LOST("timeout"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"drips in the body",
     .talk = {.turns = {{BODY_END, ANSWER("200 OK", "{"), 0},
                        {"", "\"a\":1,", 99}}, .drip = 20},
     LOST("timeout"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"drips before it begins",
     .talk = {.turns = {{BODY_END, "\r\n", 99}}, .drip = 20},
     "fault", "protocol", "sent", NONE, NONE, "systemerror", NULL, NULL, false,
     0},
    {"says less than it promised",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"ErrorCode\":0}"),
     LOST("dropped"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"says more than it promised",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"ErrorCode\":0}"),
     LOST("dropped"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"promises less than nothing",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n{}"),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"promises twice",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 27\r\n\r\n"
          "{\"ErrorCode\":0,\"MessageID\":1}"),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"promises the same twice",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 15\r\ncontent-length:15 \r\n\r\n"
          "{\"ErrorCode\":0}"),
     PASSES, 0, 200, NULL, NULL, NULL, false, 0},
    {"promises more than there is in the world",
     SAYS("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{"),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"promises 10 GB", TURNS({"", "HTTP/1.1 200 OK\r\n"
                              "Content-Length: 10000000000\r\n\r\n[", 0},
                             {"", "0123456789,0123456789,0123456789,", 99999}),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"says half a chunk",
     SAYS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"E"),
     LOST("dropped"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"says no chunk",
     SAYS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsome\r\n{"),
     LOST("dropped"), NONE, 200, "networkerror", NULL, NULL, false, 0},
    {"chunks without end",
     TURNS({"", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 0},
           {"", "10\r\n0123456789,01234\r\n", 99999}),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"a body without end",
     TURNS({"", ANSWER("200 OK", "["), 0},
           {"", "0123456789,0123456789,0123456789,", 99999}),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"a header without end",
     TURNS({"", "HTTP/1.1 200 OK\r\n", 0},
           {"", "X-Filler: 0123456789012345678901\r\n", 9999}),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"a line without end",
     TURNS({"", "HTTP/1.1 200 OK\r\nX-Filler: ", 0},
           {"", "0123456789012345678901234567890123456789", 9999}),
     LOST("protocol"), NONE, 200, "systemerror", NULL, NULL, false, 0},
    {"never comes to the point",
     .talk = {.turns = {{BODY_END, "HTTP/1.1 100 Continue\r\n\r\n", 9999}}},
     LOST("protocol"), NONE, 100, "systemerror", NULL, NULL, false, 0},
};
/* clang-format on */

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        api_case_check(&cases[i]);
}

static const char whole[] =
    "{\"To\":\"ana@corp.test\",\"SubmittedAt\":\"2026-11-23T09:15:02Z\","
    "\"MessageID\":\"m-1\",\"ErrorCode\":0,\"Message\":\"OK \\\"[{\"}";

/* A good answer whose body is cut after `cut` bytes: never a pass, nor a
 * refusal once there was a byte of it. */
static void check_cut(size_t cut)
{
    char name[32], answer[512];
    struct api_case one = {
        .name = name,
        .talk = {.turns = {{BODY_END, answer, 0}}},
        .outcome = cut ? "unknown" : "fault",
        .fault = cut ? "dropped" : "protocol",
        .phase = cut ? "sent" : "answer",
        .code = cut ? NONE : 200,
        .http = 200,
        .cause = cut ? "networkerror" : "systemerror",
    };

    snprintf(name, sizeof(name), "cut after %zu bytes", cut);
    snprintf(answer, sizeof(answer), ANSWER("200 OK", "%.*s"), (int)cut, whole);
    api_case_check(&one);
}

static void test_cut_at_every_byte(void **state)
{
    (void)state;
    for (size_t cut = 0; cut < sizeof(whole) - 1; cut++)
        check_cut(cut);
}

/* The same where the end of the body was promised. */
static void test_cut_against_its_length(void **state)
{
    (void)state;
    for (size_t cut = 0; cut < sizeof(whole) - 1; cut += 10) {
        char answer[512];
        struct api_case one = {"cut",
                               {.turns = {{BODY_END, answer, 0}}},
                               LOST("dropped"),
                               NONE,
                               200,
                               "networkerror",
                               NULL,
                               NULL,
                               false,
                               0};

        snprintf(answer, sizeof(answer),
                 "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%.*s",
                 sizeof(whole) - 1, (int)cut, whole);
        api_case_check(&one);
    }
}

/* The header cut at every byte. */
static void test_cut_in_the_header(void **state)
{
    static const char header[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

    (void)state;
    for (size_t cut = 1; cut < sizeof(header) - 1; cut++) {
        char answer[512];
        struct witness witness;
        struct server server;
        struct request request;
        struct talk talk = {.turns = {{BODY_END, answer, 0}}};

        snprintf(answer, sizeof(answer), "%.*s", (int)cut, header);
        server_start(&server, &talk, 1, NULL);
        api_case_fill(&request, "http", server.port);
        witness_run(&witness, api_send_probe, &request);
        witness_text(&witness, witness_end(&witness), "outcome", "unknown");
        witness_text(&witness, witness_end(&witness), "fault", "dropped");
        server_stop(&server);
        witness_release(&witness);
    }
}

/* Who breaks off before the body went out has taken nothing; how far we come
 * is a matter of moments. */
static void test_ends_before(void **state)
{
    static const struct talk talks[] = {
        {.leave = LEAVE_RESET},
        {.turns = {{"POST", "", 0}}, .leave = LEAVE_RESET},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(talks); i++) {
        struct witness witness;
        struct server server;
        struct request request;
        const struct event *end;
        bool sent = false;

        server_start(&server, &talks[i], 1, NULL);
        api_case_fill(&request, "http", server.port);
        witness_run(&witness, api_send_probe, &request);
        end = witness_end(&witness);
        for (size_t n = 0; n < witness_count(&witness, "phase"); n++)
            sent |=
                strcmp(event_text(witness_find(&witness, "phase", n), "phase"),
                       "sent") == 0;
        witness_text(&witness, end, "outcome", sent ? "unknown" : "fault");
        if (sent)
            witness_text(&witness, end, "phase", "sent");
        api_case_cause(&witness, "api-send", "networkerror");
        server_stop(&server);
        witness_release(&witness);
    }
}

#define GOOD SAYS(ANSWER("200 OK", "{\"ErrorCode\":0," ID "}"))
#define NO_TLS(fault, cause)                                                   \
    "fault", fault, "tls", NONE, NONE, cause, NULL, NULL, false, 0
#define UNTRUSTED "not trusted", GOOD, NO_TLS("tls", "failedstarttls")

static const struct tls_case {
    struct api_case one;
    struct identity identity; /* without a name: it speaks no TLS */
    bool trusts;
} tls_cases[] = {
    {{"known by itself", GOOD, PASSES, 0, 200, NULL, NULL, "m-1", false, 0},
     {"localhost", VOUCHER_SELF, false},
     true},
    {{"known by its authority", GOOD, PASSES, 0, 200, NULL, NULL, "m-1", false,
      0},
     {"localhost", VOUCHER_AUTHORITY, false},
     true},
    {{"of another host: " UNTRUSTED},
     {"other.test", VOUCHER_AUTHORITY, false},
     true},
    {{"of a part of the name: " UNTRUSTED},
     {"host", VOUCHER_AUTHORITY, false},
     true},
    {{"expired: " UNTRUSTED}, {"localhost", VOUCHER_AUTHORITY, true}, true},
    {{"expired, by itself: " UNTRUSTED},
     {"localhost", VOUCHER_SELF, true},
     true},
    {{"of a stranger: " UNTRUSTED},
     {"localhost", VOUCHER_STRANGER, false},
     true},
    {{"of an authority nobody knows: " UNTRUSTED},
     {"localhost", VOUCHER_AUTHORITY, false},
     false},
    {{"by itself, unknown: " UNTRUSTED},
     {"localhost", VOUCHER_SELF, false},
     false},
    /* Hears the client begin, and does not know what it means. */
    {{"drops at the first word",
      {.turns = {{"\x16\x03", "", 0}}, .leave = LEAVE_RESET},
      NO_TLS("tls", "failedstarttls")},
     {NULL, VOUCHER_SELF, false},
     true},
    {{"speaks something else",
      {.turns = {{"\x16\x03", "HTTP/1.1 400 Bad Request\r\n\r\n", 0}}},
      NO_TLS("tls", "failedstarttls")},
     {NULL, VOUCHER_SELF, false},
     true},
    {{"is silent",
      {.turns = {{"\x16\x03", "", 0}}, .leave = LEAVE_HOLD},
      NO_TLS("timeout", "networkerror")},
     {NULL, VOUCHER_SELF, false},
     true},
    {{"leaves without a word",
      {.turns = {{BODY_END, "", 0}}, .leave = LEAVE_RESET},
      LOST("dropped"),
      NONE,
      NONE,
      "networkerror",
      NULL,
      NULL,
      false,
      0},
     {"localhost", VOUCHER_SELF, false},
     true},
};

static void test_tls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tls_cases); i++) {
        const struct identity *identity = &tls_cases[i].identity;

        api_case_check_tls(&tls_cases[i].one, identity->name ? identity : NULL,
                           tls_cases[i].trusts && identity->name);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_cut_against_its_length),
        cmocka_unit_test(test_cut_in_the_header),
        cmocka_unit_test(test_ends_before),
        cmocka_unit_test(test_tls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
