/* SPDX-License-Identifier: MIT */
/* Reads a refusal: from a server's words and codes to the cause. */
#ifndef STEPS_REPLY_H
#define STEPS_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "net/event.h"
#include "steps/cause.h"

struct reading {
    enum cause cause;
    enum side side;
    bool hard; /* a permanent refusal: 5xx; else by the class */
    enum confidence confidence;
    const char *vendor; /* whose wording it is, or NULL; not to be freed */
};

/* Reads a reply as met in SMTP, in a bounce's Details or in a notice: code,
 * enhanced code and words in any language, in any order of lines. Linear in
 * `length`. Order of evidence: a vendor's words, a precise enhanced code (RFC
 * 3463, 7372, 7505), key words, a generic code, the reply code (RFC 5321
 * 4.2.1). UNKNOWN is an answer. */
void reply_read(struct reading *reading, const char *text, size_t length);

/* Reads an ErrorCode of the service's API; `text` is its Message. */
void reply_read_api(struct reading *reading, int code, int http,
                    const char *text);

/* The cause of a probe's ending, by its words, else by fault and phase; NULL
 * cause (false) for a pass, a crash or a cancelled probe. `probe` is the
 * name of the probe that ended. */
bool reply_read_ending(struct reading *reading, const struct ending *ending,
                       const char *probe, int http);

/* Adds "cause" to an "end" event (a word, or null). Others stay as they are.
 * The parent calls it before anything else sees the event. */
void reply_mark(struct event *event, const char *probe);

#endif
