/* SPDX-License-Identifier: MIT */
#include "net/dns.h"

#include <ares.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "net/dns_wire.h"

#define SOCKETS_MAX 16
#define TRIES 2       /* the second one waits twice as long */
#define SHARE 8       /* of the whole time, for a first try */
#define TRY_LEAST 400 /* milliseconds */
#define TRY_MOST 2000
#define EDNS_BYTES 1232 /* what no network on the way splits */
#define CLASS_IN 1

/* The record interface came with c-ares 1.28, and the older one is deprecated
 * since. Either way our own reader gets the message. */
#define HAVE_RECORDS (ARES_VERSION >= 0x011c00)

struct dns {
    ares_channel channel;
    double until;   /* of the monotonic clock */
    int questions;  /* asked so far */
    size_t pending; /* of those, still open */
    struct pollfd sockets[SOCKETS_MAX];
    nfds_t socket_count;
};

/* A question that is on its way. */
struct flight {
    struct dns *dns;
    struct dns_query *query;
    int links; /* of CNAME, followed by questions of our own */
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void note_socket(void *arg, ares_socket_t fd, int readable, int writable)
{
    struct dns *dns = arg;
    short events = (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0));
    nfds_t i = 0;

    while (i < dns->socket_count && dns->sockets[i].fd != fd)
        i++;
    if (i == SOCKETS_MAX)
        return;
    dns->sockets[i] = (struct pollfd){.fd = fd, .events = events};
    if (i == dns->socket_count)
        dns->socket_count++;
    if (!events)
        dns->sockets[i] = dns->sockets[--dns->socket_count];
}

static int set_server(struct dns *dns, const struct endpoint *server)
{
    bool six = strchr(server->host, ':');
    char text[HOST_MAX + 16];

    if (!server->host[0])
        return ARES_SUCCESS;
    snprintf(text, sizeof(text), "%s%s%s:%u", six ? "[" : "", server->host,
             six ? "]" : "", server->port);
    return ares_set_servers_ports_csv(dns->channel, text);
}

static int open_channel(struct dns *dns, double seconds)
{
    double first = seconds * 1000 / SHARE;
    struct ares_options options = {
        .flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
                 ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS,
        .timeout = first < TRY_LEAST  ? TRY_LEAST
                   : first > TRY_MOST ? TRY_MOST
                                      : (int)first,
        .tries = TRIES,
        .ednspsz = EDNS_BYTES,
        .sock_state_cb = note_socket,
        .sock_state_cb_data = dns,
    };

    return ares_init_options(&dns->channel, &options,
                             ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS |
                                 ARES_OPT_TRIES | ARES_OPT_EDNSPSZ |
                                 ARES_OPT_SOCK_STATE_CB);
}

struct dns *dns_open(const struct endpoint *server, double seconds,
                     struct error *err)
{
    struct dns *dns = calloc(1, sizeof(*dns));
    int status = ares_library_init(ARES_LIB_INIT_ALL);

    if (!dns || status != ARES_SUCCESS)
        goto out;
    dns->until = now() + seconds;
    status = open_channel(dns, seconds);
    if (status != ARES_SUCCESS)
        goto out;
    status = set_server(dns, server);
    if (status == ARES_SUCCESS)
        return dns;
    ares_destroy(dns->channel);
out:
    error_set(err, "cannot ask the DNS: %s",
              dns ? ares_strerror(status) : "no memory");
    free(dns);
    return NULL;
}

void dns_close(struct dns *dns)
{
    if (!dns)
        return;
    ares_destroy(dns->channel);
    ares_library_cleanup();
    free(dns);
}

/* Where there is no message to read. */
static enum dns_state state_of(int status)
{
    static const struct {
        int status;
        enum dns_state state;
    } rows[] = {
        {ARES_ENODATA, DNS_NODATA},
        {ARES_ENOTFOUND, DNS_NXDOMAIN},
        {ARES_ESERVFAIL, DNS_SERVFAIL},
        {ARES_EREFUSED, DNS_REFUSED},
        {ARES_ETIMEOUT, DNS_TIMEOUT},
        {ARES_ECANCELLED, DNS_TIMEOUT},
        {ARES_ECONNREFUSED, DNS_UNREACHABLE},
#if HAVE_RECORDS
        {ARES_ENOSERVER, DNS_UNREACHABLE},
#endif
        {ARES_EBADNAME, DNS_BADNAME},
        {ARES_EBADQUERY, DNS_BADNAME},
        {ARES_ENOMEM, DNS_UNASKED},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].status == status)
            return rows[i].state;
    return DNS_BOGUS;
}

