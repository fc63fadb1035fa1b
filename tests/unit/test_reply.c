/* SPDX-License-Identifier: MIT */
/* Reading refusals: the cases of tests/data/replies.tsv, the order of
 * evidence, how sure and how final, and any bytes at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/reply.h"
#include "unit.h"

#define LINE_MAX_HERE 2048

static struct reading read_text(const char *text)
{
    struct reading reading;

    reply_read(&reading, text, strlen(text));
    return reading;
}

/* "\r\n" written out is a line end. */
static void unescape(char *text)
{
    char *mark;

    while ((mark = strstr(text, "\\r\\n")) != NULL) {
        memcpy(mark, "\r\n", 2);
        memmove(mark + 2, mark + 4, strlen(mark + 4) + 1);
    }
}

static int check_case(char *line, int number)
{
    char *cause = strchr(line, '\t');
    char *side = cause ? strchr(cause + 1, '\t') : NULL;
    struct reading reading;
    const char *wanted;

    assert_non_null(side);
    *cause++ = '\0';
    *side++ = '\0';
    unescape(line);
    reading = read_text(line);
    wanted = strcmp(side, "-") == 0 ? side_word(cause_side(cause_from(cause)))
                                    : side;
    if (strcmp(cause_word(reading.cause), cause) == 0 &&
        strcmp(side_word(reading.side), wanted) == 0)
        return 0;
    print_error("line %d: %s, %s instead of %s, %s: %s\n", number,
                cause_word(reading.cause), side_word(reading.side), cause,
                wanted, line);
    return 1;
}

static void test_cases(void **state)
{
    char path[1024], line[LINE_MAX_HERE];
    int number = 0, cases = 0, wrong = 0;
    FILE *file;

    (void)state;
    snprintf(path, sizeof(path), "%s/tests/data/replies.tsv", getenv("TOP"));
    file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        cases++;
        wrong += check_case(line, number);
    }
    fclose(file);
    assert_true(cases >= 200);
    assert_int_equal(wrong, 0);
}

