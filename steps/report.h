/* SPDX-License-Identifier: MIT */
/* The report as a model: facts in order, before any format. */
#ifndef STEPS_REPORT_H
#define STEPS_REPORT_H

#include "steps/judge.h"
#include "steps/letter.h"
#include "steps/moment.h"
#include "steps/settings.h"
#include "steps/tell.h"
#include "steps/trail.h"

#define SUPPORT_ADDRESS "success@icommkt.com"

#define REPORT_CELLS 6

/* What a line is, its word in JSON, and what its cells are. */
#define REPORT_KINDS(X)                                                        \
    X(PAGE, "page")       /* begins a page of its own: title */                \
    X(HEADING, "heading") /* of a section */                                   \
    X(PART, "part")       /* heading of a part of a section */                 \
    X(VERDICT, "verdict") /* word of the state, sentence */                    \
    X(LINE, "line")       /* a paragraph */                                    \
    X(ITEM, "item")       /* one of a list */                                  \
    X(FACT, "fact")       /* name, value */                                    \
    X(QUOTE, "quote")     /* words of others, exactly */                       \
    X(NAMES, "names")     /* begins a table: what its columns are called */    \
    X(ROW, "row")         /* of that table */

#define REPORT_KIND_ENUM(id, word) REPORT_##id,
enum report_kind { REPORT_KINDS(REPORT_KIND_ENUM) REPORT_KIND_COUNT };

struct report_line {
    enum report_kind kind;
    size_t count;              /* of its cells, at least one */
    char *cells[REPORT_CELLS]; /* UTF-8; may hold foreign text: show() it */
};

struct report {
    struct verdict verdict;
    enum state state;          /* of the verdict */
    char begun[32];            /* when the walk began, ISO 8601, or "" */
    char code[CODE_MAX];       /* the reference that support asks for */
    struct report_line *lines; /* the first is the PAGE of the report itself */
    size_t count;
    size_t letters[LETTER_COUNT]; /* the PAGE of each, or 0: there is none */
    char *support_subject;
    char *support_body; /* the message ready for SUPPORT_ADDRESS */
};

/* Builds it from a trail; everything in it is the report's own. Its first page
 * is the report; each further PAGE is a text for somebody else. -1: no memory
 * is left, and nothing to release. */
int report_build(struct report *report, const struct trail *trail);
void report_release(struct report *report);

/* Behind the last line of the page that begins there. */
size_t report_page_end(const struct report *report, size_t page);

const char *report_kind_word(enum report_kind kind);

/* Writes a moment of the walk for people, with its zone: the one where the
 * walk was made, UTC where the session does not tell. A text that is no
 * moment in ISO 8601 is copied. */
#define REPORT_TIME_MAX MOMENT_MAX
void report_time(const struct trail *trail, const char *moment,
                 char out[REPORT_TIME_MAX]);

#endif
