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
 * enhanced code and words in any language, in any order of lines; any bytes.
 * Linear in `length`. What is in assets/phrases.txt and assets/codes.def rules
 * in this order: words that mean nothing else, a vendor's above all; a code
 * that means nothing else; words, then a code, that mostly mean it (RFC 3463);
 * words, then a code, that fit many causes; the reply code alone (RFC 5321
 * 4.2.1). UNKNOWN is an answer. */
void reply_read(struct reading *reading, const char *text, size_t length);

/* Reads an ErrorCode of the service's API, or its HTTP status where `code` is
 * the same or 0; either may be 0. `text` is its Message, or NULL. */
void reply_read_api(struct reading *reading, int code, int http,
                    const char *text);

/* The cause of a probe's ending: by its code and words; where they do not
 * decide, by fault and phase. False, and `reading` untouched, where there is
 * no cause to tell: a pass, a crash, a cancelled probe, nothing seen in time.
 * `probe` is the name of the probe that ended; `http` its status, or 0. */
bool reply_read_ending(struct reading *reading, const struct ending *ending,
                       const char *probe, int http);

/* Adds "cause" (a word, or null) to an "end" and to a "bounce" event. Others
 * stay as they are. The parent calls it before anything else sees the event. */
void reply_mark(struct event *event, const char *probe);

#endif
