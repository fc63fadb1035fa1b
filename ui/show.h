/* SPDX-License-Identifier: MIT */
/* The one door through which foreign text reaches a terminal, a file or
 * paper: any bytes in, safe text out. */
#ifndef UI_SHOW_H
#define UI_SHOW_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>

/* Marks that may stand on one letter; more are written out. */
#define SHOW_MARKS_MAX 3

/* Room for the safe form of `length` bytes, NUL included. */
#define SHOW_SPACE(length) (4 * (length) + 1)

/* What the reader can display. */
struct show {
    bool ascii;      /* only ASCII may go out */
    locale_t locale; /* whose classes rule; 0: those in force */
};

/* For the terminal, by the locale in force: UTF-8, else ASCII only. */
void show_open_terminal(struct show *show);

/* For files and paper: UTF-8 in every locale. */
void show_open_paper(struct show *show);

void show_close(struct show *show);

/* Writes `length` bytes of `in` into `out`, at most `size` bytes with the NUL
 * that always ends it, never cut inside a character. Returns the bytes
 * written. Total and linear.
 *
 * A newline stays ("\r\n" is one), a tab is a blank. Other control bytes come
 * out as their picture (U+2400 and on; in ASCII ^[), bytes that are not UTF-8
 * as \xNN; what is invisible, turns the direction of text, or is no assigned
 * character as <U+202E>. In ASCII letters lose their accents, punctuation gets
 * its nearest form, and what has none is a question mark. */
size_t show_text(const struct show *show, char *out, size_t size,
                 const char *in, size_t length);

/* Whether a person may type or paste it into a field: a letter, a sign or a
 * mark, no control and nothing that nobody sees. */
bool show_accepts(const struct show *show, unsigned code);

#endif
