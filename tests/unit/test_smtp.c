/* SPDX-License-Identifier: MIT */
/* The smtp probe against a scripted server: each phase by each fault, logins,
 * TLS. Every session must end in time, once, and with the right word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <config.h>

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

#include "net/smtp.h"
#include "tests/unit/smtp_peer.h"

/* Seconds: what must time out costs that much of the test; all else may take
 * its time on a slow machine. Valgrind is one. */
#define SHORT_LIMIT (RUNNING_ON_VALGRIND ? 2.0 : 0.4)
#define LONG_LIMIT 20.0

#define PASSWORD "c4nary-Passw0rd"
#define PASSWORD_B64 "YzRuYXJ5LVBhc3N3MHJk"
#define PLAIN_B64 "AGFuYQBjNG5hcnktUGFzc3cwcmQ="
#define TOKEN "0123456789abcdef0123456789abcdef"

static SSL_CTX *papers[PAPER_COUNT];
static char ca_file[64];

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
    const char *reply;    /* is in the reply; NULL: not looked at */
    const char *heard;    /* is in what the server heard; NULL: not looked at */
    const char *unheard;  /* is not in it */
    const char *told;     /* is in the events */
};

/* What a session has told. */
struct result_of {
    struct ending ending;
    char *events;
    int ends;
    bool end_is_last;
};

static void fill_request(struct request *request, const struct scene *scene,
                         unsigned short port)
{
    memset(request, 0, sizeof(*request));
    strcpy(request->from, "ana@corp.example");
    strcpy(request->to, "benito@corp.example");
    strcpy(request->token, TOKEN);
    strcpy(request->subject_code, "K7Q-4M2");
    strcpy(request->subject, "Prueba de envío K7Q-4M2");
    strcpy(request->body, "Mensaje de prueba.\n.\n.punto\nfin\n");
    strcpy(request->smtp.host, "127.0.0.1");
    request->smtp.port = port;
    request->smtp.tls = scene->tls;
    request->limit = scene->fault == FAULT_TIMEOUT ? SHORT_LIMIT : LONG_LIMIT;
    if (scene->tls != TLS_NONE)
        strcpy(request->ca_file, ca_file);
    if (scene->user) {
        strcpy(request->user, scene->user);
        strcpy(request->password.text, PASSWORD);
        request->password.length = strlen(PASSWORD);
    }
}

static void read_events(struct result_of *result, int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *line, *rest;

    memset(result, 0, sizeof(*result));
    result->events = calloc(1, (size_t)size + 1);
    assert_non_null(result->events);
    assert_int_equal(pread(fd, result->events, (size_t)size, 0), size);
    rest = strdup(result->events);
    for (char *at = rest; (line = strsep(&at, "\n")) && *line;) {
        struct event *event = event_parse(line, strlen(line));

        assert_non_null(event);
        result->end_is_last = ending_read(&result->ending, event);
        result->ends += result->end_is_last;
        event_free(event);
    }
    free(rest);
}

static void run_probe(const struct request *request, struct result_of *result)
{
    int fd = memfd_create("events", MFD_CLOEXEC);
    struct feed feed;

    assert_true(fd >= 0);
    assert_int_equal(feed_init(&feed, fd, request), 0);
    smtp_probe(request, &feed);
    feed_release(&feed);
    read_events(result, fd);
    close(fd);
}

#define CHECK(scene, condition, what, ...)                                     \
    do {                                                                       \
        if (!(condition)) {                                                    \
            print_error("%s: " what "\n%s", (scene)->name, __VA_ARGS__,        \
                        result.events);                                        \
            bad++;                                                             \
        }                                                                      \
    } while (0)

static const char *or_none(const char *word)
{
    return word ? word : "none";
}

