/* SPDX-License-Identifier: MIT */
/* Mails that an earlier run of the practice world took, for a walk that goes
 * on with one. */
#ifndef NET_PRACTICE_AGAIN_H
#define NET_PRACTICE_AGAIN_H

#include "net/practice/world.h"
#include "net/request.h"

/* Hands each in as it was then, so that it is found where it lay. A scenario
 * that refuses mails at the door took none. -1 without memory. */
int again_submit(struct world *world, const struct handed *mails, size_t count);

#endif
