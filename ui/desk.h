/* SPDX-License-Identifier: MIT */
/* The person's own desk, behind the terminal: its printer, its clipboard. */
#ifndef UI_DESK_H
#define UI_DESK_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a text that every terminal with a clipboard takes. */
#define DESK_COPY_MAX 49152

/* Whether the terminal says that it can print what it is sent (mc4 and mc5 of
 * terminfo). It must have been opened by curses. */
bool desk_can_print(void);

/* Sends `text` to the printer of whoever sits at the terminal, its lines with
 * CRLF, a form feed behind it. Nothing of it shows. The text must be safe: an
 * escape in it would reach the printer, or end the printing. */
void desk_print(const char *text, size_t length);

/* Puts `text` on the clipboard, by OSC 52 of xterm. False where it is longer
 * than DESK_COPY_MAX, or without memory. Whether the terminal does it is not
 * to be known. */
bool desk_copy(const char *text, size_t length);

#endif
