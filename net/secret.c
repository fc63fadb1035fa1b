/* SPDX-License-Identifier: MIT */
/* The one type that holds a password or a key. */
#include "net/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "net/utf8.h"

/* What people paste along: ASCII blanks, a no-break space, a byte order mark
 * that an editor put before the first line. Returns its bytes, or 0. */
static size_t blank_at(const char *text, size_t length)
{
    unsigned code = 0;
    size_t bytes = utf8_take(text, length, &code);

    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 ||
                   code == 0xfeff
               ? bytes
               : 0;
}

static void trim(const char **text, size_t *length)
{
    size_t bytes;

    while ((bytes = blank_at(*text, *length)) > 0) {
        *text += bytes;
        *length -= bytes;
    }
    for (size_t back = 1; back <= 3 && back <= *length; back++)
        if (blank_at(*text + *length - back, back) == back) {
            *length -= back;
            back = 0;
        }
}

static bool is_clean(const char *text, size_t length)
{
    while (length > 0) {
        unsigned code = 0;
        size_t bytes = utf8_take(text, length, &code);

        if (bytes == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0))
            return false;
        text += bytes;
        length -= bytes;
    }
    return true;
}

int secret_set(struct secret *secret, const char *text, size_t length,
               struct error *err)
{
    secret_clear(secret);
    trim(&text, &length);
    if (length >= 2 && (text[0] == '"' || text[0] == '\'') &&
        text[length - 1] == text[0]) {
        text++;
        length -= 2;
    }
    if (length >= SECRET_MAX)
        return error_set(err, "secret is longer than %d bytes", SECRET_MAX - 1);
    if (!is_clean(text, length))
        return error_set(err, "secret holds control bytes or is not UTF-8");
    if (length > 0)
        memcpy(secret->text, text, length);
    secret->length = length;
    return 0;
}

/* Byte by byte: what follows the line on standard input stays there. Returns
 * the length of the line, or -1. */
static ssize_t read_line(int fd, char *line, size_t size)
{
    size_t length = 0;

    for (;;) {
        char byte;
        ssize_t got = read(fd, &byte, 1);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0 || byte == '\n')
            return (ssize_t)length;
        if (length == size) {
            errno = EFBIG;
            return -1;
        }
        line[length++] = byte;
    }
}

int secret_read(struct secret *secret, const char *path, struct error *err)
{
    char line[SECRET_MAX + 64]; /* room for blanks and quotes around it */
    bool is_stdin = strcmp(path, "-") == 0;
    int result = -1;
    int fd =
        is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t length;

    secret_clear(secret);
    if (fd < 0)
        return error_set(err, "cannot open '%s': %s", path, strerror(errno));
    length = read_line(fd, line, sizeof(line));
    if (length < 0)
        error_set(err, "cannot read '%s': %s", path, strerror(errno));
    else
        result = secret_set(secret, line, (size_t)length, err);
    if (result == 0 && !secret_given(secret))
        result = error_set(err, "first line of '%s' is empty", path);
    explicit_bzero(line, sizeof(line));
    if (!is_stdin)
        close(fd);
    return result;
}

bool secret_given(const struct secret *secret)
{
    return secret->length > 0;
}

void secret_clear(struct secret *secret)
{
    explicit_bzero(secret, sizeof(*secret));
}
