/* SPDX-License-Identifier: MIT */
/* A DNS server that lies, in one way a run (see the table below): prints its
 * port, then answers by UDP and TCP on loopback until it is ended.
 *
 *   liar WAY
 *
 * Where it does not lie, every name has a mail server mx.NAME, the address
 * 192.0.2.1, and nothing else; nothing is in .invalid. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#define HEADER 12
#define TYPE_A 1
#define TYPE_CNAME 5
#define TYPE_MX 15
#define MANY 400
#define LINKS 20

/* An answer as it is being made. */
struct answer {
    unsigned char bytes[65537]; /* a length goes ahead of it by TCP */
    size_t length;
    size_t question; /* where it ends */
    char name[256];
    unsigned type, count;
};

static void put(struct answer *answer, const void *bytes, size_t length)
{
    memcpy(answer->bytes + answer->length, bytes, length);
    answer->length += length;
}

static void put16(struct answer *answer, unsigned number)
{
    unsigned char bytes[] = {(unsigned char)(number >> 8),
                             (unsigned char)number};
    put(answer, bytes, 2);
}

static void put_name(struct answer *answer, const char *name)
{
    while (*name) {
        unsigned char label = (unsigned char)strcspn(name, ".");
        put(answer, &label, 1);
        put(answer, name, label);
        name += label + (name[label] == '.');
    }
    put(answer, "", 1);
}

static void put_record(struct answer *answer, const char *owner, unsigned type,
                       const void *data, size_t length)
{
    put_name(answer, owner);
    put16(answer, type);
    put16(answer, 1);
    put16(answer, 0);
    put16(answer, 60);
    put16(answer, (unsigned)length);
    put(answer, data, length);
    answer->count++;
}

static void put_alias(struct answer *answer, const char *from, const char *to)
{
    struct answer data = {.length = 0};

    put_name(&data, to);
    put_record(answer, from, TYPE_CNAME, data.bytes, data.length);
}

static void set_rcode(struct answer *answer, unsigned rcode)
{
    answer->bytes[3] = (unsigned char)(0x80 | rcode);
}

static bool is_nowhere(const struct answer *answer)
{
    size_t length = strlen(answer->name);

    return length > 8 && strcasecmp(answer->name + length - 8, ".invalid") == 0;
}

/* The truth, said of that owner. */
static void say_of(struct answer *answer, const char *owner)
{
    if (is_nowhere(answer))
        set_rcode(answer, 3);
    else if (answer->type == TYPE_A)
        put_record(answer, owner, TYPE_A, "\xc0\0\2\1", 4);
    else if (answer->type == TYPE_MX && strncmp(answer->name, "mx.", 3) != 0)
        put_record(answer, owner, TYPE_MX, "\0\12\2mx\xc0\x0c", 7);
}

static void say(struct answer *answer)
{
    say_of(answer, answer->name);
}

/* --- the ways --- */

static void nothing(struct answer *answer)
{
    answer->length = 0;
}

static void garbage(struct answer *answer)
{
    say(answer);
    memset(answer->bytes + 2, 0xff, answer->length - 2);
}

static void other_id(struct answer *answer)
{
    say(answer);
    answer->bytes[0] ^= 0xff;
}

static void other_question(struct answer *answer)
{
    say(answer);
    answer->bytes[HEADER + 1] ^= 0x01;
}

static void other_name(struct answer *answer)
{
    say_of(answer, "somebody.else.example");
}

static void loop(struct answer *answer)
{
    put_alias(answer, answer->name, answer->name);
}

static void chain(struct answer *answer)
{
    char from[300], to[300];

    snprintf(from, sizeof(from), "%s", answer->name);
    for (int i = 0; i < LINKS; i++) {
        snprintf(to, sizeof(to), "n%d.chain.example", i);
        put_alias(answer, from, to);
        memcpy(from, to, sizeof(from));
    }
    say_of(answer, from);
}

/* Always one more, in a message of its own. */
static void endless(struct answer *answer)
{
    char to[300];

    snprintf(to, sizeof(to), "n%.200s", answer->name);
    put_alias(answer, answer->name, to);
}

static void missing_with_records(struct answer *answer)
{
    say(answer);
    set_rcode(answer, 3);
}

static void half_missing(struct answer *answer)
{
    if (answer->type == TYPE_MX)
        set_rcode(answer, 3);
    else
        say(answer);
}

/* As a network does that wants a login first. */
static void portal(struct answer *answer)
{
    if (answer->type == TYPE_A)
        put_record(answer, answer->name, TYPE_A, "\12\0\0\1", 4);
}

static void not_implemented(struct answer *answer)
{
    set_rcode(answer, 4);
}

static void short_data(struct answer *answer)
{
    put_record(answer, answer->name, answer->type, "\1", 1);
}

static void counts_more(struct answer *answer)
{
    say(answer);
    answer->count += 3;
}

static void many(struct answer *answer)
{
    for (int i = 0; i < MANY; i++)
        say(answer);
}

