/* SPDX-License-Identifier: MIT */
/* The server's bytes into replies, however they are cut; what is offered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/dialogue.h"
#include "net/ehlo.h"

/* Feeds all of `text` in pieces of `piece` bytes; the news of the end. */
static enum dialogue_news feed_all(struct dialogue *dialogue, const char *text,
                                   size_t length, size_t piece, size_t *used)
{
    enum dialogue_news news = DIALOGUE_MORE;

    *used = 0;
    while (*used < length) {
        size_t part = length - *used < piece ? length - *used : piece;

        *used += dialogue_take(dialogue, text + *used, part, &news);
        if (news == DIALOGUE_REPLY || news == DIALOGUE_BROKEN)
            break;
    }
    return news;
}

static void joins_a_reply_however_it_is_cut(void **state)
{
    static const char text[] = "550-5.7.1 Refused\r\n"
                               "550-5.7.1\r\n"
                               "550-see  https://x.example/?a=b\n"
                               "550 5.7.1 bye\r\n"
                               "250 not of it\r\n";

    (void)state;
    for (size_t piece = 1; piece < sizeof(text); piece++) {
        struct dialogue dialogue;
        struct reply reply;
        size_t used;

        dialogue_init(&dialogue);
        assert_int_equal(feed_all(&dialogue, text, strlen(text), piece, &used),
                         DIALOGUE_REPLY);
        assert_int_equal(used, strlen(text) - strlen("250 not of it\r\n"));
        dialogue_reply(&dialogue, &reply);
        assert_int_equal(reply.code, 550);
        assert_int_equal(reply.lines, 4);
        assert_string_equal(reply.enhanced, "5.7.1");
        assert_string_equal(reply.text,
                            "Refused see  https://x.example/?a=b bye");
    }
}

static void starts_anew_after_a_reply(void **state)
{
    struct dialogue dialogue;
    struct reply reply;
    size_t used;

    (void)state;
    dialogue_init(&dialogue);
    feed_all(&dialogue, "550 5.1.1 one\r\n", 15, 99, &used);
    assert_int_equal(feed_all(&dialogue, "250\r\n", 5, 99, &used),
                     DIALOGUE_REPLY);
    dialogue_reply(&dialogue, &reply);
    assert_int_equal(reply.code, 250);
    assert_int_equal(reply.lines, 1);
    assert_string_equal(reply.enhanced, "");
    assert_string_equal(reply.text, "");
}

