/* SPDX-License-Identifier: MIT */
/* Every HTTP status and every ErrorCode that the service is known to have,
 * and some that nobody knows: what a send that meets it comes to. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */

/* Codes in the body, with the status that goes with them. Without words: a
 * code whose words must tell comes to nothing known. */
static const struct {
    int code, http;
    const char *cause;
} codes[] = {
    {11, 422, "unknown"},
    {12, 404, "unknown"},
    {13, 422, "unknown"},
    {100, 503, "systemerror"},
    {300, 422, "contenterror"},
    {400, 422, "rejected"},
    {401, 422, "rejected"},
    {402, 422, "contenterror"},
    {403, 422, "contenterror"},
    {405, 422, "account"},
    {406, 422, "suppressed"},
    {409, 422, "contenterror"},
    {410, 422, "contenterror"},
    {411, 422, "policyviolation"},
    {412, 422, "account"},
    {413, 422, "account"},
    {429, 422, "ratelimited"},
    {500, 422, "rejected"},
    {501, 422, "rejected"},
    {502, 422, "rejected"},
    {503, 422, "rejected"},
    {504, 422, "rejected"},
    {505, 422, "rejected"},
    {506, 422, "rejected"},
    {507, 422, "rejected"},
    {510, 422, "rejected"},
    {511, 422, "rejected"},
    {512, 422, "rejected"},
    {513, 422, "rejected"},
    {514, 422, "rejected"},
    {515, 422, "rejected"},
    {516, 422, "rejected"},
    {520, 422, "rejected"},
    {521, 422, "rejected"},
    {522, 422, "rejected"},
    {600, 422, "unknown"},
    {601, 422, "unknown"},
    {602, 422, "unknown"},
    {611, 422, "unknown"},
    {700, 422, "unknown"},
    {701, 422, "unknown"},
    {702, 422, "unknown"},
    {703, 422, "unknown"},
    {800, 422, "unknown"},
    {809, 422, "unknown"},
    {813, 422, "unknown"},
    {900, 422, "unknown"},
    {1000, 422, "unknown"},
    {1001, 422, "unknown"},
    {1002, 422, "unknown"},
    {1003, 422, "suppressed"},
    {1100, 422, "contenterror"},
    {1101, 422, "contenterror"},
    {1120, 422, "contenterror"},
    {1131, 422, "contenterror"},
    {1221, 422, "contenterror"},
    {1226, 422, "contenterror"},
    {1235, 422, "contenterror"},
    {1236, 422, "contenterror"},
    /* A service may invent more. */
    {1, 422, "unknown"},
    {9999, 422, "unknown"},
    {-1, 422, "unknown"},
    {2147483647, 422, "unknown"},
    /* The same with statuses of another mind. */
    {401, 403, "rejected"},
    {405, 402, "account"},
    {413, 403, "account"},
    {406, 200, "suppressed"},
    {405, 500, "account"},
};

/* Statuses of an answer that has no code. */
static const struct {
    int http;
    const char *fault, *cause;
} statuses[] = {
    {300, "protocol", "systemerror"},
    {301, "protocol", "systemerror"},
    {304, "protocol", "systemerror"},
    {400, "refused", "contenterror"},
    {401, "auth", "securityerror"},
    {402, "refused", "account"},
    {403, "refused", "securityerror"},
    {404, "refused", "unknown"},
    {405, "refused", "unknown"},
    {406, "refused", "suppressed"},
    {408, "refused", "networkerror"},
    {409, "refused", "unknown"},
    {413, "refused", "mesgtoobig"},
    {415, "refused", "contenterror"},
    {418, "refused", "unknown"},
    {422, "refused", "contenterror"},
    {429, "refused", "ratelimited"},
    {500, "refused", "systemerror"},
    {502, "refused", "systemerror"},
    {503, "refused", "systemerror"},
    {504, "refused", "systemerror"},
    {599, "refused", "systemerror"},
    {600, "refused", "unknown"},
    {999, "refused", "unknown"},
};
/* clang-format on */

/* `quote` stands on both sides of the number. */
static void check_code(int code, int http, const char *cause, const char *quote)
{
    char name[64], body[64], answer[256];
    struct api_case one = {
        .name = name,
        .talk = {.turns = {{BODY_END, answer, 0}}},
        .outcome = "fault",
        .fault = "refused",
        .phase = "answer",
        .code = code,
        .http = http,
        .cause = cause,
        .inactive = code == 406,
    };

    snprintf(name, sizeof(name), "code %d with status %d", code, http);
    snprintf(body, sizeof(body), "{\"ErrorCode\":%s%d%s}", quote, code, quote);
    snprintf(answer, sizeof(answer),
             "HTTP/1.1 %d Words\r\nContent-Length: %zu\r\n\r\n%s", http,
             strlen(body), body);
    api_case_check(&one);
}

static void test_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++)
        check_code(codes[i].code, codes[i].http, codes[i].cause, "");
}

static void test_codes_as_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++)
        check_code(codes[i].code, codes[i].http, codes[i].cause, "\"");
}

/* The key is the same fault under every status. */
static void test_key(void **state)
{
    static const int https[] = {200, 401, 403, 422};

    (void)state;
    for (size_t i = 0; i < COUNT(https); i++) {
        char answer[128];
        struct api_case one = {
            .name = "a wrong key",
            .talk = {.turns = {{BODY_END, answer, 0}}},
            .outcome = "fault",
            .fault = "auth",
            .phase = "answer",
            .code = 10,
            .http = https[i],
            .cause = "securityerror",
        };

        snprintf(answer, sizeof(answer), "HTTP/1.1 %d No\r\n\r\n%s", https[i],
                 "{\"ErrorCode\":10}");
        api_case_check(&one);
    }
}

static void test_statuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(statuses); i++) {
        char name[64], answer[128];
        struct api_case one = {
            .name = name,
            .talk = {.turns = {{BODY_END, answer, 0}}},
            .outcome = "fault",
            .fault = statuses[i].fault,
            .phase = "answer",
            .code = statuses[i].http,
            .http = statuses[i].http,
            .cause = statuses[i].cause,
            .inactive = statuses[i].http == 406,
        };

        snprintf(name, sizeof(name), "status %d", statuses[i].http);
        snprintf(answer, sizeof(answer), "HTTP/1.1 %d\r\n\r\n{}",
                 statuses[i].http);
        api_case_check(&one);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_codes_as_text),
        cmocka_unit_test(test_key),
        cmocka_unit_test(test_statuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
