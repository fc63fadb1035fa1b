/* SPDX-License-Identifier: MIT */
/* The scripted server of one session, in a thread. */
#include "tests/play/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/play/paper.h"
#include "tests/play/trade.h"

#define CALLS 4

/* With a backlog of 0 one call waits; the kernel drops the next ones. */
static void keep_busy(struct server *server)
{
    struct sockaddr_in there = {.sin_family = AF_INET,
                                .sin_port = htons(server->port)};

    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (size_t i = 0; i < sizeof(server->callers) / sizeof(int); i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        struct pollfd done = {.fd = fd, .events = POLLOUT};

        connect(fd, (struct sockaddr *)&there, sizeof(there));
        poll(&done, 1, i == 0 ? 1000 : 0);
        server->callers[i] = fd;
    }
}

int server_open(struct server *server, const struct play *play)
{
    bool refuses = strcmp(play->calls, "no") == 0;
    bool busy = strcmp(play->calls, "full") == 0;

    memset(server, 0, sizeof(*server));
    memset(server->callers, -1, sizeof(server->callers));
    server->script = play->script;
    server->listener = script_listen(strchr(play->host, ':') != NULL,
                                     refuses ? -1
                                     : busy  ? 0
                                             : CALLS,
                                     &server->port);
    if (busy && server->listener >= 0)
        keep_busy(server);
    return server->listener < 0 ? -1 : 0;
}

static void *serve(void *arg)
{
    struct server *server = arg;

    server->stage.listener = server->listener;
    server->stage.eight_bits = trade.eight_bits;
    server->stage.fd = accept(server->listener, NULL, NULL);
    if (server->stage.fd >= 0)
        script_play(&server->stage, server->script);
    OPENSSL_thread_stop();
    return NULL;
}

void server_prepare(struct server *server, const struct play *play,
                    const char *ca_file)
{
    struct stage *stage = &server->stage;

    server->answers = strcmp(play->calls, "yes") == 0;
    stage->heard = open_memstream(&server->heard, &server->heard_length);
    if (play->tls != TLS_NONE)
        stage->context = paper_make(paper_find(play->paper), ca_file);
}

void server_start(struct server *server, pid_t probe)
{
    server->stage.probe = probe;
    if (!server->stage.heard ||
        (server->answers &&
         pthread_create(&server->thread, NULL, serve, server) != 0))
        abort();
}

/* Waits for the thread, which takes one call: without any it is woken up, and
 * one more waits here. */
static bool join(struct server *server)
{
    struct pollfd calls = {.fd = server->listener, .events = POLLIN};

    if (poll(&calls, 1, 0) <= 0)
        shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    return poll(&calls, 1, 0) > 0 && (calls.revents & POLLIN) != 0 &&
           accept4(server->listener, NULL, NULL, SOCK_NONBLOCK) >= 0;
}

bool server_stop(struct server *server)
{
    bool again = server->answers && join(server);

    close(server->listener);
    for (size_t i = 0; i < sizeof(server->callers) / sizeof(int); i++)
        if (server->callers[i] >= 0)
            close(server->callers[i]);
    SSL_CTX_free(server->stage.context);
    fclose(server->stage.heard);
    return again;
}
