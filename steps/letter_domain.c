/* SPDX-License-Identifier: MIT */
/* The letter to whoever manages the sender's domain: what is wrong with each
 * record, and the record to publish. */
#include <stdio.h>
#include <string.h>

#include "steps/letter_parts.h"

/* What is wrong by a finding's code, and what to do about it. */
static const struct advice {
    const char *subject, *code;
    enum text_id wrong, action;
} advices[] = {
    {"sender.spf", "none", T_LETTER_SPF_NONE, T_LETTER_ASK_VALUE},
    {"sender.spf", "multiple", T_LETTER_SPF_MULTIPLE, T_NONE},
    {"sender.spf", "lookups", T_LETTER_SPF_LOOKUPS, T_LETTER_SPF_LOOKUPS_DO},
    {"sender.spf", "voids", T_LETTER_SPF_VOIDS, T_LETTER_SPF_VOIDS_DO},
    {"sender.spf", "syntax", T_LETTER_SPF_SYNTAX, T_LETTER_SPF_SYNTAX_DO},
    {"sender.spf", "include", T_LETTER_SPF_INCLUDE, T_LETTER_SPF_INCLUDE_DO},
    {"sender.spf", "plus_all", T_LETTER_SPF_PLUS_ALL, T_NONE},
    {"sender.spf", "permerror", T_LETTER_SPF_PERMERROR, T_LETTER_ASK_VALUE},
    {"sender.spf", "missing", T_LETTER_SPF_MISSING, T_LETTER_ASK_INCLUDE},
    {"sender.spf", "fail", T_LETTER_SPF_MISSING, T_LETTER_ASK_INCLUDE},
    {"sender.spf", "softfail", T_LETTER_SPF_MISSING, T_LETTER_ASK_INCLUDE},
    {"sender.spf", "neutral", T_LETTER_SPF_MISSING, T_LETTER_ASK_INCLUDE},
    {"sender.dkim", "none", T_LETTER_DKIM_NONE, T_LETTER_ASK_VALUE},
    {"sender.dkim", "missing", T_LETTER_DKIM_MISSING, T_LETTER_ASK_VALUE},
    {"sender.dkim", "revoked", T_LETTER_DKIM_REVOKED, T_LETTER_ASK_VALUE},
    {"sender.dkim", "weak", T_LETTER_DKIM_WEAK, T_LETTER_ASK_VALUE},
    {"sender.dkim", "malformed", T_LETTER_DKIM_MALFORMED, T_LETTER_ASK_VALUE},
    {"sender.dkim", "testing", T_LETTER_DKIM_TESTING, T_LETTER_DKIM_TESTING_DO},
    {"sender.dmarc", "none", T_LETTER_DMARC_NONE, T_NONE},
    {"sender.dmarc", "multiple", T_LETTER_DMARC_MULTIPLE, T_NONE},
    {"sender.dmarc", "no_policy", T_LETTER_DMARC_NO_POLICY, T_NONE},
};

static const struct {
    const char *subject;
    enum text_id title;
} parts[] = {
    {"sender.spf", T_LETTER_SPF},
    {"sender.dkim", T_LETTER_DKIM},
    {"sender.dmarc", T_LETTER_DMARC},
};

#define PART_ROWS (sizeof parts / sizeof *parts)

/* The first step of DMARC: it asks for nothing yet, and is what the big
 * receivers look for. */
#define DMARC_FIRST "v=DMARC1; p=none"

static const struct advice *advice_of(const struct event *finding)
{
    const char *code = letter_text(finding, "code");
    const char *subject = letter_text(finding, "subject");

    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
        if (strcmp(letter_text(finding, "state"), "bad") == 0 &&
            strcmp(advices[i].subject, subject) == 0 &&
            strcmp(advices[i].code, code) == 0)
            return &advices[i];
    return NULL;
}

static bool is_anything_wrong(const struct trail *trail)
{
    for (size_t i = 0; i < PART_ROWS; i++)
        if (advice_of(letter_finding(trail, parts[i].subject)))
            return true;
    return false;
}

static bool is_free(const struct trail *trail)
{
    return strcmp(
               letter_text(letter_finding(trail, "sender.alignment"), "code"),
               "free") == 0;
}

bool letter_wants_domain(const struct trail *trail,
                         const struct verdict *verdict)
{
    if (!letter_domain_of(trail_fact(trail, "from"))[0] || is_free(trail))
        return false;
    return verdict->cause == CAUSE_AUTHFAILURE ||
           (verdict->cause != CAUSE_ARRIVED && is_anything_wrong(trail));
}

