/* SPDX-License-Identifier: MIT */
/* Texts to hand to somebody else: to the recipient's administrator, and to
 * whoever manages the sender's domain. Each is a page of the report. */
#ifndef STEPS_LETTER_H
#define STEPS_LETTER_H

#include <stdbool.h>

struct settings;
struct trail;

#define LETTER_LIST(X) X(RECIPIENT) X(DOMAIN)
#define LETTER_ENUM(id) LETTER_##id,
enum letter { LETTER_NONE, LETTER_LIST(LETTER_ENUM) LETTER_COUNT };

/* Whether there is something for them to do. Not for a mailbox that has no
 * administrator, nor for a domain that is not the person's. */
bool letter_for_recipient(const struct trail *trail,
                          const struct settings *settings);
bool letter_for_domain(const struct trail *trail,
                       const struct settings *settings);

#endif
