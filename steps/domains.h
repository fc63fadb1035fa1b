/* SPDX-License-Identifier: MIT */
/* What the DNS says of the two domains: looked up in the background as soon as
 * an address is known, and told in the person's words. */
#ifndef STEPS_DOMAINS_H
#define STEPS_DOMAINS_H

#include "steps/live.h"
#include "steps/tell.h"

#define DOMAINS_MAX 40 /* findings of one side that are kept apart */

enum domain_side { DOMAIN_SENDER, DOMAIN_RECIPIENT, DOMAIN_SIDES };

/* Fills the lookup of that side to start now: true where its address is known
 * and was not looked up yet (with what is known of its sending). */
bool domains_task(const struct trail *trail, const struct settings *settings,
                  enum domain_side side, struct task *task);

/* Whether the field of that key is an address whose domain is looked up. */
bool domains_concern(const char *key);

/* The address that the side is about, or "". */
const char *domains_address(const struct trail *trail, enum domain_side side);

/* The findings of a side's present address, the newest of each kind, in the
 * order of telling; how many. Borrowed from the trail. */
size_t domains_findings(const struct trail *trail, enum domain_side side,
                        const struct event *findings[DOMAINS_MAX]);

/* The cause that the DNS itself states for a mail to that address, the present
 * recipient, which nobody has ever seen; UNKNOWN where it states none. */
enum cause domains_cause(const struct trail *trail, const char *address);

/* The sentence of a finding and how good or bad it is; the text is "" where
 * there is none to say. */
void domains_tell(const struct event *finding, struct line *line);

/* What the present step should show of them, at most `room` lines: where the
 * section is about a side, what is wrong there, or that all is well. */
size_t domains_result(const struct trail *trail, struct line *lines,
                      size_t room);

/* The records behind them, one a line, from line `from` on; for the details. */
size_t domains_records(const struct trail *trail, size_t from,
                       struct line *lines, size_t room);

#endif
