/* SPDX-License-Identifier: MIT */
/* One forked child that tells events over a pipe, kept by a deadline. The
 * parent never blocks on it and always gets exactly one "end". */
#ifndef NET_JOB_H
#define NET_JOB_H

#include <stdbool.h>
#include <sys/types.h>

#include "net/error.h"
#include "net/event.h"

/* What the child runs, caged; `out` takes the event lines. Its return value
 * becomes the exit status. */
typedef int job_body(int out, void *arg);

/* Receives each event in order, the single "end" last; the event is borrowed
 * until it returns. Lines that are no event are not passed on, but counted in
 * {"event":"note","skipped":N} before the end. `event` is NULL where there was
 * no memory for an "end" of ours: event_* take that. A job may not be started,
 * stopped or released from inside. */
typedef void job_sink(struct event *event, void *arg);

/* All zero: none. */
struct job {
    pid_t pid;        /* 0: none, its "end" was given */
    int pipe;         /* -1: closed */
    bool stopped;     /* the process is gone, its last words may be unread */
    double started;   /* monotonic seconds */
    double deadline;  /* monotonic seconds; 0: none */
    enum phase phase; /* the last that it told */
    bool sends;       /* whether a silent end may mean "unknown" */
    size_t taken;     /* bytes read so far */
    size_t skipped;   /* lines that were no event */
    size_t filled;    /* bytes of a partial line in `line` */
    char *line;
    job_sink *sink;
    void *arg;
};

/* Seconds of the monotonic clock. */
double job_clock(void);

/* Forks and cages `body`. `seconds` is the whole time it may take (0: no
 * end); `sends` says whether a silent end after a final phase is "unknown".
 * Fails only where the system does not give us a pipe, a process or memory;
 * no event is given then. */
int job_start(struct job *job, job_body *body, void *body_arg, double seconds,
              bool sends, job_sink *sink, void *sink_arg, struct error *err);

/* The descriptor to poll for input, or -1 once the job has ended. */
int job_descriptor(const struct job *job);

/* Seconds until the deadline, never negative; -1: none. */
double job_left(const struct job *job);

/* Reads what is there (a bounded share, so that a flood starves nobody) and
 * passes each event on; at an "end" or the end of the pipe reaps the child,
 * with all it may have started. Call it when poll says so, and at least when
 * `job_left` is 0, which stops the job. A child that tells more than 8 MiB or
 * a line longer than EVENT_LINE_MAX is stopped as crashed. */
void job_work(struct job *job);

/* Stops it now and hears it out; gives its "end" (its own where it came to one,
 * else cancelled, or unknown after a final phase) before it returns. Does nothing to a job that has ended. */
void job_cancel(struct job *job);

bool job_running(const struct job *job);

/* Cancels what still runs, gives back all it holds. */
void job_release(struct job *job);

#endif
