/* SPDX-License-Identifier: MIT */
/* Runs a probe and keeps what it tells. */
#ifndef TESTS_UNIT_WITNESS_H
#define TESTS_UNIT_WITNESS_H

#include <stdio.h>

#include "net/event.h"
#include "net/feed.h"
#include "net/request.h"

#define WITNESS_MAX 2048

/* Fills a text of a request. */
#define SET(field, text) snprintf(field, sizeof(field), "%s", text)

struct witness {
    struct event *events[WITNESS_MAX]; /* the "end" last */
    size_t count;
    double seconds; /* it took */
    char *text;     /* all lines as they were told */
};

/* Runs it to its end and checks what holds for every probe: it returns 0,
 * every line is an event, the last one and no other is the "end", and no
 * secret of the request stands in any. */
void witness_run(struct witness *witness,
                 int (*probe)(const struct request *, struct feed *),
                 const struct request *request);

/* The "end"; the n-th event of a kind from 0 on, or NULL; how many. */
const struct event *witness_end(const struct witness *witness);
const struct event *witness_find(const struct witness *witness,
                                 const char *kind, size_t n);
size_t witness_count(const struct witness *witness, const char *kind);

/* Fails unless the member is that text; NULL: null or absent. */
void witness_text(const struct witness *witness, const struct event *event,
                  const char *key, const char *text);

void witness_release(struct witness *witness);

#endif