/* Plays one scene; returns how much of it was wrong. */
static int play_scene(const struct scene *scene)
{
    struct peer *peer = malloc(sizeof(*peer));
    struct request request;
    struct result_of result;
    const struct ending *end = &result.ending;
    int bad = 0;

    assert_non_null(peer);
    assert_int_equal(peer_start(peer, scene->script,
                                scene->tls ? papers[scene->paper] : NULL),
                     0);
    fill_request(&request, scene, peer->port);
    run_probe(&request, &result);
    peer_stop(peer);

    CHECK(scene, result.ends == 1 && result.end_is_last, "%d ends",
          result.ends);
    CHECK(scene, end->outcome == scene->outcome, "outcome %s",
          or_none(result_name(end->outcome)));
    CHECK(scene, end->fault == scene->fault, "fault %s",
          or_none(fault_name(end->fault)));
    CHECK(scene, end->phase == scene->phase, "phase %s",
          or_none(phase_name(end->phase)));
    CHECK(scene, end->code == scene->code, "code %d", end->code);
    CHECK(scene,
          strcmp(end->enhanced, scene->enhanced ? scene->enhanced : "") == 0,
          "enhanced %s", end->enhanced);
    CHECK(scene, !scene->reply || strstr(end->reply, scene->reply), "reply %s",
          end->reply);
    CHECK(scene, !scene->heard || strstr(peer->heard, scene->heard), "heard %s",
          peer->heard);
    CHECK(scene, !scene->unheard || !strstr(peer->heard, scene->unheard),
          "heard too much: %s", peer->heard);
    CHECK(scene, !scene->told || strstr(result.events, scene->told),
          "does not tell %s", scene->told);
    CHECK(scene, end->seconds < request.limit + 1, "took %f s", end->seconds);
    CHECK(scene, peer->missed[0] == '\0', "the script missed '%s'",
          peer->missed);
    CHECK(scene,
          !strstr(result.events, PASSWORD) &&
              !strstr(result.events, PASSWORD_B64) &&
              !strstr(result.events, PLAIN_B64),
          "%s", "tells the password");
    free(result.events);
    free(peer);
    return bad;
}

/* --- each phase by each fault --------------------------------------------- */

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

/* A phase: the way to it, the good reply there, and what the server must never
 * hear where the reply there is a bad one. */
static const struct {
    enum phase phase;
    const char *lead, *good, *unheard;
} phases[] = {
    {PHASE_GREETING, "", "220", "EHLO"},
    {PHASE_EHLO, TO_EHLO, "250", "MAIL"},
    {PHASE_MAIL, TO_MAIL, "250", "RCPT"},
    {PHASE_RCPT, TO_RCPT, "250", "DATA"},
    {PHASE_DATA, TO_DATA, "354", "Subject"},
    {PHASE_FINAL, TO_FINAL, "250", NULL},
};

/* What a server does there. `@` stands for the good code of the phase. */
static const struct {
    const char *name, *script;
    enum fault fault;
    int code;
    const char *enhanced, *reply;
} faults[] = {
    {"4xx", "S 451 4.3.0 try later", FAULT_REFUSED, 451, "4.3.0", "try later"},
    {"5xx", "S 554 5.7.1 we do not want it", FAULT_REFUSED, 554, "5.7.1",
     "we do not want it"},
    {"421", "S 421 4.3.2 shutting down", FAULT_REFUSED, 421, "4.3.2",
     "shutting down"},
    {"571", "S 571 refused by policy", FAULT_REFUSED, 571, NULL,
     "refused by policy"},
    {"bare code", "S 550", FAULT_REFUSED, 550, NULL, NULL},
    {"many lines", "S 550-5.7.1 first\nS 550-5.7.1 second\nS 550 5.7.1 third",
     FAULT_REFUSED, 550, "5.7.1", "first second third"},
    {"triplet in the first line only", "S 550-5.1.1 no such\nS 550 user here",
     FAULT_REFUSED, 550, "5.1.1", "no such user here"},
    {"split", "B 550 5.1.1 byte by byte", FAULT_REFUSED, 550, "5.1.1",
     "byte by byte"},
    {"joined", "R 550-5.1.1 one\\r\\n550 packet\\r\\n", FAULT_REFUSED, 550,
     "5.1.1", "one packet"},
    {"LF only", "R 550 5.1.1 no return\\n", FAULT_REFUSED, 550, "5.1.1",
     "no return"},
    {"NUL", "R 550 5.1.1 a\\0b\\r\\n", FAULT_REFUSED, 550, "5.1.1", "a\\x00b"},
    {"Latin-1", "R 550 5.1.1 buz\\xf3n lleno\\r\\n", FAULT_REFUSED, 550,
     "5.1.1", "buzón lleno"},
    {"escapes", "R 550 5.1.1 \\e]0;x\\x07\\e[2J\\r\\n", FAULT_REFUSED, 550,
     "5.1.1", "\033]0;x\a\033[2J"},
    {"formats", "S 550 5.1.1 %n%s%999999d", FAULT_REFUSED, 550, "5.1.1",
     "%n%s%999999d"},
    {"silence", "hold", FAULT_TIMEOUT, 0, NULL, NULL},
    {"drip", "drip @ a byte now and then ", FAULT_TIMEOUT, 0, NULL, NULL},
    {"drip of lines", "R @-first\\r\\n\ndrip @-more ", FAULT_TIMEOUT, 0, NULL,
     NULL},
    {"close", "", FAULT_DROPPED, 0, NULL, NULL},
    {"close in a line", "R @ half of", FAULT_DROPPED, 0, NULL, NULL},
    {"close in a reply", "R @-half of\\r\\n", FAULT_DROPPED, 0, NULL, NULL},
    {"reset", "reset", FAULT_DROPPED, 0, NULL, NULL},
    {"garbage", "S what is this?", FAULT_PROTOCOL, 0, NULL,
     "without a reply code"},
    {"garbage and close", "R \\x80\\xff\\0\\x01garbage", FAULT_PROTOCOL, 0,
     NULL, "without a reply code"},
    {"empty line", "S ", FAULT_PROTOCOL, 0, NULL, NULL},
    {"code 000", "S 000 zero", FAULT_PROTOCOL, 0, NULL, NULL},
    {"code 999", "S 999 too much", FAULT_PROTOCOL, 0, NULL, NULL},
    {"code 25", "S 25 short", FAULT_PROTOCOL, 0, NULL, NULL},
    {"code 2500", "S 2500 long", FAULT_PROTOCOL, 0, NULL, NULL},
    {"code -250", "S -250 negative", FAULT_PROTOCOL, 0, NULL, NULL},
    {"mixed codes", "S 250-yes\nS 550 no", FAULT_PROTOCOL, 0, NULL,
     "different codes"},
    {"over-long line", "long @", FAULT_PROTOCOL, 0, NULL, "1000 bytes"},
    {"endless reply", "flood @-more", FAULT_PROTOCOL, 0, NULL, "100 lines"},
    {"endless garbage", "flood what?", FAULT_PROTOCOL, 0, NULL, NULL},
    {"HTTP", "S HTTP/1.1 400 Bad Request", FAULT_PROTOCOL, 0, NULL, "HTTP"},
    {"SSH", "S SSH-2.0-OpenSSH_9.2", FAULT_PROTOCOL, 0, NULL, "SSH"},
    {"IMAP", "S * OK ready", FAULT_PROTOCOL, 0, NULL, "IMAP"},
    {"alert of TLS", "R \\x15\\x03\\x01\\0\\x02\\x02\\x46", FAULT_PROTOCOL, 0,
     NULL, "TLS"},
};

