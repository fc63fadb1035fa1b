/* SPDX-License-Identifier: MIT */
/* Reads what an SMTP server says, byte by byte, into replies, and judges them.
 * No sockets; total on any input. It alone decides what a reply means. */
#ifndef NET_DIALOGUE_H
#define NET_DIALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/event.h"
#include "net/fault.h"

#define DIALOGUE_LINE_MAX 1000 /* bytes of a line, its end included */
#define DIALOGUE_LINES_MAX 100 /* lines of a reply */
#define ENHANCED_MAX 16

/* One whole reply, RFC 5321 4.2. */
struct reply {
    int code;
    int lines;
    char enhanced[ENHANCED_MAX]; /* RFC 2034, of the first line that has one */
    char text[REPLY_MAX]; /* lines without codes, joined by blanks; UTF-8 */
};

struct dialogue {
    char line[DIALOGUE_LINE_MAX];
    size_t filled;
    bool line_done, reply_done;
    int code, lines;
    char enhanced[ENHANCED_MAX];
    char joined[2 * REPLY_MAX]; /* raw bytes of the text so far */
    size_t joined_length;
    const char *broken;
};

enum dialogue_news {
    DIALOGUE_MORE,  /* all bytes were taken, no line is complete */
    DIALOGUE_LINE,  /* a line that more lines of the reply follow */
    DIALOGUE_REPLY, /* the last line of a reply */
    DIALOGUE_BROKEN /* what no SMTP server says; nothing may be read after */
};

void dialogue_init(struct dialogue *dialogue);

/* Takes bytes up to the first line end, returns how many. A line ends in LF,
 * with or without CR. The rest is to be given again: bytes that follow a reply
 * are the caller's to refuse. */
size_t dialogue_take(struct dialogue *dialogue, const char *bytes,
                     size_t length, enum dialogue_news *news);

/* The line of the last news without its end, borrowed until the next take;
 * after BROKEN what came of it so far. */
const char *dialogue_line(const struct dialogue *dialogue, size_t *length);

/* The reply, after DIALOGUE_REPLY. */
void dialogue_reply(const struct dialogue *dialogue, struct reply *reply);

/* To be asked when nothing more comes: what is wrong with the piece of a line
 * that came, or NULL where it may well have become a reply. */
const char *dialogue_cut(struct dialogue *dialogue);

/* What is wrong after DIALOGUE_BROKEN, in a few lower-case words. */
const char *dialogue_broken(const struct dialogue *dialogue);

/* What a reply means in a phase: NONE go on, REFUSED (any 4xx and 5xx), AUTH
 * (a refused login; but 421 says that the service closes, whoever logs in),
 * PROTOCOL (a code that has no place there). 334 goes on nowhere: the caller
 * who expects a challenge asks `reply_is_challenge` first. */
enum fault dialogue_judge(enum phase phase, const struct reply *reply);

/* Whether the server asks for the next part of a login, RFC 4954. */
bool reply_is_challenge(const struct reply *reply);

#endif
