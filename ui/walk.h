/* SPDX-License-Identifier: MIT */
/* One walk through the article: trail, journal and running tests together.
 * Every frontend drives it by choices and draws what steps/tell.h says. */
#ifndef UI_WALK_H
#define UI_WALK_H

#include <poll.h>
#include <stdbool.h>

#include "net/job.h"
#include "steps/domains.h"
#include "steps/graph.h"
#include "steps/journal.h"
#include "steps/live.h"

#define WALK_POLLS_MAX (LIVE_MAX + 1 + DOMAIN_SIDES)

struct walk;

/* A probe that runs, and to whom its events belong. */
struct walk_run {
    struct walk *walk;
    struct job job;
    struct task task;
    struct probe_call call;
};

struct walk {
    struct trail *trail;
    struct settings *settings; /* borrowed */
    struct journal journal;
    double since;   /* when the present step's first test began */
    bool ready;     /* servers known: live tests may start */
    bool wanted;    /* live tests to be looked for */
    bool changed;   /* something to paint */
    bool closing;   /* what is stopped now was not stopped by the person */
    bool idle;      /* nothing is started: it is only looked at */
    char *enclosed; /* what goes with a message as a file */
    char modules[PATH_TEXT_MAX];
    struct error problem; /* the newest of our own faults; "" none */

    /* Big, and last: no page of it is touched until a test runs. */
    struct walk_run runs[LIVE_MAX];
    struct walk_run domains[DOMAIN_SIDES]; /* beside the steps */
    struct task draft;                     /* of a lookup */
    struct walk_run practice; /* the practice world, where there is one */
};

/* Begins a walk (all of it zero before): finds the modules, makes the journal
 * in `folder` (NULL: none is kept), starts the practice world where the
 * settings name one, and visits the first step. Where the journal cannot be
 * made the walk goes on without and `problem` says so; -1 only where nothing
 * can work. */
int walk_open(struct walk *walk, struct settings *settings, const char *folder,
              struct error *err);

/* Goes on with a walk (all of it zero before) that was left: takes over its
 * journal and its trail, even where it fails. What was cut off is ended in the
 * journal first; `settings` are this run's, with what was typed then filled in
 * by the caller (steps/resume.h). */
int walk_resume(struct walk *walk, struct settings *settings,
                struct journal *journal, struct trail *trail,
                struct error *err);

/* Stands on a step that is none of a walk's (all of it zero before; NULL: where
 * `trail` stands), with no journal and no tests. Takes over `trail`. */
int walk_stand(struct walk *walk, struct settings *settings,
               const struct step *step, struct trail *trail);

/* Whether what happens is written to the disk. */
bool walk_is_kept(const struct walk *walk);

/* The person leaves: at the end of the walk that ends the session, and one in
 * which nothing was answered is not kept. */
void walk_leave(struct walk *walk, bool at_end);

/* Gives a field its value, tidied: a fact of the trail, or for a secret the
 * settings. Returns -1 where it is none (tell_field_problem says why). */
int walk_fill(struct walk *walk, const struct field *field, const char *typed);

/* Records that the person changed the language. */
void walk_language(struct walk *walk, const char *language);

/* Records the choice, goes to the step that follows and starts its tests.
 * At the end of the walk nothing changes. Nothing while a test runs. */
void walk_choose(struct walk *walk, const struct choice *choice);

/* To the step before; what was answered and found stays. A test that runs is
 * stopped first. */
void walk_back(struct walk *walk);

/* To where this walk entered a section first; nowhere where it did not. */
void walk_back_to(struct walk *walk, enum section section);

/* Stops the tests of the present step; each tells its end. */
void walk_stop(struct walk *walk);

/* Whether a test of the present step runs (or waits for its servers). */
bool walk_running(const struct walk *walk);

/* Whether the present step is the last one. */
bool walk_at_end(const struct walk *walk);

/* Waits for the lookups that run beside the steps, `seconds` at most; what is
 * not there by then is stopped. For who is about to leave for good. */
void walk_settle(struct walk *walk, double seconds);

/* Seconds since the first test of the present step began; 0: none runs. */
double walk_seconds(const struct walk *walk);

/* What to wait for: fills `fds`, returns how many. */
size_t walk_polls(const struct walk *walk, struct pollfd fds[WALK_POLLS_MAX]);

/* Seconds until something is due without input; -1: nothing. */
double walk_left(const struct walk *walk);

/* Does what is due. Returns whether something changed that is to be painted. */
bool walk_work(struct walk *walk);

/* Stops all, closes the journal, frees the trail; the settings stay. */
void walk_close(struct walk *walk);

#endif
