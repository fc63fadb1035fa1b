/* SPDX-License-Identifier: MIT */
/* What happens, as one flat JSON object a line: told by probes, kept in the
 * journal, judged by the steps, replayed by the report. */
#ifndef NET_EVENT_H
#define NET_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "net/fault.h"

#define EVENT_LINE_MAX 65536 /* bytes of one line, newline included */
#define EVENT_DEPTH_MAX 8
#define EVENT_MEMBERS_MAX 128 /* names of one object */
#define EVENT_TEXT_KEPT 64    /* bytes of a text that are never cut */
#define REPLY_MAX 2048        /* bytes of a reply's text that are kept */

struct event;

/* A new event of that kind ("phase", "reply", "end" ...), owned by the caller;
 * NULL only where there is no memory, which every function here survives. */
struct event *event_new(const char *kind);

/* Reads one line, with or without its newline. NULL for all that is not one
 * JSON object with a string "event": too long, too deep, not UTF-8, a NUL or
 * a name twice in it, or followed by more. Never reads past `length`. */
struct event *event_parse(const char *line, size_t length);

struct event *event_copy(const struct event *event);
void event_free(struct event *event);

/* "event" of the object; "" where `event` is NULL. */
const char *event_kind(const struct event *event);
bool event_is(const struct event *event, const char *kind);

/* A member by its exact name. Text: NULL where absent or no string; borrowed
 * until the member is put again or the event freed. Number: `otherwise` where
 * absent or no finite number. */
const char *event_text(const struct event *event, const char *key);
double event_number(const struct event *event, const char *key,
                    double otherwise);
bool event_flag(const struct event *event, const char *key);
bool event_has(const struct event *event, const char *key);

/* Put a member, replacing one of that name. Text passes `utf8_mend` first and
 * may be NULL, which puts null; seconds are rounded to thousandths. All do
 * nothing where `event` is NULL. */
void event_put_text(struct event *event, const char *key, const char *text);
void event_put_bytes(struct event *event, const char *key, const char *bytes,
                     size_t length);
void event_put_number(struct event *event, const char *key, double number);
void event_put_seconds(struct event *event, double seconds); /* "seconds" */
void event_put_flag(struct event *event, const char *key, bool flag);

/* Moves the members of `more` that `event` has not into it. `more` is taken,
 * and may be NULL. */
void event_join(struct event *event, struct event *more);

/* Calls `change` for each text member; it may return a new text (from malloc,
 * then owned by the event) or NULL to leave it as it is. */
void event_each_text(struct event *event,
                     char *(*change)(const char *text, void *arg), void *arg);

/* The event as one line without newline, from malloc; control signs, and those
 * that turn the direction of text, are JSON escapes, all else valid UTF-8.
 * NULL without memory. Longer lines than EVENT_LINE_MAX are never made: the
 * longest texts are cut; NULL where even that does not help. */
char *event_line(const struct event *event);

/* The last event of every probe, design of the command line: what came out. */
struct ending {
    enum result outcome;
    enum fault fault;
    enum phase phase;
    int code;   /* reply code, ErrorCode or HTTP status; 0: mostly none */
    bool coded; /* a 0 is one: the API's word for "accepted" */
    char enhanced[16];     /* RFC 3463 "5.1.1", or "" */
    char reply[REPLY_MAX]; /* the server's own words, or "" */
    double seconds;
};

/* An "end" event of it; the caller may put further members. */
struct event *ending_event(const struct ending *ending);

/* Reads an "end" event back. False where it is none. */
bool ending_read(struct ending *ending, const struct event *event);

#endif
