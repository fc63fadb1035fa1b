/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "steps/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/blanks.h"
#include "steps/secure.h"
#include "steps/sending.h"

#define LINES_MAX 4096
#define LINE_TEXT_MAX (REPLY_MAX + 512)

/* The report being written; `failed` where there is no memory. */
struct writer {
    struct report *report;
    const struct trail *trail;
    bool failed;
};

static void put(struct writer *writer, enum report_kind kind, const char *text)
{
    struct report *report = writer->report;
    char *copy = strdup(text);

    if (!copy || report->count == LINES_MAX) {
        writer->failed = true;
        free(copy);
        return;
    }
    report->lines[report->count].kind = kind;
    report->lines[report->count++].text = copy;
}

static void say(struct writer *writer, enum report_kind kind, enum text_id id,
                const char *const *extra)
{
    struct blanks blanks = {writer->trail, NULL, extra};
    char line[LINE_TEXT_MAX];

    if (id == T_NONE)
        return;
    blanks_fill(line, sizeof line, text(id), &blanks);
    put(writer, kind, line);
}

static void say_value(struct writer *writer, enum report_kind kind,
                      enum text_id id, const char *name, const char *value)
{
    const char *extra[] = {name, value, NULL};

    if (*value)
        say(writer, kind, id, extra);
}

static enum text_id outcome_text(enum outcome outcome)
{
    static const enum text_id ids[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = T_OUTCOME_UNKNOWN,
        [OUTCOME_REFUSED] = T_OUTCOME_REFUSED,
        [OUTCOME_ACCEPTED] = T_OUTCOME_ACCEPTED,
        [OUTCOME_DELIVERED] = T_OUTCOME_DELIVERED,
        [OUTCOME_BOUNCED] = T_OUTCOME_BOUNCED,
        [OUTCOME_IN_INBOX] = T_OUTCOME_IN_INBOX,
        [OUTCOME_IN_SPAM] = T_OUTCOME_IN_SPAM,
        [OUTCOME_NOT_SEEN] = T_OUTCOME_NOT_SEEN,
        [OUTCOME_UNKNOWN] = T_OUTCOME_UNKNOWN,
    };

    return ids[outcome];
}

static const char *via_text(enum via via)
{
    static const enum text_id ids[VIA_COUNT] = {
        [VIA_API] = T_VIA_API,
        [VIA_SMTP] = T_VIA_SMTP,
        [VIA_MANUAL] = T_VIA_MANUAL,
    };

    return text(ids[via]);
}

static void say_witness(struct writer *writer, enum text_id id,
                        enum outcome outcome)
{
    if (outcome != OUTCOME_NONE)
        say_value(writer, REPORT_ITEM, id, "outcome",
                  text(outcome_text(outcome)));
}

static void say_secure(struct writer *writer, const struct attempt *attempt)
{
    const char *extra[SECURE_EXTRA_MAX];

    secure_extra(attempt, extra);
    say(writer, REPORT_ITEM, secure_problem(attempt), extra);
    if (!attempt->certificate.subject[0])
        return;
    say(writer, REPORT_ITEM, T_SECURE_CERTIFICATE, extra);
    say(writer, REPORT_ITEM, T_SECURE_REVOCATION, NULL);
}

