/* SPDX-License-Identifier: MIT */
/* `diagnose`: the same walk where nobody can be asked. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "steps/judge.h"
#include "steps/tell.h"
#include "ui/folder.h"
#include "ui/options.h"
#include "ui/paper.h"
#include "ui/say.h"
#include "ui/walk.h"

/* No walk without a person is longer: each section is passed once. */
#define CHOICES_MAX 64

/* For the lookups that have run beside the walk all the time. */
#define SETTLE_SECONDS 2.0

/* The one thing that a signal may change. */
static volatile sig_atomic_t stopped;

static void on_stop(int number)
{
    stopped = number;
}

static void catch_stops(void)
{
    struct sigaction action = {.sa_handler = on_stop};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

/* Waits for the tests of the present step. */
static void await(struct walk *walk)
{
    struct pollfd fds[WALK_POLLS_MAX];

    walk_work(walk);
    while ((walk_running(walk) || !walk->ready) && !stopped) {
        double left = walk_left(walk);
        size_t count = walk_polls(walk, fds);
        int due = left < 0 ? -1 : (int)(left * 1000) + 1;
        if (poll(fds, count, due) < 0 && errno != EINTR)
            break;
        walk_work(walk);
    }
}

/* Fills the step's fields with what was given. False where one is missing:
 * then the section cannot be walked. */
static bool fill(struct walk *walk, const struct step *step)
{
    for (const struct field *f = step->fields; f && f->key; f++) {
        const char *value = tell_field_value(walk->trail, walk->settings, f);
        if (walk_fill(walk, f, value) != 0)
            return false;
    }
    return true;
}

static const struct choice *skipping(const struct step *step)
{
    for (const struct choice *c = step->choices; c->name; c++)
        if (c->skips)
            return c;
    return NULL;
}

static const struct choice *decide(struct walk *walk)
{
    const struct step *step = trail_step(walk->trail);

    if (step->headless)
        return graph_choice(step, step->headless);
    if (!fill(walk, step))
        return skipping(step);
    return graph_default(walk->trail, walk->settings);
}

/* Walks to the end; -1 where a step has no way on without a person. */
static int walk_through(struct walk *walk, struct error *err)
{
    await(walk);
    for (int i = 0; i < CHOICES_MAX && !walk_at_end(walk) && !stopped; i++) {
        const struct choice *choice = decide(walk);
        if (!choice)
            return error_set(err, "step '%s' needs an answer",
                             trail_step(walk->trail)->name);
        walk_choose(walk, choice);
        await(walk);
    }
    return 0;
}

static int complain(const char *problem)
{
    say_line(stderr, T_OURS_START,
             (struct blank[]){{"value", problem}, {NULL, NULL}});
    return STATUS_OURS;
}

static int print(struct options *options, const struct walk *walk)
{
    paper_for_terminal(&options->paper);
    return paper_write(stdout, options->json ? FORMAT_JSON : FORMAT_TEXT,
                       walk->trail, &options->paper);
}

int diagnose_command(struct options *options)
{
    char folder[PATH_TEXT_MAX];
    struct walk walk = {0};
    struct verdict verdict;
    struct error err = {""};
    int status = STATUS_OURS;

    catch_stops();
    if (walk_open(&walk, &options->settings,
                  folder_sessions(folder, sizeof folder), &err) != 0) {
        return complain(err.text);
    }
    if (walk_through(&walk, &err) != 0) {
        complain(err.text);
        goto out;
    }
    walk_settle(&walk, stopped ? 0 : SETTLE_SECONDS);
    if (!stopped)
        walk_leave(&walk, true);
    if (walk.problem.text[0])
        complain(walk.problem.text);
    if (print(options, &walk) != 0)
        goto out;
    judge(&verdict, walk.trail);
    status = stopped ? 128 + stopped : judge_status(&verdict);
out:
    walk_close(&walk);
    return status;
}
