/* SPDX-License-Identifier: MIT */
/* What a process of ours may still do. All that only Linux has is here. */
#ifndef NET_CAGE_H
#define NET_CAGE_H

#include <sys/types.h>

#include "net/error.h"

/* For the whole program, first thing in main: nothing is ever executed from
 * here on (the kernel refuses, on x86_64 and aarch64), no core file, no other
 * process of this user may read our memory, the standard streams are open,
 * and the environment keeps only what a terminal, a locale and the XDG folders
 * need, where it looks harmless. Builds with sanitizers and runs in valgrind
 * keep their memory open to themselves. */
int cage_program(struct error *err);

/* For a forked child of `parent`: own session, no terminal, standard streams on
 * /dev/null, every descriptor but `keep` closed, an environment of nothing
 * but PATH and LANG, default signals but SIGPIPE ignored, none blocked, 512
 * MiB of memory, 64 descriptors, no byte into a file, and an end when the
 * parent ends. Threads and listening sockets stay possible. Returns the
 * descriptor that `keep` has now, or -1. */
int cage_child(int keep, pid_t parent, struct error *err);

#endif
