/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/walk_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/place.h"
#include "steps/judge.h"
#include "steps/resume.h"
#include "steps/tell.h"
#include "steps/world.h"
#include "ui/enclose.h"

void walk_push(struct walk *walk, struct event *event, bool sync)
{
    if (!event)
        return;
    if (!walk->journal.failed)
        journal_append(&walk->journal, event, sync, &walk->problem);
    trail_push(walk->trail, event);
    walk->changed = true;
}

static struct event *session_event(const struct settings *settings)
{
    struct event *event = event_new("session");
    char when[32];
    time_t now = time(NULL);
    struct tm utc, local;

    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    event_put_number(event, "schema", 1);
    event_put_text(event, "version", PACKAGE_VERSION);
    event_put_text(event, "time", when);
    localtime_r(&now, &local);
    event_put_number(event, "zone", (double)local.tm_gmtoff);
    event_put_number(event, "limit", settings->limit);
    event_put_number(event, "wait", settings->wait);
    event_put_text(event, "practice",
                   settings->practice[0] ? settings->practice : NULL);
    return event;
}

/* The verdict is kept for whoever reads the journal without this program; a
 * replay judges anew. */
static struct event *verdict_event(const struct trail *trail)
{
    struct event *event = event_new("verdict");
    struct verdict verdict;

    judge(&verdict, trail);
    event_put_text(event, "cause", cause_word(verdict.cause));
    event_put_text(event, "side", side_word(verdict.side));
    event_put_text(event, "confidence", confidence_word(verdict.confidence));
    return event;
}

static void visit(struct walk *walk, const struct step *step)
{
    walk_push(walk, trail_visit_event(step), false);
    if (step->shows == SHOWS_VERDICT)
        walk_push(walk, verdict_event(walk->trail), true);
    walk->wanted = step->live != LIVE_NONE;
    walk->since = 0;
}

bool walk_is_cut_off(const struct walk_run *run, const struct event *event)
{
    const char *fault = event_text(event, "fault");

    return run->walk->closing && !probe_sends(run->task.probe) &&
           event_is(event, "end") && fault && strcmp(fault, "cancelled") == 0;
}

/* The events of a probe, each marked as belonging to it. */
static void hear_probe(struct event *event, void *arg)
{
    struct walk_run *run = arg;
    struct event *copy = walk_is_cut_off(run, event) ? NULL : event_copy(event);

    if (!copy)
        return;
    live_mark(copy, run->task.probe, run->task.attempt);
    walk_push(run->walk, copy, false);
}

/* The practice world is up: it becomes the world of this walk. */
static void hear_practice(struct event *event, void *arg)
{
    struct walk *walk = ((struct walk_run *)arg)->walk;

    if (event_is(event, "end") && !walk->ready)
        error_set(&walk->problem, "the practice service did not start");
    if (event_is(event, "end"))
        walk->ready = true;
    if (world_take(walk->settings, event))
        walk->ready = walk->changed = true;
}

int walk_start_run(struct walk *walk, struct walk_run *run, job_sink *sink)
{
    struct task *task = &run->task;

    run->walk = walk;
    run->call = (struct probe_call){task->probe, &task->request, walk->modules};
    return job_start(&run->job, probe_body, &run->call,
                     probe_deadline(task->probe, &task->request),
                     probe_sends(task->probe), sink, run, &walk->problem);
}

static int start_practice(struct walk *walk)
{
    struct task *task = &walk->practice.task;
    size_t count;
    struct handed *handed;
    int result;

    trail_attempts(walk->trail, &count);
    handed = calloc(count + 1, sizeof *handed);
    if (!handed)
        return error_set(&walk->problem, "no memory");
    task->request.handed = handed;
    task->request.handed_count = world_handed(handed, walk->trail);
    task->probe = PROBE_PRACTICE;
    snprintf(task->request.scenario, sizeof task->request.scenario, "%s",
             walk->settings->practice);
    result = walk_start_run(walk, &walk->practice, hear_practice);
    task->request.handed = NULL;
    free(handed);
    return result;
}

static int open_trail(struct walk *walk, struct settings *settings,
                      struct error *err)
{
    walk->settings = settings;
    walk->journal.fd = -1;
    walk->trail = trail_new();
    if (!walk->trail)
        return error_set(err, "no memory for a walk");
    return place_modules(walk->modules, sizeof walk->modules, err);
}

