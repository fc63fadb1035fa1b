/* SPDX-License-Identifier: MIT */
/* Stands between libesmtp and the server. */
#include "net/relay.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "net/redact.h"

#define LOCAL_MAX                                                              \
    8192 /* bytes of what libesmtp says before we have taken it                \
          */
#define COMMAND_MAX 4096
#define LOCAL_WAIT 2000 /* ms, for a library that answers at once */

struct relay {
    struct wire *wire;
    int local;
    const struct errand *errand;
    char in[LOCAL_MAX];
    size_t filled;
    char command[COMMAND_MAX]; /* the last one, without line end */
};

/* --- libesmtp's side ------------------------------------------------------ */

static bool stray(struct relay *relay, enum phase phase, const char *what)
{
    return wire_fail(relay->wire, FAULT_CRASHED, phase, what);
}

/* Not bound to the limit: what is late is the server, and its next reply will
 * show it. */
static bool await_local(struct relay *relay, short events)
{
    struct pollfd fd = {.fd = relay->local, .events = events};
    int ready = poll(&fd, 1, LOCAL_WAIT);

    return ready > 0 || (ready < 0 && errno == EINTR);
}

/* Gives libesmtp lines, which end in CRLF. */
static bool answer(struct relay *relay, enum phase phase, const char *lines)
{
    size_t length = strlen(lines);

    while (length > 0) {
        ssize_t sent = send(relay->local, lines, length, MSG_NOSIGNAL);

        if (sent > 0) {
            lines += sent;
            length -= (size_t)sent;
        } else if (sent == 0 || (errno != EAGAIN && errno != EINTR) ||
                   !await_local(relay, POLLOUT)) {
            return stray(relay, phase, "libesmtp left the session");
        }
    }
    return true;
}

/* Reads more of what libesmtp says. */
static bool read_local(struct relay *relay, enum phase phase)
{
    size_t room = sizeof(relay->in) - relay->filled;
    ssize_t got;

    if (room == 0)
        return stray(relay, phase, "libesmtp says too much");
    do {
        if (!await_local(relay, POLLIN))
            return stray(relay, phase, "libesmtp says nothing");
        got = recv(relay->local, relay->in + relay->filled, room, 0);
    } while (got < 0 && (errno == EAGAIN || errno == EINTR));
    if (got <= 0)
        return stray(relay, phase, "libesmtp left the session");
    relay->filled += (size_t)got;
    return true;
}

/* Reads the next command into `command`. */
static bool listen_local(struct relay *relay, enum phase phase)
{
    char *end;
    size_t used, length;

    while (!(end = memchr(relay->in, '\n', relay->filled)))
        if (!read_local(relay, phase))
            return false;
    used = (size_t)(end - relay->in) + 1;
    length = used - 1;
    if (length > 0 && relay->in[length - 1] == '\r')
        length--;
    if (length >= sizeof(relay->command))
        return stray(relay, phase, "libesmtp says too much");
    memcpy(relay->command, relay->in, length);
    relay->command[length] = '\0';
    relay->filled -= used;
    memmove(relay->in, end + 1, relay->filled);
    return true;
}

/* The next command of libesmtp must be this one. Nothing else ever reaches the
 * server, whatever the library makes of an address or of a reply. */
static bool listen_for(struct relay *relay, enum phase phase,
                       const char *command)
{
    return listen_local(relay, phase) &&
           (strcmp(relay->command, command) == 0 ||
            stray(relay, phase, "libesmtp left its script"));
}

/* --- the steps of a session ----------------------------------------------- */

/* One command and its reply, of which libesmtp gets the code and no more. */
static bool pass_on(struct relay *relay, enum phase phase, const char *command)
{
    char line[32];

    if (!listen_for(relay, phase, command))
        return false;
    feed_phase(relay->wire->feed, phase);
    if (!wire_say(relay->wire, phase, command) ||
        !wire_expect(relay->wire, phase))
        return false;
    snprintf(line, sizeof(line), "%d ok\r\n", relay->wire->reply.code);
    return answer(relay, phase, line);
}

/* Of what the server offers libesmtp sees what it can be trusted with: one
 * mechanism to log in. */
static bool answer_ehlo(struct relay *relay, enum mechanism mechanism)
{
    char lines[64] = "250 nollego\r\n";

    if (mechanism != MECHANISM_NONE)
        snprintf(lines, sizeof(lines), "250-nollego\r\n250 AUTH %s\r\n",
                 mechanism_name(mechanism));
    return answer(relay, PHASE_EHLO, lines);
}

static bool say_ehlo(struct relay *relay)
{
    char command[320];

    snprintf(command, sizeof(command), "EHLO %s", relay->errand->hello);
    return answer(relay, PHASE_EHLO, "220 nollego\r\n") &&
           listen_for(relay, PHASE_EHLO, command) &&
           wire_ehlo(relay->wire, relay->errand->hello);
}

/* Sends a part of a login and reads the reply: 334 where `more` is to follow,
 * else 2xx. What is sent is never shown. */
static bool say_secret(struct relay *relay, const char *secret,
                       const char *shown, bool more)
{
    struct wire *wire = relay->wire;
    char line[COMMAND_MAX + 16];
    int length = snprintf(line, sizeof(line), "%s\r\n", secret);
    bool sent = wire_send(wire, PHASE_AUTH, line, (size_t)length, shown);

    explicit_bzero(line, sizeof(line));
    if (!sent || !more)
        return sent && wire_expect(wire, PHASE_AUTH);
    if (!wire_hear(wire, PHASE_AUTH))
        return false;
    if (wire->reply.code >= 400)
        return wire_refuse(wire, dialogue_judge(PHASE_AUTH, &wire->reply),
                           PHASE_AUTH);
    return reply_is_challenge(&wire->reply) ||
           wire_fail(wire, FAULT_PROTOCOL, PHASE_AUTH,
                     "no challenge where one is due");
}

