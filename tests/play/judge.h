/* SPDX-License-Identifier: MIT */
/* Holds what came of a session against what must come of it. */
#ifndef TESTS_PLAY_JUDGE_H
#define TESTS_PLAY_JUDGE_H

#include <stdio.h>

#include "tests/play/session.h"

/* Writes a line to `out` for each thing that is wrong; returns how many. Beside
 * what the case says it is always wrong
 *   - not to end within limit, wait and a second, or not by exactly one "end",
 *     the last line, with the exit status that goes with it;
 *   - to write anything but events, or a byte that steers a terminal;
 *   - to tell the password, its base64 or the PLAIN response;
 *   - to let any of them pass in clear where TLS was asked for;
 *   - smtp: to send another envelope, or to send more than once;
 *   - imap: to ask for anything that changes the mailbox or marks a mail;
 *   - to leave a process, a descriptor, a thread or memory, or to call again.
 */
int judge(const struct play *play, enum manner manner,
          const struct sight *sight, FILE *out);

#endif
