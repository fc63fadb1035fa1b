/* SPDX-License-Identifier: MIT */
/* A bounded reader and writer of lines. */
#include "net/practice/lines.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

void lines_init(struct lines *lines, int fd)
{
    /* Answers go out line by line: without this each second one would wait
     * for the other side's delayed acknowledgement, 40 ms at a time. */
    int now = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &now, sizeof(now));
    lines->fd = fd;
    lines->start = lines->end = 0;
}

static bool is_ready(int fd, short events)
{
    struct pollfd ready = {.fd = fd, .events = events};
    int count;

    do
        count = poll(&ready, 1, LINES_IDLE_MS);
    while (count < 0 && errno == EINTR);
    return count > 0;
}

static int fill(struct lines *lines)
{
    ssize_t count;

    lines->start = lines->end = 0;
    do
        count = is_ready(lines->fd, POLLIN)
                    ? recv(lines->fd, lines->buffer, sizeof(lines->buffer), 0)
                    : 0;
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return LINES_GONE;
    lines->end = (size_t)count;
    return 0;
}

const char *lines_peek(struct lines *lines, size_t *length)
{
    if (lines->start == lines->end && fill(lines) != 0)
        return NULL;
    *length = lines->end - lines->start;
    return lines->buffer + lines->start;
}

void lines_skip(struct lines *lines, size_t length)
{
    lines->start += length;
}

int lines_read(struct lines *lines, char *out, size_t size)
{
    size_t count = 0, passed = 0, there;
    bool fits = true;
    const char *bytes, *feed;

    do {
        bytes = lines_peek(lines, &there);
        if (!bytes || passed > LINES_PATIENCE)
            return LINES_GONE;
        feed = memchr(bytes, '\n', there);
        if (feed)
            there = (size_t)(feed - bytes);
        if (count + there >= size)
            fits = false;
        if (fits) {
            memcpy(out + count, bytes, there);
            count += there;
        }
        passed += there;
        lines_skip(lines, there + (feed ? 1 : 0));
    } while (!feed);
    if (!fits)
        return LINES_LONG;
    if (count && out[count - 1] == '\r')
        count--;
    out[count] = '\0';
    return (int)count;
}

int lines_bytes(struct lines *lines, char *out, size_t length)
{
    while (length) {
        size_t there;
        const char *bytes = lines_peek(lines, &there);

        if (!bytes)
            return LINES_GONE;
        if (there > length)
            there = length;
        memcpy(out, bytes, there);
        lines_skip(lines, there);
        out += there;
        length -= there;
    }
    return 0;
}

int lines_write(struct lines *lines, const char *bytes, size_t length)
{
    while (length) {
        ssize_t count = is_ready(lines->fd, POLLOUT)
                            ? send(lines->fd, bytes, length, MSG_NOSIGNAL)
                            : 0;

        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return LINES_GONE;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

int lines_say(struct lines *lines, const char *format, ...)
{
    char text[LINE_MAX_BYTES];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(text, sizeof(text) - 2, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof(text) - 2)
        return LINES_GONE;
    memcpy(text + length, "\r\n", 2);
    return lines_write(lines, text, (size_t)length + 2);
}