static const struct way {
    const char *name;
    void (*make)(struct answer *answer);
    bool by_tcp; /* datagrams say only that it does not fit */
    bool no_tcp; /* connections are taken, and heard in silence */
} ways[] = {
    {"silent", nothing, false, true},
    {"truth", say, false, false},
    {"tcp", say, true, false},
    {"tcp-silent", say, true, true},
    {"garbage", garbage, false, false},
    {"other-id", other_id, false, false},
    {"other-question", other_question, false, false},
    {"other-name", other_name, false, false},
    {"loop", loop, false, false},
    {"chain", chain, false, false},
    {"endless", endless, false, false},
    {"missing-with-records", missing_with_records, false, false},
    {"half-missing", half_missing, false, false},
    {"portal", portal, false, false},
    {"not-implemented", not_implemented, false, false},
    {"short-data", short_data, false, false},
    {"counts-more", counts_more, false, false},
    {"many", many, true, false},
};

static bool read_question(struct answer *answer, const unsigned char *bytes,
                          size_t length)
{
    size_t at = HEADER, used = 0;

    while (at < length && bytes[at] && used + bytes[at] + 1u < 256 &&
           bytes[at] < length - at) {
        memcpy(answer->name + used, bytes + at + 1, bytes[at]);
        used += bytes[at];
        answer->name[used++] = '.';
        at += bytes[at] + 1u;
    }
    if (length < at + 5)
        return false;
    answer->name[used ? used - 1 : 0] = '\0';
    answer->type = (unsigned)bytes[at + 1] << 8 | bytes[at + 2];
    answer->question = at + 5;
    return true;
}

static void make(struct answer *answer, const struct way *way,
                 const unsigned char *bytes, size_t length, bool udp)
{
    answer->length = answer->count = 0;
    if (!read_question(answer, bytes, length))
        return;
    put(answer, bytes, answer->question);
    memset(answer->bytes + 6, 0, 6);
    answer->bytes[2] = udp && way->by_tcp ? 0x83 : 0x81;
    set_rcode(answer, 0);
    if (udp && way->by_tcp)
        return;
    way->make(answer);
    answer->bytes[6] = (unsigned char)(answer->count >> 8);
    answer->bytes[7] = (unsigned char)answer->count;
}

static void serve_udp(int fd, const struct way *way, struct answer *answer)
{
    unsigned char bytes[2048];
    struct sockaddr_in peer;
    socklen_t size = sizeof(peer);
    ssize_t length =
        recvfrom(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&peer, &size);

    if (length < 0)
        return;
    make(answer, way, bytes, (size_t)length, true);
    if (answer->length)
        sendto(fd, answer->bytes, answer->length, 0, (struct sockaddr *)&peer,
               size);
}

/* One connection, to its end. */
static void converse(int peer, const struct way *way, struct answer *answer)
{
    unsigned char bytes[2048], size[2];

    while (recv(peer, size, 2, MSG_WAITALL) == 2) {
        size_t length = (size_t)size[0] << 8 | size[1];
        if (length > sizeof(bytes) ||
            recv(peer, bytes, length, MSG_WAITALL) != (ssize_t)length)
            break;
        make(answer, way, bytes, length, false);
        memmove(answer->bytes + 2, answer->bytes, answer->length);
        answer->bytes[0] = (unsigned char)(answer->length >> 8);
        answer->bytes[1] = (unsigned char)answer->length;
        /* In one piece: the second one would wait for the first one's ack. */
        if (send(peer, answer->bytes, answer->length + 2, MSG_NOSIGNAL) < 0)
            break;
    }
}

/* In a process of its own, since datagrams come meanwhile. Where it is to be
 * silent the connection stays open. */
static void serve_tcp(int fd, const struct way *way, struct answer *answer)
{
    int peer = accept(fd, NULL, NULL);

    if (peer < 0 || way->no_tcp)
        return;
    if (fork() == 0) {
        converse(peer, way, answer);
        _exit(0);
    }
    close(peer);
}

static int listen_both(struct pollfd fds[2])
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 20; i++) {
        fds[0].fd = socket(AF_INET, SOCK_STREAM, 0);
        fds[1].fd = socket(AF_INET, SOCK_DGRAM, 0);
        address.sin_port = 0;
        if (bind(fds[0].fd, (struct sockaddr *)&address, size) == 0 &&
            listen(fds[0].fd, 64) == 0 &&
            getsockname(fds[0].fd, (struct sockaddr *)&address, &size) == 0 &&
            bind(fds[1].fd, (struct sockaddr *)&address, size) == 0)
            return ntohs(address.sin_port);
        close(fds[0].fd);
        close(fds[1].fd);
    }
    return -1;
}

int main(int argc, char **argv)
{
    static struct answer answer;
    struct pollfd fds[2] = {{.events = POLLIN}, {.events = POLLIN}};
    const struct way *way = NULL;
    int port;

    for (size_t i = 0; argc == 2 && i < sizeof(ways) / sizeof(*ways); i++)
        if (strcmp(ways[i].name, argv[1]) == 0)
            way = &ways[i];
    if (!way)
        return EX_USAGE;
    port = listen_both(fds);
    if (port < 0)
        return EX_OSERR;
    signal(SIGCHLD, SIG_IGN);
    printf("%d\n", port);
    fflush(stdout);
    while (poll(fds, 2, -1) >= 0 || errno == EINTR) {
        if (fds[0].revents)
            serve_tcp(fds[0].fd, way, &answer);
        if (fds[1].revents)
            serve_udp(fds[1].fd, way, &answer);
    }
    return EX_OSERR;
}
