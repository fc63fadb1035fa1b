/* SPDX-License-Identifier: MIT */
/* The smtp probe without TLS: whole sessions, logins, and what never gets as
 * far as a wire. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/smtp_scene.h"

static const struct scene plain_scenes[] = {
    {"accepted", TO_QUIT "S 221 bye", NO_LOGIN, PASS, "2.0.0", "queued as 7",
     "\n.\nQUIT\n", "\nBDAT", "\"event\":\"message\""},
    {"dots are stuffed", TO_QUIT "S 221 bye", NO_LOGIN, PASS, "2.0.0", NULL,
     "\n..\n..punto\nfin\n.\n", NULL, "K7Q-4M2"},
    {"the whole list is told", TO_QUIT "S 221 bye", NO_LOGIN, PASS, "2.0.0",
     NULL, "X-Nollego-Token: " TOKEN "\n", NULL,
     "PIPELINING, CHUNKING, BINARYMIME, XUSR, DSN, STARTTLS, "
     "AUTH NTLM GSSAPI, ENHANCEDSTATUSCODES, SIZE 1000000"},
    {"silent at QUIT", TO_QUIT "hold", NO_LOGIN, PASS, "2.0.0", NULL, NULL,
     NULL, NULL},
    {"5xx at QUIT", TO_QUIT "S 500 what", NO_LOGIN, PASS, "2.0.0", NULL, NULL,
     NULL, NULL},
    {"closed at QUIT", TO_QUIT, NO_LOGIN, PASS, "2.0.0", NULL, NULL, NULL,
     NULL},
    {"reset at QUIT", TO_QUIT "reset", NO_LOGIN, PASS, "2.0.0", NULL, NULL,
     NULL, NULL},
    {"421 behind the 250", TO_FINAL "R 250 yes\\r\\n421 bye\\r\\n", NO_LOGIN,
     PASS, NULL, "yes", NULL, NULL, NULL},
    {"251 is fine",
     TO_RCPT "S 251 forwarded\nC DATA\nS 354 go\nmessage\nS 250 ok\n", NO_LOGIN,
     PASS, NULL, NULL, NULL, NULL, NULL},
    {"every reply split",
     "B 220 x\nC EHLO\nB 250-x\nB 250 SIZE\nC MAIL\nB 250 y\nC RCPT\nB 250 z\n"
     "C DATA\nB 354 go\nmessage\nB 250 done\nC QUIT\nB 221 bye",
     NO_LOGIN, PASS, NULL, "done", NULL, NULL, NULL},
    {"refused recipient gets no DATA", TO_RCPT "S 550 5.1.1 unknown\nC QUIT\n",
     NO_LOGIN, FAIL(REFUSED, RCPT, 550), "5.1.1", "unknown", "QUIT\n", "DATA",
     NULL},
    {"354 at MAIL", TO_MAIL "S 354 go", NO_LOGIN, FAIL(PROTOCOL, MAIL, 0), NULL,
     "354", NULL, "RCPT", NULL},
    {"250 at DATA", TO_DATA "S 250 ok", NO_LOGIN, FAIL(PROTOCOL, DATA, 0), NULL,
     "250", NULL, "Subject", NULL},
    {"354 at the end", TO_FINAL "S 354 again", NO_LOGIN, RESULT_UNKNOWN,
     FAULT_PROTOCOL, PHASE_FINAL, 0, NULL, "354", NULL, NULL, NULL},
    {"a reply too much", TO_MAIL "R 250 ok\\r\\n250 ok\\r\\n\nhold", NO_LOGIN,
     FAIL(PROTOCOL, RCPT, 0), NULL, "asked", NULL, "RCPT", NULL},
    {"421 too early", TO_MAIL "R 250 ok\\r\\n421 4.3.2 down\\r\\n", NO_LOGIN,
     FAIL(REFUSED, RCPT, 421), "4.3.2", "down", NULL, "RCPT", NULL},
    {"552 within the message",
     TO_DATA "R 354 go\\r\\n552 5.3.4 too big\\r\\n\nhold", NO_LOGIN,
     FAIL(REFUSED, DATA, 552), "5.3.4", "too big", NULL, "\n.\n", NULL},
    {"STARTTLS is not offered",
     "S 220 x\nC EHLO\nS 250-x\nS 250 SIZE\nC QUIT\nS 221 bye", STARTTLS(GOOD),
     FAIL(FEATURE, STARTTLS, 0), NULL, "not offered", "QUIT", "MAIL",
     "\"SIZE\""},
};

static const struct scene login_scenes[] = {
    {"PLAIN accepted",
     EHLO_AUTH("LOGIN PLAIN") PLAIN_HEARD "S 235 2.7.0 ok\n" MAIL_TO_END, LOGIN,
     PASS, "2.0.0", NULL, NULL, NULL, "AUTH PLAIN [oculto]"},
    {"LOGIN accepted",
     EHLO_AUTH("NTLM LOGIN") "C AUTH LOGIN\nS 334 VXNlcm5hbWU6\nC YW5h\n"
                             "S 334 UGFzc3dvcmQ6\nC " PASSWORD_B64
                             "\nS 235 ok\n" MAIL_TO_END,
     LOGIN, PASS, "2.0.0", NULL, "AUTH LOGIN\n", NULL, "AUTH LOGIN\""},
    {"LOGIN with challenges in clear",
     EHLO_AUTH("LOGIN") "C AUTH LOGIN\nS 334 Username:\nC YW5h\n"
                        "S 334 %%%\nC " PASSWORD_B64 "\nS 235 ok\n" MAIL_TO_END,
     LOGIN, PASS, "2.0.0", NULL, NULL, NULL, NULL},
    {"AUTH= of old servers",
     "S 220 x\nC EHLO\nS 250-x\nS 250 AUTH=PLAIN\n" PLAIN_HEARD
     "S 235 ok\n" MAIL_TO_END,
     LOGIN, PASS, "2.0.0", NULL, NULL, NULL, NULL},
    {"535 ends it",
     EHLO_AUTH("PLAIN LOGIN") PLAIN_HEARD
     "S 535 5.7.8 authentication failed\nC QUIT\nS 221 bye",
     LOGIN, FAIL(AUTH, AUTH, 535), "5.7.8", "failed", "QUIT", "MAIL", NULL},
    {"535 to LOGIN ends it",
     EHLO_AUTH("LOGIN") "C AUTH LOGIN\nS 334 x\nC YW5h\nS 334 y\n"
                        "C " PASSWORD_B64 "\nS 535 no\nC QUIT\n",
     LOGIN, FAIL(AUTH, AUTH, 535), NULL, "no", "QUIT", "MAIL", NULL},
    {"535 to the user",
     EHLO_AUTH("LOGIN") "C AUTH LOGIN\nS 334 x\nC YW5h\nS 535 no\nC QUIT\n",
     LOGIN, FAIL(AUTH, AUTH, 535), NULL, "no", NULL, PASSWORD_B64, NULL},
    {"534", EHLO_AUTH("PLAIN") PLAIN_HEARD "S 534 5.7.9 too weak\n", LOGIN,
     FAIL(AUTH, AUTH, 534), "5.7.9", "weak", NULL, "MAIL", NULL},
    {"454", EHLO_AUTH("PLAIN") PLAIN_HEARD "S 454 4.7.0 later\n", LOGIN,
     FAIL(AUTH, AUTH, 454), "4.7.0", "later", NULL, "MAIL", NULL},
    {"421 at the login says nothing of it",
     EHLO_AUTH("PLAIN") PLAIN_HEARD "S 421 4.7.0 busy\n", LOGIN,
     FAIL(REFUSED, AUTH, 421), "4.7.0", "busy", NULL, "MAIL", NULL},
    {"the password sent back",
     EHLO_AUTH("PLAIN") PLAIN_HEARD "S 535 wrong: " PASSWORD " or " PLAIN_B64
                                    "\n",
     LOGIN, FAIL(AUTH, AUTH, 535), NULL, "[oculto] or [oculto]", NULL, NULL,
     NULL},
    {"no AUTH at all", "S 220 x\nC EHLO\nS 250 x\nC QUIT\n", LOGIN,
     FAIL(FEATURE, AUTH, 0), NULL, "offered", "QUIT", "MAIL", NULL},
    {"no AUTH that we can use", EHLO_AUTH("CRAM-MD5 NTLM XOAUTH2") "C QUIT\n",
     LOGIN, FAIL(FEATURE, AUTH, 0), NULL, "offered", "QUIT", "AUTH",
     "AUTH CRAM-MD5 NTLM XOAUTH2"},
    {"odd mechanism names",
     EHLO_AUTH("../../PLAIN PLAINX XPLAIN \xff\xfe") "C QUIT\n", LOGIN,
     FAIL(FEATURE, AUTH, 0), NULL, NULL, NULL, "MAIL", NULL},
    {"a challenge too much", EHLO_AUTH("PLAIN") PLAIN_HEARD "S 334 more\nhold",
     LOGIN, FAIL(PROTOCOL, AUTH, 0), NULL, "challenge", NULL, "MAIL", NULL},
    {"challenges for ever",
     EHLO_AUTH("LOGIN") "C AUTH LOGIN\nS 334 x\nC YW5h\nS 334 y\n"
                        "C " PASSWORD_B64 "\nflood 334 z",
     LOGIN, FAIL(PROTOCOL, AUTH, 0), NULL, "challenge", NULL, "MAIL", NULL},
    {"235 before the password",
     EHLO_AUTH("LOGIN") "C AUTH LOGIN\nS 334 x\nC YW5h\nS 235 come in\nhold",
     LOGIN, FAIL(PROTOCOL, AUTH, 0), NULL, "challenge", NULL, PASSWORD_B64,
     NULL},
    {"silent at the login", EHLO_AUTH("PLAIN") PLAIN_HEARD "hold", LOGIN,
     FAIL(TIMEOUT, AUTH, 0), NULL, NULL, NULL, "MAIL", NULL},
    {"closed at the login", EHLO_AUTH("PLAIN") PLAIN_HEARD, LOGIN,
     FAIL(DROPPED, AUTH, 0), NULL, NULL, NULL, "MAIL", NULL},
    {"login asked before MAIL only",
     EHLO_AUTH("PLAIN") PLAIN_HEARD "S 235 ok\nC MAIL\nS 530 5.7.0 log in\n",
     LOGIN, FAIL(REFUSED, MAIL, 530), "5.7.0", "log in", NULL, "RCPT", NULL},
};

static void plays_without_login(void **state)
{
    (void)state;
    scene_play_all(plain_scenes, sizeof(plain_scenes) / sizeof(*plain_scenes));
}

static void plays_logins(void **state)
{
    (void)state;
    scene_play_all(login_scenes, sizeof(login_scenes) / sizeof(*login_scenes));
}

static void expect_end(const struct request *request, enum fault fault,
                       enum phase phase, const char *reply)
{
    struct result_of result;

    scene_probe(request, &result);
    assert_int_equal(result.ends, 1);
    assert_string_equal(fault_name(result.ending.fault), fault_name(fault));
    assert_string_equal(phase_name(result.ending.phase), phase_name(phase));
    assert_non_null(strstr(result.detail, reply));
    assert_string_equal(result.ending.reply, "");
    free(result.events);
}

static void finds_no_server(void **state)
{
    static const struct scene clear = {.tls = TLS_NONE};
    static const struct scene secure = {.tls = TLS_IMPLICIT};
    struct request request;
    struct peer *peer = malloc(sizeof(*peer));

    (void)state;
    assert_int_equal(peer_start(peer, "", NULL), 0);
    peer_stop(peer);
    scene_request(&request, &clear, peer->port);
    expect_end(&request, FAULT_CONNECT, PHASE_CONNECT, "refused");
    strcpy(request.smtp.host, "192.0.2.1");
    expect_end(&request, FAULT_TLS, PHASE_TLS, "not without TLS");
    scene_request(&request, &secure, peer->port);
    strcpy(request.ca_file, "/nonexistent/ca.pem");
    expect_end(&request, FAULT_TLS, PHASE_TLS, "authorities");
    free(peer);
}

/* A full queue of calls: the server's machine drops ours without a word. */
static void gives_up_on_a_full_port(void **state)
{
    static const struct scene scene = {.tls = TLS_NONE, .fault = FAULT_TIMEOUT};
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof(here);
    struct request request;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int callers[4];

    (void)state;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listener, (struct sockaddr *)&here, size), 0);
    assert_int_equal(listen(listener, 0), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&here, &size), 0);
    for (int i = 0; i < 4; i++) {
        callers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        connect(callers[i], (struct sockaddr *)&here, size);
    }
    scene_request(&request, &scene, ntohs(here.sin_port));
    expect_end(&request, FAULT_TIMEOUT, PHASE_CONNECT, "");
    for (int i = 0; i < 4; i++)
        close(callers[i]);
    close(listener);
}

