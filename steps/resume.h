/* SPDX-License-Identifier: MIT */
/* Going on with a walk that was left or cut off, from its journal alone. */
#ifndef STEPS_RESUME_H
#define STEPS_RESUME_H

#include "steps/settings.h"
#include "steps/trail.h"

/* Whether anything was answered in it; whether it came to its end and the
 * person left it there. */
bool resume_begun(const struct trail *trail);
bool resume_finished(const struct trail *trail);

/* Says that the person has left at the end of the walk. */
struct event *resume_finish_event(void);

/* The "end" that a send has not told, because the program was gone: unknown.
 * It is looked for, never repeated by itself. To be pushed, and asked again;
 * NULL: there is none (left). */
struct event *resume_end(const struct trail *trail);

/* Whether the walk stands on a step that was about to send or to unblock and
 * had not begun to: then it is asked again. */
bool resume_is_undone(const struct trail *trail);

/* The servers and logins that were typed, into the settings again; those of a
 * practice walk are none any more. */
void resume_settings(const struct trail *trail, struct settings *settings);

/* Says that a secret was typed, not which. `address` is whose mailbox it
 * opens. */
struct event *resume_secret_event(const char *key, const char *address);

/* The next secret that was typed and that the settings do not have; `at` is 0
 * at first. */
bool resume_secret(const struct trail *trail, const struct settings *settings,
                   size_t *at, const char **key, const char **address);

/* Fills `when` with the local time at which the session began: "10:32", or with
 * the day before it where that was not today. */
void resume_when(const struct trail *trail, char *when, size_t size);

/* The same with the day, always. */
void resume_date(const struct trail *trail, char *when, size_t size);

#endif
