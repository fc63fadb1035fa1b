/* SPDX-License-Identifier: MIT */
/* The way so far: steps visited, answers, attempts and what each test found.
 * It changes only by events, so that replaying a journal rebuilds it, and it
 * owns every string that came in at run time. */
#ifndef STEPS_TRAIL_H
#define STEPS_TRAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"
#include "net/event.h"
#include "net/probe.h"
#include "net/request.h"
#include "steps/cause.h"
#include "steps/spam.h"

struct step;
struct choice;

#define VIAS(X) X(NONE, NULL) X(API, "api") X(SMTP, "smtp") X(MANUAL, "manual")
#define VIA_ENUM(id, name) VIA_##id,
enum via { VIAS(VIA_ENUM) VIA_COUNT };

#define OUTCOMES(X)                                                            \
    X(NONE, NULL)                                                              \
    X(REFUSED, "refused")                                                      \
    X(ACCEPTED, "accepted")                                                    \
    X(DELIVERED, "delivered")                                                  \
    X(BOUNCED, "bounced")                                                      \
    X(IN_INBOX, "in_inbox")                                                    \
    X(IN_SPAM, "in_spam")                                                      \
    X(NOT_SEEN, "not_seen")                                                    \
    X(UNKNOWN, "unknown")
#define OUTCOME_ENUM(id, name) OUTCOME_##id,
enum outcome { OUTCOMES(OUTCOME_ENUM) OUTCOME_COUNT };

/* The part that an attempt plays: the person's own test again, the same from
 * another sender, the same to a free mailbox. */
#define PARTS(X) X(FIRST, "first") X(SENDER, "sender") X(FREE, "free")
#define PART_ENUM(id, name) PART_##id,
enum part { PARTS(PART_ENUM) PART_COUNT };

const char *via_name(enum via via);
enum via via_from(const char *name);
const char *outcome_name(enum outcome outcome);
const char *part_name(enum part part);
enum text_id outcome_text(enum outcome outcome);

/* What the server showed of itself when TLS was agreed; all "" where it was
 * not. `problem` is a word of the "tls" event, or "" where nothing is wrong. */
struct certificate {
    char problem[24];
    char subject[256], issuer[256];
    char not_before[32], not_after[32];
};

/* What the header of a copy that arrived shows, in the receiver's own words; ""
 * for what it does not tell. */
struct seen_copy {
    bool read; /* there was a header, whatever it tells */
    enum spam why;
    char from[HOST_MAX]; /* domain of From */
    char return_path[ADDRESS_MAX], receiver[HOST_MAX];
    char signer[HOST_MAX], selector[HOST_MAX]; /* of DKIM */
    char ip[IP_TEXT_MAX];                      /* that handed it over */
    char spf[16], dkim[16], dmarc[16];
    char tests[512]; /* of the filter, that spoke against it */
    char raw[2048];  /* the field with the results, as it stands */
};

/* What each witness says of one message; NONE where it has not spoken. */
struct attempt {
    int id; /* 1, 2 ... in the order of sending */
    enum via via;
    enum part part;
    char from[ADDRESS_MAX], to[ADDRESS_MAX];
    char token[TOKEN_MAX], subject_code[CODE_MAX], subject[SUBJECT_MAX];
    char message_id[ID_MAX]; /* the service's, or our Message-ID */
    char time[32];           /* when it was about to be sent, UTC */
    enum outcome sent;       /* the send's own answer; NONE: not sent */
    enum outcome event;      /* the service's message events */
    enum outcome mailbox;    /* IMAP */
    enum outcome person;     /* what the person says */
    bool similar;            /* subject seen without our header */
    bool looked_again;       /* once more before a verdict */
    bool delayed;            /* a server on the way asked to wait */
    struct ending ending;    /* of the send; the bounce's words once bounced */
    int http;
    int retry_after; /* seconds that the service asks to wait; 0: it does not */
    enum cause cause;
    enum side side; /* whose turn it is, by the words themselves */
    enum confidence confidence;
    int heard;                /* whose words these are; see steps/evidence.c */
    char folder[128];         /* where the mailbox has it */
    char reporting[HOST_MAX]; /* the server that sent it back, or "" */
    struct certificate certificate; /* of the server that took or refused it */
    struct seen_copy copy;
};

