/* SPDX-License-Identifier: MIT */
/* Bytes that grow up to a limit set beforehand. */
#ifndef NET_PRACTICE_PILE_H
#define NET_PRACTICE_PILE_H

#include <stdbool.h>
#include <stddef.h>

/* `bytes` is ended by a NUL that `length` does not count; NULL where nothing
 * was ever added. Once `over`, it takes nothing more. */
struct pile {
    char *bytes;
    size_t length, room, max;
    bool over; /* more than `max` bytes were offered, or no memory */
};

void pile_init(struct pile *pile, size_t max);

/* Add bytes, a text, a formatted text. */
void pile_add(struct pile *pile, const void *bytes, size_t length);
void pile_text(struct pile *pile, const char *text);
void pile_format(struct pile *pile, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The bytes, now the caller's to free; NULL where it went over. The pile is
 * empty afterwards. */
char *pile_take(struct pile *pile, size_t *length);

void pile_release(struct pile *pile);

#endif
