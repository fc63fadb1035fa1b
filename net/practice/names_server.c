/* SPDX-License-Identifier: MIT */
#include "net/practice/names_server.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/practice/lines.h"
#include "net/practice/names.h"

#define PORTS_TRIED 20 /* one that is free for both */
#define AT_ONCE 64     /* questions between two looks at the others */

/* By TCP each message stands behind its length (RFC 1035 4.2.2). */
static void session(int fd, void *arg)
{
    const struct names_server *server = arg;
    unsigned char question[NAMES_MESSAGE_MAX], answer[NAMES_ANSWER_MAX + 2];
    struct lines lines;
    unsigned char size[2];

    lines_init(&lines, fd);
    while (lines_bytes(&lines, (char *)size, 2) != LINES_GONE) {
        size_t length = (size_t)size[0] << 8 | size[1], made;
        if (length > sizeof(question) ||
            lines_bytes(&lines, (char *)question, length) == LINES_GONE)
            break;
        made = names_answer(server->scenario, question, length, answer + 2,
                            sizeof(answer) - 2);
        answer[0] = (unsigned char)(made >> 8);
        answer[1] = (unsigned char)made;
        if (!made ||
            lines_write(&lines, (char *)answer, made + 2) == LINES_GONE)
            break;
    }
}

static int open_both(struct names_server *server, struct error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    if (door_open(&server->door, session, server, "", err) != 0)
        return -1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(server->door.port);
    server->socket =
        socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (server->socket >= 0 &&
        bind(server->socket, (struct sockaddr *)&address, sizeof(address)) == 0)
        return 0;
    error_set(err, "cannot listen on loopback: %s", strerror(errno));
    names_server_close(server);
    return -1;
}

int names_server_open(struct names_server *server, struct error *err)
{
    int result = -1;

    for (int i = 0; i < PORTS_TRIED && result != 0; i++)
        result = open_both(server, err);
    return result;
}

void names_server_work(struct names_server *server)
{
    unsigned char question[NAMES_MESSAGE_MAX], answer[NAMES_MESSAGE_MAX];

    for (int i = 0; i < AT_ONCE; i++) {
        struct sockaddr_storage peer;
        socklen_t size = sizeof(peer);
        ssize_t length = recvfrom(server->socket, question, sizeof(question), 0,
                                  (struct sockaddr *)&peer, &size);
        if (length < 0)
            break;
        size_t made = names_answer(server->scenario, question, (size_t)length,
                                   answer, sizeof(answer));
        if (made)
            sendto(server->socket, answer, made, MSG_NOSIGNAL,
                   (struct sockaddr *)&peer, size);
    }
}

void names_server_close(struct names_server *server)
{
    if (server->socket >= 0)
        close(server->socket);
    server->socket = -1;
    door_close(&server->door);
}
