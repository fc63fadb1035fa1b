/* SPDX-License-Identifier: MIT */
/* Answers of the service, from bytes to agreement or refusal. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/trx_answer.h"

#define ID "\"MessageID\":\"5b1d7c0e-3a52\""

/* Status, body, what it must come to: fault, code, words. */
static const struct {
    int http;
    const char *body;
    enum fault fault;
    int code;
    const char *words;
} answers[] = {
    {200, "{\"ErrorCode\":0,\"Message\":\"OK\"," ID "}", FAULT_NONE, 0, "OK"},
    {201, "{\"ErrorCode\":\"0\"," ID "}", FAULT_NONE, 0, ""},
    {200, "{\"Message\":\"delayed\"," ID "}", FAULT_NONE, 0, "delayed"},
    {200, "{\"ErrorCode\":null," ID "}", FAULT_NONE, 0, ""},
    {200, "{\"ErrorCode\":405,\"Message\":\"no credits\"}", FAULT_REFUSED, 405,
     "no credits"},
    {422, "{\"ErrorCode\":406,\"Message\":\"inactive\"}", FAULT_REFUSED, 406,
     "inactive"},
    {422, "{\"ErrorCode\":401,\"Message\":\"m\"}", FAULT_REFUSED, 401, "m"},
    {422, "{\"ErrorCode\":\"300\",\"Message\":\"m\"}", FAULT_REFUSED, 300, "m"},
    {401, "{\"ErrorCode\":10,\"Message\":\"m\"}", FAULT_AUTH, 10, "m"},
    {403, "{\"ErrorCode\":10,\"Message\":\"m\"}", FAULT_AUTH, 10, "m"},
    {200, "{\"ErrorCode\":10,\"Message\":\"m\"}", FAULT_AUTH, 10, "m"},
    {401, "{\"Message\":\"m\"}", FAULT_AUTH, 401, "m"},
    {403, "{\"Message\":\"m\"}", FAULT_REFUSED, 403, "m"},
    {429, "{}", FAULT_REFUSED, 429, ""},
    {500, "{\"ErrorCode\":0,\"Message\":\"m\"}", FAULT_REFUSED, 500, "m"},
    {503, "{\"ErrorCode\":100,\"Message\":\"m\"}", FAULT_REFUSED, 100, "m"},
    {422, "{\"ErrorCode\":11,\"Message\":\"m\",\"Errors\":[\"a\",7,\"b\"]}",
     FAULT_REFUSED, 11, "m; a; b"},
    {422,
     "{\"ErrorCode\":11,\"Errors\":[{\"ErrorCode\":300,\"Message\":\"a\"},"
     "{\"ErrorCode\":400},{\"Message\":\"b\"}]}",
     FAULT_REFUSED, 11, "a; b"},
    {422, "{\"ErrorCode\":11,\"Message\":\"m\",\"Errors\":{}}", FAULT_REFUSED,
     11, "m"},
    {422, "{\"ErrorCode\":11,\"Message\":\"m\",\"Errors\":[]}", FAULT_REFUSED,
     11, "m"},
    {302, "{\"ErrorCode\":0," ID "}", FAULT_PROTOCOL, 302, ""},
    {200, "{\"ErrorCode\":0,\"ErrorCode\":406}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":0," ID "," ID "}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":true}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":1e999}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":[0]}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":\"zero\"}", FAULT_PROTOCOL, 200, ""},
    {200, "{\"ErrorCode\":0.5}", FAULT_PROTOCOL, 200, ""},
    {200, "[]", FAULT_PROTOCOL, 200, ""},
    {200, "\"OK\"", FAULT_PROTOCOL, 200, "\"OK\""},
    {204, "", FAULT_PROTOCOL, 204, ""},
    {200, "<html><head><TITLE>Welcome to the Wi-Fi</TITLE>", FAULT_PROTOCOL,
     200, "Welcome to the Wi-Fi"},
    {403, "\r\n  Access denied\r\nRay ID 1", FAULT_PROTOCOL, 403,
     "Access denied"},
    {502, "<title>", FAULT_PROTOCOL, 502, ""},
};

static void read_text(struct trx_answer *answer, int http, const char *body)
{
    trx_answer_read(answer, http, body[0] ? body : NULL, strlen(body));
}

static void test_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(answers); i++) {
        struct trx_answer answer;

        read_text(&answer, answers[i].http, answers[i].body);
        if (answer.fault != answers[i].fault || answer.code != answers[i].code)
            fail_msg("%d %s: fault %d, code %d", answers[i].http,
                     answers[i].body, answer.fault, answer.code);
        assert_string_equal(answer.words, answers[i].words);
        assert_int_equal(answer.http, answers[i].http);
        trx_answer_release(&answer);
    }
}

/* Whatever is cut off, what is left is never taken for an agreement. The copy
 * is of the exact size, so that the sanitizers see a step beyond it. */
