/* SPDX-License-Identifier: MIT */
/* Draws the pages: in the module paper.so alone. */
#ifndef UI_PDF_DRAW_H
#define UI_PDF_DRAW_H

#include <cairo.h>

#include "ui/pdf.h"

/* Draws the whole onto a PDF surface of its size, each page finished. `pages`
 * is how many there will be, for the foot; 0: not known yet. Returns how many
 * there are, or -1. */
int pdf_draw(cairo_surface_t *surface, const struct pdf_sheet *sheet,
             int pages);

#endif
