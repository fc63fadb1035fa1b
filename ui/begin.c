/* SPDX-License-Identifier: MIT */
/* Which walk the wizard begins with: a new one, or one that was left. */
#include "ui/begin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/resume.h"
#include "steps/steps.h"
#include "ui/folder.h"
#include "ui/say.h"
#include "ui/take.h"
#include "ui/wizard.h"

#define LOOK_AT_MAX 50 /* sessions, newest first */
#define WHEN_MAX 32
#define BEGIN_WALK (-1)

/* The newest session that can be gone on with, while it is looked for. */
struct left {
    const char *practice; /* of that scenario, "" none; NULL: any */
    int seen;
    bool found, busy;
    enum journal_form newest; /* of the newest file of all */
    struct journal journal;
    struct trail *trail;
    size_t skipped;
};

/* Another world than the one that is asked for says nothing of this one. */
static bool is_wanted(const struct left *left)
{
    return !left->practice ||
           strcmp(trail_fact(left->trail, "practice"), left->practice) == 0;
}

/* One in which nothing was answered hides none before it. */
static bool look(const char *path, void *arg)
{
    struct left *left = arg;
    enum journal_form form;
    bool last;

    left->trail = trail_new();
    if (!left->trail || left->seen == LOOK_AT_MAX)
        return false;
    form = journal_resume(&left->journal, path, left->trail, &left->skipped);
    if (left->seen++ == 0)
        left->newest = form;
    left->busy = left->busy || form == JOURNAL_BUSY;
    last = form == JOURNAL_GOOD && is_wanted(left) && resume_begun(left->trail);
    left->found = last && !resume_finished(left->trail);
    if (left->found)
        return false;
    journal_close(&left->journal);
    trail_free(left->trail);
    left->trail = NULL;
    return !last;
}

static void find_left(struct left *left, const struct options *options)
{
    const char *practice = options->settings.practice;
    struct error err;

    left->practice = options->resume && !practice[0] ? NULL : practice;
    left->journal.fd = -1;
    left->newest = JOURNAL_GOOD;
    folder_each(true, look, left, &err);
    if (!left->found) {
        trail_free(left->trail);
        left->trail = NULL;
    }
}

/* --- screens before the walk --- */

/* Stands on `step`, or on what a trail shows, until the person has answered or
 * left. The walk is closed then, its trail given back. */
static void stand(struct wizard *wizard, const struct step *step,
                  struct trail *trail)
{
    walk_stand(&wizard->walk, &wizard->options->settings, step, trail);
    wizard_start(wizard);
    if (!step)
        wizard_open(wizard, &report_screen);
    wizard_run(wizard);
    ask_wipe(wizard);
    wizard->walk.trail = NULL;
    walk_close(&wizard->walk);
    memset(&wizard->walk, 0, sizeof(wizard->walk));
}

static void put_fact(struct trail *trail, const char *key, const char *value)
{
    trail_push(trail, trail_fact_event(key, value));
}

/* The name of the choice on a step before the walk; "" where the person left.
 */
static void ask_step(struct wizard *wizard, const struct step *step,
                     const struct trail *session, const char *address,
                     char choice[WHEN_MAX])
{
    struct trail *trail = trail_new();
    char when[WHEN_MAX];

    choice[0] = '\0';
    if (!trail)
        return;
    resume_when(session, when, sizeof(when));
    put_fact(trail, "when", when);
    put_fact(trail, "from", trail_fact(session, "from"));
    put_fact(trail, "to", address);
    put_fact(trail, "practice", trail_fact(session, "practice"));
    stand(wizard, step, trail);
    snprintf(choice, WHEN_MAX, "%s", trail_fact(trail, step->name));
    trail_free(trail);
}

/* Read, and back to the question. False where the person left instead. */
static bool show_report(struct wizard *wizard, struct trail *session)
{
    wizard->viewing = true;
    stand(wizard, NULL, session);
    wizard->saved[0] = '\0';
    wizard->unsaved = T_NONE;
    if (wizard->viewing)
        return false;
    return true;
}

/* "resume", "begin", or "" where the person left. */
static void ask_door(struct wizard *wizard, struct trail *session,
                     char choice[WHEN_MAX])
{
    const struct step *step = &step_door;

    if (!*trail_fact(session, "to"))
        step = &step_door_unknown;
    do
        ask_step(wizard, step, session, trail_fact(session, "to"), choice);
    while (strcmp(choice, "report") == 0 && show_report(wizard, session));
    if (strcmp(choice, "report") == 0)
        choice[0] = '\0';
}

