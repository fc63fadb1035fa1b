/* SPDX-License-Identifier: MIT */
/* Signals to a program under test, and the clock that times what follows. */
#ifndef TESTS_PLAY_STRIKE_H
#define TESTS_PLAY_STRIKE_H

#include <stdbool.h>
#include <sys/types.h>

/* A signal to the program, or to its child; false where there is none. */
bool strike_program(pid_t program, int number);
bool strike_child(pid_t program, int number);

/* Seconds of the monotonic clock. */
double strike_clock(void);

#endif
