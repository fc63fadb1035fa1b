/* SPDX-License-Identifier: MIT */
/* Why a copy that arrived was taken for spam, and what to mend first. */
#ifndef STEPS_SPAM_H
#define STEPS_SPAM_H

#include "steps/cause.h"

/* id, the word of a "copy" event, whose turn it is, the class of cause. Each
 * has a meaning T_SPAM_id and a remedy T_MEND_id in assets/spam.def. */
#define SPAM_FINDINGS(X)                                                       \
    X(UNREAD, "unread", UNKNOWN, UNKNOWN)                                      \
    X(CLEAN, "clean", RECIPIENT, UNKNOWN)                                      \
    X(TEMPORARY, "temporary", WAIT, UNKNOWN)                                   \
    X(RECIPIENT_RULE, "recipient_rule", RECIPIENT, FILTERED)                   \
    X(GATEWAY, "gateway", RECIPIENT, POLICYVIOLATION)                          \
    X(FREE_SENDER, "free_sender", YOU, AUTHFAILURE)                            \
    X(UNSIGNED, "unsigned", DOMAIN, AUTHFAILURE)                               \
    X(OTHER_SIGNER, "other_signer", DOMAIN, AUTHFAILURE)                       \
    X(CHANGED, "changed", PROVIDER, AUTHFAILURE)                               \
    X(KEY, "key", DOMAIN, AUTHFAILURE)                                         \
    X(SIGNATURE, "signature", DOMAIN, AUTHFAILURE)                             \
    X(SPF_MISSING, "spf_missing", DOMAIN, AUTHFAILURE)                         \
    X(SPF_BROKEN, "spf_broken", DOMAIN, AUTHFAILURE)                           \
    X(SPF_SERVICE, "spf_service", PROVIDER, AUTHFAILURE)                       \
    X(DMARC_MISSING, "dmarc_missing", DOMAIN, UNKNOWN)                         \
    X(LISTED, "listed", PROVIDER, BLOCKED)                                     \
    X(HARMFUL, "harmful", YOU, SPAMDETECTED)                                   \
    X(BULK, "bulk", YOU, SPAMDETECTED)                                         \
    X(CONTENT, "content", RECIPIENT, SPAMDETECTED)

#define SPAM_ENUM(id, word, side, cause) SPAM_##id,
enum spam { SPAM_FINDINGS(SPAM_ENUM) SPAM_COUNT };

/* The finding of a word; UNREAD for any other. */
enum spam spam_from(const char *word);
const char *spam_word(enum spam spam);
enum side spam_side(enum spam spam);
enum cause spam_cause(enum spam spam);
enum text_id spam_meaning(enum spam spam);
enum text_id spam_remedy(enum spam spam);

#endif
