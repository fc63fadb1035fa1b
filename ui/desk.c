/* SPDX-License-Identifier: MIT */
#include "ui/desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "net/base64.h"

#define COPY_START "\033]52;c;"
#define COPY_END "\a"

/* NULL where terminfo has none. */
static const char *ability(const char *name)
{
    const char *bytes = tigetstr(name);

    return bytes && bytes != (const char *)-1 && *bytes ? bytes : NULL;
}

bool desk_can_print(void)
{
    return ability("mc4") && ability("mc5");
}

static void send_all(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = write(STDOUT_FILENO, bytes, length);

        if (sent < 0 && errno != EINTR)
            return; /* the terminal has gone; the keyboard will say so */
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

static void send_text(const char *text)
{
    send_all(text, strlen(text));
}

void desk_print(const char *text, size_t length)
{
    if (!desk_can_print())
        return;
    send_text(ability("mc5"));
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end ? (size_t)(end - text) : length;

        send_all(text, line);
        send_text("\r\n");
        line += end != NULL;
        text += line;
        length -= line;
    }
    send_text("\f");
    send_text(ability("mc4"));
}

bool desk_copy(const char *text, size_t length)
{
    char *coded =
        length <= DESK_COPY_MAX ? malloc(BASE64_LENGTH(length)) : NULL;

    if (!coded)
        return false;
    send_text(COPY_START);
    send_all(coded, base64_padded(coded, text, length));
    send_text(COPY_END);
    free(coded);
    return true;
}
