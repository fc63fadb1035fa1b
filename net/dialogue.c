/* SPDX-License-Identifier: MIT */
/* Reads what an SMTP server says, byte by byte, into replies, and judges them.
 */
#include "net/dialogue.h"

#include <string.h>
#include <strings.h>

#include "net/utf8.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void dialogue_init(struct dialogue *dialogue)
{
    memset(dialogue, 0, sizeof(*dialogue));
}

static void start_reply(struct dialogue *dialogue)
{
    dialogue->code = dialogue->lines = 0;
    dialogue->joined_length = 0;
    dialogue->enhanced[0] = '\0';
    dialogue->reply_done = false;
}

/* "2.1.5" and a blank or the end: its bytes, or 0. RFC 2034 4, RFC 3463 2. */
static size_t enhanced_length(const char *text, size_t length)
{
    size_t at = 1;

    if (length < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5'))
        return 0;
    for (int part = 0; part < 2; part++) {
        size_t digits = 0;

        if (at >= length || text[at] != '.')
            return 0;
        at++;
        while (at + digits < length && is_digit(text[at + digits]))
            digits++;
        if (digits < 1 || digits > 3)
            return 0;
        at += digits;
    }
    return at == length || text[at] == ' ' ? at : 0;
}

static void join(struct dialogue *dialogue, const char *text, size_t length)
{
    size_t room = sizeof(dialogue->joined) - dialogue->joined_length;

    if (length == 0 || room < 2)
        return;
    if (dialogue->joined_length > 0) {
        dialogue->joined[dialogue->joined_length++] = ' ';
        room--;
    }
    length = length < room ? length : room;
    memcpy(dialogue->joined + dialogue->joined_length, text, length);
    dialogue->joined_length += length;
}

/* The text of a line goes to the reply's, its enhanced code apart. */
static void take_text(struct dialogue *dialogue, const char *text,
                      size_t length)
{
    size_t code = enhanced_length(text, length);

    if (code > 0 && dialogue->enhanced[0] == '\0') {
        memcpy(dialogue->enhanced, text, code);
        dialogue->enhanced[code] = '\0';
    }
    text += code;
    length -= code;
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    join(dialogue, text, length);
}

/* Other protocols by their first words. */
static const char *call_stranger(const char *line, size_t length)
{
    static const struct {
        const char *start, *word;
    } strangers[] = {
        {"HTTP/", "an HTTP server answers, not SMTP"},
        {"<!DOCTYPE", "an HTTP server answers, not SMTP"},
        {"<html", "an HTTP server answers, not SMTP"},
        {"SSH-", "an SSH server answers, not SMTP"},
        {"* OK", "an IMAP server answers, not SMTP"},
        {"+OK", "a POP3 server answers, not SMTP"},
        {"-ERR", "a POP3 server answers, not SMTP"},
        {"\x15\x03", "the server speaks TLS from the first byte"},
        {"\x16\x03", "the server speaks TLS from the first byte"},
    };

    for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++) {
        size_t start = strlen(strangers[i].start);

        if (length >= start &&
            strncasecmp(line, strangers[i].start, start) == 0)
            return strangers[i].word;
    }
    return NULL;
}

/* Three digits, the first of 2 to 5. The second is left open: refusals such as
 * 571 are met, although RFC 5321 4.2.1 knows none. */
static int read_code(const char *line, size_t length)
{
    if (length < 3 || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) ||
        !is_digit(line[2]))
        return 0;
    return 100 * (line[0] - '0') + 10 * (line[1] - '0') + line[2] - '0';
}

static enum dialogue_news break_off(struct dialogue *dialogue, const char *why)
{
    const char *stranger = call_stranger(dialogue->line, dialogue->filled);

    dialogue->broken = stranger && dialogue->lines == 0 ? stranger : why;
    return DIALOGUE_BROKEN;
}

static enum dialogue_news read_line(struct dialogue *dialogue)
{
    const char *line = dialogue->line;
    size_t length = dialogue->filled;
    int code = read_code(line, length);
    char after = length > 3 ? line[3] : ' ';

    if (code == 0 || (after != ' ' && after != '-'))
        return break_off(dialogue, "a line without a reply code");
    if (dialogue->lines > 0 && code != dialogue->code)
        return break_off(dialogue, "different codes in one reply");
    if (++dialogue->lines > DIALOGUE_LINES_MAX)
        return break_off(dialogue, "a reply of more than 100 lines");
    dialogue->code = code;
    if (length > 4)
        take_text(dialogue, line + 4, length - 4);
    dialogue->reply_done = after == ' ';
    return dialogue->reply_done ? DIALOGUE_REPLY : DIALOGUE_LINE;
}

size_t dialogue_take(struct dialogue *dialogue, const char *bytes,
                     size_t length, enum dialogue_news *news)
{
    const char *end = length > 0 ? memchr(bytes, '\n', length) : NULL;
    size_t used = end ? (size_t)(end - bytes) + 1 : length;
    size_t room = sizeof(dialogue->line);

    if (dialogue->broken) {
        *news = DIALOGUE_BROKEN;
        return 0;
    }
    if (dialogue->line_done) {
        dialogue->filled = 0;
        dialogue->line_done = false;
    }
    if (dialogue->reply_done)
        start_reply(dialogue);
    room -= dialogue->filled;
    if (used > room) {
        memcpy(dialogue->line + dialogue->filled, bytes, room);
        dialogue->filled += room;
        *news = break_off(dialogue, "a line of more than 1000 bytes");
        return room;
    }
    if (used > 0)
        memcpy(dialogue->line + dialogue->filled, bytes, used);
    dialogue->filled += used;
    *news = DIALOGUE_MORE;
    if (end) {
        dialogue->filled--;
        if (dialogue->filled > 0 &&
            dialogue->line[dialogue->filled - 1] == '\r')
            dialogue->filled--;
        dialogue->line_done = true;
        *news = read_line(dialogue);
    }
    return used;
}

const char *dialogue_line(const struct dialogue *dialogue, size_t *length)
{
    *length = dialogue->filled;
    return dialogue->line;
}

void dialogue_reply(const struct dialogue *dialogue, struct reply *reply)
{
    reply->code = dialogue->code;
    reply->lines = dialogue->lines;
    memcpy(reply->enhanced, dialogue->enhanced, sizeof(reply->enhanced));
    utf8_mend(reply->text, sizeof(reply->text), dialogue->joined,
              dialogue->joined_length);
}

const char *dialogue_cut(struct dialogue *dialogue)
{
    size_t start = dialogue->filled < 3 ? dialogue->filled : 3;

    if (dialogue->broken || dialogue->line_done)
        return dialogue->broken;
    for (size_t i = 0; i < start; i++)
        if (!is_digit(dialogue->line[i]))
            break_off(dialogue, "a line without a reply code");
    return dialogue->broken;
}

const char *dialogue_broken(const struct dialogue *dialogue)
{
    return dialogue->broken;
}

bool reply_is_challenge(const struct reply *reply)
{
    return reply->code == 334;
}

enum fault dialogue_judge(enum phase phase, const struct reply *reply)
{
    int wanted = phase == PHASE_DATA ? 3 : 2;

    if (reply->code / 100 == wanted)
        return FAULT_NONE;
    if (reply->code < 400)
        return FAULT_PROTOCOL;
    if (phase == PHASE_AUTH && reply->code != 421)
        return FAULT_AUTH;
    return FAULT_REFUSED;
}
