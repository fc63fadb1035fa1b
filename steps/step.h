/* SPDX-License-Identifier: MIT */
/* The article as data: what a step is made of. One file per section of the
 * article holds its steps as const tables. */
#ifndef STEPS_STEP_H
#define STEPS_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "steps/letter.h"
#include "steps/text.h"
#include "steps/trail.h"

struct settings;

/* The sections of the article, in the order of the walk. A step of the section
 * SAME serves several and belongs to the one that it was entered from. */
#define SECTIONS(X) X(OPENING) X(API) X(SMTP) X(SENDER) X(FREE) X(CONTACT)
#define SECTION_ENUM(id) SECTION_##id,
enum section { SECTIONS(SECTION_ENUM) SECTION_COUNT, SECTION_SAME };

enum field_kind {
    FIELD_ADDRESS, /* one e-mail address */
    FIELD_SERVER,  /* HOST or HOST:PORT */
    FIELD_TEXT,
    FIELD_BLOCK, /* many lines, as pasted */
    FIELD_SECRET /* masked, kept out of trail and journal */
};

/* A line to type into; its value is a fact of that key (a secret: a secret of
 * the settings). */
struct field {
    const char *key;
    enum text_id label, hint;
    enum field_kind kind;
    bool optional;
};

/* One of the numbered answers below the text. */
struct choice {
    const char *name;
    enum text_id label;
    /* NULL: always. */
    bool (*offered)(const struct trail *, const struct settings *);
    bool acts;         /* sends or unblocks: never preselected, wants a digit */
    bool skips;        /* leaves the fields as they are, filled or not */
    bool leaves;       /* ends the program; the walk stays where it is */
    enum outcome says; /* what the person so says of the newest attempt */
    enum outcome sent; /* of the newest attempt, the person's own: ACCEPTED,
                          or UNKNOWN where they could not send it */
};

/* What runs by itself on a step. */
enum live {
    LIVE_NONE,
    LIVE_EARLIER,     /* the test that was sent before, and the bounces */
    LIVE_SEND,        /* sends, then looks for the arrival */
    LIVE_MANUAL,      /* the person sends: only the marks are drawn */
    LIVE_ARRIVAL,     /* looks for the newest attempt again */
    LIVE_HISTORY,     /* the bounces of the recipient */
    LIVE_UNBLOCK,     /* lifts the block, then as LIVE_SEND */
    LIVE_RECHECK,     /* every unseen attempt, once more */
    LIVE_SENDER_PAST, /* what came back of the sender's mails */
    LIVE_COPY,        /* the header that the person pasted */
    LIVE_NOTICE,      /* the notice that the person pasted */
    LIVE_HANDOVER     /* the report goes to support */
};

/* What a step tells once its tests are done. */
enum shows {
    SHOWS_NOTHING,
    SHOWS_EARLIER, /* the test that was sent before */
    SHOWS_ATTEMPT, /* the newest attempt */
    SHOWS_HISTORY, /* the bounces of the recipient */
    SHOWS_UNBLOCK, /* whether it was lifted; then as SHOWS_ATTEMPT */
    SHOWS_RECHECK,
    SHOWS_VERDICT,
    SHOWS_SENDER_PAST,
    SHOWS_COPY,    /* why it is in spam */
    SHOWS_HANDOVER /* whether the report went to support */
};

/* The way on: the first edge that fits. The last one of a list has neither
 * choice nor predicate: "else". */
struct edge {
    const char *choice; /* the name of the choice made, or NULL: any */
    bool (*when)(const struct trail *, const struct settings *);
    const struct step *to;
};

enum step_kind { STEP_ASK, STEP_FORM, STEP_LIVE, STEP_PAGE, STEP_SUMMARY };

struct step {
    const char *name; /* in the journal; never changed once released */
    enum section section;
    enum step_kind kind;
    enum text_id title, body;
    const struct field *fields;   /* ends with a key of NULL */
    const struct choice *choices; /* ends with a name of NULL */
    enum live live;
    enum shows shows;
    enum letter letter;       /* of a page: the text for somebody else */
    const struct edge *edges; /* NULL: the walk ends here */
    const char *headless;     /* the choice where nobody can be asked */
    /* The recommended choice by what was found, or NULL: the first. */
    const char *(*prefer)(const struct trail *, const struct settings *);
};

#define STEP_CHOICES_MAX 8
#define STEP_FIELDS_MAX 8

#endif