/* The script of a fault with the phase's good code in it. */
static void write_script(char *out, size_t size, const char *lead,
                         const char *fault, const char *good)
{
    size_t length = (size_t)snprintf(out, size, "%s", lead);

    for (const char *s = fault; *s && length + 4 < size; s++)
        if (*s == '@')
            length += (size_t)snprintf(out + length, size - length, "%s", good);
        else
            out[length++] = *s;
    out[length] = '\0';
}

static void tells_each_fault_in_each_phase(void **state)
{
    size_t count = sizeof(faults) / sizeof(*faults);
    int which = *(int *)*state, bad = 0;

    for (size_t i = 0; i < count; i++) {
        char script[2048], name[128];
        bool refused = faults[i].fault == FAULT_REFUSED;
        struct scene scene = {
            .name = name,
            .script = script,
            .outcome = RESULT_FAULT,
            .fault = faults[i].fault,
            .phase = phases[which].phase,
            .code = faults[i].code,
            .enhanced = faults[i].enhanced,
            .reply = faults[i].reply,
            .unheard = phases[which].unheard,
        };

        if (scene.phase == PHASE_FINAL && !refused)
            scene.outcome = RESULT_UNKNOWN;
        snprintf(name, sizeof(name), "%s in %s", faults[i].name,
                 phase_name(scene.phase));
        write_script(script, sizeof(script), phases[which].lead,
                     faults[i].script, phases[which].good);
        bad += play_scene(&scene);
    }
    assert_int_equal(bad, 0);
}

/* --- single scenes -------------------------------------------------------- */

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

