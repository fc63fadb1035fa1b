/* SPDX-License-Identifier: MIT */
/* A report on its way to the printer. */
#ifndef UI_PRINT_H
#define UI_PRINT_H

#include <stdbool.h>

#include "net/job.h"
#include "net/probe.h"
#include "steps/settings.h"
#include "ui/paper.h"

struct print {
    struct job job;
    struct probe_call call;
    struct request request;
    char *documents[2]; /* what `request` borrows */
    char modules[PATH_TEXT_MAX];
    double since; /* monotonic seconds; 0: never begun */
    /* What came out. */
    enum result outcome;
    enum text_id told; /* T_NONE: not yet */
    char queue[QUEUE_MAX], number[16], words[REPLY_MAX];
};

/* Whether we are built with printing. */
bool print_offered(void);

/* Hands the report of the walk to the printer of the settings, as PDF where
 * the printer takes it, else as text. `print` is all zero, or was released.
 * -1 where no document or no process could be made. */
int print_start(struct print *print, const struct trail *trail,
                const struct paper *paper, const struct settings *settings,
                struct error *err);

/* Reads what there is to read; call it when job_descriptor(&print->job) says
 * so, and when job_left is 0. Returns whether it has ended by that. */
bool print_work(struct print *print);

/* Whether it was begun and has no end yet. */
bool print_running(const struct print *print);

/* Whether the report was printed, or waits in the queue. */
bool print_went_well(const struct print *print);

/* What came out, in a sentence or two made safe; "" while it runs. */
void print_tell(const struct print *print, char *out, size_t size);

/* Stops what runs, frees the documents; what came out stays. */
void print_release(struct print *print);

#endif
