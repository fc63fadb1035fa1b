/* SPDX-License-Identifier: MIT */
/* The report as PDF: what the program hands to the private module paper.so,
 * which draws it in a caged child (cairo, pango and fontconfig are mapped
 * nowhere else). */
#ifndef UI_PDF_H
#define UI_PDF_H

#include <stddef.h>

#define PDF_MODULE "paper.so"
#define PDF_CELLS 6

/* How a line is drawn; the lines of the report in the same order, so that a
 * kind of the one is a kind of the other. */
enum pdf_kind {
    PDF_PAGE,
    PDF_HEADING,
    PDF_PART,
    PDF_VERDICT,
    PDF_LINE,
    PDF_ITEM,
    PDF_FACT,
    PDF_QUOTE,
    PDF_NAMES,
    PDF_ROW,
    PDF_KIND_COUNT
};

struct pdf_line {
    enum pdf_kind kind;
    size_t count;
    char *cells[PDF_CELLS]; /* safe UTF-8 */
};

enum pdf_tone { PDF_GOOD, PDF_WARNING, PDF_PROBLEM, PDF_UNKNOWN };

struct pdf_sheet {
    struct pdf_line *lines; /* the first is a PDF_PAGE */
    size_t count;
    double width, height; /* points */
    enum pdf_tone tone;   /* of the verdict */
    const char *title;
    const char *creator;
    const char *lang;    /* BCP 47 */
    const char *created; /* ISO 8601, or "" */
    const char *foot;    /* on every page, to the left */
    const char *of;      /* between the number of a page and of them all */
};

/* What the module exports: draws the whole and tells it to `out` as events,
 * {"event":"paper","hex":"..."} a piece, then an "end". Returns the exit
 * status of the child. */
#define PDF_ENTRY "nollego_paper"
typedef int pdf_entry(const struct pdf_sheet *sheet, int out);

#endif
