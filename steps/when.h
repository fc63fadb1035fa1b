/* SPDX-License-Identifier: MIT */
/* The questions that the branches of the walk ask of a trail. */
#ifndef STEPS_WHEN_H
#define STEPS_WHEN_H

#include "steps/settings.h"
#include "steps/trail.h"

typedef bool when(const struct trail *trail, const struct settings *settings);

/* The first sender is the cause, and its past can be read. */
when when_sender_blamed;

/* The channel that the walk uses: what the person said where access to it is
 * there, else the one that has access (both: API), else MANUAL. */
enum via when_via(const struct trail *trail, const struct settings *settings);

/* Access. */
when when_typed_access; /* by the person, on the way of this walk */
when when_via_api, when_via_smtp, when_via_manual;
when when_has_api;    /* a key is known */
when when_wants_api;  /* no key, and the person may have one */
when when_wants_smtp; /* no server or login, and the person may have one */

/* The mailbox that the present part sends to. */
when when_wants_mailbox;  /* not open to us, and the person may open it */
when when_mailbox_closed; /* no program gets in with a password */
when when_mailbox_unread; /* a program could look, and none has */
when when_asked_before;   /* the step before asked where the test is */

/* The part of the present step. */
when when_first, when_sender, when_free;
when when_first_api, when_first_smtp;
when when_free_manual;

/* The newest attempt. */
when when_stopped;       /* its probe was stopped or broke: not sent */
when when_refused;       /* not accepted */
when when_refused_login; /* ... because of key or login */
when when_refused_key;   /* ... the key */
when when_suppressed;    /* withheld by the service after an earlier bounce */
when when_can_lift;      /* the block may be lifted, by the service's record */
when when_history_known; /* suppressed, and the record is on screen already */
when when_not_lifted;    /* asked, and refused */
when when_lost;          /* nobody knows whether it went out, nor was it seen */
when when_seen;          /* in the mailbox, inbox or spam */
when when_must_ask;      /* only the person can tell, and has not yet */
when when_delayed;       /* still on its way, by what a server said */
when when_bounced;       /* came back */
when when_dead;          /* came back for a reason that comparing cannot help */
when when_free_failed;   /* the free mailbox's test itself was refused */
when when_waiting;       /* accepted and not seen yet */

/* All attempts. */
when when_recheck;      /* some are unseen, and there is a way to look again */
when when_seen_recheck; /* the newest is seen, others are to be rechecked */

/* Whether an attempt is to be looked for once more before a verdict, and can
 * be: its mailbox or the service's events are open to us. */
bool when_look_again(const struct attempt *attempt,
                     const struct settings *settings);

#endif