static void refuses_what_mail_cannot_carry(void **state)
{
    static const struct scene clear = {.tls = TLS_NONE};
    struct request request;

    (void)state;
    scene_request(&request, &clear, 1);
    strcpy(request.to, "josé@corp.example");
    expect_end(&request, FAULT_FEATURE, PHASE_RCPT, "beyond ASCII");
    strcpy(request.from, "a@b>\r\nRCPT TO:<c@d");
    expect_end(&request, FAULT_FEATURE, PHASE_MAIL, "bracket");
}

/* The wire shows the IDNA form, and long logins go the way that can carry
 * them: libesmtp's PLAIN has room for 512 bytes. */
static void converts_and_chooses(void **state)
{
    static const struct scene scene = {.user = "ana"};
    struct request request;
    struct result_of result;
    struct peer *peer = malloc(sizeof(*peer));

    (void)state;
    assert_int_equal(
        peer_start(
            peer,
            EHLO_AUTH("PLAIN LOGIN") "C AUTH LOGIN\nS 334 x\nC YW5h\n"
                                     "S 334 y\nC eHh4\nS 235 ok\n"
                                     "C MAIL\nS 250 ok\nC RCPT "
                                     "TO:<eva@xn--espaa-rta.es>\nS 550 no",
            NULL),
        0);
    scene_request(&request, &scene, peer->port);
    strcpy(request.to, "eva@España.es");
    memset(request.password.text, 'x', 400);
    request.password.length = 400;
    scene_probe(&request, &result);
    peer_stop(peer);
    assert_string_equal(peer->missed, "");
    assert_int_equal(result.ending.phase, PHASE_RCPT);
    assert_null(strstr(result.events, "eHh4eHh4"));
    assert_null(strstr(result.events, "xxxx"));
    free(result.events);
    free(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plays_without_login),
        cmocka_unit_test(plays_logins),
        cmocka_unit_test(finds_no_server),
        cmocka_unit_test(gives_up_on_a_full_port),
        cmocka_unit_test(refuses_what_mail_cannot_carry),
        cmocka_unit_test(converts_and_chooses),
    };

    return cmocka_run_group_tests(tests, scene_make_papers, scene_drop_papers);
}
