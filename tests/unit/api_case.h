/* SPDX-License-Identifier: MIT */
/* One send through the API against a service that is a script, and all that
 * must come of it. */
#ifndef TESTS_UNIT_API_CASE_H
#define TESTS_UNIT_API_CASE_H

#include "tests/unit/server.h"
#include "tests/unit/unit.h"
#include "tests/unit/witness.h"

/* The key; a canary that may come out nowhere. */
#define KEY "5f0c9a1e-canary-4c1d"
#define LIMIT 5.0

/* For those that use it up. */
#define SHORT_LIMIT (RUNNING_ON_VALGRIND ? 3.0 : IS_SANITIZED ? 1.0 : 0.4)

#define BODY_END "\"TrackOpens\":false}" /* the last bytes that we send */

/* An answer that the closing of the connection ends. */
#define ANSWER(status, body)                                                   \
    "HTTP/1.1 " status "\r\nContent-Type: application/json\r\n"                \
    "Connection: close\r\n\r\n" body
#define ID "\"MessageID\":\"m-1\""
#define REFUSAL(code, message)                                                 \
    "{\"ErrorCode\":" #code ",\"Message\":\"" message "\"}"

/* The talk of a service that hears it all, and then says that. */
#define SAYS(text) .talk = {.turns = {{BODY_END, text, 0}}}

/* How it ends: outcome, fault, phase. */
#define PASSES "pass", NULL, NULL
#define FAULTY(fault) "fault", fault, "answer"
#define LOST(fault) "unknown", fault, "sent"

#define NONE (-1) /* of a number: null */

struct api_case {
    const char *name;
    struct talk talk;
    const char *outcome, *fault, *phase;
    int code, http;
    const char *cause, *reply;
    const char *id; /* of the message */
    bool inactive;
    int retry_after; /* 0: none is told */
};

/* A request to a server at that port of this machine. */
void api_case_fill(struct request *request, const char *scheme,
                   unsigned short port);

/* Sends, and fails the test where anything else comes of it: among that more
 * than one request, the key said more than once or told at all, or more time
 * than the limit and a second. The limit is the short one where the case is
 * about its end. */
void api_case_check(const struct api_case *expected);

/* The same under TLS. `trusts`: the client knows the certificate. */
void api_case_check_tls(const struct api_case *expected,
                        const struct identity *identity, bool trusts);

/* Fails unless the "end" has that cause once it is marked. */
void api_case_cause(const struct witness *witness, const char *probe,
                    const char *cause);

/* How often a word stands in a text. */
size_t api_case_times(const char *text, const char *word);

#endif
