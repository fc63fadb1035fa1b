/* SPDX-License-Identifier: MIT */
/* What a monkey does at a terminal: a stream that a seed decides. */
#ifndef TESTS_MONKEY_WHIM_H
#define TESTS_MONKEY_WHIM_H

#include <stddef.h>
#include <stdint.h>

#define WHIM_BYTES 12000

enum whim_kind {
    WHIM_BYTES_SENT, /* keys or a paste: `bytes`, `length` */
    WHIM_RESIZE,     /* to `rows` by `columns` */
    WHIM_SIGNAL,     /* `number` */
    WHIM_HANG_UP,    /* the terminal goes away */
    WHIM_PAUSE       /* waits `milliseconds` */
};

struct whim {
    enum whim_kind kind;
    size_t length;
    int rows, columns, number, milliseconds;
    unsigned char bytes[WHIM_BYTES];
};

/* A generator of numbers; any start but 0. */
struct dice {
    uint64_t state;
};

/* The dice of the nth life of a seed. */
struct dice dice_of(uint64_t seed, unsigned life);

/* 0 to most - 1. */
unsigned dice_roll(struct dice *dice, unsigned most);

/* The next thing it does. */
void whim_draw(struct whim *whim, struct dice *dice);

#endif
