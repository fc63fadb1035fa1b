/* SPDX-License-Identifier: MIT */
/* The terminal: taken over, painted, and given back on every way out. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "net/error.h"
#include "ui/frame.h"

struct term {
    int rows, columns; /* within FRAME_ROWS_MAX and FRAME_COLUMNS_MAX */
    struct show show;  /* what it can display */
    double escape;     /* seconds that a lone ESC waits */
    bool pasting;      /* it marks pasted text */
    bool alternate;    /* it has a second screen */
    bool taken;        /* it is ours, not given back for a while */
    void *screen;      /* of curses; NULL: not open */
    void *out;         /* where curses writes to; sent in one piece */
};

/* Takes over the terminal of standard input and output. Returns -1 where one
 * of them is no terminal, or it cannot address its cursor; nothing has been
 * written then. The locale must be set before. Until term_close a crash gives
 * the terminal back too. */
int term_open(struct term *term, bool colour, struct error *err);

/* Gives it back as it was found. */
void term_close(struct term *term);

/* Sends what differs from what is shown, by one write. `typing`: the terminal
 * shall mark pasted text. */
void term_paint(struct term *term, const struct frame *frame, bool typing);

/* The window may have another size; if so the next paint repeats all. */
void term_resize(struct term *term);

/* The next paint repeats everything. */
void term_redraw(struct term *term);

/* Gives it back for a while; the next paint takes it again. */
void term_leave(struct term *term);

/* The same, but keys stay ours: for lines that can be marked by the mouse. */
void term_plain(struct term *term);

#endif