static void say_record(struct writer *writer, enum text_id how,
                       const char *name, const char *record)
{
    const char *extra[] = {"domain", name, NULL};

    report_say(writer, REPORT_LINE, how, extra);
    report_quote(writer, record);
}

/* The records behind a finding, one a line of its data. */
static void say_today(struct writer *writer, const char *data)
{
    char line[REPLY_MAX];

    if (!data[0])
        return;
    report_say(writer, REPORT_LINE, T_LETTER_NOW, NULL);
    while (*data) {
        size_t length = strcspn(data, "\n");

        snprintf(line, sizeof line, "%.*s", (int)length, data);
        report_quote(writer, line);
        data += length + (data[length] == '\n');
    }
}

static void write_number(char out[16], const struct event *event,
                         const char *key)
{
    snprintf(out, 16, "%.0f", event_number(event, key, 0));
}

static void say_fix(struct writer *writer, const struct event *finding,
                    const struct advice *advice, const char *domain)
{
    const char *publish = letter_text(finding, "publish");
    bool replaces = event_number(finding, "records", 0) > 0;
    char name[320];

    if (publish[0]) {
        say_record(writer, replaces ? T_LETTER_REPLACE : T_LETTER_ADD, domain,
                   publish);
    } else if (advice->wrong == T_LETTER_DMARC_NONE) {
        snprintf(name, sizeof name, "_dmarc.%s", domain);
        say_record(writer, T_LETTER_ADD, name, DMARC_FIRST);
    }
}

static void say_part(struct writer *writer, enum text_id title,
                     const struct event *finding)
{
    const struct advice *advice = advice_of(finding);
    const char *domain = letter_text(finding, "domain");
    char records[16], lookups[16], bits[16];

    if (!advice)
        return;
    write_number(records, finding, "records");
    write_number(lookups, finding, "lookups");
    write_number(bits, finding, "bits");

    const char *extra[] = {"domain",   domain,
                           "records",  records,
                           "lookups",  lookups,
                           "bits",     bits,
                           "shares",   letter_text(finding, "shares"),
                           "term",     letter_text(finding, "term"),
                           "at",       letter_text(finding, "at"),
                           "selector", letter_text(finding, "selector"),
                           NULL};

    report_say(writer, REPORT_HEADING, title, NULL);
    report_say(writer, REPORT_LINE, advice->wrong, extra);
    say_today(writer, letter_text(finding, "data"));
    if (!letter_text(finding, "publish")[0])
        report_say(writer, REPORT_LINE, advice->action, extra);
    say_fix(writer, finding, advice, domain);
}

/* A server said so, and nothing wrong was seen: what to look at. */
static void say_unread(struct writer *writer, const char *domain)
{
    const char *extra[] = {"domain", domain, NULL};

    report_say(writer, REPORT_LINE, T_LETTER_DOMAIN_UNREAD, NULL);
    report_say(writer, REPORT_ITEM, T_LETTER_DOMAIN_UNREAD_SPF, NULL);
    report_say(writer, REPORT_ITEM, T_LETTER_DOMAIN_UNREAD_DKIM, NULL);
    report_say(writer, REPORT_ITEM, T_LETTER_DOMAIN_UNREAD_DMARC, extra);
    report_say(writer, REPORT_LINE, T_LETTER_ASK_VALUE, NULL);
}

static void say_refusal(struct writer *writer, const struct verdict *verdict)
{
    const struct attempt *by = trail_attempt(writer->trail, verdict->attempt);

    if (verdict->cause != CAUSE_AUTHFAILURE)
        return;
    report_say(writer, REPORT_LINE, T_LETTER_DOMAIN_REFUSED, NULL);
    if (by)
        report_quote(writer, by->ending.reply);
}

void letter_to_domain(struct writer *writer, const struct verdict *verdict)
{
    const struct trail *trail = writer->trail;
    const char *domain = letter_domain_of(trail_fact(trail, "from"));
    const char *extra[] = {"domain", domain, NULL};

    report_say(writer, REPORT_PAGE, T_LETTER_TO_DOMAIN, extra);
    report_say(writer, REPORT_LINE, T_LETTER_GREETING, NULL);
    say_refusal(writer, verdict);
    if (is_anything_wrong(trail))
        report_say(writer, REPORT_LINE, T_LETTER_DOMAIN_INTRO, extra);
    else
        say_unread(writer, domain);
    for (size_t i = 0; i < PART_ROWS; i++)
        say_part(writer, parts[i].title,
                 letter_finding(trail, parts[i].subject));
    report_say(writer, REPORT_LINE, T_LETTER_DOMAIN_AFTER, NULL);
    report_say(writer, REPORT_LINE, T_LETTER_THANKS, NULL);
}