int walk_open(struct walk *walk, struct settings *settings, const char *folder,
              struct error *err)
{
    if (open_trail(walk, settings, err) != 0)
        goto fail;
    if (folder)
        journal_create(&walk->journal, folder, &walk->problem);
    walk->ready = !settings->practice[0];
    if (!walk->ready && start_practice(walk) != 0) {
        *err = walk->problem;
        goto fail;
    }
    walk_push(walk, session_event(settings), false);
    visit(walk, graph_steps()[0]);
    return 0;
fail:
    trail_free(walk->trail);
    walk->trail = NULL;
    return -1;
}

/* What was cut off, and where the person was about to do something. */
static void settle(struct walk *walk)
{
    const struct step *step, *next;
    struct event *end;

    while ((end = resume_end(walk->trail)))
        walk_push(walk, end, false);
    walk_push(walk, trail_resume_event(), true);
    if (resume_is_undone(walk->trail) && trail_can_back(walk->trail))
        walk_push(walk, trail_back_event(), false);
    next = graph_next(walk->trail, walk->settings);
    if (next)
        visit(walk, next);
    step = trail_step(walk->trail);
    walk->wanted = step->live != LIVE_NONE;
}

int walk_resume(struct walk *walk, struct settings *settings,
                struct journal *journal, struct trail *trail, struct error *err)
{
    int opened = open_trail(walk, settings, err);

    trail_free(walk->trail);
    walk->trail = trail;
    walk->journal = *journal;
    walk->ready = !settings->practice[0];
    if (opened != 0 || (!walk->ready && start_practice(walk) != 0)) {
        walk_close(walk);
        return -1;
    }
    settle(walk);
    return 0;
}

int walk_stand(struct walk *walk, struct settings *settings,
               const struct step *step, struct trail *trail)
{
    struct error err;
    int opened = open_trail(walk, settings, &err);

    trail_free(walk->trail);
    walk->trail = trail;
    walk->ready = walk->idle = true;
    if (step)
        trail_push(trail, trail_visit_event(step));
    return opened;
}

bool walk_is_kept(const struct walk *walk)
{
    return walk->journal.fd >= 0 && !walk->journal.failed;
}

void walk_leave(struct walk *walk, bool at_end)
{
    if (walk->idle)
        return;
    if (!resume_begun(walk->trail))
        journal_discard(&walk->journal);
    else if (at_end)
        walk_push(walk, resume_finish_event(), true);
}

int walk_fill(struct walk *walk, const struct field *field, const char *typed)
{
    char value[TELL_VALUE_MAX];
    int result = -1;

    if (field->kind == FIELD_BLOCK && *typed) {
        walk_push(walk, trail_fact_event(field->key, typed), false);
        return 0;
    }
    if (tell_field_problem(walk->trail, field, typed) == T_NONE &&
        tell_field_tidy(field, typed, value) == 0 &&
        settings_fill(walk->settings, trail_recipient(walk->trail), field->key,
                      value) == 0) {
        if (field->kind == FIELD_SECRET && !walk->idle)
            walk_push(
                walk,
                resume_secret_event(field->key, trail_recipient(walk->trail)),
                false);
        else if (field->kind != FIELD_SECRET &&
                 strcmp(trail_fact(walk->trail, field->key), value) != 0)
            walk_push(walk, trail_fact_event(field->key, value), false);
        result = 0;
    }
    explicit_bzero(value, sizeof value);
    return result;
}

void walk_language(struct walk *walk, const char *language)
{
    walk_push(walk, trail_fact_event("language", language), false);
}

/* Without memory the message goes without it: its text says the verdict. */
static void enclose(struct walk *walk, struct request *request)
{
    const struct paper paper = {.columns = PAPER_COLUMNS};

    free(walk->enclosed);
    walk->enclosed = NULL;
    enclose_report(&request->attachment, &walk->enclosed, FORMAT_TEXT,
                   walk->trail, &paper);
}