/* False where the person left. */
static bool ask_secrets(struct wizard *wizard, const struct trail *session)
{
    const char *key, *address;
    char choice[WHEN_MAX], name[WHEN_MAX];
    size_t at = 0;

    while (resume_secret(session, &wizard->options->settings, &at, &key,
                         &address)) {
        const struct step *step;

        snprintf(name, sizeof(name), "door_%s", key);
        step = graph_find(name);
        if (!step)
            continue;
        ask_step(wizard, step, session, address, choice);
        if (!choice[0])
            return false;
    }
    return true;
}

/* --- the walk --- */

/* A practice walk has nothing of the real world's settings, and its own times;
 * what was typed in a real one counts again. */
static void settings_of(struct settings *settings, const struct trail *session)
{
    size_t count;
    const struct event *const *events = trail_events(session, &count);
    const char *practice = trail_fact(session, "practice");
    int keep_days = settings->keep_days;

    if (!practice[0]) {
        resume_settings(session, settings);
        return;
    }
    settings_clear(settings);
    settings_init(settings);
    settings->keep_days = keep_days;
    snprintf(settings->practice, sizeof(settings->practice), "%s", practice);
    settings->limit = event_number(events[0], "limit", settings->limit);
    settings->wait = event_number(events[0], "wait", settings->wait);
}

static void use_language(struct options *options, const struct trail *session)
{
    const char *language = trail_fact(session, "language");

    if (!options->lang_chosen && language[0] &&
        take_lang(options->lang, sizeof(options->lang), language) == T_NONE)
        text_language(options->lang);
}

/* The session goes on in the language that was chosen for it. */
static void keep_language(struct wizard *wizard)
{
    if (wizard->options->lang_chosen)
        walk_language(&wizard->walk, wizard->options->lang);
}

static int begin_new(struct wizard *wizard, struct error *err)
{
    char folder[PATH_TEXT_MAX];

    if (walk_open(&wizard->walk, &wizard->options->settings,
                  folder_sessions(folder, sizeof(folder)), err) != 0)
        return STATUS_OURS;
    keep_language(wizard);
    if (!walk_is_kept(&wizard->walk))
        wizard_notice(wizard, T_NOTICE_UNSAVED);
    return BEGIN_WALK;
}

/* Takes over journal and trail. */
static int go_on(struct wizard *wizard, struct left *left, struct error *err)
{
    struct trail *session = left->trail;
    int status = STATUS_ARRIVED;

    settings_of(&wizard->options->settings, session);
    use_language(wizard->options, session);
    if (!trail_fact(session, "practice")[0] && !ask_secrets(wizard, session)) {
        status = wizard->status;
        journal_close(&left->journal);
        trail_free(session);
    } else if (walk_resume(&wizard->walk, &wizard->options->settings,
                           &left->journal, session, err) != 0) {
        status = STATUS_OURS;
    } else {
        keep_language(wizard);
        wizard_notice(wizard,
                      left->skipped > 0 ? T_NOTICE_PART : T_NOTICE_RESUMED);
        status = BEGIN_WALK;
    }
    left->trail = NULL;
    return status;
}

static int begin_without(struct wizard *wizard, const struct left *left,
                         struct error *err)
{
    bool resume = wizard->options->resume;
    int status;

    if (resume && left->busy) {
        say_line(stderr, T_SESSION_BUSY, NULL);
        return STATUS_USAGE;
    }
    status = begin_new(wizard, err);
    if (status != BEGIN_WALK || wizard->notice[0])
        return status;
    if (left->busy)
        wizard_notice(wizard, T_NOTICE_BUSY);
    else if (left->newest == JOURNAL_NEWER)
        wizard_notice(wizard, T_NOTICE_NEWER);
    else if (left->newest == JOURNAL_OTHER)
        wizard_notice(wizard, T_NOTICE_OTHER);
    else if (resume)
        wizard_notice(wizard, T_NOTICE_NO_SESSION);
    return status;
}

int begin_walk(struct wizard *wizard, struct error *err)
{
    struct left left = {0};
    char choice[WHEN_MAX] = "resume";
    int status;

    folder_age(wizard->options->settings.keep_days);
    find_left(&left, wizard->options);
    if (!left.found)
        return begin_without(wizard, &left, err);
    if (!wizard->options->resume)
        ask_door(wizard, left.trail, choice);
    if (strcmp(choice, "resume") == 0)
        return go_on(wizard, &left, err);
    status = choice[0] ? begin_new(wizard, err) : wizard->status;
    journal_close(&left.journal);
    trail_free(left.trail);
    return status;
}
