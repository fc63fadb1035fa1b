/* SPDX-License-Identifier: MIT */
/* The scenarios of the practice world: names alone, for both sides of the
 * module's door. What happens in each of them is told in plot.c. */
#ifndef NET_PRACTICE_SCENARIOS_H
#define NET_PRACTICE_SCENARIOS_H

#include <stdbool.h>

/* id, name, the channel that it shows, and the scenario that is its nearest
 * equal over the other channel: mostly itself, NONE where there is none (how
 * SMTP tells an account without credits is not known). Whoever shows a list
 * has a sentence T_PRACTICE_id for each. */
/* clang-format off */
#define SCENARIOS(X)                                                          \
    X(ARRIVES, "arrives", API, ARRIVES)                                       \
    X(SPAM_FOLDER, "spam-folder", API, SPAM_FOLDER)                           \
    X(HARD_BOUNCE, "hard-bounce", API, HARD_BOUNCE_SMTP)                      \
    X(HARD_BOUNCE_SMTP, "hard-bounce-smtp", SMTP, HARD_BOUNCE)                \
    X(SENDER_BLOCKED, "sender-blocked", API, SENDER_BLOCKED)                  \
    X(CORPORATE_FILTER, "corporate-filter", API, CORPORATE_FILTER)            \
    X(CORPORATE_REJECT, "corporate-reject", SMTP, CORPORATE_REJECT)           \
    X(USER_UNKNOWN, "user-unknown", API, USER_UNKNOWN)                        \
    X(MAILBOX_FULL, "mailbox-full", SMTP, MAILBOX_FULL)                       \
    X(GREYLISTED, "greylisted", SMTP, GREYLISTED)                             \
    X(BAD_KEY, "bad-key", API, BAD_LOGIN)                                     \
    X(SENDER_UNCONFIRMED, "sender-unconfirmed", API, SENDER_UNCONFIRMED)      \
    X(NO_CREDITS, "no-credits", API, NONE)                                    \
    X(BAD_LOGIN, "bad-login", SMTP, BAD_KEY)                                  \
    X(NOTHING_ARRIVES, "nothing-arrives", API, NOTHING_ARRIVES)               \
    X(SILENT, "silent", SMTP, SILENT)
/* clang-format on */

#define SCENARIO_ENUM(id, name, via, other) SCENARIO_##id,
enum scenario { SCENARIOS(SCENARIO_ENUM) SCENARIO_NONE };

enum channel { CHANNEL_API, CHANNEL_SMTP };

/* The scenario of a name; "" and NULL mean the first one. SCENARIO_NONE for
 * any other name. */
enum scenario scenario_from(const char *name);

/* The name on the command line; NULL for SCENARIO_NONE. */
const char *scenario_name(enum scenario scenario);

/* The channel that it shows. */
enum channel scenario_channel(enum scenario scenario);

/* The scenario to play where the person uses that channel: itself or its
 * nearest equal, SCENARIO_NONE where there is none. */
enum scenario scenario_over(enum scenario scenario, enum channel channel);

/* "api" or "smtp". */
const char *channel_name(enum channel channel);

#endif
