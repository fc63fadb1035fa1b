/* SPDX-License-Identifier: MIT */
/* The report as JSON: stable English words, whatever the person's language,
 * but for the sentences meant to be read. */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>

#include "net/document.h"
#include "steps/report.h"
#include "ui/paper.h"

#define SCHEMA 1
#define PATH_ROOM 64

/* "attempts/3/via" and the like. */
__attribute__((format(printf, 2, 3))) static const char *
path(char out[PATH_ROOM], const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(out, PATH_ROOM, format, args);
    va_end(args);
    return out;
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static void put_verdict(struct document *document,
                        const struct verdict *verdict)
{
    char place[PATH_ROOM];

    document_text(document, "verdict/cause", cause_word(verdict->cause));
    document_text(document, "verdict/side", side_word(verdict->side));
    document_text(document, "verdict/confidence",
                  confidence_word(verdict->confidence));
    document_text(document, "verdict/meaning",
                  text(cause_meaning(verdict->cause)));
    document_array(document, "verdict/next");
    for (int i = 0; i < VERDICT_NEXT_MAX && verdict->next[i] != T_NONE; i++)
        document_text(document, path(place, "verdict/next/%d", i),
                      text(verdict->next[i]));
}

/* What the header of the copy that arrived shows. */
static void put_copy(struct document *document, int i,
                     const struct seen_copy *copy)
{
    const struct {
        const char *name, *value;
    } members[] = {
        {"finding", spam_word(copy->why)},
        {"side", side_word(spam_side(copy->why))},
        {"from", or_null(copy->from)},
        {"return_path", or_null(copy->return_path)},
        {"receiver", or_null(copy->receiver)},
        {"spf", or_null(copy->spf)},
        {"dkim", or_null(copy->dkim)},
        {"dmarc", or_null(copy->dmarc)},
        {"signing_domain", or_null(copy->signer)},
        {"selector", or_null(copy->selector)},
        {"ip", or_null(copy->ip)},
        {"tests", or_null(copy->tests)},
    };
    char place[PATH_ROOM];

    if (!copy->read) {
        document_text(document, path(place, "attempts/%d/copy", i), NULL);
        return;
    }
    for (size_t m = 0; m < sizeof members / sizeof *members; m++)
        document_text(document,
                      path(place, "attempts/%d/copy/%s", i, members[m].name),
                      members[m].value);
}

static void put_attempt(struct document *document, int i,
                        const struct attempt *attempt)
{
    enum outcome outcome = attempt_outcome(attempt);
    const struct {
        const char *name, *value;
    } members[] = {
        {"via", via_name(attempt->via)},
        {"part", part_name(attempt->part)},
        {"from", attempt->from},
        {"to", attempt->to},
        {"token", attempt->token},
        {"subject", attempt->subject},
        {"folder", or_null(attempt->folder)},
        {"message_id", or_null(attempt->message_id)},
        {"time", attempt->time},
        {"outcome",
         outcome_name(outcome == OUTCOME_NONE ? OUTCOME_UNKNOWN : outcome)},
        {"event", outcome_name(attempt->event)},
        {"mailbox", outcome_name(attempt->mailbox)},
        {"person", outcome_name(attempt->person)},
        {"fault", fault_name(attempt->ending.fault)},
        {"phase", phase_name(attempt->ending.phase)},
        {"enhanced", or_null(attempt->ending.enhanced)},
        {"reply", or_null(attempt->ending.reply)},
        {"cause", attempt->cause == CAUSE_UNKNOWN && outcome != OUTCOME_BOUNCED
                      ? NULL
                      : cause_word(attempt->cause)},
    };
    char place[PATH_ROOM];

    for (size_t m = 0; m < sizeof members / sizeof *members; m++)
        document_text(document,
                      path(place, "attempts/%d/%s", i, members[m].name),
                      members[m].value);
    document_flag(document, path(place, "attempts/%d/similar", i),
                  attempt->similar);
    document_flag(document, path(place, "attempts/%d/contradicted", i),
                  attempt_contradicts(attempt));
    path(place, "attempts/%d/code", i);
    if (attempt->ending.code || attempt->ending.coded)
        document_number(document, place, attempt->ending.code);
    else
        document_text(document, place, NULL);
    document_number(document, path(place, "attempts/%d/seconds", i),
                    attempt->ending.seconds);
    put_copy(document, i, &attempt->copy);
}

static void put_attempts(struct document *document, const struct trail *trail)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    document_array(document, "attempts");
    for (size_t i = 0; i < count; i++)
        put_attempt(document, (int)i, &attempts[i]);
}