static void start(struct flight *flight);

/* An alias that the message says no more of is asked for in its turn. */
static void take(struct flight *flight, const unsigned char *bytes,
                 size_t length)
{
    struct dns_answer *answer = &flight->query->answer;
    char name[DNS_NAME_MAX];

    memcpy(name, answer->canonical[0] ? answer->canonical : flight->query->name,
           sizeof(name));
    if (!dns_wire_read(answer, name, flight->query->type, bytes, length))
        return;
    if (flight->links++ == DNS_CHAIN_MAX) {
        answer->state = DNS_BOGUS;
        return;
    }
    answer->state = DNS_UNASKED;
    start(flight);
}

static void land(struct flight *flight, int status, const unsigned char *bytes,
                 size_t length)
{
    flight->dns->pending--;
    if (bytes)
        take(flight, bytes, length);
    else
        flight->query->answer.state = state_of(status);
}

#if HAVE_RECORDS
static void on_record(void *arg, ares_status_t status, size_t timeouts,
                      const ares_dns_record_t *record)
{
    unsigned char *bytes = NULL;
    size_t length = 0;

    (void)timeouts;
    if (record)
        ares_dns_write(record, &bytes, &length);
    land(arg, (int)status, bytes, length);
    ares_free_string(bytes);
}

static void send_query(struct flight *flight, const char *name)
{
    ares_query_dnsrec(flight->dns->channel, name, ARES_CLASS_IN,
                      (ares_dns_rec_type_t)flight->query->type, on_record,
                      flight, NULL);
}
#else
static void on_message(void *arg, int status, int timeouts,
                       unsigned char *bytes, int length)
{
    (void)timeouts;
    land(arg, status, bytes, (size_t)length);
}

static void send_query(struct flight *flight, const char *name)
{
    ares_query(flight->dns->channel, name, CLASS_IN, (int)flight->query->type,
               on_message, flight);
}
#endif

/* c-ares reads a backslash as an escape. It may land before this returns. */
static void start(struct flight *flight)
{
    const struct dns_answer *answer = &flight->query->answer;
    const char *from =
        answer->canonical[0] ? answer->canonical : flight->query->name;
    char name[2 * DNS_NAME_MAX];
    size_t length = 0;

    if (flight->dns->questions >= DNS_QUESTIONS_MAX ||
        now() >= flight->dns->until)
        return;
    flight->dns->questions++;
    flight->dns->pending++;
    for (; *from; from++) {
        if (*from == '\\')
            name[length++] = '\\';
        name[length++] = *from;
    }
    name[length] = '\0';
    send_query(flight, name);
}

/* Milliseconds until c-ares or our own end wants to be looked after. */
static int next_look(const struct dns *dns, double left)
{
    struct timeval most = {(time_t)left,
                           (suseconds_t)((left - (double)(time_t)left) * 1e6)};
    struct timeval wait, *next = ares_timeout(dns->channel, &most, &wait);

    return (int)(next->tv_sec * 1000 + next->tv_usec / 1000) + 1;
}

/* The list changes while its sockets are seen to. */
static void turn(struct dns *dns, double left)
{
    struct pollfd sockets[SOCKETS_MAX];
    nfds_t count = dns->socket_count;

    memcpy(sockets, dns->sockets, count * sizeof(*sockets));
    if (poll(sockets, count, next_look(dns, left)) <= 0)
        ares_process_fd(dns->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    else
        for (nfds_t i = 0; i < count; i++)
            if (sockets[i].revents)
                ares_process_fd(dns->channel,
                                sockets[i].revents & ~POLLOUT ? sockets[i].fd
                                                              : ARES_SOCKET_BAD,
                                sockets[i].revents & POLLOUT ? sockets[i].fd
                                                             : ARES_SOCKET_BAD);
}

static void ask(void *context, struct dns_query *queries, size_t count)
{
    struct dns *dns = context;
    struct flight *flights = calloc(count, sizeof(*flights));
    double left;

    if (!flights)
        return;
    for (size_t i = 0; i < count; i++) {
        flights[i] = (struct flight){.dns = dns, .query = &queries[i]};
        if (queries[i].answer.state == DNS_UNASKED)
            start(&flights[i]);
    }
    while (dns->pending && (left = dns->until - now()) > 0)
        turn(dns, left);
    ares_cancel(dns->channel);
    free(flights);
}

struct resolver dns_resolver(struct dns *dns)
{
    return (struct resolver){ask, dns};
}
