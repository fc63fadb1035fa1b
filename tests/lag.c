/* SPDX-License-Identifier: MIT */
/* A slow line: lag PORT TARGET MILLISECONDS takes connections on loopback and
 * passes every byte on that much later, both ways. USR2 drops all of them as
 * a line that breaks does (RST). */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PAIRS_MAX 8
#define CHUNKS_MAX 256
#define CHUNK_BYTES 4096

struct chunk {
    double due;
    size_t length;
    char bytes[CHUNK_BYTES];
};

/* One way of a connection: a ring of what waits. */
struct lane {
    int from, to;
    bool closed; /* nothing more comes */
    size_t first, count;
    struct chunk *chunks;
};

static volatile sig_atomic_t dropped;

static void on_drop(int number)
{
    (void)number;
    dropped = 1;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int loopback(int port, bool listening)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((unsigned short)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (listening ? bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 &&
                        listen(fd, PAIRS_MAX) == 0
                  : connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
        return fd;
    close(fd);
    return -1;
}

static void forget(struct lane *lane)
{
    free(lane->chunks);
    memset(lane, 0, sizeof(*lane));
    lane->from = lane->to = -1;
}

static void end_pair(struct lane pair[2], bool reset)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    for (int i = 0; i < 2; i++) {
        if (reset)
            setsockopt(pair[i].from, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        close(pair[i].from);
    }
    forget(&pair[0]);
    forget(&pair[1]);
}

static void begin_pair(struct lane pair[2], int client, int target)
{
    int server = loopback(target, false), on = 1;

    if (server < 0) {
        close(client);
        return;
    }
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    pair[0] = (struct lane){.from = client, .to = server};
    pair[1] = (struct lane){.from = server, .to = client};
    for (int i = 0; i < 2; i++) {
        pair[i].chunks = malloc(CHUNKS_MAX * sizeof(struct chunk));
        if (!pair[i].chunks)
            exit(1);
    }
}

static void take_in(struct lane *lane, double delay)
{
    struct chunk *chunk =
        &lane->chunks[(lane->first + lane->count) % CHUNKS_MAX];
    ssize_t got = read(lane->from, chunk->bytes, CHUNK_BYTES);

    if (got <= 0) {
        lane->closed = true;
        return;
    }
    chunk->length = (size_t)got;
    chunk->due = seconds() + delay;
    lane->count++;
}

/* Passes on what is due; false where the other end has gone. */
static bool pass_on(struct lane *lane)
{
    while (lane->count > 0 && lane->chunks[lane->first].due <= seconds()) {
        const struct chunk *chunk = &lane->chunks[lane->first];

        if (write(lane->to, chunk->bytes, chunk->length) < 0)
            return false;
        lane->first = (lane->first + 1) % CHUNKS_MAX;
        lane->count--;
    }
    return !lane->closed || lane->count > 0;
}

static void serve(int listener, int target, double delay)
{
    static struct lane pairs[PAIRS_MAX][2];

    for (int i = 0; i < PAIRS_MAX; i++)
        pairs[i][0].from = pairs[i][1].from = -1;
    for (;;) {
        struct pollfd fds[1 + 2 * PAIRS_MAX] = {{listener, POLLIN, 0}};

        for (int i = 0; i < 2 * PAIRS_MAX; i++) {
            const struct lane *lane = &pairs[i / 2][i % 2];
            bool full = lane->count == CHUNKS_MAX || lane->closed;

            fds[1 + i] = (struct pollfd){full ? -1 : lane->from, POLLIN, 0};
        }
        poll(fds, 1 + 2 * PAIRS_MAX, 5);
        for (int i = 0; i < PAIRS_MAX; i++) {
            struct lane *pair = pairs[i];

            if (pair[0].from < 0) {
                if (fds[0].revents & POLLIN) {
                    begin_pair(pair, accept(listener, NULL, NULL), target);
                    fds[0].revents = 0;
                }
                continue;
            }
            for (int k = 0; k < 2; k++)
                if (fds[1 + 2 * i + k].revents)
                    take_in(&pair[k], delay);
            if (dropped || !pass_on(&pair[0]) || !pass_on(&pair[1]))
                end_pair(pair, dropped);
        }
        dropped = 0;
    }
}

int main(int argc, char **argv)
{
    int listener = argc == 4 ? loopback(atoi(argv[1]), true) : -1;

    if (listener < 0) {
        fprintf(stderr, "lag PORT TARGET MILLISECONDS\n");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGUSR2, on_drop);
    serve(listener, atoi(argv[2]), strtod(argv[3], NULL) / 1000);
}
