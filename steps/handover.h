/* SPDX-License-Identifier: MIT */
/* The report on its way to support, by the channel that worked in this walk. */
#ifndef STEPS_HANDOVER_H
#define STEPS_HANDOVER_H

#include "steps/settings.h"
#include "steps/trail.h"

/* The newest attempt that the service took from us over a channel that is
 * still open to us: the message goes the same way. NULL where none did. */
const struct attempt *handover_way(const struct trail *trail,
                                   const struct settings *settings);

/* Whether the report can be sent so, is worth it, and was not sent before: what
 * may have gone out does not go again. */
bool handover_offered(const struct trail *trail,
                      const struct settings *settings);

/* Subject (SUBJECT_MAX) and text (BODY_MAX) as they will be sent; both "" where
 * there is no memory. */
void handover_subject(const struct trail *trail, char *out);
void handover_text(const struct trail *trail, char *out);

#endif
