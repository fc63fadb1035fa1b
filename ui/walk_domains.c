/* SPDX-License-Identifier: MIT */
/* The lookups of both domains beside a walk's steps, and what it waits for. */
#include "ui/walk_parts.h"

#include <string.h>

/* Of a lookup: marked with the address that it is about. No screen waits for
 * it; one that shows it is painted anew at its end. */
static void hear_domain(struct event *event, void *arg)
{
    struct walk_run *run = arg;
    struct walk *walk = run->walk;
    const struct request *request = &run->task.request;
    struct event *copy = walk_is_cut_off(run, event) ? NULL : event_copy(event);
    bool changed = walk->changed || event_is(event, "end");

    if (!copy)
        return;
    live_mark(copy, run->task.probe, 0);
    event_put_text(copy, "address",
                   request->from[0] ? request->from : request->to);
    walk_push(walk, copy, false);
    walk->changed = changed;
}

/* Beside whatever the steps do, and never before servers are known. A lookup of
 * an address that was corrected meanwhile is of no use any more. */
static void start_domains(struct walk *walk)
{
    for (int side = 0; walk->ready && !walk->idle && side < DOMAIN_SIDES;
         side++) {
        struct walk_run *run = &walk->domains[side];

        if (!domains_task(walk->trail, walk->settings, (enum domain_side)side,
                          &walk->draft))
            continue;
        job_release(&run->job);
        bool changed = walk->changed;
        run->task = walk->draft;
        walk_push(walk, live_start_event(&run->task), false);
        walk_start_run(walk, run, hear_domain);
        walk->changed = changed;
    }
}

void walk_work_domains(struct walk *walk)
{
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        if (job_running(&walk->domains[i].job))
            job_work(&walk->domains[i].job);
    start_domains(walk);
}

static size_t add_poll(const struct job *job, struct pollfd *fds, size_t count)
{
    int fd = job_descriptor(job);

    if (fd < 0)
        return count;
    fds[count] = (struct pollfd){.fd = fd, .events = POLLIN};
    return count + 1;
}

static bool any_domain(const struct walk *walk)
{
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        if (job_running(&walk->domains[i].job))
            return true;
    return false;
}

void walk_settle(struct walk *walk, double seconds)
{
    double until = job_clock() + seconds, left;
    struct pollfd fds[DOMAIN_SIDES];

    while (any_domain(walk) && (left = until - job_clock()) > 0) {
        size_t count = 0;
        for (size_t i = 0; i < DOMAIN_SIDES; i++)
            count = add_poll(&walk->domains[i].job, fds, count);
        if (poll(fds, count, (int)(left * 1000) + 1) < 0)
            break;
        walk_work_domains(walk);
    }
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        job_cancel(&walk->domains[i].job);
}

size_t walk_polls(const struct walk *walk, struct pollfd fds[WALK_POLLS_MAX])
{
    size_t count = add_poll(&walk->practice.job, fds, 0);

    for (size_t i = 0; i < LIVE_MAX; i++)
        count = add_poll(&walk->runs[i].job, fds, count);
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        count = add_poll(&walk->domains[i].job, fds, count);
    return count;
}

static double sooner(double least, const struct job *job)
{
    double left = job_running(job) ? job_left(job) : -1;

    return left >= 0 && (least < 0 || left < least) ? left : least;
}

double walk_left(const struct walk *walk)
{
    double least = -1;

    for (size_t i = 0; i < LIVE_MAX; i++)
        least = sooner(least, &walk->runs[i].job);
    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        least = sooner(least, &walk->domains[i].job);
    return least;
}
