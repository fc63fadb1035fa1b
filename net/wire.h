/* SPDX-License-Identifier: MIT */
/* An SMTP conversation in lock-step: one command, one reply, both told to the
 * feed, and the ending as soon as something decides it. */
#ifndef NET_WIRE_H
#define NET_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/dialogue.h"
#include "net/ehlo.h"
#include "net/event.h"
#include "net/feed.h"
#include "net/link.h"

/* Once `ended` is set, `ending` holds the outcome and nothing changes it. */
struct wire {
    struct feed *feed;
    struct link link;
    struct dialogue dialogue;
    struct ehlo ehlo;   /* of the last EHLO */
    struct reply reply; /* the last one */
    struct ending ending;
    char detail[256]; /* our own technical words for a fault, or "" */
    bool ended;
};

/* Functions that return bool say whether to go on; false: it has ended. */

void wire_init(struct wire *wire, struct feed *feed);

/* Ends with a fault; `words` are ours, may be NULL, and become `detail`. In a phase
 * where the message may have been taken already, all but a refusal is outcome
 * unknown. Always returns false. */
bool wire_fail(struct wire *wire, enum fault fault, enum phase phase,
               const char *words);

/* Ends with what the last reply refuses. Always returns false. */
bool wire_refuse(struct wire *wire, enum fault fault, enum phase phase);

/* Ends with the fault that a function of the link returned, unless NONE. */
bool wire_check(struct wire *wire, enum fault fault, enum phase phase);

/* Ends as a pass, with the last reply. Always returns false. */
bool wire_pass(struct wire *wire);

/* Sends bytes; `shown` (may be NULL) is what the transcript gets. A word that
 * the server has said unasked ends it before anything is sent. */
bool wire_send(struct wire *wire, enum phase phase, const char *bytes,
               size_t length, const char *shown);

/* Sends one command without line end, shown as it is. */
bool wire_say(struct wire *wire, enum phase phase, const char *command);

/* Reads one whole reply into `reply`, however it judges. */
bool wire_hear(struct wire *wire, enum phase phase);

/* Reads a reply that must let us go on in this phase. */
bool wire_expect(struct wire *wire, enum phase phase);

/* Says EHLO with that name of ours, fills `ehlo` and tells what the server
 * offers: {"event":"ehlo","keywords":"SIZE 1000, AUTH PLAIN"}. */
bool wire_ehlo(struct wire *wire, const char *hello);

/* Takes leave where the conversation is over but the link still stands: QUIT,
 * and a short wait for what the server says to it. */
void wire_leave(struct wire *wire);

void wire_release(struct wire *wire);

#endif
