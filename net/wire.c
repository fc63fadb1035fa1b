/* SPDX-License-Identifier: MIT */
/* An SMTP conversation in lock-step: one command, one reply. */
#include "net/wire.h"

#include <stdio.h>
#include <string.h>

#define COMMAND_MAX 1024
#define LEAVE_WAIT                                                             \
    1.0 /* seconds for the reply to QUIT, which decides nothing */

void wire_init(struct wire *wire, struct feed *feed)
{
    memset(wire, 0, sizeof(*wire));
    wire->feed = feed;
    wire->link.dial.fd = -1;
}

static void end(struct wire *wire, enum result outcome, enum fault fault,
                enum phase phase)
{
    wire->ended = true;
    wire->ending =
        (struct ending){.outcome = outcome, .fault = fault, .phase = phase};
}

bool wire_fail(struct wire *wire, enum fault fault, enum phase phase,
               const char *words)
{
    bool taken = phase == PHASE_FINAL;

    if (wire->ended)
        return false;
    end(wire, taken ? RESULT_UNKNOWN : RESULT_FAULT, fault, phase);
    snprintf(wire->detail, sizeof(wire->detail), "%.*s",
             (int)sizeof(wire->detail) - 1, words ? words : "");
    return false;
}

static void take_reply(struct wire *wire)
{
    wire->ending.code = wire->reply.code;
    memcpy(wire->ending.enhanced, wire->reply.enhanced,
           sizeof(wire->ending.enhanced));
    memcpy(wire->ending.reply, wire->reply.text, sizeof(wire->ending.reply));
}

bool wire_refuse(struct wire *wire, enum fault fault, enum phase phase)
{
    if (wire->ended)
        return false;
    end(wire, RESULT_FAULT, fault, phase);
    take_reply(wire);
    return false;
}

bool wire_pass(struct wire *wire)
{
    if (wire->ended)
        return false;
    end(wire, RESULT_PASS, FAULT_NONE, PHASE_NONE);
    take_reply(wire);
    return false;
}

bool wire_check(struct wire *wire, enum fault fault, enum phase phase)
{
    const struct link *link = &wire->link;

    if (fault == FAULT_NONE)
        return true;
    /* TLS 1.3 tells us only after the handshake that we were turned away. */
    if (fault == FAULT_TLS && link->secured && !link->spoken)
        phase = PHASE_TLS;
    return wire_fail(wire, fault, phase, link->words[0] ? link->words : NULL);
}

/* Takes what was read up to the next line end. */
static enum dialogue_news take_bytes(struct wire *wire, enum phase phase)
{
    enum dialogue_news news;
    size_t length;
    const char *bytes = link_bytes(&wire->link, &length);

    link_take(&wire->link,
              dialogue_take(&wire->dialogue, bytes, length, &news));
    if (news == DIALOGUE_MORE)
        return news;
    bytes = dialogue_line(&wire->dialogue, &length);
    feed_line(wire->feed, "server", bytes, length);
    if (phase == PHASE_EHLO && news != DIALOGUE_BROKEN)
        ehlo_take(&wire->ehlo, bytes, length);
    return news;
}

/* A piece of a line that is all that ever came. */
static bool cut_off(struct wire *wire, enum fault fault, enum phase phase)
{
    const char *words = dialogue_cut(&wire->dialogue);
    size_t length;
    const char *bytes = dialogue_line(&wire->dialogue, &length);

    if (!words)
        return wire_check(wire, fault, phase);
    feed_line(wire->feed, "server", bytes, length);
    return wire_fail(wire, FAULT_PROTOCOL, phase, words);
}

bool wire_hear(struct wire *wire, enum phase phase)
{
    if (phase == PHASE_EHLO)
        memset(&wire->ehlo, 0, sizeof(wire->ehlo));
    for (;;) {
        enum fault fault = link_receive(&wire->link);

        if (fault != FAULT_NONE)
            return cut_off(wire, fault, phase);
        switch (take_bytes(wire, phase)) {
        case DIALOGUE_REPLY:
            dialogue_reply(&wire->dialogue, &wire->reply);
            return true;
        case DIALOGUE_BROKEN:
            return wire_fail(wire, FAULT_PROTOCOL, phase,
                             dialogue_broken(&wire->dialogue));
        default:
            break;
        }
    }
}

