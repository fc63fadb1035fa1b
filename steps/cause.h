/* SPDX-License-Identifier: MIT */
/* The classes of causes, whose turn each one is, and their sentences. */
#ifndef STEPS_CAUSE_H
#define STEPS_CAUSE_H

#include <stdbool.h>

#include "steps/text.h"

/* Whose turn it is. */
#define SIDES(X)                                                               \
    X(UNKNOWN, "unknown")                                                      \
    X(YOU, "you")                                                              \
    X(DOMAIN, "domain")                                                        \
    X(RECIPIENT, "recipient")                                                  \
    X(PROVIDER, "provider")                                                    \
    X(WAIT, "wait")                                                            \
    X(NONE, "none")

#define SIDE_ENUM(id, name) SIDE_##id,
enum side { SIDES(SIDE_ENUM) SIDE_COUNT };

enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

/* id, word, side, hard bounce. The classes and words are those of sisimai
 * where it has one; the last four are verdicts of a walk. Each has a meaning
 * T_CAUSE_id and a next step T_NEXT_id, one sentence, in assets/causes.def. */
#define CAUSES(X)                                                              \
    X(UNKNOWN, "unknown", UNKNOWN, false)                                      \
    X(USERUNKNOWN, "userunknown", YOU, true)                                   \
    X(HOSTUNKNOWN, "hostunknown", YOU, true)                                   \
    X(NOTACCEPT, "notaccept", YOU, true)                                       \
    X(MAILBOXFULL, "mailboxfull", RECIPIENT, false)                            \
    X(SUSPEND, "suspend", RECIPIENT, true)                                     \
    X(FILTERED, "filtered", RECIPIENT, true)                                   \
    X(BLOCKED, "blocked", PROVIDER, false)                                     \
    X(BADREPUTATION, "badreputation", PROVIDER, false)                         \
    X(REQUIREPTR, "requireptr", PROVIDER, true)                                \
    X(AUTHFAILURE, "authfailure", DOMAIN, true)                                \
    X(REJECTED, "rejected", YOU, true)                                         \
    X(SPAMDETECTED, "spamdetected", RECIPIENT, true)                           \
    X(VIRUSDETECTED, "virusdetected", YOU, true)                               \
    X(POLICYVIOLATION, "policyviolation", RECIPIENT, true)                     \
    X(SECURITYERROR, "securityerror", YOU, true)                               \
    X(FAILEDSTARTTLS, "failedstarttls", PROVIDER, false)                       \
    X(NORELAYING, "norelaying", YOU, true)                                     \
    X(MESGTOOBIG, "mesgtoobig", YOU, true)                                     \
    X(CONTENTERROR, "contenterror", PROVIDER, true)                            \
    X(RATELIMITED, "ratelimited", WAIT, false)                                 \
    X(GREYLISTING, "greylisting", WAIT, false)                                 \
    X(EXPIRED, "expired", PROVIDER, true)                                      \
    X(NETWORKERROR, "networkerror", PROVIDER, false)                           \
    X(SYSTEMERROR, "systemerror", WAIT, false)                                 \
    X(SUPPRESSED, "suppressed", YOU, true)                                     \
    X(ACCEPTED, "accepted", RECIPIENT, false)                                  \
    X(ACCOUNT, "account", PROVIDER, true)                                      \
    X(ARRIVED, "arrived", NONE, false)                                         \
    X(ARRIVED_IN_SPAM, "arrived_in_spam", RECIPIENT, false)                    \
    X(SENDER, "sender", YOU, false)                                            \
    X(RECIPIENT_FILTER, "recipient_filter", RECIPIENT, false)

#define CAUSE_ENUM(id, word, side, hard) CAUSE_##id,
enum cause { CAUSES(CAUSE_ENUM) CAUSE_COUNT };

/* Words and sentences of a value out of range are those of UNKNOWN, or of the
 * lowest confidence. */
const char *cause_word(enum cause cause);
enum cause cause_from(const char *word); /* UNKNOWN for any other */
enum side cause_side(enum cause cause);
bool cause_is_hard(enum cause cause);
const char *side_word(enum side side);
const char *confidence_word(enum confidence confidence);
enum text_id cause_meaning(enum cause cause);
enum text_id cause_next(enum cause cause);
/* The same where the words put it on another side than the class does. */
enum text_id cause_next_for(enum cause cause, enum side side);
enum text_id side_text(enum side side);
enum text_id confidence_text(enum confidence confidence);

#endif