/* What is known of the contact's or the sent test's past. */
struct history {
    bool asked, known;
    bool blocked, can_activate;
    int count;
    enum cause cause; /* of the newest bounce that blocks */
    char status[24];  /* of the earlier test: queued delivered bounced none */
    char when[40], kind[40];
    char bounce_id[ID_MAX]; /* the return by which it can be lifted, or "" */
    enum outcome lift; /* ACCEPTED: lifted; REFUSED: not; NONE: not asked */
    char reply[REPLY_MAX];
};

/* What came back of the sender's mails, by the service's record. */
struct sending {
    bool known;
    bool partial;               /* there are more than these */
    int count, hard, addresses; /* `addresses`: to take off the list */
    char sender[ADDRESS_MAX];
    char kinds[512], domains[1024]; /* "name=count ...", the most first */
};

/* A step on the way and what was chosen there. */
struct visit {
    const struct step *step;
    const struct choice *choice; /* NULL: not answered yet */
    const struct choice *before; /* what it was, where Back undid it */
    unsigned started;            /* bits 1 << enum probe */
    size_t first_event;          /* of this visit, in the trail's events */
    int attempt;                 /* id that this visit sent, or 0 */
};

struct trail;

struct trail *trail_new(void);
void trail_free(struct trail *trail);

/* Takes an event into account and keeps it. Unknown kinds are kept and change
 * nothing. The event is the trail's from here on. */
void trail_push(struct trail *trail, struct event *event);

/* Events that the walk itself makes; the caller pushes them (through the
 * journal). "Fact" is an answer typed in a field; never for secrets. */
struct event *trail_visit_event(const struct step *step);
struct event *trail_choice_event(const struct step *step,
                                 const struct choice *choice);
struct event *trail_fact_event(const char *key, const char *value);
struct event *trail_back_event(void);

/* That the walk was cut off and goes on: tests that have no end never began,
 * a choice that acts was not made. Pushed after `resume_end` (steps/resume.h)
 * has nothing more to end. */
struct event *trail_resume_event(void);

/* The "end" of the "start" at that place in the events, or NULL. */
const struct event *trail_end_of(const struct trail *trail, size_t start);

/* The step where the walk stands; never NULL once a visit was pushed. */
const struct step *trail_step(const struct trail *trail);
const struct visit *trail_visit(const struct trail *trail);

/* The visits from the first to the present one. */
const struct visit *trail_visits(const struct trail *trail, size_t *count);

/* Whether there is a step to go back to. */
bool trail_can_back(const struct trail *trail);

/* A fact, or "": what was typed ("from", "to", "other_from", "free_to" ...),
 * the newest choice of a step by the step's name, the scenario of a practice
 * walk as "practice". */
const char *trail_fact(const struct trail *trail, const char *key);

/* The part that the present step works at, and to whom that sends. */
enum part trail_part(const struct trail *trail);
const char *trail_recipient(const struct trail *trail);

/* Attempts in order; by id; the newest of all (NULL: none yet). */
const struct attempt *trail_attempts(const struct trail *trail, size_t *count);
const struct attempt *trail_attempt(const struct trail *trail, int id);
const struct attempt *trail_last(const struct trail *trail);

/* What all witnesses say together: the mailbox beats the event, the person
 * beats neither silently (see `attempt_contradicts`). */
enum outcome attempt_outcome(const struct attempt *attempt);
bool attempt_contradicts(const struct attempt *attempt);

/* The report's way to support, as an attempt with the id 0 that no verdict
 * weighs; NULL: not begun. */
const struct attempt *trail_handover(const struct trail *trail);

/* The bounce history of the recipient, and the test that was sent before. */
const struct history *trail_history(const struct trail *trail);
const struct history *trail_earlier(const struct trail *trail);

/* What the newest received copy that tells it shows of the service: selector,
 * signing domain, the server's address; NULL where none was read. */
const struct seen_copy *trail_learned(const struct trail *trail);

/* The bounce history of the sender. */
const struct sending *trail_sending(const struct trail *trail);

/* Every event, in order. */
const struct event *const *trail_events(const struct trail *trail,
                                        size_t *count);

#endif
