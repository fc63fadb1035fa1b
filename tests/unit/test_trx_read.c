/* SPDX-License-Identifier: MIT */
/* Bounces and messages of the service, and the words of remote servers. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "net/trx_bounce.h"
#include "net/trx_message.h"

#define BOUNCE                                                                 \
    "{\"ID\":4323372041,\"Type\":\"HardBounce\",\"TypeCode\":1,"               \
    "\"MessageID\":\"m1\",\"Details\":\"smtp;550 5.1.1 unknown\","             \
    "\"Email\":\"ana@corp.test\",\"From\":\"a@b.test\","                       \
    "\"BouncedAt\":\"2026-11-23T12:15:09Z\",\"Inactive\":true,"                \
    "\"CanActivate\":true,\"Subject\":\"Prueba\"}"

static cJSON *json(const char *text)
{
    cJSON *value = json_read(text, strlen(text));

    if (!value)
        fail_msg("not JSON: %s", text);
    return value;
}

static void test_bounce_bare_or_wrapped(void **state)
{
    static const char *const shapes[] = {
        BOUNCE,
        "{\"TotalCount\":1,\"Bounces\":[" BOUNCE "]}",
        "{\"Message\":\"OK\",\"Bounce\":" BOUNCE "}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        cJSON *value = json(shapes[i]);
        struct trx_bounce bounce;

        assert_true(trx_bounce_read(&bounce, value));
        assert_string_equal(bounce.id, "4323372041");
        assert_string_equal(bounce.kind, "HardBounce");
        assert_int_equal(bounce.code, 1);
        assert_true(bounce.inactive && bounce.can_activate);
        assert_false(bounce.dropped);
        assert_string_equal(bounce.email, "ana@corp.test");
        assert_string_equal(bounce.message_id, "m1");
        assert_string_equal(bounce.details, "smtp;550 5.1.1 unknown");
        json_free(value);
    }
}

static void test_bounce_kinds(void **state)
{
    static const struct {
        const char *text, *type, *kind;
        bool dropped;
    } kinds[] = {
        {"{\"ID\":\"x\",\"Type\":\"smtpapierror\"}", "smtpapierror",
         "SMTPApiError", true},
        {"{\"ID\":\"x\",\"TypeCode\":\"100007\"}", "", "SMTPApiError", true},
        {"{\"ID\":\"x\",\"Type\":\"HardBounce\",\"TypeCode\":100007}",
         "HardBounce", "HardBounce", false},
        {"{\"ID\":\"x\",\"Type\":\"Novel\",\"TypeCode\":7}", "Novel", "Novel",
         false},
        {"{\"ID\":\"x\",\"Type\":5,\"TypeCode\":\"one\"}", "", "", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        cJSON *value = json(kinds[i].text);
        struct trx_bounce bounce;

        assert_true(trx_bounce_read(&bounce, value));
        assert_string_equal(bounce.type, kinds[i].type);
        assert_string_equal(bounce.kind, kinds[i].kind);
        assert_int_equal(bounce.dropped, kinds[i].dropped);
        json_free(value);
    }
}

static void test_no_bounce(void **state)
{
    static const char *const shapes[] = {"{}",
                                         "[]",
                                         "{\"Bounces\":[]}",
                                         "{\"Bounces\":{}}",
                                         "{\"ID\":[]}",
                                         "{\"Bounces\":[[" BOUNCE "]]}"};

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        cJSON *value = json(shapes[i]);
        struct trx_bounce bounce;

        assert_false(trx_bounce_read(&bounce, value));
        json_free(value);
    }
}

static const struct {
    const char *details;
    int code;
    const char *enhanced, *reply;
} words[] = {
    {"smtp;550 5.1.1 <a@b>: unknown", 550, "5.1.1", "550 5.1.1 <a@b>: unknown"},
    {"SMTP; 552-5.2.2 full", 552, "5.2.2", "552-5.2.2 full"},
    {"550 no", 550, "", "550 no"},
    {"554", 554, "", "554"},
    {"5.7.1 policy", 0, "5.7.1", "5.7.1 policy"},
    {"host mx.test said: 421 4.7.0 slow", 421, "4.7.0",
     "host mx.test said: 421 4.7.0 slow"},
    {"after RCPT: 550-5.7.26 dmarc", 550, "5.7.26",
     "after RCPT: 550-5.7.26 dmarc"},
    {"smtp;250 2.0.0 queued as 4XyZ", 0, "", "250 2.0.0 queued as 4XyZ"},
    {"gave up after 500 seconds", 0, "", "gave up after 500 seconds"},
    {"550x", 0, "", "550x"},
    {"host 5.1.1.7 says (5.1.10) no", 0, "5.1.10",
     "host 5.1.1.7 says (5.1.10) no"},
    {"version 5.1.1234", 0, "", "version 5.1.1234"},
    {"Ana; no", 0, "", "no"},
    {"", 0, "", ""},
};

static void test_reads_remote_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct ending ending;

        memset(&ending, 0x55, sizeof(ending));
        trx_bounce_words(words[i].details, &ending);
        assert_int_equal(ending.code, words[i].code);
        assert_string_equal(ending.enhanced, words[i].enhanced);
        assert_string_equal(ending.reply, words[i].reply);
    }
}

#define MESSAGE(id, to, subject, when)                                         \
    "{\"MessageID\":\"" id "\"," to ",\"Subject\":\"" subject                  \
    "\",\"From\":\"a@b.test\",\"ReceivedAt\":\"" when "\"}"
#define LIST(items) "{\"TotalCount\":\"9\",\"Messages\":[" items "]}"
#define ANA "\"Recipients\":[\"Ana@corp.test\"]"

static const struct {
    const char *answer, *code, *id; /* NULL: none */
} searches[] = {
    {LIST(MESSAGE("m1", ANA, "Prueba K7Q-4M2", "2026-11-23")), "K7Q-4M2", "m1"},
    {LIST(MESSAGE("m1", ANA, "Prueba K7Q-4M2", "2026-11-23")), "", "m1"},
    {LIST(MESSAGE("m1", ANA, "Otra", "2026-11-23")), "K7Q-4M2", NULL},
    {LIST(MESSAGE("m1", ANA, "a", "2026-11-22") "," MESSAGE("m2", ANA, "a",
                                                            "2026-11-23")),
     "", "m2"},
    {LIST(MESSAGE("m1", ANA, "a", "2026-11-23") "," MESSAGE("m2", ANA, "a",
                                                            "2026-11-23")),
     "", "m1"},
    {LIST(MESSAGE("m1", "\"To\":[{\"Email\":\"ana@corp.test\"}]", "a", "")), "",
     "m1"},
    {LIST(MESSAGE("m1", "\"To\":\"Ana P <ana@corp.test>\"", "a", "")), "",
     "m1"},
    {LIST(MESSAGE("m1", "\"Recipients\":[\"juana@corp.test\"]", "a", "")), "",
     NULL},
    {LIST(MESSAGE("m1", "\"To\":[7,null,[]]", "a", "")), "", NULL},
    {LIST("7,null,[]"), "", NULL},
    {LIST("{\"MessageID\":17," ANA "}"), "", "17"},
    {LIST("{" ANA ",\"Status\":\"Sent\"}"), "", NULL},
    {LIST(""), "", NULL},
    {"{\"Messages\":7}", "", NULL},
    {"{}", "", NULL},
};

