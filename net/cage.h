/* SPDX-License-Identifier: MIT */
/* What a process of ours may still do. All that only Linux has is here. */
#ifndef NET_CAGE_H
#define NET_CAGE_H

#include "net/error.h"

/* For the whole program, first thing in main: nothing is ever executed from
 * here on (the kernel refuses), no core file, no other process of this user
 * may read our memory, and the environment keeps only what a terminal, a
 * locale and the XDG folders need. */
int cage_program(struct error *err);

/* For a forked child: own session, no terminal, standard streams on
 * /dev/null, every descriptor but `keep` closed, an environment of nothing
 * but PATH and LANG, default signals but SIGPIPE ignored, limits on memory,
 * files and processes, and an end when the parent ends. Returns the
 * descriptor that `keep` has now, or -1. */
int cage_child(int keep, struct error *err);

#endif
