/* SPDX-License-Identifier: MIT */
/* What is not known of the real service, as switches of the practice one: each
 * may be so or otherwise, and a client must live with both. */
#ifndef NET_PRACTICE_QUIRKS_H
#define NET_PRACTICE_QUIRKS_H

#include <cjson/cJSON.h>

#include "net/error.h"

/* clang-format off */
#define QUIRKS(X)                                                              \
    X(SUBJECT_DEMANDED, "subject-demanded") /* by the search of messages */    \
    X(SEARCH_LATE, "search-late") /* a message is found after a second */      \
    X(STATUS_SMALL, "status-small") /* "sent" instead of "Sent" */             \
    X(IDS_TURNED, "ids-turned") /* a bounce's as text, an event's a number */  \
    X(BOUNCE_WRAPPED, "bounce-wrapped") /* one alone in a list as well */      \
    X(TOTAL_TEXT, "total-text") /* TotalCount as text */                       \
    X(CODE_TEXT, "code-text") /* ErrorCode as text */                          \
    X(CODE_MISSING, "code-missing") /* where it would be 0 */                  \
    X(TRANSLATED, "translated") /* words of refusals in Spanish */             \
    X(INACTIVE_OLD, "inactive-old") /* 406 with line ends in its words */      \
    X(INACTIVE_SOME, "inactive-some") /* taken, and the words say otherwise */ \
    X(INACTIVE_406, "inactive-406") /* that status instead of 422 */           \
    X(NO_BOUNCES, "no-bounces") /* 404 on what may not be offered */           \
    X(NO_MESSAGES, "no-messages")                                              \
    X(NO_ACTIVATE, "no-activate")
/* clang-format on */

#define QUIRK_ENUM(id, name) QUIRK_##id,
enum quirk { QUIRKS(QUIRK_ENUM) QUIRK_COUNT };

/* A set of them: bits 1 << enum quirk. */
#define QUIRK_BIT(id) (1u << QUIRK_##id)

/* Reads names with commas between them; "" is none. -1: a name is unknown. */
int quirks_read(unsigned *quirks, const char *list, struct error *err);

/* Changes the body of an answer as those quirks want it that are about every
 * answer. */
void quirks_apply(unsigned quirks, cJSON *body);

#endif
