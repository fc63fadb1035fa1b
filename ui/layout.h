/* SPDX-License-Identifier: MIT */
/* Gives a sheet its places for a window of any size. No terminal needed. */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "ui/sheet.h"

#define LAYOUT_TEXT_COLUMNS 72

/* Keeps its memory from one repaint to the next. */
struct layout {
    struct frame screen; /* what to paint */
    int scroll;          /* that of the sheet, brought into its range */
    int scroll_most;
    int page; /* rows of text in view, for PgUp and PgDn */

    struct frame upper, lower; /* text and panels; fields and choices */
    int title_rows;
    int focus_top, focus_bottom; /* rows of the focused item in `lower` */
    char *safe;                  /* the last text that passed show_text */
    size_t length, room;
};

void layout_init(struct layout *layout);
void layout_release(struct layout *layout);

/* Lays the sheet into `layout->screen` of `rows` by `columns`, each at least
 * one. Where it is too small, what matters least goes first: blank rows,
 * hints and body, checks that went well, the progress bar; then the text
 * scrolls, then only the focused item stays. The cursor is always on that. */
void layout_sheet(struct layout *layout, const struct sheet *sheet, int rows,
                  int columns);

#endif