static void say_attempt(struct writer *writer, const struct attempt *attempt)
{
    char id[16], code[32] = "";
    const char *extra[] = {
        "id",      id,
        "time",    attempt->time,
        "via",     via_text(attempt->via),
        "from",    attempt->from,
        "to",      attempt->to,
        "subject", attempt->subject,
        NULL,
    };

    snprintf(id, sizeof id, "%d", attempt->id);
    say(writer, REPORT_LINE, T_REPORT_ATTEMPT, extra);
    say_value(writer, REPORT_ITEM, T_REPORT_OUTCOME, "outcome",
              text(outcome_text(attempt_outcome(attempt))));
    say_witness(writer, T_REPORT_EVENT, attempt->event);
    say_witness(writer, T_REPORT_MAILBOX, attempt->mailbox);
    say_witness(writer, T_REPORT_PERSON, attempt->person);
    if (attempt->ending.code)
        snprintf(code, sizeof code, "%d%s%s", attempt->ending.code,
                 attempt->ending.enhanced[0] ? " " : "",
                 attempt->ending.enhanced);
    say_value(writer, REPORT_ITEM, T_REPORT_CODE, "code", code);
    say_value(writer, REPORT_ITEM, T_REPORT_MESSAGE_ID, "id",
              attempt->message_id);
    say_secure(writer, attempt);
    if (attempt->ending.reply[0] && attempt->ending.outcome != RESULT_PASS)
        put(writer, REPORT_QUOTE, attempt->ending.reply);
}

static void say_attempts(struct writer *writer)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(writer->trail, &count);

    say(writer, REPORT_HEADING, T_REPORT_ATTEMPTS, NULL);
    if (count == 0)
        say(writer, REPORT_LINE, T_REPORT_NO_ATTEMPTS, NULL);
    for (size_t i = 0; i < count; i++)
        say_attempt(writer, &attempts[i]);
}

static void say_verdict(struct writer *writer)
{
    const struct verdict *verdict = &writer->report->verdict;

    if (*trail_fact(writer->trail, "practice"))
        say(writer, REPORT_LINE, T_REPORT_PRACTICE, NULL);
    say(writer, REPORT_HEADING, T_REPORT_VERDICT, NULL);
    say(writer, REPORT_LINE, cause_meaning(verdict->cause), NULL);
    say(writer, REPORT_HEADING, T_REPORT_NEXT, NULL);
    for (int i = 0; i < VERDICT_NEXT_MAX; i++)
        say(writer, REPORT_LINE, verdict->next[i], NULL);
}

static void say_earlier(struct writer *writer)
{
    static const struct {
        const char *status;
        enum text_id id;
    } statuses[] = {
        {"none", T_RESULT_EARLIER_NONE},
        {"delivered", T_RESULT_EARLIER_DELIVERED},
        {"queued", T_RESULT_EARLIER_QUEUED},
        {"transient", T_RESULT_EARLIER_QUEUED},
        {"bounced", T_RESULT_EARLIER_BOUNCED},
    };
    const struct history *earlier = trail_earlier(writer->trail);

    if (!earlier->known)
        return;
    say(writer, REPORT_HEADING, T_REPORT_EARLIER, NULL);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(earlier->status, statuses[i].status) == 0)
            say(writer, REPORT_LINE, statuses[i].id, NULL);
    if (earlier->reply[0])
        put(writer, REPORT_QUOTE, earlier->reply);
}

static void say_history(struct writer *writer)
{
    const struct history *history = trail_history(writer->trail);
    char count[16];

    if (!history->known)
        return;
    snprintf(count, sizeof count, "%d", history->count);
    say(writer, REPORT_HEADING, T_REPORT_HISTORY, NULL);
    say_value(writer, REPORT_LINE, T_REPORT_HISTORY_COUNT, "count", count);
    say_value(writer, REPORT_LINE, T_REPORT_BLOCKED, "answer",
              text(history->blocked ? T_YES : T_NO));
    if (history->reply[0])
        put(writer, REPORT_QUOTE, history->reply);
}

static void say_number(struct writer *writer, enum text_id id, int number)
{
    char count[16];

    snprintf(count, sizeof count, "%d", number);
    say_value(writer, REPORT_LINE, id, "count", count);
}

