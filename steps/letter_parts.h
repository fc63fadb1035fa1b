/* SPDX-License-Identifier: MIT */
/* How the letters are written: for steps/letter*.c alone. */
#ifndef STEPS_LETTER_PARTS_H
#define STEPS_LETTER_PARTS_H

#include "steps/letter.h"
#include "steps/report_parts.h"

/* What the DNS says of that subject, of the present addresses; or NULL. */
const struct event *letter_finding(const struct trail *trail,
                                   const char *subject);

/* A text of it; "" where there is none. */
const char *letter_text(const struct event *event, const char *key);

/* What stands behind the @, or "". */
const char *letter_domain_of(const char *address);

/* Writes the page. */
void letter_to_recipient(struct writer *writer, const struct verdict *verdict);
void letter_to_domain(struct writer *writer, const struct verdict *verdict);

/* Whether it is due, by a verdict that is known already. */
bool letter_wants_recipient(const struct trail *trail,
                            const struct verdict *verdict);
bool letter_wants_domain(const struct trail *trail,
                         const struct verdict *verdict);

#endif
