/* SPDX-License-Identifier: MIT */
/* Growing bytes under a limit. */
#include "net/practice/pile.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pile_init(struct pile *pile, size_t max)
{
    *pile = (struct pile){.max = max};
}

static bool make_room(struct pile *pile, size_t length)
{
    size_t room = pile->room ? pile->room : 256;
    char *bytes;

    if (pile->over || length > pile->max - pile->length)
        return false;
    if (pile->length + length < pile->room)
        return true;
    while (room <= pile->length + length)
        room *= 2;
    bytes = realloc(pile->bytes, room);
    if (!bytes)
        return false;
    pile->bytes = bytes;
    pile->room = room;
    return true;
}

void pile_add(struct pile *pile, const void *bytes, size_t length)
{
    if (!make_room(pile, length)) {
        pile->over = true;
        return;
    }
    if (length)
        memcpy(pile->bytes + pile->length, bytes, length);
    pile->length += length;
    pile->bytes[pile->length] = '\0';
}

void pile_text(struct pile *pile, const char *text)
{
    pile_add(pile, text, strlen(text));
}

void pile_format(struct pile *pile, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0 || !make_room(pile, (size_t)length)) {
        pile->over = true;
        return;
    }
    va_start(args, format);
    vsnprintf(pile->bytes + pile->length, (size_t)length + 1, format, args);
    va_end(args);
    pile->length += (size_t)length;
}

char *pile_take(struct pile *pile, size_t *length)
{
    char *bytes = NULL;

    pile_add(pile, "", 0);
    if (!pile->over) {
        bytes = pile->bytes;
        if (length)
            *length = pile->length;
        pile->bytes = NULL;
    }
    pile_release(pile);
    return bytes;
}

void pile_release(struct pile *pile)
{
    free(pile->bytes);
    pile_init(pile, pile->max);
}
