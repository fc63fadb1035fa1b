/* SPDX-License-Identifier: MIT */
/* How the sections of the report are written: one line at a time. */
#include "steps/report_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/blanks.h"

#define LINES_MAX 4096
#define LINES_MORE 64
#define LINE_TEXT_MAX (REPLY_MAX + 512)
#define DAY 86400

static struct report_line *add_line(struct writer *writer)
{
    struct report *report = writer->report;

    if (report->count % LINES_MORE == 0) {
        size_t room = report->count + LINES_MORE;
        struct report_line *more =
            room > LINES_MAX
                ? NULL
                : realloc(report->lines, room * sizeof *report->lines);
        if (!more) {
            writer->failed = true;
            return NULL;
        }
        report->lines = more;
    }
    return &report->lines[report->count++];
}

void report_put(struct writer *writer, enum report_kind kind, size_t count,
                const char *const *cells)
{
    struct report_line *line = add_line(writer);

    if (!line)
        return;
    *line = (struct report_line){.kind = kind, .count = count};
    for (size_t i = 0; i < count; i++) {
        line->cells[i] = strdup(cells[i]);
        if (!line->cells[i])
            writer->failed = true;
    }
}

void report_say(struct writer *writer, enum report_kind kind, enum text_id id,
                const char *const *extra)
{
    struct blanks blanks = {writer->trail, NULL, extra};
    char line[LINE_TEXT_MAX];
    const char *cell = line;

    if (id == T_NONE)
        return;
    blanks_fill(line, sizeof line, text(id), &blanks);
    report_put(writer, kind, 1, &cell);
}

void report_quote(struct writer *writer, const char *text)
{
    if (*text)
        report_put(writer, REPORT_QUOTE, 1, &text);
}

void report_fact(struct writer *writer, enum text_id id, const char *value)
{
    const char *cells[] = {text(id), value};

    if (*value)
        report_put(writer, REPORT_FACT, 2, cells);
}

void report_number(struct writer *writer, enum text_id id, int number)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%d", number);
    report_fact(writer, id, digits);
}

void report_answer(struct writer *writer, enum text_id id, bool yes)
{
    report_fact(writer, id, text(yes ? T_YES : T_NO));
}

const char *report_outcome(enum outcome outcome)
{
    return text(outcome_text(outcome));
}

const char *report_via(enum via via)
{
    static const enum text_id ids[VIA_COUNT] = {
        [VIA_API] = T_REPORT_VIA_API,
        [VIA_SMTP] = T_VIA_SMTP,
        [VIA_MANUAL] = T_REPORT_VIA_MANUAL,
    };

    return text(ids[via]);
}

const char *report_confidence(enum confidence confidence)
{
    static const enum text_id ids[] = {
        [CONFIDENCE_LOW] = T_CONFIDENCE_LOW,
        [CONFIDENCE_MEDIUM] = T_CONFIDENCE_MEDIUM,
        [CONFIDENCE_HIGH] = T_CONFIDENCE_HIGH,
    };

    return text(ids[confidence]);
}

const struct event *report_event(const struct trail *trail, const char *kind)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    while (count-- > 0)
        if (event_is(events[count], kind))
            return events[count];
    return NULL;
}

int report_zone(const struct trail *trail)
{
    const struct event *session = report_event(trail, "session");
    double zone = session ? event_number(session, "zone", 0) : 0;

    return zone > -DAY && zone < DAY ? (int)zone : 0;
}

void report_time(const struct trail *trail, const char *moment,
                 char out[REPORT_TIME_MAX])
{
    moment_text(out, moment, report_zone(trail));
}
