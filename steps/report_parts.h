/* SPDX-License-Identifier: MIT */
/* How the sections of the report are written: for steps/report*.c alone. */
#ifndef STEPS_REPORT_PARTS_H
#define STEPS_REPORT_PARTS_H

#include "steps/report.h"

/* The report being written; `failed` where there is no memory. */
struct writer {
    struct report *report;
    const struct trail *trail;
    bool failed;
};

/* Adds a line of `count` cells, which are copied. */
void report_put(struct writer *writer, enum report_kind kind, size_t count,
                const char *const *cells);

/* A line of one cell: a sentence with its blanks filled (T_NONE: no line), or
 * text as it is (empty: no line). `extra` as in struct blanks. */
void report_say(struct writer *writer, enum report_kind kind, enum text_id id,
                const char *const *extra);
void report_quote(struct writer *writer, const char *text);

/* A FACT by the name `id`; none for an empty value. */
void report_fact(struct writer *writer, enum text_id id, const char *value);
void report_number(struct writer *writer, enum text_id id, int number);
void report_answer(struct writer *writer, enum text_id id, bool yes);

/* What an outcome, a channel, a confidence is called. */
const char *report_outcome(enum outcome outcome);
const char *report_via(enum via via);
const char *report_confidence(enum confidence confidence);

/* Seconds east of UTC where the walk was made; 0 where nobody says. */
int report_zone(const struct trail *trail);

/* The newest event of a kind, or NULL. */
const struct event *report_event(const struct trail *trail, const char *kind);

/* The sections, in the order of the report. */
void report_attempts(struct writer *writer); /* the table */
void report_steps(struct writer *writer);    /* what each step found */
void report_past(struct writer *writer);
void report_domains(struct writer *writer);
void report_gaps(struct writer *writer); /* what could not be told */
void report_version(struct writer *writer);
void report_letters(struct writer *writer); /* pages of their own */

#endif
