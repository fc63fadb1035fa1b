/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/utf8.h"

/* Called by libFuzzer with one input after the other. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An invariant: the input that breaks it is kept. */
#define HOLDS(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__,  \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

static inline bool is_utf8(const char *text, size_t length)
{
    while (length > 0) {
        size_t used = utf8_take(text, length, NULL);

        if (used == 0)
            return false;
        text += used;
        length -= used;
    }
    return true;
}

static inline bool is_text(const char *text)
{
    return is_utf8(text, strlen(text));
}

/* FNV-1a: whether two ways to the same bytes tell the same. */
static inline uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

/* The input as a string: up to its first NUL, to be freed. */
static inline char *string_of(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (!text)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

#endif
