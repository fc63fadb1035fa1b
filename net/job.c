/* SPDX-License-Identifier: MIT */
/* One forked child that tells events over a pipe, kept by a deadline. */
#include "net/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "net/cage.h"

#define TAKE_MAX (8u << 20) /* bytes that a child may tell in its life */

double job_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Never returns; leaves by _exit, so that nothing which the parent has in its
 * buffers is written a second time. */
static void live(int out, pid_t parent, job_body *body, void *arg)
{
    int kept = cage_child(out, parent, NULL);

    _exit(kept < 0 ? EX_OSERR : body(kept, arg));
}

/* Signals wait until the child has its own handlers again: those of the
 * parent must never run in it. */
static pid_t fork_caged(int out, job_body *body, void *arg)
{
    sigset_t all, before;
    pid_t parent = getpid(), pid;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid = fork();
    if (pid == 0)
        live(out, parent, body, arg);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return pid;
}

int job_start(struct job *job, job_body *body, void *body_arg, double seconds,
              bool sends, job_sink *sink, void *sink_arg, struct error *err)
{
    int ends[2] = {-1, -1};

    *job = (struct job){.pipe = -1, .sends = sends, .sink = sink};
    job->arg = sink_arg;
    job->line = malloc(EVENT_LINE_MAX);
    if (!job->line)
        return error_set(err, "no memory");
    if (pipe2(ends, O_CLOEXEC) != 0 ||
        fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
        error_set(err, "no pipe: %s", strerror(errno));
        goto out;
    }
    job->started = job_clock();
    job->deadline = seconds > 0 ? job->started + seconds : 0;
    job->pid = fork_caged(ends[1], body, body_arg);
    if (job->pid < 0) {
        error_set(err, "no process: %s", strerror(errno));
        job->pid = 0;
        goto out;
    }
    close(ends[1]);
    job->pipe = ends[0];
    return 0;
out:
    if (ends[0] >= 0) {
        close(ends[0]);
        close(ends[1]);
    }
    free(job->line);
    job->line = NULL;
    return -1;
}

int job_descriptor(const struct job *job)
{
    return job_running(job) ? job->pipe : -1;
}

double job_left(const struct job *job)
{
    double left = job->deadline - job_clock();

    if (!job_running(job) || job->deadline <= 0)
        return -1;
    return left > 0 ? left : 0;
}

bool job_running(const struct job *job)
{
    return job->pid > 0;
}

/* Whether the child is gone by itself; it stays to be reaped. */
static bool has_died(const struct job *job)
{
    siginfo_t info = {0};

    return waitid(P_PID, (id_t)job->pid, &info, WEXITED | WNOHANG | WNOWAIT) ==
               0 &&
           info.si_pid == job->pid;
}

/* The child and what it may have started are gone after this. By its own id
 * too: it may not have reached its session yet. */
static void stop(struct job *job)
{
    if (job->stopped)
        return;
    kill(-job->pid, SIGKILL);
    kill(job->pid, SIGKILL);
    while (waitpid(job->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    job->stopped = true;
}

/* The one place where an "end" is given. Takes `event`. */
static void end_with(struct job *job, struct event *event)
{
    struct event *note = job->skipped > 0 ? event_new("note") : NULL;

    stop(job);
    job->pid = 0;
    close(job->pipe);
    job->pipe = -1;
    if (note) {
        event_put_number(note, "skipped", (double)job->skipped);
        job->sink(note, job->arg);
        event_free(note);
    }
    job->sink(event, job->arg);
    event_free(event);
}

static void take_line(struct job *job, const char *line, size_t length)
{
    struct event *event = event_parse(line, length);
    enum phase phase = phase_from(event_text(event, "phase"));

    if (!event) {
        job->skipped++;
        return;
    }
    if (event_is(event, "end")) {
        end_with(job, event);
        return;
    }
    if (event_is(event, "phase") && phase != PHASE_NONE)
        job->phase = phase;
    job->sink(event, job->arg);
    event_free(event);
}

/* All whole lines of the buffer; the rest moves to its front. */
static void take_lines(struct job *job)
{
    char *at = job->line, *newline;
    size_t left = job->filled;

    while (job_running(job) && (newline = memchr(at, '\n', left))) {
        size_t length = (size_t)(newline - at) + 1;

        take_line(job, at, length);
        at += length;
        left -= length;
    }
    memmove(job->line, at, left);
    job->filled = left;
}

/* Reads once; 0 where there is nothing more for now, -1 where there will never
 * be or it is too much. */
static int take_some(struct job *job)
{
    ssize_t got =
        read(job->pipe, job->line + job->filled, EVENT_LINE_MAX - job->filled);

    if (got < 0 && errno == EINTR)
        return 1;
    if (got < 0 && errno == EAGAIN)
        return 0;
    if (got <= 0)
        return -1;
    job->filled += (size_t)got;
    job->taken += (size_t)got;
    take_lines(job);
    return job->filled == EVENT_LINE_MAX || job->taken > TAKE_MAX ? -1 : 1;
}

/* Ends a job whose child said no "end" itself. */
static void end_by_us(struct job *job, enum fault fault)
{
    bool open = job->sends && phase_is_final(job->phase);
    struct ending ending = {
        .outcome = open ? RESULT_UNKNOWN : RESULT_FAULT,
        .fault = fault,
        .phase = job->phase,
        .seconds = job_clock() - job->started,
    };

    end_with(job, ending_event(&ending));
}

/* Stops the child before its time. What it told until then counts: it may have
 * gone on while nobody read, and sent, or come to an "end" of its own. */
static void cut_short(struct job *job, enum fault fault)
{
    stop(job);
    while (job_running(job) && take_some(job) > 0)
        continue;
    if (job_running(job))
        end_by_us(job, fault);
}

void job_work(struct job *job)
{
    size_t before = job->taken;
    int more = 1;

    while (job_running(job) && more > 0 && job->taken - before < EVENT_LINE_MAX)
        more = take_some(job);
    if (job_running(job) && more < 0)
        end_by_us(job, FAULT_CRASHED);
    if (job_left(job) == 0)
        cut_short(job, has_died(job) ? FAULT_CRASHED : FAULT_TIMEOUT);
}

void job_cancel(struct job *job)
{
    if (job_running(job))
        cut_short(job, FAULT_CANCELLED);
}

void job_release(struct job *job)
{
    job_cancel(job);
    free(job->line);
    job->line = NULL;
}