static bool judge(struct wire *wire, enum phase phase)
{
    enum fault fault = dialogue_judge(phase, &wire->reply);
    char words[64];

    if (fault == FAULT_NONE)
        return true;
    if (fault != FAULT_PROTOCOL)
        return wire_refuse(wire, fault, phase);
    snprintf(words, sizeof(words), "a reply of %d has no place here",
             wire->reply.code);
    return wire_fail(wire, FAULT_PROTOCOL, phase, words);
}

bool wire_expect(struct wire *wire, enum phase phase)
{
    return wire_hear(wire, phase) && judge(wire, phase);
}

/* What the server says before it was asked. It may close the service at any
 * time (421, RFC 5321 3.8), and many refuse a message before its end; all else
 * would be taken for the answer to our next command. */
static bool hear_unasked(struct wire *wire, enum phase phase)
{
    size_t length;

    link_bytes(&wire->link, &length);
    if (length == 0)
        return true;
    if (!wire_hear(wire, phase))
        return false;
    if (wire->reply.code == 421 ||
        (phase == PHASE_DATA && wire->reply.code >= 400))
        return wire_refuse(wire, FAULT_REFUSED, phase);
    return wire_fail(wire, FAULT_PROTOCOL, phase,
                     "a reply that nothing was asked for");
}

/* A server that has said why before it closed is believed. */
static bool hear_last_words(struct wire *wire, enum fault fault,
                            enum phase phase)
{
    size_t length;

    if (fault == FAULT_DROPPED && link_peek(&wire->link) == FAULT_NONE) {
        link_bytes(&wire->link, &length);
        if (length > 0 && wire_hear(wire, phase) && wire->reply.code >= 400)
            return wire_refuse(wire, FAULT_REFUSED, phase);
    }
    return wire_check(wire, fault, phase);
}

bool wire_send(struct wire *wire, enum phase phase, const char *bytes,
               size_t length, const char *shown)
{
    enum fault fault = link_peek(&wire->link);

    if (wire->ended || !wire_check(wire, fault, phase) ||
        !hear_unasked(wire, phase))
        return false;
    if (shown)
        feed_line(wire->feed, "us", shown, strlen(shown));
    fault = link_send(&wire->link, bytes, length);
    return fault == FAULT_NONE || hear_last_words(wire, fault, phase);
}

bool wire_say(struct wire *wire, enum phase phase, const char *command)
{
    char line[COMMAND_MAX];
    int length = snprintf(line, sizeof(line), "%s\r\n", command);

    if (length >= (int)sizeof(line))
        return wire_fail(wire, FAULT_CRASHED, phase, "a command too long");
    return wire_send(wire, phase, line, (size_t)length, command);
}

bool wire_ehlo(struct wire *wire, const char *hello)
{
    struct event *event;
    char command[COMMAND_MAX];

    snprintf(command, sizeof(command), "EHLO %s", hello);
    feed_phase(wire->feed, PHASE_EHLO);
    if (!wire_say(wire, PHASE_EHLO, command) || !wire_expect(wire, PHASE_EHLO))
        return false;
    event = event_new("ehlo");
    event_put_bytes(event, "keywords", wire->ehlo.list, wire->ehlo.list_length);
    feed_event(wire->feed, event);
    return true;
}

void wire_leave(struct wire *wire)
{
    struct ending ending = wire->ending;
    char detail[sizeof(wire->detail)];
    bool ended = wire->ended;
    double until = feed_seconds(wire->feed) + LEAVE_WAIT;

    if (until < wire->link.limit)
        wire->link.limit = until;
    /* What comes now changes nothing any more. */
    memcpy(detail, wire->detail, sizeof(detail));
    wire->ended = false;
    feed_phase(wire->feed, PHASE_QUIT);
    if (wire_say(wire, PHASE_QUIT, "QUIT")) {
        link_end_of_speech(&wire->link);
        wire_hear(wire, PHASE_QUIT);
    }
    wire->ending = ending;
    memcpy(wire->detail, detail, sizeof(detail));
    wire->ended = ended;
}

void wire_release(struct wire *wire)
{
    link_close(&wire->link);
}
