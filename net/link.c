/* SPDX-License-Identifier: MIT */
/* One connection to a server, in clear or in TLS, under one deadline. */
#include "net/link.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

static enum fault fail(struct link *link, enum fault fault, const char *words)
{
    snprintf(link->words, sizeof(link->words), "%s", words);
    return fault;
}

/* Waits for the socket until `limit`; its return says whether it is ready. */
static enum fault await(struct link *link, short events, double limit)
{
    struct pollfd fd = {.fd = link->dial.fd, .events = events};

    for (;;) {
        double left = limit - feed_seconds(link->feed);
        int ready = poll(&fd, 1, dial_milliseconds(left));

        if (ready > 0)
            return FAULT_NONE;
        if (ready == 0 || left <= 0)
            return FAULT_TIMEOUT;
        if (errno != EINTR)
            return FAULT_DROPPED;
    }
}

enum fault link_open(struct link *link, const struct endpoint *endpoint,
                     const char *ca_file, const struct feed *feed, double limit)
{
    enum fault fault;

    memset(link, 0, sizeof(*link));
    link->feed = feed;
    link->limit = limit;
    link->endpoint = *endpoint;
    link->dial.fd = -1;
    if (endpoint->tls == TLS_NONE && !endpoint_is_loopback(endpoint))
        return fail(link, FAULT_TLS, "not without TLS to another machine");
    if (endpoint->tls != TLS_NONE && tls_init(&link->tls, ca_file) < 0)
        return fail(link, FAULT_TLS, link->tls.words);
    fault = dial_open(&link->dial, endpoint, feed, limit);
    if (fault != FAULT_NONE)
        return fail(link, fault, link->dial.words);
    if (endpoint->tls == TLS_NONE && !link->dial.loopback)
        return fail(link, FAULT_TLS, "not without TLS to another machine");
    return FAULT_NONE;
}

/* Bytes in clear where the server has no word: before our ClientHello. */
static enum fault refuse_early(struct link *link)
{
    char early[64];
    ssize_t length = (ssize_t)(link->filled - link->at);

    if (length == 0)
        length = recv(link->dial.fd, early, sizeof(early), MSG_PEEK);
    if (length > 0)
        return fail(link, FAULT_PROTOCOL, "bytes in clear before TLS");
    return FAULT_NONE;
}

static enum fault handshake(struct link *link)
{
    bool closed;
    short events = POLLIN;
    int step;

    while ((step = tls_step(&link->tls, &events, &closed)) == 0) {
        enum fault fault = await(link, events, link->limit);

        if (fault != FAULT_NONE)
            return fault;
    }
    if (step > 0)
        return FAULT_NONE;
    return closed ? FAULT_DROPPED : fail(link, FAULT_TLS, link->tls.words);
}

enum fault link_secure(struct link *link)
{
    enum fault fault = FAULT_NONE;

    if (link->endpoint.tls == TLS_STARTTLS)
        fault = refuse_early(link);
    if (fault != FAULT_NONE)
        return fault;
    if (tls_start(&link->tls, link->dial.fd, link->endpoint.host) < 0)
        return fail(link, FAULT_TLS, link->tls.words);
    fault = handshake(link);
    link->secured = fault == FAULT_NONE;
    return fault;
}

bool link_is_private(const struct link *link)
{
    return link->secured ||
           (link->endpoint.tls == TLS_NONE && link->dial.loopback);
}

/* What the failure of an SSL call means: NONE to call it again once `events`
 * are there. */
static enum fault read_failure(struct link *link, int result, short *events)
{
    int error = SSL_get_error(link->tls.ssl, result);

    *events = error == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return FAULT_NONE;
    if (error == SSL_ERROR_SSL && ERR_GET_REASON(ERR_peek_error()) !=
                                      SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        tls_explain(&link->tls);
        return fail(link, FAULT_TLS, link->tls.words);
    }
    return FAULT_DROPPED;
}

/* One write; `*done` are its bytes, `*events` what to wait for if none. */
static enum fault write_some(struct link *link, const char *bytes,
                             size_t length, size_t *done, short *events)
{
    ssize_t sent;

    *done = 0;
    *events = POLLOUT;
    if (link->secured) {
        ERR_clear_error();
        if (SSL_write_ex(link->tls.ssl, bytes, length, done) == 1)
            return FAULT_NONE;
        return read_failure(link, 0, events);
    }
    sent = send(link->dial.fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return FAULT_DROPPED;
    *done = sent > 0 ? (size_t)sent : 0;
    return FAULT_NONE;
}

enum fault link_send(struct link *link, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t done;
        short events;
        enum fault fault = write_some(link, bytes, length, &done, &events);

        if (fault == FAULT_NONE && done == 0)
            fault = await(link, events, link->limit);
        if (fault != FAULT_NONE)
            return fault;
        bytes += done;
        length -= done;
    }
    return FAULT_NONE;
}

/* One read behind what stands in `in`; the same rules as for a write. */
static enum fault read_some(struct link *link, size_t *done, short *events)
{
    char *into = link->in + link->filled;
    size_t room = sizeof(link->in) - link->filled;
    ssize_t got;

    *done = 0;
    *events = POLLIN;
    if (link->secured) {
        ERR_clear_error();
        if (SSL_read_ex(link->tls.ssl, into, room, done) != 1)
            return read_failure(link, 0, events);
        link->spoken = true;
        return FAULT_NONE;
    }
    got = recv(link->dial.fd, into, room, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        return FAULT_DROPPED;
    *done = got > 0 ? (size_t)got : 0;
    return FAULT_NONE;
}

static enum fault receive_until(struct link *link, double limit)
{
    size_t done = 0;

    if (link->at == link->filled)
        link->at = link->filled = 0;
    while (link->filled == 0) {
        short events;
        enum fault fault = read_some(link, &done, &events);

        if (fault == FAULT_NONE && done == 0)
            fault = await(link, events, limit);
        if (fault != FAULT_NONE)
            return fault;
        link->filled = done;
    }
    link->received += done;
    if (link->received > LINK_SESSION_MAX)
        return fail(link, FAULT_PROTOCOL, "more than 1 MiB in one session");
    return FAULT_NONE;
}

enum fault link_receive(struct link *link)
{
    return receive_until(link, link->limit);
}

enum fault link_peek(struct link *link)
{
    enum fault fault = receive_until(link, 0);

    return fault == FAULT_TIMEOUT ? FAULT_NONE : fault;
}

const char *link_bytes(const struct link *link, size_t *length)
{
    *length = link->filled - link->at;
    return link->in + link->at;
}

void link_take(struct link *link, size_t length)
{
    link->at += length;
}

void link_end_of_speech(const struct link *link)
{
    if (!link->secured)
        shutdown(link->dial.fd, SHUT_WR);
}

void link_own_address(const struct link *link, char *out, size_t size)
{
    struct sockaddr_storage own;
    socklen_t length = sizeof(own);

    if (getsockname(link->dial.fd, (struct sockaddr *)&own, &length) < 0 ||
        getnameinfo((struct sockaddr *)&own, length, out, (socklen_t)size, NULL,
                    0, NI_NUMERICHOST) != 0)
        out[0] = '\0';
}

void link_close(struct link *link)
{
    if (link->secured)
        SSL_shutdown(link->tls.ssl);
    ERR_clear_error();
    tls_release(&link->tls);
    if (link->dial.fd >= 0)
        close(link->dial.fd);
    link->dial.fd = -1;
}
