/* SPDX-License-Identifier: MIT */
/* The smtp probe in each phase by each fault: all must end in time, once, and
 * with the right word. */
#include <stdio.h>

#include "tests/unit/smtp_scene.h"

/* A phase: the way to it, the good reply there, and what the server must never
 * hear where the reply there is a bad one. */
static const struct {
    enum phase phase;
    const char *lead, *good, *unheard;
    enum tls_mode tls;
    const char *user;
} phases[] = {
    {PHASE_GREETING, "", "220", "EHLO", TLS_NONE, NULL},
    {PHASE_EHLO, TO_EHLO, "250", "MAIL", TLS_NONE, NULL},
    {PHASE_MAIL, TO_MAIL, "250", "RCPT", TLS_NONE, NULL},
    {PHASE_RCPT, TO_RCPT, "250", "DATA", TLS_NONE, NULL},
    {PHASE_DATA, TO_DATA, "354", "Subject", TLS_NONE, NULL},
    {PHASE_FINAL, TO_FINAL, "250", NULL, TLS_NONE, NULL},
    {PHASE_STARTTLS, TO_STARTTLS, "220", "MAIL", TLS_STARTTLS, NULL},
    {PHASE_AUTH, EHLO_AUTH("PLAIN") PLAIN_HEARD, "235", "MAIL", TLS_NONE,
     "ana"},
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
            .tls = phases[which].tls,
            .user = phases[which].user,
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
        if (scene.phase == PHASE_AUTH && refused && scene.code != 421)
            scene.fault = FAULT_AUTH;
        snprintf(name, sizeof(name), "%s in %s", faults[i].name,
                 phase_name(scene.phase));
        write_script(script, sizeof(script), phases[which].lead,
                     faults[i].script, phases[which].good);
        bad += scene_play(&scene);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    static int which[] = {0, 1, 2, 3, 4, 5, 6, 7};
#define PHASE_TEST(n)                                                          \
    {                                                                          \
        "tells_each_fault_in_phase_" #n, tells_each_fault_in_each_phase, NULL, \
            NULL, &which[n]                                                    \
    }
    const struct CMUnitTest tests[] = {
        PHASE_TEST(0), PHASE_TEST(1), PHASE_TEST(2), PHASE_TEST(3),
        PHASE_TEST(4), PHASE_TEST(5), PHASE_TEST(6), PHASE_TEST(7),
    };

    return cmocka_run_group_tests(tests, scene_make_papers, scene_drop_papers);
}
