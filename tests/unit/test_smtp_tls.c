/* SPDX-License-Identifier: MIT */
/* The smtp probe by TLS: sessions that work, and each thing that can be wrong
 * with a certificate or a handshake. */
#include "tests/unit/smtp_scene.h"

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
    {"TLS 1.1", "tls\n", IMPLICIT(OLD_PROTOCOL), FAIL(TLS, TLS, 0), NULL,
     "no TLS 1.2", NULL, NULL, "\"problem\":\"old_protocol\""},
    {"no common cipher", "tls\n", IMPLICIT(ODD_CIPHER), FAIL(TLS, TLS, 0), NULL,
     "every cipher", NULL, NULL, "\"problem\":\"no_common_cipher\""},
    {"a certificate of ours, TLS 1.2", "tls\n", IMPLICIT(DEMANDS_1_2),
     FAIL(TLS, TLS, 0), NULL, "demands", NULL, NULL,
     "\"problem\":\"client_certificate\""},
    {"a certificate of ours, TLS 1.3", "tls\n", IMPLICIT(DEMANDS_1_3),
     FAIL(TLS, TLS, 0), NULL, "demands", NULL, NULL, NULL},
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

static void plays_tls(void **state)
{
    (void)state;
    scene_play_all(tls_scenes, sizeof(tls_scenes) / sizeof(*tls_scenes));
}

/* Session tickets of TLS 1.3 come when they like; none may cost a session. */
static void survives_tickets(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        scene_play_all(tls_scenes, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plays_tls),
        cmocka_unit_test(survives_tickets),
    };

    return cmocka_run_group_tests(tests, scene_make_papers, scene_drop_papers);
}