static const struct scene tls_scenes[] = {
    {"STARTTLS", TO_STARTTLS "S 220 go\ntls\n" IN_TLS MAIL_TO_END,
     STARTTLS(GOOD), PASS, "2.0.0", "queued", "\nSTARTTLS\nEHLO", NULL,
     "\"verified\":true"},
    {"STARTTLS with login",
     TO_STARTTLS "S 220 go\ntls\n" IN_TLS PLAIN_HEARD "S 235 ok\n" MAIL_TO_END,
     TLS_STARTTLS, PAPER_GOOD, "ana", PASS, "2.0.0", NULL, NULL, NULL,
     "AUTH PLAIN [oculto]"},
    {"implicit", "tls\nS 220 x\n" IN_TLS MAIL_TO_END, IMPLICIT(GOOD), PASS,
     "2.0.0", "queued", NULL, "STARTTLS", "\"problem\":null"},
    {"refused inside TLS", "tls\nS 220 x\n" IN_TLS "C MAIL\nS 550 5.7.1 no\n",
     IMPLICIT(GOOD), FAIL(REFUSED, MAIL, 550), "5.7.1", "no", NULL, NULL, NULL},
    {"lost inside TLS",
     "tls\nS 220 x\n" IN_TLS "C MAIL\nS 250 ok\nC RCPT\nS 250 ok\nC DATA\n"
     "S 354 go\nmessage\n",
     IMPLICIT(GOOD), RESULT_UNKNOWN, FAULT_DROPPED, PHASE_FINAL, 0, NULL, NULL,
     NULL, NULL, NULL},
    {"454 to STARTTLS", TO_STARTTLS "S 454 4.7.0 not now\nC QUIT\n",
     STARTTLS(GOOD), FAIL(REFUSED, STARTTLS, 454), "4.7.0", "not now", "QUIT",
     "MAIL", NULL},
    {"silent at STARTTLS", TO_STARTTLS "hold", STARTTLS(GOOD),
     FAIL(TIMEOUT, STARTTLS, 0), NULL, NULL, NULL, "MAIL", NULL},
    {"injected before TLS",
     TO_STARTTLS "R 220 go\\r\\n250-evil\\r\\n250 AUTH PLAIN\\r\\n\nhold",
     STARTTLS(GOOD), FAIL(PROTOCOL, STARTTLS, 0), NULL, "before TLS", NULL,
     "MAIL", NULL},
    {"what was offered in clear does not count",
     "S 220 peer\nC EHLO\nS 250-x\nS 250-AUTH PLAIN\nS 250 STARTTLS\n"
     "C STARTTLS\nS 220 go\ntls\nC EHLO\nS 250 x\nC QUIT",
     TLS_STARTTLS, PAPER_GOOD, "ana", FAIL(FEATURE, AUTH, 0), NULL, NULL, NULL,
     "AUTH", NULL},
    {"expired", TO_STARTTLS "S 220 go\ntls\n", STARTTLS(EXPIRED),
     FAIL(TLS, TLS, 0), NULL, "certificate has expired", NULL, "MAIL",
     "\"problem\":\"expired\""},
    {"not yet valid", "tls\n", IMPLICIT(EARLY), FAIL(TLS, TLS, 0), NULL,
     "not yet valid", NULL, NULL, "\"problem\":\"not_yet_valid\""},
    {"wrong host", "tls\n", IMPLICIT(WRONG_HOST), FAIL(TLS, TLS, 0), NULL,
     "mail.other.example", NULL, NULL, "\"problem\":\"wrong_host\""},
    {"self-signed", "tls\n", IMPLICIT(SELF_SIGNED), FAIL(TLS, TLS, 0), NULL,
     "self-signed", NULL, NULL, "\"problem\":\"self_signed\""},
    {"unknown issuer", "tls\n", IMPLICIT(UNKNOWN_ISSUER), FAIL(TLS, TLS, 0),
     NULL, "issuer", NULL, NULL, "\"subject\":\"CN=lost\""},
    {"implicit where the server speaks in clear", "S 220 peer ESMTP\nhold",
     IMPLICIT(GOOD), FAIL(TLS, TLS, 0), NULL, "220 peer ESMTP", NULL, NULL,
     "\"problem\":\"not_tls\""},
    {"garbage for a handshake", TO_STARTTLS "S 220 go\nwait\nR what?\nhold",
     STARTTLS(GOOD), FAIL(TLS, TLS, 0), NULL, "what?", NULL, NULL,
     "\"problem\":\"not_tls\""},
    {"an alert for a handshake",
     TO_STARTTLS "S 220 go\nwait\nR \\x15\\x03\\x01\\0\\x02\\x02\\x46\nhold",
     STARTTLS(GOOD), FAIL(TLS, TLS, 0), NULL, "TLS 1.2", NULL, NULL,
     "\"problem\":\"old_protocol\""},
    {"silent in the handshake", "hold", IMPLICIT(GOOD), FAIL(TIMEOUT, TLS, 0),
     NULL, NULL, NULL, NULL, NULL},
    {"stalled in a record", TO_STARTTLS "S 220 go\nwait\nR \\x16\\x03\nhold",
     STARTTLS(GOOD), FAIL(TIMEOUT, TLS, 0), NULL, NULL, NULL, NULL, NULL},
    {"closed in the handshake", TO_STARTTLS "S 220 go\nwait\n", STARTTLS(GOOD),
     FAIL(DROPPED, TLS, 0), NULL, NULL, NULL, NULL, NULL},
    {"reset in the handshake", TO_STARTTLS "S 220 go\nreset\n", STARTTLS(GOOD),
     FAIL(DROPPED, TLS, 0), NULL, NULL, NULL, NULL, NULL},
    {"STARTTLS where TLS is spoken at once", "R \\x15\\x03\\x01\\0\\x02\n",
     STARTTLS(GOOD), FAIL(PROTOCOL, GREETING, 0), NULL, "TLS", NULL, NULL,
     NULL},
};

