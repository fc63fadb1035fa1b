/* SPDX-License-Identifier: MIT */
/* Texts for others: which are due, and what stands in them. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/report.h"
#include "steps/steps.h"
#include "tests/unit/trails.h"

#define FINDINGS_MAX 4
#define WORDS_MAX 6

#define START(address)                                                         \
    "{\"event\":\"start\",\"probe\":\"domain\",\"address\":\"" address "\"}"
#define SENDER "avisos@tienda.example"
#define RECIPIENT "ana@empresa.example"
#define ABOUT(address) ",\"probe\":\"domain\",\"address\":\"" address "\"}"
#define SPF(state, code, more)                                                 \
    "{\"event\":\"finding\",\"subject\":\"sender.spf\",\"domain\":"            \
    "\"tienda.example\",\"state\":\"" state "\",\"code\":\"" code              \
    "\"" more ABOUT(SENDER)
#define DKIM(state, code, more)                                                \
    "{\"event\":\"finding\",\"subject\":\"sender.dkim\",\"domain\":"           \
    "\"tienda.example\",\"state\":\"" state "\",\"code\":\"" code              \
    "\"" more ABOUT(SENDER)
#define DMARC(state, code, more)                                               \
    "{\"event\":\"finding\",\"subject\":\"sender.dmarc\",\"domain\":"          \
    "\"tienda.example\",\"state\":\"" state "\",\"code\":\"" code              \
    "\"" more ABOUT(SENDER)
#define GATEWAY(code)                                                          \
    "{\"event\":\"finding\",\"subject\":\"recipient.gateway\",\"domain\":"     \
    "\"empresa.example\",\"state\":\"info\",\"code\":\"" code                  \
    "\",\"host\":\"mx.empresa.example\"" ABOUT(RECIPIENT)

struct letter_case {
    const char *name;
    enum fate first, free_one; /* FATE_COUNT: not sent */
    const char *findings[FINDINGS_MAX]; /* events, words of a return */
    enum letter letter;
    bool due;
    const char *has[WORDS_MAX];
    const char *lacks[WORDS_MAX];
};

static const struct letter_case cases[] = {
    {"held by a filter that the MX names",
     FATE_NOT_SEEN,
     FATE_INBOX,
     {GATEWAY("mimecast")},
     LETTER_RECIPIENT,
     true,
     {"empresa.example", "Mimecast", "Permitted Senders", SENDER,
      "mx.empresa.example", "otro buzón"},
     {"Prueba 2", "\nOK\n"}},
    {"the words of a return",
     FATE_RETURNED_FILTER,
     FATE_INBOX,
     {GATEWAY("other")},
     LETTER_RECIPIENT,
     true,
     {"550 5.7.1 Message rejected due to company policy", "vuelven",
      "lista de remitentes permitidos"},
     {"{"}},
    {"a filter in the words of a return, before other mailboxes",
     FATE_RETURNED_FILTER,
     FATE_INBOX,
     {GATEWAY("google"),
      "550 5.7.1 rejected by policy, see https://prs.proofpoint.com/lookup"},
     LETTER_RECIPIENT,
     true,
     {"Google Workspace", "Proofpoint", "Smart Search"},
     {NULL}},
    {"a company's Google speaks as Gmail does",
     FATE_RETURNED_FILTER,
     FATE_INBOX,
     {GATEWAY("google"), "550 5.7.1 policy that prohibited the mail - gsmtp"},
     LETTER_RECIPIENT,
     true,
     {"Google Workspace"},
     {"Dónde, en Gmail"}},
    {"a panel without a text of its own",
     FATE_NOT_SEEN,
     FATE_INBOX,
     {GATEWAY("godaddy")},
     LETTER_RECIPIENT,
     true,
     {"GoDaddy"},
     {"{vendor}"}},
    {"nobody manages a free mailbox",
     FATE_NOT_SEEN,
     FATE_INBOX,
     {GATEWAY("outlook_com")},
     LETTER_RECIPIENT,
     false,
     {NULL},
     {NULL}},
    {"who signs, as a copy has shown",
     FATE_NOT_SEEN,
     FATE_INBOX,
     {"{\"event\":\"copy\",\"signing_domain\":\"firma.example\","
      "\"return_path\":\"b@vuelta.example\",\"ip\":\"192.0.2.1\"}"},
     LETTER_RECIPIENT,
     true,
     {"DKIM por firma.example", "vuelta.example", "192.0.2.1"},
     {NULL}},
    {"arrived: nothing to write", FATE_INBOX, FATE_COUNT, {NULL},
     LETTER_RECIPIENT, false, {NULL}, {NULL}},
    {"a dead address is nobody's filter", FATE_RETURNED_DEAD, FATE_COUNT,
     {NULL}, LETTER_RECIPIENT, false, {NULL}, {NULL}},
    {"a second record is merged, never added",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("bad", "multiple",
          ",\"records\":2,\"data\":\"tienda.example TXT v=spf1 a\\n"
          "tienda.example TXT v=spf1 mx\",\"publish\":\"v=spf1 a mx ~all\"")},
     LETTER_DOMAIN,
     true,
     {"Hay 2 registros", "v=spf1 a mx ~all", "en lugar de",
      "tienda.example TXT v=spf1 a"},
     {"Pida a"}},
    {"an include for a domain without a record",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("bad", "none",
          ",\"records\":0,\"publish\":\"v=spf1 include:s.example ~all\"")},
     LETTER_DOMAIN,
     true,
     {"Publique este registro TXT", "include:s.example"},
     {"en lugar de"}},
    {"who eats the lookups",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("bad", "lookups",
          ",\"records\":1,\"lookups\":14,\"shares\":\"a.example 9, b.example "
          "3\"")},
     LETTER_DOMAIN,
     true,
     {"14 consultas", "a.example 9, b.example 3"},
     {"Deje este"}},
    {"where it is misspelled",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("bad", "syntax",
          ",\"records\":1,\"term\":\"ipv4:1.2.3.4\",\"at\":\"b.example\"")},
     LETTER_DOMAIN,
     true,
     {"b.example", "ipv4:1.2.3.4"},
     {NULL}},
    {"a DMARC record to begin with",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {DMARC("bad", "none", "")},
     LETTER_DOMAIN,
     true,
     {"_dmarc.tienda.example", "v=DMARC1; p=none"},
     {"SPF"}},
    {"a short key",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {DKIM("bad", "weak", ",\"selector\":\"s1\",\"bits\":512")},
     LETTER_DOMAIN,
     true,
     {"s1", "512 bits"},
     {NULL}},
    {"a sound key beats an old one",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {DKIM("bad", "weak", ",\"selector\":\"s1\",\"bits\":512"),
      DKIM("good", "key", ",\"selector\":\"s2\",\"bits\":2048")},
     LETTER_DOMAIN,
     false,
     {NULL},
     {NULL}},
    {"what could not be told is no fault",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("unknown", "timeout", ""), DMARC("unknown", "servfail", "")},
     LETTER_DOMAIN,
     false,
     {NULL},
     {NULL}},
    {"arrived: the domain does",
     FATE_INBOX,
     FATE_COUNT,
     {SPF("bad", "none", ",\"records\":0")},
     LETTER_DOMAIN,
     false,
     {NULL},
     {NULL}},
    {"a free domain is not the person's to mend",
     FATE_NOT_SEEN,
     FATE_COUNT,
     {SPF("bad", "fail", ",\"records\":1"),
      "{\"event\":\"finding\",\"subject\":\"sender.alignment\","
      "\"state\":\"bad\",\"code\":\"free\"" ABOUT(SENDER)},
     LETTER_DOMAIN,
     false,
     {NULL},
     {NULL}},
};

