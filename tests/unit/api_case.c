/* SPDX-License-Identifier: MIT */
/* Sends, and holds what is told against what must be. */
#include "tests/unit/api_case.h"

#include <stdio.h>
#include <string.h>

#include "net/trx.h"
#include "steps/reply.h"

void api_case_fill(struct request *request, const char *scheme,
                   unsigned short port)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "%s://localhost:%u/",
             scheme, port);
    SET(request->from, "avisos@shop.test");
    SET(request->to, "ana@corp.test");
    SET(request->token, "0123456789abcdef");
    SET(request->subject_code, "K7Q-4M2");
    SET(request->subject, "Prueba K7Q-4M2: ¿llegó?");
    SET(request->body, "Hola\n\"Ana\"\n");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = LIMIT;
}

size_t api_case_times(const char *text, const char *word)
{
    size_t count = 0;

    for (; (text = strstr(text, word)); text += strlen(word))
        count++;
    return count;
}

void api_case_cause(const struct witness *witness, const char *probe,
                    const char *cause)
{
    struct event *end = event_copy(witness_end(witness));

    reply_mark(end, probe);
    witness_text(witness, end, "cause", cause);
    event_free(end);
}

static void check_texts(const struct api_case *expected,
                        const struct witness *witness)
{
    const struct event *end = witness_end(witness);

    witness_text(witness, end, "outcome", expected->outcome);
    witness_text(witness, end, "fault", expected->fault);
    witness_text(witness, end, "phase", expected->phase);
    witness_text(witness, end, "reply", expected->reply);
    witness_text(witness, end, "message_id", expected->id);
    api_case_cause(witness, "api-send", expected->cause);
}

static bool has_numbers(const struct api_case *expected,
                        const struct event *end)
{
    return (int)event_number(end, "code", NONE) == expected->code &&
           (int)event_number(end, "http", NONE) == expected->http &&
           (int)event_number(end, "retry_after", 0) == expected->retry_after &&
           event_flag(end, "inactive") == expected->inactive;
}

/* A message goes out once; a connection that breaks before may tell nothing
 * of it. */
static void check_heard(const struct api_case *expected,
                        const struct server *server)
{
    static char heard[65536];
    size_t most =
        strcmp(expected->outcome, "pass") == 0 || expected->http > 0 ? 1 : 0;

    server_heard(server, heard, sizeof(heard));
    if (api_case_times(heard, " HTTP/1.1\r\n") > 1 ||
        api_case_times(heard, " HTTP/1.1\r\n") < most ||
        api_case_times(heard, KEY) > 1 || strstr(heard, "Accept-Encoding"))
        fail_msg("%s: heard %s", expected->name, heard);
}

static void check_request(const struct api_case *expected,
                          const struct server *server, struct request *request)
{
    struct witness witness;

    if (expected->fault && strcmp(expected->fault, "timeout") == 0)
        request->limit = SHORT_LIMIT;
    print_message("# %s\n", expected->name);
    witness_run(&witness, api_send_probe, request);
    check_texts(expected, &witness);
    if (!has_numbers(expected, witness_end(&witness)))
        fail_msg("%s: %s", expected->name, witness.text);
    assert_true(witness.seconds < request->limit + 1);
    check_heard(expected, server);
    witness_release(&witness);
}

void api_case_check(const struct api_case *expected)
{
    struct server server;
    struct request request;

    server_start(&server, &expected->talk, 1, NULL);
    api_case_fill(&request, "http", server.port);
    check_request(expected, &server, &request);
    server_stop(&server);
}

void api_case_check_tls(const struct api_case *expected,
                        const struct identity *identity, bool trusts)
{
    struct server server;
    struct request request;

    server_start_as(&server, &expected->talk, 1, identity);
    api_case_fill(&request, "https", server.port);
    if (trusts)
        SET(request.ca_file, server.ca);
    check_request(expected, &server, &request);
    server_stop(&server);
}
