/* SPDX-License-Identifier: MIT */
/* The returned mails that the service remembers, and whom it therefore no
 * longer writes to. Times are seconds of the world's clock. */
#ifndef NET_PRACTICE_BOUNCES_H
#define NET_PRACTICE_BOUNCES_H

#include <stdbool.h>
#include <stddef.h>

#include "net/practice/draw.h"
#include "net/practice/plot.h"
#include "net/request.h"

#define BOUNCES_MAX 2048
#define DETAILS_MAX 512

struct bounce {
    long long id;
    enum bounce_type type;
    double at; /* unseen before */
    char message_id[UUID_SIZE];
    char from[ADDRESS_MAX], to[ADDRESS_MAX];
    char subject[SUBJECT_MAX], tag[64];
    char details[DETAILS_MAX];
    bool inactive; /* the contact gets nothing more because of it */
};

struct bounces {
    struct bounce *items; /* in no order */
    size_t count, room;
    long long last_id;
};

void bounces_init(struct bounces *bounces);

/* A copy of `bounce` with an id of its own, inactive where its type says so.
 * Returns the id, or -1 where no more are kept. */
long long bounces_add(struct bounces *bounces, const struct bounce *bounce);

/* Up to `max` of those seen by `now`, newest first. Returns how many. */
size_t bounces_seen(const struct bounces *bounces, double now,
                    const struct bounce **out, size_t max);

/* By id; NULL where none is seen by `now`. */
struct bounce *bounces_find(const struct bounces *bounces, long long id,
                            double now);

/* Whether the address is inactive at `now`. */
bool bounces_block(const struct bounces *bounces, const char *address,
                   double now);

/* How many addresses are inactive at `now`. */
size_t bounces_inactive(const struct bounces *bounces, double now);

/* Lifts every block of that address. */
void bounces_activate(struct bounces *bounces, const char *address, double now);

/* What the type is called, as the service tells it. */
struct bounce_kind {
    int code;
    const char *type, *name, *description;
    bool blocks; /* the contact gets nothing more */
    bool lifts;  /* until it is activated again */
};
const struct bounce_kind *bounce_kind(enum bounce_type type);

void bounces_release(struct bounces *bounces);

#endif