static void put_history(struct document *document, const struct trail *trail)
{
    const struct history *history = trail_history(trail);

    if (!history->known) {
        document_text(document, "history", NULL);
        return;
    }
    document_number(document, "history/count", history->count);
    document_text(document, "history/blocked", history->blocked ? "yes" : "no");
    document_text(document, "history/can_activate",
                  history->can_activate ? "yes" : "no");
    document_text(document, "history/reply", or_null(history->reply));
}

static void put_earlier(struct document *document, const struct trail *trail)
{
    const struct history *earlier = trail_earlier(trail);

    if (!earlier->known) {
        document_text(document, "earlier", NULL);
        return;
    }
    document_text(document, "earlier/status", earlier->status);
    document_text(document, "earlier/when", or_null(earlier->when));
    document_text(document, "earlier/reply", or_null(earlier->reply));
}

static void put_sending(struct document *document, const struct trail *trail)
{
    const struct sending *sending = trail_sending(trail);

    if (!sending->known) {
        document_text(document, "sender_history", NULL);
        return;
    }
    document_text(document, "sender_history/sender", sending->sender);
    document_number(document, "sender_history/count", sending->count);
    document_number(document, "sender_history/hard", sending->hard);
    document_number(document, "sender_history/addresses", sending->addresses);
    document_text(document, "sender_history/kinds", sending->kinds);
    document_text(document, "sender_history/domains", sending->domains);
}

/* The report as the other formats have it, line by line. */
static void put_lines(struct document *document, const struct report *report)
{
    char place[PATH_ROOM];

    document_array(document, "report");
    for (size_t i = 0; i < report->count; i++) {
        const struct report_line *line = &report->lines[i];

        document_text(document, path(place, "report/%zu/kind", i),
                      report_kind_word(line->kind));
        for (size_t k = 0; k < line->count; k++)
            document_text(document, path(place, "report/%zu/cells/%zu", i, k),
                          line->cells[k]);
    }
}

static void put_support(struct document *document, const struct report *report)
{
    document_text(document, "support/contact", SUPPORT_ADDRESS);
    document_text(document, "support/subject", report->support_subject);
    document_text(document, "support/body", report->support_body);
}

int paper_json(FILE *out, const struct trail *trail, const struct paper *paper)
{
    struct document *document = document_new();
    struct report report;
    char *printed = NULL;
    int result = -1;

    if (report_build(&report, trail) != 0)
        goto out;
    document_number(document, "schema", SCHEMA);
    document_text(document, "version", PACKAGE_VERSION);
    document_text(document, "code", or_null(report.code));
    document_text(document, "begun", or_null(report.begun));
    document_text(document, "lang", paper_language(paper));
    document_text(document, "practice", or_null(trail_fact(trail, "practice")));
    put_verdict(document, &report.verdict);
    put_attempts(document, trail);
    put_earlier(document, trail);
    put_history(document, trail);
    put_sending(document, trail);
    put_support(document, &report);
    put_lines(document, &report);
    printed = document_print(document);
    if (printed && fprintf(out, "%s\n", printed) > 0)
        result = 0;
    report_release(&report);
out:
    free(printed);
    document_free(document);
    return result;
}
