/* SPDX-License-Identifier: MIT */
/* The session on disk: one event a line, only ever appended. */
#ifndef STEPS_JOURNAL_H
#define STEPS_JOURNAL_H

#include <stdbool.h>

#include "net/error.h"
#include "steps/trail.h"

struct journal {
    int fd; /* -1: nothing is kept */
    char path[1024];
    char id[40];
    bool failed; /* a write failed: told once, the walk goes on */
    bool rooted; /* its name is on disk too */
};

/* Makes a new file (0600, never over another) in `folder`, which is made
 * (0700) with its parents where it is missing, and must be this user's alone.
 * As long as it is open nobody else can go on with it. */
int journal_create(struct journal *journal, const char *folder,
                   struct error *err);

/* What a file is that a walk could go on with. */
enum journal_form {
    JOURNAL_GOOD,
    JOURNAL_BUSY,  /* another process goes on with it */
    JOURNAL_OTHER, /* not ours, not safe, or nothing of nollego's */
    JOURNAL_NEWER  /* made by a later version */
};

/* Opens a session to go on with it, and loads it; none but this process can do
 * so as long as it lives. What is not GOOD stays as it is, and `journal`
 * closed. `skipped`: lines that were no event, but for a last one that was cut
 * off while it was written. */
enum journal_form journal_resume(struct journal *journal, const char *path,
                                 struct trail *trail, size_t *skipped);

/* Appends the event by one write; `sync` also waits for the disk (confirmed
 * answers, "about to send", verdicts). */
int journal_append(struct journal *journal, const struct event *event,
                   bool sync, struct error *err);

/* Replays a file, or what can be read from `fd`, into a trail. Lines that are
 * no event (a cut last line, say) are skipped and counted. */
int journal_load(struct trail *trail, int fd, size_t *skipped,
                 struct error *err);

/* Removes the file, for a session in which nothing was answered. */
void journal_discard(struct journal *journal);

void journal_close(struct journal *journal);

#endif
