/* SPDX-License-Identifier: MIT */
/* Where sessions are kept, by the XDG base directory specification. */
#ifndef UI_FOLDER_H
#define UI_FOLDER_H

#include <stddef.h>

#include "net/error.h"

/* $XDG_STATE_HOME/nollego/sessions, else ~/.local/state/nollego/sessions.
 * Returns `path`, or NULL where neither is an absolute path. */
const char *folder_sessions(char *path, size_t size);

/* The newest session in it, by the time in its name; -1 where there is none. */
int folder_latest(char *path, size_t size, struct error *err);

/* Prints each session's name, oldest first, as one line. */
int folder_list(struct error *err);

#endif
