/* SPDX-License-Identifier: MIT */
/* The one poll(): keyboard, signals, other descriptors, the clock. */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"
#include "ui/keys.h"

#define LOOP_OTHERS_MAX 8

/* What standard input is: keys; something that others read, `heard` says when;
 * or nothing that anybody wants now. */
enum loop_ear { LOOP_KEYS, LOOP_LINES, LOOP_DEAF };

struct loop {
    struct keys keys;
    enum loop_ear ear;
    bool heard;
    int wake[2];      /* signals arrive here as bytes */
    bool gone;        /* the terminal was closed */
    int ended_by;     /* HUP, TERM or INT came: its number; else 0 */
    bool resized;     /* from here on: to be cleared by who acts on them */
    bool suspended;   /* asked to stop (TSTP) */
    bool continued;   /* runs again after a stop that was not ours */
    bool interrupted; /* Ctrl-C was typed where it is no key: not a kill() */
};

/* Takes over the signals; `escape` and `latin` as in keys_init. One at a time
 * in a process. */
int loop_open(struct loop *loop, double escape, bool latin, struct error *err);

/* Gives them back, but those that would end a program which is leaving. */
void loop_close(struct loop *loop);

/* Waits for a key, a signal, one of `others`, or `seconds` (negative: for
 * ever); a key that is half read shortens it. Then reads what there is. */
void loop_wait(struct loop *loop, const struct pollfd *others, size_t count,
               double seconds);

/* The next key that was read. */
bool loop_key(struct loop *loop, struct press *press);

/* Stops this process and its group as Ctrl-Z does, until they go on. Where no
 * shell could wake them the kernel does not stop them. */
void loop_stop(const struct loop *loop);

#endif
