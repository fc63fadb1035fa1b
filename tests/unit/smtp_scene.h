/* SPDX-License-Identifier: MIT */
/* One session of the smtp probe with a scripted server, as data: what the
 * server does, and what must come of it. */
#ifndef TESTS_UNIT_SMTP_SCENE_H
#define TESTS_UNIT_SMTP_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/smtp.h"
#include "tests/unit/smtp_peer.h"

/* The login is "ana" with this password, a canary: no event may tell it. */
#define PASSWORD "c4nary-Passw0rd"
#define PASSWORD_B64 "YzRuYXJ5LVBhc3N3MHJk"
#define PLAIN_B64 "AGFuYQBjNG5hcnktUGFzc3cwcmQ="
#define TOKEN "0123456789abcdef0123456789abcdef"

/* What one session is and what must come of it. */
struct scene {
    const char *name;
    const char *script;
    enum tls_mode tls;
    enum paper paper;
    const char *user; /* NULL: no login */
    enum result outcome;
    enum fault fault;
    enum phase phase;
    int code;
    const char *enhanced; /* NULL: none */
    const char *reply;    /* is in the server's words, or in ours where the
                             server did not decide; NULL: not looked at */
    const char *heard;    /* is in what the server heard; NULL: not looked at */
    const char *unheard;  /* is not in it */
    const char *told;     /* is in the events */
};

/* What a session has told. */
struct result_of {
    struct ending ending;
    char detail[256];
    char *events;
    int ends;
    bool end_is_last;
};

/* The request of a scene to a server at that port of 127.0.0.1. */
void scene_request(struct request *request, const struct scene *scene,
                   unsigned short port);

/* Runs the probe; `events` of the result is to be freed. */
void scene_probe(const struct request *request, struct result_of *result);

/* Plays `count` scenes; fails the test where any is wrong, and says how. */
void scene_play_all(const struct scene *scenes, size_t count);

/* The same for one; returns how much of it was wrong. */
int scene_play(const struct scene *scene);

/* Set-up and tear-down of the certificates, for a group of tests. */
int scene_make_papers(void **state);
int scene_drop_papers(void **state);

/* --- scripts in parts ----------------------------------------------------- */

#define TO_EHLO "S 220 peer ESMTP\nC EHLO [127.0.0.1]\n"
#define TO_MAIL                                                                \
    TO_EHLO "S 250-peer\nS 250-PIPELINING\nS 250-CHUNKING\nS 250-BINARYMIME\n" \
            "S 250-XUSR\nS 250-DSN\nS 250-STARTTLS\nS 250-AUTH NTLM GSSAPI\n"  \
            "S 250-ENHANCEDSTATUSCODES\nS 250 SIZE 1000000\n"                  \
            "C MAIL FROM:<ana@corp.example>\n"
#define TO_RCPT TO_MAIL "S 250 2.1.0 ok\nC RCPT TO:<benito@corp.example>\n"
#define TO_DATA TO_RCPT "S 250 2.1.5 ok\nC DATA\n"
#define TO_FINAL TO_DATA "S 354 go on\nmessage\n"
#define TO_QUIT TO_FINAL "S 250 2.0.0 queued as 7\nC QUIT\n"

#define EHLO_AUTH(list) "S 220 peer\nC EHLO\nS 250-peer\nS 250 AUTH " list "\n"
#define PLAIN_HEARD "C AUTH PLAIN " PLAIN_B64 "\n"
#define MAIL_TO_END                                                            \
    "C MAIL\nS 250 ok\nC RCPT\nS 250 ok\nC DATA\nS 354 go\nmessage\n"          \
    "S 250 2.0.0 queued\nC QUIT\nS 221 bye\n"
#define PASS RESULT_PASS, FAULT_NONE, PHASE_NONE, 250
#define FAIL(fault, phase, code)                                               \
    RESULT_FAULT, FAULT_##fault, PHASE_##phase, code
#define NO_LOGIN TLS_NONE, PAPER_GOOD, NULL
#define LOGIN TLS_NONE, PAPER_GOOD, "ana"
#define STARTTLS(paper) TLS_STARTTLS, PAPER_##paper, NULL
#define IMPLICIT(paper) TLS_IMPLICIT, PAPER_##paper, NULL
#define TO_STARTTLS                                                            \
    "S 220 peer\nC EHLO\nS 250-peer\nS 250 STARTTLS\nC STARTTLS\n"
#define IN_TLS "C EHLO\nS 250-peer\nS 250 AUTH PLAIN\n"

#endif
