/* SPDX-License-Identifier: MIT */
/* Standard input as whole lines. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ui/lines.h"
#include "ui/rescue.h"

void lines_open(struct lines_input *input)
{
    memset(input, 0, sizeof(*input));
    input->tty =
        isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &input->modes) == 0;
    input->echoed = input->tty && isatty(STDOUT_FILENO);
}

void lines_echo(struct lines_input *input, bool on)
{
    struct termios modes = input->modes;

    if (!input->tty || input->quiet == !on)
        return;
    if (!on) {
        input->armed = rescue_keep(&input->modes);
        modes.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
    if (on && input->armed)
        rescue_disarm();
    input->quiet = !on;
}

void lines_fill(struct lines_input *input)
{
    size_t room = sizeof(input->text) - input->filled;
    ssize_t got;

    if (input->ended || room == 0)
        return;
    got = read(STDIN_FILENO, input->text + input->filled, room);
    if (got > 0)
        input->filled += (size_t)got;
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        input->ended = true;
}

/* Takes `length` bytes off the front; none of them stays behind. */
static void drop(struct lines_input *input, size_t length)
{
    size_t left = input->filled - length;

    memmove(input->text, input->text + length, left);
    explicit_bzero(input->text + left, length);
    input->filled = left;
}

bool lines_take(struct lines_input *input, char out[LINES_BYTES_MAX])
{
    char *end = memchr(input->text, '\n', input->filled);
    size_t length = end ? (size_t)(end - input->text) : input->filled;
    bool whole = end || (input->ended && length > 0);
    bool full = length == sizeof(input->text);
    bool skipping = input->skipping;

    if (!whole && !full)
        return false;
    if (!skipping) {
        size_t shown = full ? length - 1 : length;

        if (shown > 0 && input->text[shown - 1] == '\r')
            shown--;
        memcpy(out, input->text, shown);
        out[shown] = '\0';
    }
    drop(input, length + (end != NULL));
    input->skipping = !whole;
    return !skipping || (whole && lines_take(input, out));
}

void lines_close(struct lines_input *input)
{
    lines_echo(input, true);
    explicit_bzero(input->text, sizeof(input->text));
}
