/* SPDX-License-Identifier: MIT */
/* The report from its title to its last line, and the message for support. */
#include "config.h"

#include "steps/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/blanks.h"
#include "steps/report_parts.h"

static const char *const words[REPORT_KIND_COUNT] = {
#define REPORT_KIND_WORD(id, word) [REPORT_##id] = word,
    REPORT_KINDS(REPORT_KIND_WORD)};

const char *report_kind_word(enum report_kind kind)
{
    return words[kind];
}

size_t report_page_end(const struct report *report, size_t page)
{
    size_t end = page + 1;

    while (end < report->count && report->lines[end].kind != REPORT_PAGE)
        end++;
    return end;
}

static void say_title(struct writer *writer)
{
    const struct attempt *first = trail_attempt(writer->trail, 1);
    const struct event *session = report_event(writer->trail, "session");
    const char *begun = session ? event_text(session, "time") : NULL;
    char when[REPORT_TIME_MAX];
    const char *extra[] = {"when", when, "code", writer->report->code, NULL};

    report_say(writer, REPORT_PAGE, T_REPORT_TITLE, NULL);
    snprintf(writer->report->begun, sizeof writer->report->begun, "%s",
             begun   ? begun
             : first ? first->time
                     : "");
    report_time(writer->trail, writer->report->begun, when);
    if (when[0] && writer->report->code[0])
        report_say(writer, REPORT_LINE, T_REPORT_ABOUT, extra);
    if (*trail_fact(writer->trail, "practice"))
        report_say(writer, REPORT_LINE, T_REPORT_PRACTICE, NULL);
}

static void say_verdict(struct writer *writer)
{
    const struct verdict *verdict = &writer->report->verdict;
    char id[16];
    const char *cells[] = {tell_state(writer->report->state),
                           text(cause_meaning(verdict->cause))};
    const char *extra[] = {"id", id, "confidence",
                           report_confidence(verdict->confidence), NULL};

    snprintf(id, sizeof id, "%d", verdict->attempt);
    report_say(writer, REPORT_HEADING, T_REPORT_VERDICT, NULL);
    report_put(writer, REPORT_VERDICT, 2, cells);
    report_say(writer, REPORT_LINE, verdict->why, NULL);
    report_say(writer, REPORT_LINE,
               verdict->attempt ? T_REPORT_BECAUSE : T_REPORT_SURE, extra);
}

static void say_next(struct writer *writer)
{
    const struct verdict *verdict = &writer->report->verdict;

    report_say(writer, REPORT_HEADING, T_REPORT_NEXT, NULL);
    for (int i = 0; i < VERDICT_NEXT_MAX && verdict->next[i] != T_NONE; i++)
        report_say(writer, REPORT_ITEM, verdict->next[i], NULL);
    report_fact(writer, T_REPORT_WHO, text(side_text(verdict->side)));
}

static void say_support(struct writer *writer)
{
    report_say(writer, REPORT_HEADING, T_REPORT_SUPPORT, NULL);
    report_say(writer, REPORT_LINE, T_REPORT_SUPPORT_HOW, NULL);
    report_quote(writer, writer->report->support_subject);
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
    enum text_id id = has_arrived(report) ? T_SUPPORT_SUBJECT_ARRIVED
                      : report->code[0]   ? T_SUPPORT_SUBJECT
                                          : T_SUPPORT_SUBJECT_EARLY;

    blanks_fill(subject, sizeof subject, text(id), &blanks);
    return strdup(subject);
}

/* How a line stands in a plain message: before its first cell, between two. */
static const struct {
    const char *before, *between;
} marks[REPORT_KIND_COUNT] = {
    [REPORT_PAGE] = {"", ""},     [REPORT_HEADING] = {"\n", ""},
    [REPORT_PART] = {"\n", ""},   [REPORT_VERDICT] = {"", ": "},
    [REPORT_LINE] = {"", ""},     [REPORT_ITEM] = {"- ", ""},
    [REPORT_FACT] = {"  ", ": "}, [REPORT_QUOTE] = {"  > ", ""},
    [REPORT_NAMES] = {"", " | "}, [REPORT_ROW] = {"", " | "},
};

static void add_line(FILE *out, const struct report_line *line)
{
    for (size_t i = 0; i < line->count; i++)
        fprintf(out, "%s%s",
                i == 0 ? marks[line->kind].before : marks[line->kind].between,
                line->cells[i]);
    putc('\n', out);
}

/* The message repeats the report, so that support need not ask back; texts for
 * others on their own pages are not theirs. */
static char *support_body(const struct report *report)
{
    char *body = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&body, &size);

    if (!out)
        return NULL;
    fprintf(
        out, "%s\n\n%s\n\n", text(T_SUPPORT_GREETING),
        text(has_arrived(report) ? T_SUPPORT_INTRO_ARRIVED : T_SUPPORT_INTRO));
    for (size_t i = 0; i < report_page_end(report, 0); i++)
        add_line(out, &report->lines[i]);
    fprintf(out, "\n%s\n", text(T_SUPPORT_CLOSE));
    if (fclose(out) != 0) {
        free(body);
        return NULL;
    }
    return body;
}

static void (*const sections[])(struct writer *writer) = {
    say_title,      say_verdict, say_next,    report_attempts, report_steps,
    report_domains, report_past, report_gaps, report_version,
};

int report_build(struct report *report, const struct trail *trail)
{
    struct writer writer = {report, trail, false};

    memset(report, 0, sizeof *report);
    judge(&report->verdict, trail);
    report->state = tell_cause_state(report->verdict.cause);
    name_report(report, trail);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        sections[i](&writer);
    report->support_subject = support_subject(report, trail);
    report->support_body = support_body(report);
    if (report->support_subject)
        say_support(&writer);
    report_letters(&writer);
    if (writer.failed || !report->support_subject || !report->support_body) {
        report_release(report);
        return -1;
    }
    return 0;
}

void report_release(struct report *report)
{
    for (size_t i = 0; i < report->count; i++)
        for (size_t k = 0; k < report->lines[i].count; k++)
            free(report->lines[i].cells[k]);
    free(report->lines);
    free(report->support_subject);
    free(report->support_body);
    memset(report, 0, sizeof *report);
}