static void test_finds_the_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(searches); i++) {
        cJSON *value = json(searches[i].answer);
        struct trx_message message;
        bool found = trx_message_find(&message, value, "ana@corp.test",
                                      searches[i].code);

        if (found != (searches[i].id != NULL))
            fail_msg("search %zu", i);
        if (found)
            assert_string_equal(message.id, searches[i].id);
        json_free(value);
    }
}

#define EVENTS(items) "{\"Status\":\"Sent\",\"MessageEvents\":[" items "]}"
#define EVENT(type, to, when, details)                                         \
    "{\"Recipient\":\"" to "\",\"Type\":\"" type "\",\"ReceivedAt\":\"" when   \
    "\",\"Details\":{" details "}}"
#define TO "ana@corp.test"

static const struct {
    const char *details;
    enum trx_status status;
    const char *text, *bounce;
} fates[] = {
    {EVENTS(""), TRX_QUEUED, "", ""},
    {"{}", TRX_QUEUED, "", ""},
    {EVENTS("7,[],{},{\"Type\":7}"), TRX_QUEUED, "", ""},
    {EVENTS(EVENT("Opened", TO, "1", "\"Summary\":\"s\"")), TRX_QUEUED, "", ""},
    {EVENTS(EVENT("delivered", "ANA@corp.test", "1",
                  "\"DeliveryMessage\":\"250 ok\"")),
     TRX_DELIVERED, "250 ok", ""},
    {EVENTS(EVENT("Delivered", "b@x.test", "1", "")), TRX_QUEUED, "", ""},
    {EVENTS(EVENT(
         "Bounced", TO, "2",
         "\"Summary\":\"gone\",\"BounceID\":42") "," EVENT("Delivered", TO, "1",
                                                           "\"DeliveryMessage\""
                                                           ":\"250 ok\"")),
     TRX_BOUNCED, "gone", "42"},
    {EVENTS(
         EVENT("Transient", TO, "3", "\"DeliveryMessage\":\"later\"") "," EVENT(
             "Transient", TO, "2", "\"DeliveryMessage\":\"early\"")),
     TRX_TRANSIENT, "later", ""},
    {EVENTS("{\"Type\":\"Bounced\",\"Details\":\"gone\"}"), TRX_BOUNCED, "",
     ""},
    {EVENTS(EVENT("Bounced", TO, "2", "\"BounceID\":\"b-7\"")), TRX_BOUNCED, "",
     "b-7"},
};

static void test_tells_the_fate(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fates); i++) {
        cJSON *value = json(fates[i].details);
        struct trx_delivery delivery;

        trx_message_delivery(&delivery, value, TO);
        if (delivery.status != fates[i].status)
            fail_msg("fate %zu: %s", i, trx_status_name(delivery.status));
        assert_string_equal(delivery.text, fates[i].text);
        assert_string_equal(delivery.bounce_id, fates[i].bounce);
        json_free(value);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounce_bare_or_wrapped),
        cmocka_unit_test(test_bounce_kinds),
        cmocka_unit_test(test_no_bounce),
        cmocka_unit_test(test_reads_remote_words),
        cmocka_unit_test(test_finds_the_message),
        cmocka_unit_test(test_tells_the_fate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
