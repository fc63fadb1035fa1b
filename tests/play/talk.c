/* SPDX-License-Identifier: MIT */
/* What the server's side of a conversation says and hears. */
#include "tests/play/talk.h"

#include <string.h>
#include <sys/socket.h>

bool talk_push(struct stage *stage, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = stage->ssl
                           ? SSL_write(stage->ssl, bytes, (int)length)
                           : send(stage->fd, bytes, length, MSG_NOSIGNAL);

        if (done <= 0)
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

/* Writes the text with each TAG the tag; returns its length. */
static size_t fill_tag(const struct stage *stage, char out[TALK_LINE],
                       const char *text)
{
    size_t length = 0, tag = strlen(stage->tag);

    while (*text && length + TAG_SIZE < TALK_LINE) {
        if (tag > 0 && strncmp(text, "TAG", 3) == 0) {
            memcpy(out + length, stage->tag, tag);
            length += tag;
            text += 3;
        } else {
            out[length++] = *text++;
        }
    }
    out[length] = '\0';
    return length;
}

bool talk_say(struct stage *stage, const char *text)
{
    char line[TALK_LINE];
    size_t length = fill_tag(stage, line, text);

    memcpy(line + length, "\r\n", 3);
    return talk_push(stage, line, length + 2);
}

bool talk_say_bytewise(struct stage *stage, const char *text)
{
    char line[TALK_LINE];

    memcpy(line + fill_tag(stage, line, text), "\r\n", 3);
    for (char *s = line; *s; s++)
        if (!talk_push(stage, s, 1))
            return false;
    return true;
}

/* One sign of a text; returns the signs of the script that it took. */
static size_t read_escape(const char *s, char *out)
{
    static const char names[] = "nre\\", bytes[] = "\n\r\033\\";
    const char *name;
    unsigned value;

    *out = *s;
    if (s[0] != '\\' || s[1] == '\0')
        return 1;
    if (s[1] == 'x' && sscanf(s + 2, "%2x", &value) == 1) {
        *out = (char)value;
        return 4;
    }
    name = strchr(names, s[1]);
    if (!name)
        return 1;
    *out = bytes[name - names];
    return 2;
}

size_t talk_unescape(char *out, const char *text)
{
    size_t length = 0;

    while (*text)
        text += read_escape(text, &out[length++]);
    out[length] = '\0';
    return length;
}

bool talk_say_raw(struct stage *stage, const char *text)
{
    char bytes[TALK_LINE];

    fill_tag(stage, bytes, text);
    return talk_push(stage, bytes, talk_unescape(bytes, bytes));
}

void talk_miss(struct stage *stage, const char *what, const char *found)
{
    snprintf(stage->missed, sizeof(stage->missed), "%.80s%s%.160s", what,
             found ? " but heard: " : "", found ? found : "");
}

static void note(struct stage *stage, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        putc(line[i] ? line[i] : '?', stage->heard);
}

/* One line without its end; `*whole` where it ends in CRLF. */
bool talk_hear(struct stage *stage, char line[TALK_LINE], bool *whole)
{
    size_t length = 0;
    char byte = '\0';

    while (length < TALK_LINE - 1) {
        ssize_t got = stage->ssl ? SSL_read(stage->ssl, &byte, 1)
                                 : recv(stage->fd, &byte, 1, 0);

        if (got <= 0) {
            note(stage, line, length);
            return false;
        }
        if (byte == '\n')
            break;
        line[length++] = byte;
    }
    *whole = length > 0 && line[length - 1] == '\r';
    length -= *whole;
    line[length] = '\0';
    *whole = *whole && strlen(line) == length;
    note(stage, line, length);
    putc('\n', stage->heard);
    return true;
}

/* One line of a command: it ends in CRLF and holds no NUL, no lone CR (RFC
 * 5321 2.3.8) and, since 8BITMIME is never asked for, no 8 bits. */
bool talk_hear_command(struct stage *stage, char line[TALK_LINE])
{
    bool whole;

    if (!talk_hear(stage, line, &whole))
        return false;
    for (const char *s = line; *s; s++)
        whole = whole && *s != '\r' &&
                (stage->eight_bits || (unsigned char)*s < 0x80);
    if (!whole)
        talk_miss(stage, "a line of ASCII that ends in CRLF", line);
    return true;
}
