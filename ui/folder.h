/* SPDX-License-Identifier: MIT */
/* Where sessions are kept, by the XDG base directory specification. */
#ifndef UI_FOLDER_H
#define UI_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"

/* $XDG_STATE_HOME/nollego/sessions, else ~/.local/state/nollego/sessions.
 * Returns `path`, or NULL where neither is an absolute path. */
const char *folder_sessions(char *path, size_t size);

/* The newest session in it, by the time in its name; -1 where there is none. */
int folder_latest(char *path, size_t size, struct error *err);

/* Calls `see` for each session's path, oldest first (or the newest first),
 * until it returns false. -1 where the folder cannot be read. */
int folder_each(bool newest_first, bool (*see)(const char *path, void *arg),
                void *arg, struct error *err);

/* Removes the sessions that nobody has touched for so many days, but those that
 * somebody goes on with now; 0: none. */
void folder_age(int days);

#endif