/* A task at a time, so that each "about to send" is on disk before its fork. */
static void start_task(struct walk *walk, struct walk_run *run,
                       struct task *task)
{
    run->task = *task;
    if (task->encloses)
        enclose(walk, &run->task.request);
    if (task->before) {
        walk_push(walk, task->before, true);
        run->task.before = NULL;
    }
    if (task->probe == PROBE_COUNT)
        return;
    walk_push(walk, live_start_event(&run->task), false);
    if (walk_start_run(walk, run, hear_probe) == 0)
        return;
    struct ending ending = {.outcome = RESULT_FAULT, .fault = FAULT_CRASHED};
    struct event *end = ending_event(&ending);
    hear_probe(end, run);
    event_free(end);
}

static bool any_job(const struct walk *walk)
{
    for (size_t i = 0; i < LIVE_MAX; i++)
        if (job_running(&walk->runs[i].job))
            return true;
    return false;
}

static void clear_runs(struct walk *walk)
{
    for (size_t i = 0; i < LIVE_MAX; i++) {
        job_release(&walk->runs[i].job);
        live_task_clear(&walk->runs[i].task);
    }
}

/* Starts what the step wants next, once all before it has ended. */
static void start_tasks(struct walk *walk)
{
    struct task *tasks;
    int count;

    if (!walk->wanted || !walk->ready || any_job(walk))
        return;
    clear_runs(walk);
    tasks = calloc(LIVE_MAX, sizeof *tasks);
    if (walk->since == 0)
        walk->since = job_clock();
    count = tasks
                ? live_tasks(walk->trail, walk->settings, tasks, &walk->problem)
                : -1;
    for (int i = 0; i < count; i++) {
        start_task(walk, &walk->runs[i], &tasks[i]);
        explicit_bzero(&tasks[i], sizeof tasks[i]);
    }
    if (count <= 0) {
        walk->wanted = false;
        walk->changed = true;
    }
    free(tasks);
}

void walk_choose(struct walk *walk, const struct choice *choice)
{
    const struct step *step = trail_step(walk->trail), *next;

    if (walk_running(walk))
        return;
    for (const struct field *f = step->fields; choice->skips && f && f->key;
         f++)
        settings_skip(walk->settings, trail_recipient(walk->trail), f->key);
    walk_push(walk, trail_choice_event(step, choice), choice->acts);
    next = graph_next(walk->trail, walk->settings);
    if (!next)
        return;
    visit(walk, next);
    start_tasks(walk);
}

void walk_back(struct walk *walk)
{
    if (!trail_can_back(walk->trail))
        return;
    walk_stop(walk);
    walk_push(walk, trail_back_event(), false);
}

void walk_back_to(struct walk *walk, enum section section)
{
    size_t count, first = 0;
    const struct visit *visits = trail_visits(walk->trail, &count);

    while (first < count && visits[first].step->section != section)
        first++;
    for (size_t i = first + 1; i < count; i++)
        walk_back(walk);
}

void walk_stop(struct walk *walk)
{
    walk->wanted = false;
    for (size_t i = 0; i < LIVE_MAX; i++)
        job_cancel(&walk->runs[i].job);
}

bool walk_running(const struct walk *walk)
{
    return walk->wanted || any_job(walk);
}

bool walk_at_end(const struct walk *walk)
{
    return trail_step(walk->trail)->edges == NULL;
}

double walk_seconds(const struct walk *walk)
{
    return walk_running(walk) && walk->since > 0 ? job_clock() - walk->since
                                                 : 0;
}

bool walk_work(struct walk *walk)
{
    if (job_running(&walk->practice.job))
        job_work(&walk->practice.job);
    for (size_t i = 0; i < LIVE_MAX; i++)
        if (job_running(&walk->runs[i].job))
            job_work(&walk->runs[i].job);
    if (live_settled(walk->trail))
        for (size_t i = 0; i < LIVE_MAX; i++)
            job_cancel(&walk->runs[i].job);
    start_tasks(walk);
    walk_work_domains(walk);
    bool changed = walk->changed;
    walk->changed = false;
    return changed;
}

void walk_close(struct walk *walk)
{
    if (!walk->trail)
        return;
    walk->closing = true;
    clear_runs(walk);
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        job_release(&walk->domains[i].job);
    job_release(&walk->practice.job);
    journal_close(&walk->journal);
    trail_free(walk->trail);
    walk->trail = NULL;
    free(walk->enclosed);
    walk->enclosed = NULL;
}
