/* SPDX-License-Identifier: MIT */
/* Lines over a socket, with a limit on length and on patience. */
#ifndef NET_PRACTICE_LINES_H
#define NET_PRACTICE_LINES_H

#include <stddef.h>

#define LINES_IDLE_MS 60000       /* how long a peer may say nothing */
#define LINE_MAX_BYTES 2048       /* of one line, its end not counted */
#define LINES_PATIENCE (1u << 20) /* bytes of a line that are passed over */

#define LINES_GONE (-1) /* closed, silent for too long, or broken */
#define LINES_LONG (-2) /* a line of more bytes; it was passed over */

struct lines {
    int fd; /* borrowed */
    size_t start, end;
    char buffer[4096];
};

void lines_init(struct lines *lines, int fd);

/* Reads one line into `out` (`size` bytes with a NUL), without its CR LF or
 * LF. Returns its length; a NUL may be in it. */
int lines_read(struct lines *lines, char *out, size_t size);

/* Reads exactly `length` bytes. LINES_GONE where they do not come. */
int lines_bytes(struct lines *lines, char *out, size_t length);

/* What is there, at least one byte, after waiting for it; borrowed until the
 * next call. NULL where nothing comes any more. */
const char *lines_peek(struct lines *lines, size_t *length);

/* Takes `length` of the peeked bytes. */
void lines_skip(struct lines *lines, size_t length);

/* Writes all of it. LINES_GONE where the peer does not take it in time. */
int lines_write(struct lines *lines, const char *bytes, size_t length);
int lines_say(struct lines *lines, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
