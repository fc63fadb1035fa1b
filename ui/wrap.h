/* SPDX-License-Identifier: MIT */
/* Breaks safe text (see ui/show.h) into lines by the cells it takes. */
#ifndef UI_WRAP_H
#define UI_WRAP_H

#include <stddef.h>

/* The cells that `length` bytes take; what has no width takes one. */
int wrap_width(const char *text, size_t length);

/* The first line of `text` that fits `columns` cells (at least one character,
 * whatever that takes): returns the bytes used up, with the blanks or the
 * newline at its end; 0 only where `length` is 0. `shown` is how many of them
 * to show. Lines end at newlines and between words; a word longer than a line
 * is broken. */
size_t wrap_line(const char *text, size_t length, int columns, size_t *shown);

/* How many lines that makes; none for no text. */
int wrap_count(const char *text, size_t length, int columns);

/* The longest part from the start that fits `columns` cells. */
size_t wrap_cut(const char *text, size_t length, int columns);

#endif
