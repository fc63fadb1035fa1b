/* SPDX-License-Identifier: MIT */
/* What differs from probe to probe. Each program of tests/play has one of
 * these files: trade_smtp.c or trade_imap.c. */
#ifndef TESTS_PLAY_TRADE_H
#define TESTS_PLAY_TRADE_H

#include "net/feed.h"
#include "tests/play/cases.h"
#include "tests/play/court.h"

#define ARGUMENTS_MAX 48

/* A command line; strings are borrowed. */
struct arguments {
    const char *all[ARGUMENTS_MAX];
    size_t count;
};

struct trade {
    const char *name; /* of the probe, and of the folder of its cases */
    bool eight_bits;  /* the probe may say more than ASCII */
    struct play play; /* what a case has where it does not say it */
    /* Adds what `nollego probe NAME` needs beside TLS, limit and login. */
    void (*add)(struct arguments *arguments, const struct play *play,
                const char *server);
    /* The same in a request, whose server is at `port`. */
    void (*fill)(struct request *request, const struct play *play,
                 unsigned short port);
    int (*probe)(const struct request *request, struct feed *feed);
    /* What must come of it, beside what goes for all probes. */
    void (*judge)(struct court *court);
};

extern const struct trade trade;

#endif
