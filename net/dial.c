/* SPDX-License-Identifier: MIT */
/* From a server's name to a connected socket, within a limit. */
#include "net/dial.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/address.h"

#define CALLS_MAX 32
#define STAGGER 0.25 /* seconds, RFC 8305 section 5 */

/* One attempt at one address. */
struct call {
    int fd;
    const struct addrinfo *to;
};

struct calls {
    struct call open[CALLS_MAX];
    int count;
    const struct addrinfo *next;
    double next_at; /* feed's seconds */
    int error;      /* errno of the last that failed */
};

static const char *name_word(int code)
{
    switch (code) {
    case EAI_NONAME:
    case EAI_NODATA:
        return "host name not found";
    case EAI_AGAIN:
        return "no answer from the name servers";
    case EAI_FAIL:
        return "the name servers refuse to answer";
    default:
        return "host name cannot be resolved";
    }
}

static enum fault resolve(struct dial *dial, const struct endpoint *endpoint,
                          struct addrinfo **found)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICSERV};
    char host[DOMAIN_TEXT_MAX], port[8];
    int code = EAI_NONAME;

    snprintf(port, sizeof(port), "%hu", endpoint->port);
    if (address_to_ascii(host, endpoint->host, strlen(endpoint->host)) ==
        ADDRESS_NONE)
        code = getaddrinfo(host, port, &hints, found);
    if (code == 0)
        return FAULT_NONE;
    snprintf(dial->words, sizeof(dial->words), "%s", name_word(code));
    return FAULT_NAME;
}

static bool is_loopback(const struct addrinfo *to)
{
    if (to->ai_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, to->ai_addr, sizeof(in));
        return ntohl(in.sin_addr.s_addr) >> 24 == 127;
    }
    if (to->ai_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, to->ai_addr, sizeof(in6));
        return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
    }
    return false;
}

static void accept_call(struct dial *dial, const struct call *call)
{
    int on = 1;

    dial->fd = call->fd;
    dial->loopback = is_loopback(call->to);
    getnameinfo(call->to->ai_addr, call->to->ai_addrlen, dial->address,
                sizeof(dial->address), NULL, 0, NI_NUMERICHOST);
    setsockopt(dial->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

/* Starts the next call. True where it is through at once. */
static bool start_call(struct calls *calls, struct call *through)
{
    const struct addrinfo *to = calls->next;
    int fd =
        socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct call call = {fd, to};

    calls->next = to->ai_next;
    if (fd < 0) {
        calls->error = errno;
        return false;
    }
    if (connect(fd, to->ai_addr, to->ai_addrlen) == 0) {
        *through = call;
        return true;
    }
    if (errno == EINPROGRESS) {
        calls->open[calls->count++] = call;
        return false;
    }
    calls->error = errno;
    close(fd);
    return false;
}

int dial_milliseconds(double seconds)
{
    if (seconds <= 0)
        return 0;
    return seconds < 1000000 ? (int)(seconds * 1000) + 1 : 1000000000;
}

/* Looks at the open calls once. True where one is through; it is taken off. */
static bool check_calls(struct calls *calls, double wait, struct call *through)
{
    struct pollfd fds[CALLS_MAX];

    for (int i = 0; i < calls->count; i++)
        fds[i] = (struct pollfd){.fd = calls->open[i].fd, .events = POLLOUT};
    if (poll(fds, (nfds_t)calls->count, dial_milliseconds(wait)) <= 0)
        return false;
    for (int i = calls->count - 1; i >= 0; i--) {
        struct call call = calls->open[i];
        int error = 0;
        socklen_t size = sizeof(error);

        if (!fds[i].revents)
            continue;
        calls->open[i] = calls->open[--calls->count];
        getsockopt(call.fd, SOL_SOCKET, SO_ERROR, &error, &size);
        /* Reset, and not refused: it was through, and lost by now. */
        if (error == 0 || error == ECONNRESET || error == EPIPE) {
            *through = call;
            return true;
        }
        calls->error = error;
        calls->next_at = 0;
        close(call.fd);
    }
    return false;
}

static enum fault try_all(struct calls *calls, const struct feed *feed,
                          double limit, struct call *through)
{
    while (calls->next || calls->count > 0) {
        double now = feed_seconds(feed), until = limit;

        if (now >= limit)
            return FAULT_TIMEOUT;
        if (calls->next && calls->count < CALLS_MAX) {
            if (now >= calls->next_at) {
                calls->next_at = now + STAGGER;
                if (start_call(calls, through))
                    return FAULT_NONE;
                continue;
            }
            until = calls->next_at < limit ? calls->next_at : limit;
        }
        if (check_calls(calls, until - now, through))
            return FAULT_NONE;
    }
    return calls->error == ETIMEDOUT ? FAULT_TIMEOUT : FAULT_CONNECT;
}

enum fault dial_open(struct dial *dial, const struct endpoint *endpoint,
                     const struct feed *feed, double limit)
{
    struct addrinfo *found = NULL;
    struct calls calls = {.error = EHOSTUNREACH};
    struct call through = {-1, NULL};
    enum fault fault;

    memset(dial, 0, sizeof(*dial));
    dial->fd = -1;
    fault = resolve(dial, endpoint, &found);
    if (fault != FAULT_NONE)
        return fault;
    calls.next = found;
    fault = try_all(&calls, feed, limit, &through);
    for (int i = 0; i < calls.count; i++)
        close(calls.open[i].fd);
    if (fault == FAULT_NONE)
        accept_call(dial, &through);
    else if (fault == FAULT_CONNECT)
        snprintf(dial->words, sizeof(dial->words), "%s",
                 strerrordesc_np(calls.error));
    freeaddrinfo(found);
    return fault;
}