static void test_cut_at_every_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(answers); i++)
        for (size_t cut = 0; cut < strlen(answers[i].body); cut++) {
            char *body = malloc(cut + 1);
            struct trx_answer answer;

            assert_non_null(body);
            memcpy(body, answers[i].body, cut);
            body[cut] = '\0';
            trx_answer_read(&answer, answers[i].http, body, cut);
            if (answers[i].http / 100 == 2 && body[0] == '{') {
                assert_int_equal(answer.fault, FAULT_DROPPED);
                assert_true(answer.lost);
            } else {
                assert_int_equal(answer.fault, FAULT_PROTOCOL);
                assert_int_equal(answer.code, answers[i].http);
            }
            trx_answer_release(&answer);
            free(body);
        }
}

/* More errors, and longer ones, than there is room for. */
static void test_many_errors(void **state)
{
    char *body = NULL;
    size_t size;
    FILE *out = open_memstream(&body, &size);
    struct trx_answer answer;

    (void)state;
    assert_non_null(out);
    fprintf(out, "{\"ErrorCode\":11,\"Errors\":[\"a\"");
    for (int i = 0; i < 5000; i++)
        fprintf(out, ",\"%0*d\"", i % 400 + 1, i);
    fprintf(out, "]}");
    fclose(out);
    trx_answer_read(&answer, 422, body, size);
    assert_int_equal(answer.code, 11);
    assert_non_null(strstr(answer.words, "a; 0; 01; 002; 0003"));
    assert_true(strlen(answer.words) < REPLY_MAX);
    trx_answer_release(&answer);
    free(body);
}

static void test_tells_a_receipt(void **state)
{
    struct trx_answer answer;

    (void)state;
    read_text(&answer, 200, "{\"status\":\"ok\"}");
    assert_int_equal(answer.fault, FAULT_NONE);
    assert_false(trx_answer_is_receipt(&answer));
    trx_answer_release(&answer);
    read_text(&answer, 200, "{" ID "}");
    assert_true(trx_answer_is_receipt(&answer));
    trx_answer_release(&answer);
}

/* The three shapes that are known, and what only looks like them. */
static const struct {
    const char *words;
    bool names; /* ana@corp.test */
} inactive[] = {
    {"You tried to send to recipients that have been marked as inactive. "
     "Found inactive addresses: ana@corp.test. Inactive recipients are ones "
     "that have generated a hard bounce.",
     true},
    {"You tried.\nFound inactive addresses: b@x.test, ANA@corp.test.\n"
     "Inactive recipients are ones.",
     true},
    {"Message OK, but will not deliver to these inactive addresses: "
     "ana@corp.test,b@x.test",
     true},
    {"Message OK, but will not deliver to these inactive addresses:\n"
     "b@x.test , <ana@corp.test>.",
     true},
    {"inactive addresses: ana@corp.test. Some other sentence, and more", true},
    {"inactive addresses: b@x.test. Inactive recipients are: ana@corp.test",
     false},
    {"inactive addresses: b@x.test\nana@corp.test", false},
    {"inactive addresses: ana@corp.test.ar", false},
    {"inactive addresses: juana@corp.test", false},
    {"inactive addresses: ana@corp.tes", false},
    {"inactive addresses:", false},
    {"inactive addresses: ,,. ,", false},
    {"ana@corp.test", false},
    {"OK", false},
    {"", false},
};

static void test_finds_inactive_recipients(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(inactive); i++)
        if (trx_answer_names_inactive(inactive[i].words, "ana@corp.test") !=
            inactive[i].names)
            fail_msg("'%s'", inactive[i].words);
    assert_false(trx_answer_names_inactive("inactive addresses: , a@b", ""));
}

static void test_ends(void **state)
{
    static const struct {
        enum fault fault;
        bool sent, lost;
        enum result outcome;
        enum phase phase;
    } ends[] = {
        {FAULT_NONE, true, false, RESULT_PASS, PHASE_NONE},
        {FAULT_REFUSED, true, false, RESULT_FAULT, PHASE_ANSWER},
        {FAULT_TIMEOUT, false, true, RESULT_FAULT, PHASE_ANSWER},
        {FAULT_TIMEOUT, true, true, RESULT_UNKNOWN, PHASE_SENT},
        {FAULT_DROPPED, true, true, RESULT_UNKNOWN, PHASE_SENT},
        {FAULT_PROTOCOL, true, true, RESULT_UNKNOWN, PHASE_SENT},
        {FAULT_PROTOCOL, true, false, RESULT_FAULT, PHASE_ANSWER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct trx_answer answer = {.fault = ends[i].fault,
                                    .sent = ends[i].sent,
                                    .lost = ends[i].lost,
                                    .phase = PHASE_ANSWER};
        struct ending ending;

        trx_answer_end(&answer, &ending);
        assert_int_equal(ending.outcome, ends[i].outcome);
        assert_int_equal(ending.fault, ends[i].fault);
        assert_int_equal(ending.phase, ends[i].phase);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_many_errors),
        cmocka_unit_test(test_tells_a_receipt),
        cmocka_unit_test(test_finds_inactive_recipients),
        cmocka_unit_test(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