static void say_sending(struct writer *writer)
{
    const struct sending *sending = trail_sending(writer->trail);
    char words[LINE_TEXT_MAX];

    if (!sending->known)
        return;
    say(writer, REPORT_HEADING, T_REPORT_SENDER, NULL);
    say_number(writer, T_REPORT_SENDER_COUNT, sending->count);
    say_number(writer, T_REPORT_SENDER_HARD, sending->hard);
    say_number(writer, T_REPORT_SENDER_CLEAN, sending->addresses);
    sending_kinds(sending->kinds, words, sizeof words);
    say_value(writer, REPORT_LINE, T_REPORT_SENDER_KINDS, "kinds", words);
    sending_domains(sending->domains, words, sizeof words);
    say_value(writer, REPORT_LINE, T_REPORT_SENDER_DOMAINS, "domains", words);
}

static void say_version(struct writer *writer)
{
    const char *extra[] = {"version", PACKAGE_VERSION, "code",
                           writer->report->code, NULL};

    say(writer, REPORT_HEADING, T_REPORT_VERSION, NULL);
    say(writer, REPORT_LINE, T_REPORT_VERSION_LINE, extra);
    if (writer->report->code[0])
        say(writer, REPORT_LINE, T_REPORT_CODE_LINE, extra);
}

/* The code of the first test names the report: both have seen it. */
static void name_report(struct report *report, const struct trail *trail)
{
    const struct attempt *first = trail_attempt(trail, 1);

    snprintf(report->code, sizeof report->code, "%s",
             first ? first->subject_code : "");
}

static bool has_arrived(const struct report *report)
{
    return report->verdict.cause == CAUSE_ARRIVED ||
           report->verdict.cause == CAUSE_ARRIVED_IN_SPAM;
}

static char *support_subject(const struct report *report,
                             const struct trail *trail)
{
    const char *extra[] = {"code", report->code, NULL};
    struct blanks blanks = {trail, NULL, extra};
    char subject[SUBJECT_MAX + 2 * ADDRESS_MAX];

    blanks_fill(subject, sizeof subject,
                text(has_arrived(report) ? T_SUPPORT_SUBJECT_ARRIVED
                                         : T_SUPPORT_SUBJECT),
                &blanks);
    return strdup(subject);
}

static void add_line(FILE *out, const struct report_line *line)
{
    static const char *const marks[] = {
        [REPORT_HEADING] = "\n",
        [REPORT_LINE] = "",
        [REPORT_ITEM] = "  ",
        [REPORT_QUOTE] = "  > ",
    };

    fprintf(out, "%s%s\n", marks[line->kind], line->text);
}

/* The message repeats the report, so that support need not ask back. */
static char *support_body(const struct report *report)
{
    char *body = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&body, &size);

    if (!out)
        return NULL;
    fprintf(
        out, "%s\n\n%s\n", text(T_SUPPORT_GREETING),
        text(has_arrived(report) ? T_SUPPORT_INTRO_ARRIVED : T_SUPPORT_INTRO));
    for (size_t i = 0; i < report->count; i++)
        add_line(out, &report->lines[i]);
    fprintf(out, "\n%s\n", text(T_SUPPORT_CLOSE));
    if (fclose(out) != 0) {
        free(body);
        return NULL;
    }
    return body;
}

int report_build(struct report *report, const struct trail *trail)
{
    struct writer writer = {report, trail, false};

    memset(report, 0, sizeof *report);
    report->lines = calloc(LINES_MAX, sizeof *report->lines);
    if (!report->lines)
        return -1;
    judge(&report->verdict, trail);
    name_report(report, trail);
    say_verdict(&writer);
    say_attempts(&writer);
    say_earlier(&writer);
    say_history(&writer);
    say_sending(&writer);
    say_version(&writer);
    report->support_subject = support_subject(report, trail);
    report->support_body = support_body(report);
    if (writer.failed || !report->support_subject || !report->support_body) {
        report_release(report);
        return -1;
    }
    return 0;
}

void report_release(struct report *report)
{
    for (size_t i = 0; report->lines && i < report->count; i++)
        free(report->lines[i].text);
    free(report->lines);
    free(report->support_subject);
    free(report->support_body);
    memset(report, 0, sizeof *report);
}
