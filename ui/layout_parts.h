/* SPDX-License-Identifier: MIT */
/* The two halves of a screen: what is said above, what is asked below. */
#ifndef UI_LAYOUT_PARTS_H
#define UI_LAYOUT_PARTS_H

#include "ui/layout.h"

/* How much a window has room for. */
struct level {
    bool head_gap, panel_gap, result_gap, ask_gap; /* blank rows */
    bool brief;  /* one row of the body, no hints of fields */
    bool folded; /* checks that went well on one row */
    bool bare;   /* no progress bar */
    bool terse;  /* a verdict alone: no body, no panel, no question */
    bool small;  /* only title, verdict and the focused item */
};

/* Passes `text` through the one door; the result is in `layout->safe` and
 * `layout->length` until the next call. */
void layout_safe(struct layout *layout, const struct sheet *sheet,
                 const char *text);

/* Whether the sheet is about a test, so that its body may be cut short. */
bool layout_has_panel(const struct sheet *sheet);

/* Fill `layout->upper` and `layout->lower`, `width` cells wide. */
void layout_upper(struct layout *layout, const struct sheet *sheet,
                  const struct level *level, int width);
void layout_lower(struct layout *layout, const struct sheet *sheet,
                  const struct level *level, int width);

/* The cells that a text takes once it is safe. */
int layout_cells(struct layout *layout, const struct sheet *sheet,
                 const char *words);

/* The first row, and the last one, into `layout->screen`. */
void layout_header(struct layout *layout, const struct sheet *sheet);
void layout_key_bar(struct layout *layout, const struct sheet *sheet, int row);

/* A sentence with two numbers, {a} and {b}. */
void layout_count(char *out, size_t size, enum text_id id, int a, int b);

enum look layout_look(enum state state);

#endif
