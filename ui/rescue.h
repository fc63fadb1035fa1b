/* SPDX-License-Identifier: MIT */
/* What a terminal can do by its description, and giving it back when the
 * program crashes. */
#ifndef UI_RESCUE_H
#define UI_RESCUE_H

#include <stdbool.h>
#include <termios.h>

#include "net/error.h"

/* Whether standard input and output are a terminal that can place its cursor.
 * Writes nothing to it. -1: it cannot, `err` says why. */
int rescue_check(struct error *err);

/* From here on a crash restores these modes of standard input, until
 * `rescue_disarm`; for where curses does not run. False: what curses armed
 * does so already. */
bool rescue_keep(const struct termios *modes);

/* From here on SIGSEGV, SIGABRT and their like restore what the terminal was
 * at `rescue_check`, then do what they did before. Wants curses to be running.
 * `alternate`: whether there is a second screen. */
void rescue_arm(bool *alternate);

void rescue_disarm(void);

/* Restores the terminal's modes to those of `rescue_check`. */
void rescue_modes(void);

#endif