static bool log_in_plain(struct relay *relay)
{
    return say_secret(relay, relay->command, "AUTH PLAIN " REDACT_MARK, false);
}

/* libesmtp puts the user into the command; not every server takes it there, and
 * one that does not would take the password for the user. The challenges that
 * libesmtp gets are ours: it never looks at them. */
static bool log_in_stepwise(struct relay *relay)
{
    const char *user = relay->command + strlen("AUTH LOGIN ");

    return say_secret(relay, "AUTH LOGIN", "AUTH LOGIN", true) &&
           say_secret(relay, user, REDACT_MARK, true) &&
           answer(relay, PHASE_AUTH, "334 UGFzc3dvcmQ6\r\n") &&
           listen_local(relay, PHASE_AUTH) &&
           say_secret(relay, relay->command, REDACT_MARK, false);
}

static bool log_in(struct relay *relay, enum mechanism mechanism)
{
    char start[16];
    bool in;

    if (!listen_local(relay, PHASE_AUTH))
        return false;
    snprintf(start, sizeof(start), "AUTH %s ", mechanism_name(mechanism));
    if (strncmp(relay->command, start, strlen(start)) != 0)
        return wire_fail(relay->wire, FAULT_FEATURE, PHASE_AUTH,
                         "libesmtp does not log in: its plugin is missing");
    in = mechanism == MECHANISM_PLAIN ? log_in_plain(relay)
                                      : log_in_stepwise(relay);
    explicit_bzero(relay->command, sizeof(relay->command));
    return in && answer(relay, PHASE_AUTH, "235 ok\r\n");
}

/* EHLO, and the login where one is asked: without it no mail goes out. */
static bool open_session(struct relay *relay)
{
    const struct errand *errand = relay->errand;
    struct wire *wire = relay->wire;
    enum mechanism mechanism;

    if (!say_ehlo(relay))
        return false;
    if (!errand->user[0])
        return answer_ehlo(relay, MECHANISM_NONE);
    feed_phase(wire->feed, PHASE_AUTH);
    if (!link_is_private(&wire->link))
        return wire_fail(wire, FAULT_FEATURE, PHASE_AUTH,
                         "no login without verified TLS");
    mechanism = ehlo_mechanism(&wire->ehlo, errand->user, errand->password);
    if (mechanism == MECHANISM_NONE)
        return wire_fail(wire, FAULT_FEATURE, PHASE_AUTH,
                         "neither PLAIN nor LOGIN is offered");
    return answer_ehlo(relay, mechanism) && log_in(relay, mechanism);
}

static bool say_envelope(struct relay *relay)
{
    char mail[320], rcpt[320];

    snprintf(mail, sizeof(mail), "MAIL FROM:<%s>", relay->errand->from);
    snprintf(rcpt, sizeof(rcpt), "RCPT TO:<%s>", relay->errand->to);
    return pass_on(relay, PHASE_MAIL, mail) &&
           pass_on(relay, PHASE_RCPT, rcpt) &&
           pass_on(relay, PHASE_DATA, "DATA");
}

/* What libesmtp made of the message must be the message, to the byte. */
static bool take_text(struct relay *relay)
{
    const struct errand *errand = relay->errand;
    size_t at = 0;

    while (at < errand->length) {
        size_t part = errand->length - at;

        if (relay->filled == 0 && !read_local(relay, PHASE_DATA))
            return false;
        part = part < relay->filled ? part : relay->filled;
        if (memcmp(errand->lines + at, relay->in, part) != 0)
            return stray(relay, PHASE_DATA, "libesmtp altered the message");
        at += part;
        relay->filled -= part;
        memmove(relay->in, relay->in + part, relay->filled);
    }
    return true;
}

/* The final dot is the point of no return: its phase is told before it leaves,
 * and as long as it could not be sent the phase is still DATA. */
static bool say_text(struct relay *relay)
{
    static const char dot[] = ".\r\n";
    const struct errand *errand = relay->errand;
    struct wire *wire = relay->wire;

    if (!take_text(relay) || !wire_send(wire, PHASE_DATA, errand->lines,
                                        errand->length - strlen(dot), NULL))
        return false;
    feed_phase(wire->feed, PHASE_FINAL);
    return wire_send(wire, PHASE_DATA, dot, strlen(dot), ".") &&
           wire_expect(wire, PHASE_FINAL);
}

/* Libesmtp may hear of it; whether it says QUIT then is all the same. */
static void finish(struct relay *relay)
{
    wire_pass(relay->wire);
    answer(relay, PHASE_QUIT, "250 ok\r\n");
}

void relay_run(struct wire *wire, int local, const struct errand *errand)
{
    struct relay relay = {.wire = wire, .local = local, .errand = errand};
    enum fault fault;

    if (open_session(&relay) && say_envelope(&relay) && say_text(&relay))
        finish(&relay);
    fault = wire->ending.fault;
    if (fault == FAULT_NONE || fault == FAULT_REFUSED || fault == FAULT_AUTH ||
        fault == FAULT_FEATURE)
        wire_leave(wire);
    explicit_bzero(&relay, sizeof(relay));
}
