/* SPDX-License-Identifier: MIT */
/* A file of cases as blocks of lines, before their meaning is looked at. */
#ifndef TESTS_PLAY_BLOCKS_H
#define TESTS_PLAY_BLOCKS_H

#include <stddef.h>

#define BLOCK_LINES_MAX 64

/* One block: "case NAME" or "way NAME" and the lines under it. Blank lines and
 * those that begin with # are left out. */
struct block {
    char file[64]; /* without its folder */
    int number;    /* of its first line */
    char *kind, *name;
    char *lines[BLOCK_LINES_MAX];
    size_t count;
};

struct blocks {
    struct block *all;
    size_t count;
};

/* The blocks of all files that the pattern stands for, in their order. Ends the
 * program where a file cannot be read. */
void blocks_read(struct blocks *blocks, const char *pattern);
void blocks_release(struct blocks *blocks);

/* Names the block and what is wrong with it, and ends the program. */
_Noreturn void block_die(const struct block *block, const char *what,
                         const char *text);

#endif