/* What one piece of evidence says against another. */
static void test_order(void **state)
{
    static const struct {
        const char *text;
        enum cause cause;
    } cases[] = {
        /* words that mean nothing else, against a precise code */
        {"552 5.1.1 Mailbox full", CAUSE_MAILBOXFULL},
        {"550 5.1.1 greylisted, try again", CAUSE_GREYLISTING},
        /* a code that means nothing else, against words */
        {"550 5.1.8 No such domain", CAUSE_REJECTED},
        {"550 5.7.25 user not found", CAUSE_REQUIREPTR},
        /* words against a usual code */
        {"550 5.2.1 User unknown", CAUSE_USERUNKNOWN},
        /* a usual code against vague words */
        {"550 5.1.1 Access denied", CAUSE_USERUNKNOWN},
        {"550 5.2.2 Blocked", CAUSE_MAILBOXFULL},
        /* one code, two owners */
        {"550 5.7.27 sorry", CAUSE_REJECTED},
        {"550 5.7.27 sorry - gsmtp", CAUSE_AUTHFAILURE},
        {"550 5.2.1 hm", CAUSE_SUSPEND},
        {"450 4.2.1 hm - gsmtp", CAUSE_RATELIMITED},
        {"550 5.4.1 Recipient address rejected: Access denied",
         CAUSE_USERUNKNOWN},
        /* of two codes the one that says more */
        {"550 5.1.1 hm 5.7.25 hm", CAUSE_REQUIREPTR},
        /* behind the reply code, against before it */
        {"It was greylisted. The server said: 550 User unknown",
         CAUSE_USERUNKNOWN},
        {"The mailbox is full: 554 Service unavailable", CAUSE_MAILBOXFULL},
        /* the first digit of the code asked for */
        {"450 mailbox unavailable", CAUSE_GREYLISTING},
        {"550 mailbox unavailable", CAUSE_USERUNKNOWN},
        /* digits alone */
        {"452 4.2.2 \xe6\xba\x80", CAUSE_MAILBOXFULL},
        {"\xef\xbc\x95\xef\xbc\x92\xef\xbc\x91 \xe6\xba\x80", CAUSE_NOTACCEPT},
        {"550 \xe6\xba\x80", CAUSE_UNKNOWN},
        {"5.1.2", CAUSE_HOSTUNKNOWN},
        {"", CAUSE_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reading reading = read_text(cases[i].text);

        if (reading.cause != cases[i].cause)
            fail_msg("%s: %s", cases[i].text, cause_word(reading.cause));
    }
}

/* Spellings of one and the same reply. */
static void test_spellings(void **state)
{
    static const char *const same[] = {
        "550 5.1.1 El usuario no existe",
        "550-5.1.1 El usuario\r\n550 5.1.1 no existe",
        "550 5.1.1 El usuario 550 5.1.1 no existe",
        "smtp;550 5.1.1 el usuario no existe",
        "smtp; 550-5.1.1 EL USUARIO NO EXISTE",
        "failed,5.1.1,smtp;550 el usuario no existe",
        "host mx.empresa.example[192.0.2.1] said: 550 El usuario <a@b.example>"
        " no existe (in reply to RCPT TO command)",
        "550\tEl   usuario\n\n no existe",
        "550 El usu\xc2\xad"
        "ario no existe",
        "550 El usuario no exist\x65\xcc\x81",
        "550 Usu\xe1rio n\xe3o existe",
        "550 Usu\xc3\xa1rio n\xc3\xa3o existe",
        "550 Usua\xcc\x81rio na\xcc\x83o existe",
        "#<#5.1.1 smtp;550 usuario inexistente> #SMTP#",
        "550 Unknown <ana@b.example> user",
        "550 Recipient (ana)... unknown",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) {
        struct reading reading = read_text(same[i]);

        if (reading.cause != CAUSE_USERUNKNOWN)
            fail_msg("%s: %s", same[i], cause_word(reading.cause));
    }
}

/* Words that look like "nobody of that name" and are not. */
static void test_addresses_live(void **state)
{
    static const char *const living[] = {
        "550 5.7.1 Helo command rejected: host not found",
        "550 Client host rejected: unknown",
        "450 4.7.1 unknown[192.0.2.1]: client host rejected",
        "550 Sender unknown",
        "553 5.1.8 Domain of sender address does not exist",
        "550 invalid sender address",
        "550 Remitente desconocido",
        "550 El dominio del remitente no existe",
        "550 O domínio do remetente não existe",
        "550 IP address not found in our list",
        "535 unknown user name or bad password",
        "535 Usuario o contraseña no válidos",
        "550 mail for <unknown-user@not-found.example> rejected as spam",
        "550 rejected, see http://user.unknown.example/no-such-user",
        "452 Recipient exceeded message rate limit",
        "550 5.1.1 <a@b.example> Recipient over quota",
        "550 Message for the recipient was refused. Host not in SPF record",
        "451 4.4.3 Temporary server error: recipient domain lookup",
        "550 Unknown error",
        "550 Nothing against this recipient. Unknown reason.",
        "500 unknown command",
        ("550 5.4.1 All recipient addresses rejected : Access denied "
         "[x.prod.protection.outlook.com]"),
        "The recipient's message was delayed; we will keep trying",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(living); i++) {
        struct reading reading = read_text(living[i]);

        if (reading.cause == CAUSE_USERUNKNOWN ||
            reading.cause == CAUSE_HOSTUNKNOWN)
            fail_msg("taken for dead: %s", living[i]);
    }
}

static void test_final_and_sure(void **state)
{
    static const struct {
        const char *text;
        bool hard;
        enum confidence confidence;
    } cases[] = {
        {"550 5.1.1 User unknown", true, CONFIDENCE_HIGH},
        {"450 4.1.1 User unknown", false, CONFIDENCE_MEDIUM}, /* not yet */
        {"550 4.1.1 User unknown", true, CONFIDENCE_HIGH},
        {"550 User unknown", true, CONFIDENCE_MEDIUM},
        {"550 5.7.1 Relaying denied", true, CONFIDENCE_MEDIUM},
        {"450 4.2.0 greylisted", false, CONFIDENCE_MEDIUM},
        {"550 5.2.0 greylisted", true, CONFIDENCE_LOW}, /* for good? */
        {"554 5.7.1 blocked", true, CONFIDENCE_LOW},
        {"550 5.1.1 Mailbox full", true, CONFIDENCE_LOW}, /* at odds */
        {"550 5.7.606 Access denied, banned sending IP", true, CONFIDENCE_HIGH},
        {"421 4.3.2 hm", false, CONFIDENCE_HIGH},
        {"552 hm", true, CONFIDENCE_LOW},
        {"User unknown", true, CONFIDENCE_MEDIUM},
        {"mailbox full", false, CONFIDENCE_MEDIUM},
        {"250 ok", false, CONFIDENCE_LOW},
        {"hm", false, CONFIDENCE_LOW},
        {"450 hm, later 550 hm", false, CONFIDENCE_LOW},
        {"we have seen 599 of them", false, CONFIDENCE_LOW},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reading reading = read_text(cases[i].text);

        if (reading.hard != cases[i].hard ||
            reading.confidence != cases[i].confidence)
            fail_msg("%s: hard %d, %s", cases[i].text, reading.hard,
                     confidence_word(reading.confidence));
    }
}

static void test_vendors(void **state)
{
    static const struct {
        const char *text, *vendor;
    } cases[] = {
        {"550 5.1.1 hm x1-2 - gsmtp", "Gmail"},
        {"550 5.7.606 hm", "Microsoft 365"},
        {"550 x [A.prod.protection.outlook.com]", "Microsoft 365"},
        {"421 4.7.0 [TSS04] deferred", "Yahoo"},
        {"554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1",
         "Proofpoint"},
        {"550 cuda_nsu User unknown", "Barracuda"},
        {"550 User unknown", NULL},
        {"550 <google@b.example> User unknown", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reading reading = read_text(cases[i].text);

        if (cases[i].vendor)
            assert_string_equal(reading.vendor, cases[i].vendor);
        else
            assert_null(reading.vendor);
    }
}

static void check_sane(const struct reading *reading)
{
    assert_in_range(reading->cause, 0, CAUSE_COUNT - 1);
    assert_in_range(reading->side, 0, SIDE_COUNT - 1);
    assert_in_range(reading->confidence, CONFIDENCE_LOW, CONFIDENCE_HIGH);
}

/* Each in memory of its own size, so that a byte too far is noticed. */
static void read_copy(const char *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    struct reading reading;

    assert_non_null(copy);
    memcpy(copy, bytes, length);
    reply_read(&reading, copy, length);
    check_sane(&reading);
    free(copy);
}

static void test_any_bytes(void **state)
{
    static const char signs[] = "0459.-@/: \n\t\0\x80\xc3\xa9\xffuserunknow<>";
    char bytes[700];

    (void)state;
    srand(20261123);
    for (int round = 0; round < 20000; round++) {
        size_t length = (size_t)rand() % sizeof(bytes);

        for (size_t i = 0; i < length; i++)
            bytes[i] = round % 2 ? (char)rand()
                                 : signs[(size_t)rand() % (sizeof(signs) - 1)];
        read_copy(bytes, length);
    }
}

/* The whole of a long text counts, and long words, addresses and numbers end
 * nowhere else than others. */
static void test_long_texts(void **state)
{
    static const char *const fill[] = {"a",    "a ",   "9",      "9.", "@",
                                       "x@y ", "550 ", "5.1.1 ", "\n", "\xff"};
    static const char last[] = "\n550 5.1.1 no such user here";
    size_t size = 1u << 20, length;
    char *text = malloc(size);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(fill); i++) {
        struct reading reading;

        for (length = 0; length + sizeof(last) + 8 < size;
             length += strlen(fill[i]))
            memcpy(text + length, fill[i], strlen(fill[i]));
        memcpy(text + length, last, sizeof(last) - 1);
        reply_read(&reading, text, length + sizeof(last) - 1);
        assert_int_equal(reading.cause, CAUSE_USERUNKNOWN);
    }
    free(text);
}

static void test_nuls(void **state)
{
    static const char text[] = "550 5.1.1\0user\0unknown\0";
    struct reading reading;

    (void)state;
    reply_read(&reading, text, sizeof(text) - 1);
    assert_int_equal(reading.cause, CAUSE_USERUNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_addresses_live),
        cmocka_unit_test(test_final_and_sure),
        cmocka_unit_test(test_vendors),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_nuls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
