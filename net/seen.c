/* SPDX-License-Identifier: MIT */
/* A set by hashes, with open addressing. */
#include "net/seen.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 64 /* a power of two, as all that follow */

/* FNV-1a, 64 bits. */
static uint64_t number_of(const char *text)
{
    uint64_t number = 14695981039346656037u;

    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte >= 'A' && byte <= 'Z')
            byte |= 0x20;
        number = (number ^ byte) * 1099511628211u;
    }
    return number ? number : 1;
}

static bool put(uint64_t *slots, size_t room, uint64_t number)
{
    size_t at = (size_t)number & (room - 1);

    while (slots[at] && slots[at] != number)
        at = (at + 1) & (room - 1);
    if (slots[at])
        return false;
    slots[at] = number;
    return true;
}

static bool grow(struct seen *seen)
{
    size_t room = seen->room ? 2 * seen->room : ROOM_FIRST;
    uint64_t *slots = calloc(room, sizeof(*slots));

    if (!slots)
        return false;
    for (size_t i = 0; i < seen->room; i++)
        if (seen->slots[i])
            put(slots, room, seen->slots[i]);
    free(seen->slots);
    seen->slots = slots;
    seen->room = room;
    return true;
}

bool seen_add(struct seen *seen, const char *text)
{
    if (2 * (seen->count + 1) > seen->room && !grow(seen))
        return true;
    if (!put(seen->slots, seen->room, number_of(text)))
        return false;
    seen->count++;
    return true;
}

void seen_release(struct seen *seen)
{
    free(seen->slots);
    memset(seen, 0, sizeof(*seen));
}