static void push(struct trail *trail, const char *line)
{
    struct event *event = event_parse(line, strlen(line));

    assert_non_null(event);
    trail_push(trail, event);
}

static void push_return(struct trail *trail, const char *words)
{
    struct event *end = event_new("end");

    event_put_text(end, "outcome", "fault");
    event_put_text(end, "fault", "refused");
    event_put_text(end, "reply", words);
    event_put_text(end, "status", "bounced");
    event_put_text(end, "probe", "api-watch");
    event_put_number(end, "attempt", 1);
    trail_push(trail, end);
}

static struct trail *trail_of(const struct letter_case *one)
{
    struct trail *trail = trail_new();
    struct settings settings;

    trails_settings(&settings);
    trail_push(trail, trail_visit_event(&step_start));
    trails_fact(trail, "from", SENDER);
    trails_fact(trail, "to", RECIPIENT);
    trails_fact(trail, "free_to", "ana@correo.example");
    push(trail, START(SENDER));
    push(trail, START(RECIPIENT));
    for (size_t i = 0; i < FINDINGS_MAX && one->findings[i]; i++)
        if (one->findings[i][0] == '{')
            push(trail, one->findings[i]);
    trail_push(trail, trail_visit_event(&step_api_send));
    trails_attempt(trail, &settings, one->first);
    for (size_t i = 0; i < FINDINGS_MAX && one->findings[i]; i++)
        if (one->findings[i][0] != '{')
            push_return(trail, one->findings[i]);
    if (one->free_one != FATE_COUNT) {
        trail_push(trail, trail_visit_event(&step_free_send));
        trails_attempt(trail, &settings, one->free_one);
    }
    return trail;
}

/* The lines of the page, one below the other; "" where there is none. */
static char *page_of(const struct report *report, enum letter letter)
{
    size_t page = report->letters[letter], size = 0;
    char *text = NULL;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    for (size_t i = page; page && i < report_page_end(report, page); i++)
        for (size_t k = 0; k < report->lines[i].count; k++)
            fprintf(out, "%s\n", report->lines[i].cells[k]);
    fclose(out);
    return text;
}

static void check_words(const struct letter_case *one, const char *page)
{
    for (size_t i = 0; i < WORDS_MAX && one->has[i]; i++)
        if (!strstr(page, one->has[i]))
            fail_msg("%s: lacks \"%s\":\n%s", one->name, one->has[i], page);
    for (size_t i = 0; i < WORDS_MAX && one->lacks[i]; i++)
        if (strstr(page, one->lacks[i]))
            fail_msg("%s: has \"%s\":\n%s", one->name, one->lacks[i], page);
}

static void test_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct trail *trail = trail_of(&cases[i]);
        struct report report;
        char *page;

        assert_int_equal(report_build(&report, trail), 0);
        page = page_of(&report, cases[i].letter);
        if ((page[0] != '\0') != cases[i].due)
            fail_msg("%s: %s", cases[i].name, page[0] ? page : "no letter");
        check_words(&cases[i], page);
        free(page);
        report_release(&report);
        trail_free(trail);
    }
}

/* The message for support does not repeat what is for others. */
static void test_support(void **state)
{
    struct trail *trail = trail_of(&cases[0]);
    struct report report;

    (void)state;
    assert_int_equal(report_build(&report, trail), 0);
    assert_null(strstr(report.support_body, "Permitted Senders"));
    report_release(&report);
    trail_free(trail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_support),
    };

    return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
