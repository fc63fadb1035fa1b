/* SPDX-License-Identifier: MIT */
/* The line mode: the wizard's screens as lines, one after another, for screen
 * readers, for terminals that cannot place a cursor, and for pipes. Only ever
 * appended to: no escape byte, no colour, nothing is repainted. */
#ifndef UI_LINES_H
#define UI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "ui/page.h"

#define LINES_BYTES_MAX 4096 /* of one answer; the rest of it is dropped */
#define LINES_DEPTH_MAX 4

struct wizard;
struct screen;

/* Standard input as whole lines. */
struct lines_input {
    char text[LINES_BYTES_MAX];
    size_t filled;
    bool tty;
    bool echoed;          /* what is typed shows where our lines do */
    bool ended;           /* there will be no more */
    bool skipping;        /* the rest of a line that was too long */
    bool quiet;           /* the terminal does not echo */
    bool armed;           /* a crash would give the echo back, by our doing */
    struct termios modes; /* as they were found */
};

/* What was said of a screen, so that only what is new is said again. */
struct lines_said {
    const struct screen *screen; /* NULL: nothing yet */
    size_t visits;
    struct page lines;
};

struct lines {
    struct lines_input input;
    struct lines_said said[LINES_DEPTH_MAX]; /* by the depth of the views */
    int step, of; /* of the header that was said last */
    const char *section;
    bool adding;     /* lines of a field that takes many, up to a "." */
    size_t field;    /* the one that is asked for; all done: the choices */
    unsigned offers; /* a mark of the choices that were said last */
    bool due;        /* the question is to be asked (again) */
    bool open;       /* it was, and waits on its line for an answer */
    bool hinted;     /* what else one may answer was said */
    bool halting;    /* the person wants to stop a test: asked whether */
    double beat;     /* when something was said last */
};

/* Goes on with the walk in lines until the person leaves, or wants screens
 * (`plain` of the wizard is false then). */
void lines_run(struct wizard *wizard);

/* --- ui/lines_say.c --- */

/* Says what is new on the view on top, then asks where there is something to
 * ask; all of it by as few writes as possible. */
void lines_say(struct wizard *wizard);

/* The offer that Enter alone takes. */
size_t lines_preferred(struct wizard *wizard);

/* Whether a field waits for its value. */
bool lines_on_field(const struct wizard *wizard);

/* One sentence by itself. It may hold foreign text. */
void lines_put(struct wizard *wizard, const char *sentence);

/* Says where the report is, or that it is nowhere. */
void lines_saved(struct wizard *wizard);

/* The next `lines_say` says all of the view on top again. */
void lines_forget(struct wizard *wizard);

/* Another walk: nothing of it was said. */
void lines_restart(struct lines *lines);

/* Gives back what was kept of it. */
void lines_release(struct lines *lines);

/* --- ui/lines_read.c --- */

void lines_open(struct lines_input *input);

/* Whether the terminal shows what is typed. Without a terminal nothing is
 * done. */
void lines_echo(struct lines_input *input, bool on);

/* Reads once, after poll has said that there is something; at the end of the
 * input sets `ended`. */
void lines_fill(struct lines_input *input);

/* Takes the next whole line, without its end; at the end of the input what is
 * left of one. False: there is none. */
bool lines_take(struct lines_input *input, char out[LINES_BYTES_MAX]);

/* The terminal as it was, and no secret left in memory. */
void lines_close(struct lines_input *input);

#endif
