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
};

/* Makes a new file (0600, never over another) in `folder`, which is made
 * (0700) with its parents where it is missing. */
int journal_create(struct journal *journal, const char *folder,
                   struct error *err);

/* Appends the event by one write; `sync` also waits for the disk (confirmed
 * answers, "about to send", verdicts). */
int journal_append(struct journal *journal, const struct event *event,
                   bool sync, struct error *err);

/* Replays a file, or what can be read from `fd`, into a trail. Lines that are
 * no event (a cut last line, say) are skipped and counted. */
int journal_load(struct trail *trail, int fd, size_t *skipped,
                 struct error *err);

void journal_close(struct journal *journal);

#endif