static void play_scenes(const struct scene *scenes, size_t count)
{
    int bad = 0;

    for (size_t i = 0; i < count; i++)
        bad += play_scene(&scenes[i]);
    assert_int_equal(bad, 0);
}

static void plays_without_login(void **state)
{
    (void)state;
    play_scenes(plain_scenes, sizeof(plain_scenes) / sizeof(*plain_scenes));
}

static void plays_logins(void **state)
{
    (void)state;
    play_scenes(login_scenes, sizeof(login_scenes) / sizeof(*login_scenes));
}

static void plays_tls(void **state)
{
    (void)state;
    play_scenes(tls_scenes, sizeof(tls_scenes) / sizeof(*tls_scenes));
}

/* Session tickets of TLS 1.3 come when they like; none may cost a session. */
static void survives_tickets(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        play_scenes(tls_scenes, 1);
}

/* --- before and beside the wire ------------------------------------------- */

static void expect_end(const struct request *request, enum fault fault,
                       enum phase phase, const char *reply)
{
    struct result_of result;

    run_probe(request, &result);
    assert_int_equal(result.ends, 1);
    assert_string_equal(fault_name(result.ending.fault), fault_name(fault));
    assert_string_equal(phase_name(result.ending.phase), phase_name(phase));
    assert_non_null(strstr(result.ending.reply, reply));
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
    fill_request(&request, &clear, peer->port);
    expect_end(&request, FAULT_CONNECT, PHASE_CONNECT, "refused");
    strcpy(request.smtp.host, "192.0.2.1");
    expect_end(&request, FAULT_TLS, PHASE_TLS, "not without TLS");
    fill_request(&request, &secure, peer->port);
    strcpy(request.ca_file, "/nonexistent/ca.pem");
    expect_end(&request, FAULT_TLS, PHASE_TLS, "authorities");
    free(peer);
}

static void refuses_what_mail_cannot_carry(void **state)
{
    static const struct scene clear = {.tls = TLS_NONE};
    struct request request;

    (void)state;
    fill_request(&request, &clear, 1);
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
    fill_request(&request, &scene, peer->port);
    strcpy(request.to, "eva@España.es");
    memset(request.password.text, 'x', 400);
    request.password.length = 400;
    run_probe(&request, &result);
    peer_stop(peer);
    assert_string_equal(peer->missed, "");
    assert_int_equal(result.ending.phase, PHASE_RCPT);
    assert_null(strstr(result.events, "eHh4eHh4"));
    assert_null(strstr(result.events, "xxxx"));
    free(result.events);
    free(peer);
}

static int make_papers(void **state)
{
    (void)state;
    papers_make(papers, ca_file, sizeof(ca_file));
    return 0;
}

static int drop_papers(void **state)
{
    (void)state;
    papers_free(papers);
    return unlink(ca_file);
}

int main(void)
{
    static int which[] = {0, 1, 2, 3, 4, 5};
#define PHASE_TEST(n)                                                          \
    {                                                                          \
        "tells_each_fault_in_phase_" #n, tells_each_fault_in_each_phase, NULL, \
            NULL, &which[n]                                                    \
    }
    const struct CMUnitTest tests[] = {
        PHASE_TEST(0),
        PHASE_TEST(1),
        PHASE_TEST(2),
        PHASE_TEST(3),
        PHASE_TEST(4),
        PHASE_TEST(5),
        cmocka_unit_test(plays_without_login),
        cmocka_unit_test(plays_logins),
        cmocka_unit_test(plays_tls),
        cmocka_unit_test(survives_tickets),
        cmocka_unit_test(finds_no_server),
        cmocka_unit_test(refuses_what_mail_cannot_carry),
        cmocka_unit_test(converts_and_chooses),
    };

    return cmocka_run_group_tests(tests, make_papers, drop_papers);
}
