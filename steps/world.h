/* SPDX-License-Identifier: MIT */
/* The practice world: what it says of itself, and what it is told. */
#ifndef STEPS_WORLD_H
#define STEPS_WORLD_H

#include "net/event.h"
#include "steps/settings.h"
#include "steps/trail.h"

/* Makes the world of a "ready" event that of a walk: its servers, its key and
 * login, its mailboxes; addresses only where none is offered yet. False where
 * the event is none. */
bool world_take(struct settings *settings, const struct event *event);

/* What the world of an earlier run of this walk had taken, as far as anybody
 * knows: fills `handed`, which has room for every attempt. Returns how many. */
size_t world_handed(struct handed *handed, const struct trail *trail);

#endif
