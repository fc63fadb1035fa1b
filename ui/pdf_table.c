/* SPDX-License-Identifier: MIT */
/* A table of the PDF: columns as wide as they need, the widest give way. */
#include "ui/pdf_table.h"

#define GAP 9.0
#define ABOVE 3.0 /* inside a row */

/* What the columns want: all on one line; no word broken. */
struct wish {
    double natural[PDF_CELLS], least[PDF_CELLS];
};

static double width_under(const struct wish *wish, size_t column, double cap,
                          bool whole)
{
    double width = wish->natural[column] < cap ? wish->natural[column] : cap;

    return whole && width < wish->least[column] ? wish->least[column] : width;
}

static double sum_under(const struct wish *wish, size_t count, double cap,
                        bool whole)
{
    double sum = 0;

    for (size_t k = 0; k < count; k++)
        sum += width_under(wish, k, cap, whole);
    return sum;
}

/* The width that no column may pass, so that all fit into `room`: words stay
 * whole where that is possible at all. */
static void share(struct pen *pen, const struct wish *wish, size_t count,
                  double room)
{
    bool whole = sum_under(wish, count, 0, true) <= room;
    double low = 0, high = room;

    for (int i = 0; i < 30; i++) {
        double cap = (low + high) / 2;

        if (sum_under(wish, count, cap, whole) > room)
            high = cap;
        else
            low = cap;
    }
    for (size_t k = 0; k < count; k++)
        pen->widths[k] = width_under(wish, k, low, whole);
}

static void ask(struct pen *pen, struct wish *wish, enum face_id face,
                const struct pdf_line *row)
{
    for (size_t k = 0; k < row->count; k++) {
        double natural = pen_natural(pen, face, row->cells[k]) + 1;
        double least = pen_least(pen, face, row->cells[k]) + 1;

        if (natural > wish->natural[k])
            wish->natural[k] = natural;
        if (least > wish->least[k])
            wish->least[k] = least;
    }
}

static void measure(struct pen *pen, const struct pdf_line *names)
{
    const struct pdf_line *end = pen->sheet->lines + pen->sheet->count;
    struct wish wish = {{0}, {0}};

    ask(pen, &wish, FACE_NAMES, names);
    for (const struct pdf_line *row = names + 1;
         row < end && row->kind == PDF_ROW; row++)
        ask(pen, &wish, FACE_CELL, row);
    share(pen, &wish, names->count,
          pen_width(pen) - GAP * (double)(names->count - 1));
}

static double height_of(struct pen *pen, enum face_id face,
                        const struct pdf_line *row)
{
    double most = 0;

    for (size_t k = 0; k < row->count; k++) {
        pen_lay(pen, face, row->cells[k], pen->widths[k]);
        if (pen_height(pen) > most)
            most = pen_height(pen);
    }
    return most;
}

static void draw(struct pen *pen, enum face_id face, const struct pdf_line *row,
                 double thick)
{
    double height = height_of(pen, face, row), x = 0;

    pen->y += ABOVE;
    pen_open(pen, "P");
    for (size_t k = 0; k < row->count; k++) {
        pen_lay(pen, face, row->cells[k], pen->widths[k]);
        pen_at(pen, x);
        x += pen->widths[k] + GAP;
    }
    pen_close(pen);
    pen->y += height + ABOVE;
    pen_rule(pen, thick);
}

void pdf_table_draw(struct pen *pen, const struct pdf_line *names)
{
    measure(pen, names);
    pen->names = names;
    draw(pen, FACE_NAMES, names, 1.0);
}

void pdf_table_row(struct pen *pen, const struct pdf_line *row)
{
    if (!pen_fits(pen, height_of(pen, FACE_CELL, row) + 2 * ABOVE)) {
        pen_make_room(pen, pen->sheet->height);
        draw(pen, FACE_NAMES, pen->names, 1.0);
    }
    draw(pen, FACE_CELL, row, 0.5);
}