static void reads_enhanced_codes(void **state)
{
    static const struct {
        const char *line, *enhanced, *text;
    } cases[] = {
        {"550 5.1.1 x", "5.1.1", "x"},
        {"550 5.7.606 x", "5.7.606", "x"},
        {"550 5.1.1", "5.1.1", ""},
        {"450 4.2.0: x", "", "4.2.0: x"},
        {"550 5.1 x", "", "5.1 x"},
        {"550 5.1.1000 x", "", "5.1.1000 x"},
        {"550 3.1.1 x", "", "3.1.1 x"},
        {"550 192.0.2.1 listed", "", "192.0.2.1 listed"},
        {"550 5.7.1.2 x", "", "5.7.1.2 x"},
        {"550  5.1.1 x", "", "5.1.1 x"},
        {"550 5..1 x", "", "5..1 x"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct dialogue dialogue;
        struct reply reply;
        char line[64];
        size_t used;

        strcpy(line, cases[i].line);
        strcat(line, "\r\n");
        dialogue_init(&dialogue);
        assert_int_equal(feed_all(&dialogue, line, strlen(line), 99, &used),
                         DIALOGUE_REPLY);
        dialogue_reply(&dialogue, &reply);
        assert_string_equal(reply.enhanced, cases[i].enhanced);
        assert_string_equal(reply.text, cases[i].text);
    }
}

static void takes_a_thousand_bytes_and_no_more(void **state)
{
    char line[1200];
    struct dialogue dialogue;
    size_t used, length;

    (void)state;
    memset(line, 'x', sizeof(line));
    memcpy(line, "250 ", 4);
    memcpy(line + 998, "\r\n", 2);
    dialogue_init(&dialogue);
    assert_int_equal(feed_all(&dialogue, line, 1000, 7, &used), DIALOGUE_REPLY);
    memcpy(line + 998, "xx\r\n", 4);
    dialogue_init(&dialogue);
    assert_int_equal(feed_all(&dialogue, line, 1002, 7, &used),
                     DIALOGUE_BROKEN);
    assert_non_null(strstr(dialogue_broken(&dialogue), "1000 bytes"));
    dialogue_line(&dialogue, &length);
    assert_int_equal(length, 1000);
    assert_int_equal(feed_all(&dialogue, "250 ok\r\n", 8, 8, &used),
                     DIALOGUE_BROKEN);
}

static void takes_a_hundred_lines_and_no_more(void **state)
{
    struct dialogue dialogue;
    struct reply reply;
    size_t used;

    (void)state;
    dialogue_init(&dialogue);
    for (int i = 0; i < 99; i++)
        assert_int_equal(feed_all(&dialogue, "250-x\r\n", 7, 99, &used),
                         DIALOGUE_LINE);
    assert_int_equal(feed_all(&dialogue, "250 y\r\n", 7, 99, &used),
                     DIALOGUE_REPLY);
    dialogue_reply(&dialogue, &reply);
    assert_int_equal(reply.lines, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(feed_all(&dialogue, "250-x\r\n", 7, 99, &used),
                         DIALOGUE_LINE);
    assert_int_equal(feed_all(&dialogue, "250 y\r\n", 7, 99, &used),
                     DIALOGUE_BROKEN);
}

/* A hundred lines of a thousand bytes do not overflow the text. */
static void cuts_long_texts(void **state)
{
    struct dialogue dialogue;
    struct reply reply;
    char line[900];
    size_t used;

    (void)state;
    memset(line, 0xe1, sizeof(line));
    memcpy(line, "550-", 4);
    memcpy(line + 898, "\r\n", 2);
    dialogue_init(&dialogue);
    for (int i = 0; i < 99; i++)
        feed_all(&dialogue, line, sizeof(line), 99, &used);
    line[3] = ' ';
    assert_int_equal(feed_all(&dialogue, line, sizeof(line), 99, &used),
                     DIALOGUE_REPLY);
    dialogue_reply(&dialogue, &reply);
    assert_true(strlen(reply.text) < sizeof(reply.text));
    assert_true(strlen(reply.text) > sizeof(reply.text) - 4);
}

static void knows_a_piece_that_is_no_reply(void **state)
{
    static const struct {
        const char *text;
        bool broken;
    } cases[] = {
        {"", false},      {"2", false},  {"22", false},  {"220", false},
        {"220 x", false}, {"22x", true}, {"HTTP", true}, {"\x15\x03", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct dialogue dialogue;
        size_t used;

        dialogue_init(&dialogue);
        feed_all(&dialogue, cases[i].text, strlen(cases[i].text), 99, &used);
        assert_int_equal(dialogue_cut(&dialogue) != NULL, cases[i].broken);
    }
}

static void judges_by_phase(void **state)
{
    static const struct {
        enum phase phase;
        int code;
        enum fault fault;
    } cases[] = {
        {PHASE_GREETING, 220, FAULT_NONE},
        {PHASE_GREETING, 554, FAULT_REFUSED},
        {PHASE_GREETING, 354, FAULT_PROTOCOL},
        {PHASE_EHLO, 502, FAULT_REFUSED},
        {PHASE_STARTTLS, 454, FAULT_REFUSED},
        {PHASE_AUTH, 235, FAULT_NONE},
        {PHASE_AUTH, 334, FAULT_PROTOCOL},
        {PHASE_AUTH, 535, FAULT_AUTH},
        {PHASE_AUTH, 454, FAULT_AUTH},
        {PHASE_AUTH, 421, FAULT_REFUSED},
        {PHASE_RCPT, 251, FAULT_NONE},
        {PHASE_RCPT, 450, FAULT_REFUSED},
        {PHASE_DATA, 354, FAULT_NONE},
        {PHASE_DATA, 250, FAULT_PROTOCOL},
        {PHASE_FINAL, 250, FAULT_NONE},
        {PHASE_FINAL, 354, FAULT_PROTOCOL},
        {PHASE_FINAL, 552, FAULT_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct reply reply = {.code = cases[i].code};

        assert_int_equal(dialogue_judge(cases[i].phase, &reply),
                         cases[i].fault);
    }
}

/* Whatever comes, it ends, and no byte is asked for that is not there. */
static void survives_noise(void **state)
{
    static const char signs[] = "2345 -.\r\n\0x\xf3";
    unsigned seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct dialogue dialogue;
        struct reply reply;
        size_t length = (size_t)(rand_r(&seed) % 40), used = 0;
        char *noise = malloc(length + 1);

        assert_non_null(noise);
        for (size_t i = 0; i < length; i++)
            noise[i] = signs[(size_t)rand_r(&seed) % (sizeof(signs) - 1)];
        dialogue_init(&dialogue);
        while (used < length) {
            enum dialogue_news news;
            size_t took =
                dialogue_take(&dialogue, noise + used, length - used, &news);

            assert_true(took <= length - used);
            used += took;
            if (news == DIALOGUE_BROKEN)
                break;
            assert_true(took > 0);
            if (news == DIALOGUE_REPLY) {
                dialogue_reply(&dialogue, &reply);
                assert_in_range(reply.code, 200, 599);
            }
        }
        free(noise);
    }
}

static void reads_what_is_offered(void **state)
{
    static const struct {
        const char *lines[4];
        bool starttls;
        enum mechanism mechanism;
        const char *list;
    } cases[] = {
        {{"250-x AUTH PLAIN", "250 SIZE 1"}, false, MECHANISM_NONE, "SIZE 1"},
        {{"250-x", "250-starttls", "250 AUTH LOGIN PLAIN"},
         true,
         MECHANISM_PLAIN,
         "starttls, AUTH LOGIN PLAIN"},
        {{"250-x", "250 auth  cram-md5 login"},
         false,
         MECHANISM_LOGIN,
         "auth  cram-md5 login"},
        {{"250-x", "250 AUTH=PLAIN"}, false, MECHANISM_PLAIN, "AUTH=PLAIN"},
        {{"250-x", "250 AUTHX PLAIN"}, false, MECHANISM_NONE, "AUTHX PLAIN"},
        {{"250-x", "250 XAUTH PLAIN"}, false, MECHANISM_NONE, "XAUTH PLAIN"},
        {{"250-x", "250 AUTH PLAIN-CLIENT"},
         false,
         MECHANISM_NONE,
         "AUTH PLAIN-CLIENT"},
        {{"250-x", "250-", "250"}, false, MECHANISM_NONE, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct ehlo ehlo = {0};

        for (size_t j = 0; j < 4 && cases[i].lines[j]; j++)
            ehlo_take(&ehlo, cases[i].lines[j], strlen(cases[i].lines[j]));
        assert_int_equal(ehlo.starttls, cases[i].starttls);
        assert_int_equal(ehlo_mechanism(&ehlo, "u", "p"), cases[i].mechanism);
        assert_int_equal(ehlo.list_length, strlen(cases[i].list));
        assert_memory_equal(ehlo.list, cases[i].list, ehlo.list_length);
    }
}

static void bounds_what_is_offered(void **state)
{
    struct ehlo ehlo = {0};
    char line[900];

    (void)state;
    memset(line, 'x', sizeof(line));
    for (int i = 0; i < 200; i++)
        ehlo_take(&ehlo, line, sizeof(line));
    assert_true(ehlo.list_length <= sizeof(ehlo.list));
    ehlo_take(&ehlo, "250 AUTH LOGIN", 14);
    assert_int_equal(ehlo_mechanism(&ehlo, "u", "p"), MECHANISM_LOGIN);
}

static void chooses_what_can_carry_the_login(void **state)
{
    struct ehlo ehlo = {.plain = true, .login = true};
    char longer[257];

    (void)state;
    memset(longer, 'x', sizeof(longer));
    longer[256] = '\0';
    assert_int_equal(ehlo_mechanism(&ehlo, "u", longer + 1), MECHANISM_PLAIN);
    assert_int_equal(ehlo_mechanism(&ehlo, "u", longer), MECHANISM_LOGIN);
    assert_int_equal(ehlo_mechanism(&ehlo, longer, "p"), MECHANISM_LOGIN);
    ehlo.login = false;
    assert_int_equal(ehlo_mechanism(&ehlo, "u", longer), MECHANISM_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_a_reply_however_it_is_cut),
        cmocka_unit_test(starts_anew_after_a_reply),
        cmocka_unit_test(reads_enhanced_codes),
        cmocka_unit_test(takes_a_thousand_bytes_and_no_more),
        cmocka_unit_test(takes_a_hundred_lines_and_no_more),
        cmocka_unit_test(cuts_long_texts),
        cmocka_unit_test(knows_a_piece_that_is_no_reply),
        cmocka_unit_test(judges_by_phase),
        cmocka_unit_test(survives_noise),
        cmocka_unit_test(reads_what_is_offered),
        cmocka_unit_test(bounds_what_is_offered),
        cmocka_unit_test(chooses_what_can_carry_the_login),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
