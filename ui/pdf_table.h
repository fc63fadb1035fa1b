/* SPDX-License-Identifier: MIT */
/* A table of the PDF, and the pen that it shares with the other blocks. */
#ifndef UI_PDF_TABLE_H
#define UI_PDF_TABLE_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "ui/pdf.h"

enum face_id {
    FACE_TITLE,
    FACE_ABOUT,
    FACE_HEADING,
    FACE_PART,
    FACE_VERDICT,
    FACE_STATE,
    FACE_BODY,
    FACE_NAME,
    FACE_NAMES,
    FACE_CELL,
    FACE_QUOTE,
    FACE_FOOT
};

struct colour;

/* Where one is on the paper; all lengths are points. */
struct pen {
    cairo_t *cr;
    PangoLayout *layout;
    PangoAttrList *plain;        /* of every text */
    const struct colour *colour; /* of what was laid last */
    const struct pdf_sheet *sheet;
    size_t line; /* of the sheet that is being drawn */
    double y;
    double inset; /* of the box behind a quote */
    int page, pages;
    bool about;               /* below the title, above the first heading */
    double widths[PDF_CELLS]; /* of the table's columns */
    const struct pdf_line *names;
    const char *tag; /* that is open, or NULL */
};

/* The room between the margins. */
double pen_width(const struct pen *pen);

/* Lays a text in a width (negative: as wide as it is), not drawn yet. */
void pen_lay(struct pen *pen, enum face_id face, const char *text,
             double width);

/* The height of what was laid; the width of a text on one line, and of its
 * longest word. */
double pen_height(struct pen *pen);
double pen_least(struct pen *pen, enum face_id face, const char *text);
double pen_natural(struct pen *pen, enum face_id face, const char *text);

/* Whether there is so much room on the page; turns it where there is not. What
 * was laid is lost then. */
bool pen_fits(const struct pen *pen, double height);
void pen_make_room(struct pen *pen, double height);

/* Draws what was laid, beginning at `x` from the margin; a rule over the whole
 * width. Both stay where they are. */
void pen_at(struct pen *pen, double x);
void pen_rule(struct pen *pen, double thick);

/* What is drawn between the two is that part of the document for a reader
 * that does not see the page: "H1", "P" ... */
void pen_open(struct pen *pen, const char *tag);
void pen_close(struct pen *pen);

/* The names of the columns (which measures all rows), and one row. */
void pdf_table_draw(struct pen *pen, const struct pdf_line *names);
void pdf_table_row(struct pen *pen, const struct pdf_line *row);

#endif
