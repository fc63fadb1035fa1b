/* SPDX-License-Identifier: MIT */
/* The report as a model: facts in order, before any format. */
#ifndef STEPS_REPORT_H
#define STEPS_REPORT_H

#include "steps/judge.h"
#include "steps/settings.h"
#include "steps/trail.h"

#define SUPPORT_ADDRESS "success@icommkt.com"

/* One heading or one line of it. */
enum report_kind { REPORT_HEADING, REPORT_LINE, REPORT_ITEM, REPORT_QUOTE };

struct report_line {
    enum report_kind kind;
    char *text; /* UTF-8; may hold foreign text: show() it */
};

struct report {
    struct verdict verdict;
    char code[CODE_MAX]; /* the reference that support asks for */
    struct report_line *lines;
    size_t count;
    char *support_subject;
    char *support_body; /* the message ready for SUPPORT_ADDRESS */
};

/* Builds it from a trail; everything in it is the report's own. */
int report_build(struct report *report, const struct trail *trail);
void report_release(struct report *report);

#endif
