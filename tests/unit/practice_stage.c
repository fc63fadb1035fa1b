/* SPDX-License-Identifier: MIT */
/* Sessions in a thread, their client in the test. */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/practice_stage.h"

int open_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof(*stage));
    struct error err;

    assert_non_null(stage);
    assert_int_equal(world_init(&stage->world, SCENARIO_ARRIVES, &err), 0);
    stage->smtp = (struct smtp_server){&stage->world, "tienda", "secreto"};
    stage->imap = (struct imap_server){&stage->world, "buzon"};
    *state = stage;
    return 0;
}

int close_stage(void **state)
{
    struct stage *stage = *state;

    world_release(&stage->world);
    free(stage);
    return 0;
}

typedef void session_body(int fd, void *server);

struct player {
    session_body *session;
    void *server;
    int fd;
};

static void *play_server(void *arg)
{
    struct player *player = arg;

    player->session(player->fd, player->server);
    close(player->fd);
    return NULL;
}

/* Says some of `bytes`; hangs up once there are none. Returns how many. */
static size_t say(int fd, const char *bytes, size_t length)
{
    ssize_t count = send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (count == (ssize_t)length || count < 0)
        shutdown(fd, SHUT_WR);
    return count < 0 ? length : (size_t)count;
}

/* What a server says to `length` bytes; it must end by itself. */
static const char *play_bytes(struct stage *stage, session_body *session,
                              void *server, const char *bytes, size_t length)
{
    struct player player = {session, server, -1};
    size_t said = 0, heard = 0;
    ssize_t count = 1;
    pthread_t thread;
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    player.fd = pair[1];
    assert_int_equal(pthread_create(&thread, NULL, play_server, &player), 0);
    while (count > 0) {
        struct pollfd fd = {.fd = pair[0], .events = POLLIN};

        if (said < length)
            fd.events |= POLLOUT;
        assert_true(poll(&fd, 1, 10000) > 0);
        if (fd.revents & POLLOUT)
            said += say(pair[0], bytes + said, length - said);
        if (!(fd.revents & (POLLIN | POLLHUP)))
            continue;
        count = recv(pair[0], stage->heard + heard, HEARD_MAX - 1 - heard, 0);
        heard += count > 0 ? (size_t)count : 0;
    }
    pthread_join(thread, NULL);
    close(pair[0]);
    stage->heard[heard] = '\0';
    return stage->heard;
}

const char *smtp(struct stage *stage, const char *script)
{
    return play_bytes(stage, smtp_server_session, &stage->smtp, script,
                      strlen(script));
}

const char *imap(struct stage *stage, const char *script)
{
    return play_bytes(stage, imap_server_session, &stage->imap, script,
                      strlen(script));
}

void play_both(struct stage *stage, const char *bytes, size_t length)
{
    play_bytes(stage, smtp_server_session, &stage->smtp, bytes, length);
    play_bytes(stage, imap_server_session, &stage->imap, bytes, length);
}
