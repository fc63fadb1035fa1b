/* SPDX-License-Identifier: MIT */
/* A screen as data: pieces of safe text with places and looks, before anything
 * is painted. */
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/show.h"

/* Wider and higher windows stay empty beyond. */
#define FRAME_COLUMNS_MAX 500
#define FRAME_ROWS_MAX 300

/* What a piece looks like; the words carry the meaning, this repeats it. */
enum look {
    LOOK_PLAIN,
    LOOK_BAR, /* header and key bar */
    LOOK_TITLE,
    LOOK_FOCUS,
    LOOK_FIELD, /* where one types */
    LOOK_GOOD,
    LOOK_WARNING,
    LOOK_PROBLEM,
    LOOK_UNKNOWN,
    LOOK_RUNNING,
    LOOK_COUNT
};

struct piece {
    int row, column;
    enum look look;
    size_t start, length; /* of its text, in the frame's */
};

/* Rows and columns count from 0. A frame is filled again for each repaint and
 * keeps its memory; `failed`: there was none, and something is missing. */
struct frame {
    int rows, columns;
    int cursor_row, cursor_column;
    struct piece *pieces;
    size_t count, space;
    char *text;
    size_t used, room;
    bool failed;
};

void frame_init(struct frame *frame);
void frame_release(struct frame *frame);

/* Empties it; what is put later is cut at `columns`. */
void frame_clear(struct frame *frame, int columns);

/* Puts safe text (see ui/show.h) up to its first newline; it grows the frame to
 * that row. Returns the cells it took. */
int frame_put(struct frame *frame, int row, int column, enum look look,
              const char *text, size_t length);

/* The same character `cells` times. */
void frame_fill(struct frame *frame, int row, int column, enum look look,
                char sign, int cells);

/* Puts safe text on as many rows as it needs in `width` cells from `column`
 * on. Returns the row below. */
int frame_wrap(struct frame *frame, int row, int column, int width,
               enum look look, const char *text, size_t length);

/* Copies `rows` rows of another frame, from `from` on, to `to`; the cursor
 * comes along where it stands in one of them. */
void frame_copy(struct frame *frame, const struct frame *other, int from,
                int rows, int to);

/* What a row shows, later pieces over earlier ones, without blanks at the end
 * and without marks on letters: for tests. */
void frame_row(const struct frame *frame, int row, char *out, size_t size);

#endif
