/* SPDX-License-Identifier: MIT */
/* A whole SMTP session: libesmtp, our relay, and a server that answers each
 * command with the next piece of the input. Whatever it says, the wire carries
 * a beginning of the one errand and at most a QUIT behind it. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/driver.h"
#include "net/relay.h"
#include "tests/fuzz/fuzz.h"

#define BETWEEN 0x1e /* ends a piece of the input */
#define HEARD_MAX 65536
#define USER "u@x.example"
#define CANARY "canary-7Qd"
#define PLAIN "AHVAeC5leGFtcGxlAGNhbmFyeS03UWQ="

/* With every field that libesmtp would add by itself. */
#define TEXT                                                                   \
    "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"                                \
    "From: <f@x.example>\r\nTo: <t@x.example>\r\n"                             \
    "Message-ID: <1@x.example>\r\n\r\nbody\r\n"

static const char text[] = TEXT;
static const char lines[] = TEXT ".\r\n";

static const char *const with_login[] = {"EHLO h\r\n",
                                         "AUTH PLAIN " PLAIN "\r\n",
                                         "MAIL FROM:<f@x.example>\r\n",
                                         "RCPT TO:<t@x.example>\r\n",
                                         "DATA\r\n",
                                         lines,
                                         NULL};
static const char *const with_steps[] = {"EHLO h\r\n",
                                         "AUTH LOGIN\r\n",
                                         "dUB4LmV4YW1wbGU=\r\n",
                                         "Y2FuYXJ5LTdRZA==\r\n",
                                         "MAIL FROM:<f@x.example>\r\n",
                                         "RCPT TO:<t@x.example>\r\n",
                                         "DATA\r\n",
                                         lines,
                                         NULL};
static const char *const without[] = {"EHLO h\r\n",
                                      "MAIL FROM:<f@x.example>\r\n",
                                      "RCPT TO:<t@x.example>\r\n",
                                      "DATA\r\n",
                                      lines,
                                      NULL};

struct server {
    int fd;
    const uint8_t *script;
    size_t left;
    char heard[HEARD_MAX];
    size_t length;
    uint8_t said[HEARD_MAX]; /* since the client's last command */
    size_t said_length;
    bool refused;
};

/* --- the server ----------------------------------------------------------- */

static bool ends_in(const struct server *server, const char *end)
{
    size_t length = strlen(end);

    return server->length >= length &&
           memcmp(server->heard + server->length - length, end, length) == 0;
}

/* A command, or the text of a mail where that is due. */
static bool hear(struct server *server, bool mail)
{
    do {
        ssize_t got = recv(server->fd, server->heard + server->length,
                           HEARD_MAX - server->length, 0);

        if (got <= 0)
            return false;
        server->length += (size_t)got;
    } while (mail
                 ? !ends_in(server, "\r\n.\r\n") && !ends_in(server, "QUIT\r\n")
                 : !ends_in(server, "\n"));
    return true;
}

/* Whether the client has a whole reply now, so that it is its turn. */
static bool is_whole(const struct server *server)
{
    const uint8_t *said = server->said, *line;
    size_t length = server->said_length;

    if (length == 0 || said[length - 1] != '\n')
        return false;
    line = memrchr(said, '\n', length - 1);
    line = line ? line + 1 : said;
    return said + length - line < 5 || line[3] != '-';
}

/* The next pieces of the input, up to a whole reply; false where none is. */
static bool answer(struct server *server, bool *mail)
{
    bool whole = false;

    *mail = server->left > 0 && server->script[0] == '3' &&
            ends_in(server, "DATA\r\n");
    server->said_length = 0;
    while (server->left > 0 && !whole) {
        const uint8_t *piece = server->script;
        const uint8_t *end = memchr(piece, BETWEEN, server->left);
        size_t length = end ? (size_t)(end - piece) : server->left;

        if (send(server->fd, piece, length, MSG_NOSIGNAL) < 0)
            return false;
        memcpy(server->said + server->said_length, piece, length);
        server->said_length += length;
        whole = is_whole(server);
        length += end ? 1 : 0;
        server->script += length;
        server->left -= length;
    }
    return whole;
}

static void *serve(void *arg)
{
    struct server *server = arg;
    bool mail = false;

    while (hear(server, mail)) {
        /* Who was refused goes no further. */
        HOLDS(!server->refused || ends_in(server, "QUIT\r\n"));
        if (!answer(server, &mail))
            break;
        server->refused = server->said[0] == '4' || server->said[0] == '5';
    }
    shutdown(server->fd, SHUT_WR);
    while (hear(server, false))
        continue;
    return NULL;
}

/* --- what must hold ------------------------------------------------------- */

/* How many bytes of `heard` are whole commands of `wanted`, in order. */
static size_t follow(const struct server *server, const char *const *wanted)
{
    size_t at = 0;

    for (; *wanted; wanted++) {
        size_t length = strlen(*wanted);

        if (server->length - at < length ||
            memcmp(server->heard + at, *wanted, length) != 0)
            break;
        at += length;
    }
    return at;
}

/* The text leaves in two parts, so that a lost link may cut it there. */
static void check_wire(const struct server *server, bool login, bool passed)
{
    static const char *const *const ways[] = {without, with_login, with_steps};
    size_t best = 0, whole = 0;

    for (int i = login ? 1 : 0; i < (login ? 3 : 1); i++) {
        size_t at = follow(server, ways[i]);

        if (at > best) {
            best = at;
            whole = 0;
            for (int j = 0; ways[i][j]; j++)
                whole += strlen(ways[i][j]);
        }
    }
    HOLDS(!passed || best == whole);
    if (server->length - best >= sizeof(text) - 1 &&
        memcmp(server->heard + best, text, sizeof(text) - 1) == 0)
        best += sizeof(text) - 1;
    HOLDS(server->length == best ||
          (server->length == best + 6 &&
           memcmp(server->heard + best, "QUIT\r\n", 6) == 0));
}

static void check_told(int told)
{
    char all[HEARD_MAX];
    ssize_t length = pread(told, all, sizeof(all) - 1, 0);
    char *save = NULL;

    HOLDS(length >= 0);
    all[length] = '\0';
    HOLDS(!strstr(all, CANARY) && !strstr(all, PLAIN) &&
          !strstr(all, "Y2FuYXJ5LTdRZA"));
    /* A piece at the end of the buffer is no line. */
    if (length == (ssize_t)sizeof(all) - 1)
        return;
    for (char *line = strtok_r(all, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        struct event *event = event_parse(line, strlen(line));

        HOLDS(event != NULL);
        event_free(event);
    }
}

static void check_ending(const struct wire *wire)
{
    const struct ending *ending = &wire->ending;

    HOLDS(wire->ended && is_text(ending->reply));
    HOLDS((ending->outcome == RESULT_PASS) == (ending->fault == FAULT_NONE));
    HOLDS(ending->outcome != RESULT_PASS || ending->code / 100 == 2);
    HOLDS(ending->outcome != RESULT_UNKNOWN || ending->phase == PHASE_FINAL);
    HOLDS(ending->fault != FAULT_TIMEOUT && ending->fault != FAULT_CRASHED);
}

/* --- one session ---------------------------------------------------------- */

/* False where the system gives us no place to let libesmtp run. */
static bool hold_session(struct wire *wire, struct feed *feed, int end,
                         bool login)
{
    const struct errand errand = {.hello = "h",
                                  .user = login ? USER : "",
                                  .password = login ? CANARY : "",
                                  .from = "f@x.example",
                                  .to = "t@x.example",
                                  .text = text,
                                  .lines = lines,
                                  .length = sizeof(lines) - 1,
                                  .limit = 20};
    struct driver *driver;
    int local;

    wire_init(wire, feed);
    wire->link.feed = feed;
    wire->link.limit = errand.limit;
    wire->link.dial.fd = end;
    wire->link.dial.loopback = true;
    driver = driver_start(&errand, &local, NULL);
    if (driver) {
        relay_run(wire, local, &errand);
        driver_stop(driver);
    }
    wire_release(wire);
    return driver != NULL;
}

static int open_feed(struct feed *feed)
{
    struct request request = {.user = USER};
    int told = memfd_create("told", 0);

    secret_set(&request.password, CANARY, strlen(CANARY), NULL);
    if (told < 0 || feed_init(feed, told, &request) != 0)
        abort();
    return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct server server;
    struct feed feed;
    struct wire wire;
    pthread_t thread;
    bool held, login;
    int ends[2], told;

    if (size < 1)
        return 0;
    login = data[0] % 2 == 1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 ||
        fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        abort();
    server.fd = ends[1];
    server.script = data + 1;
    server.left = size - 1;
    server.length = 0;
    server.refused = false;
    if (pthread_create(&thread, NULL, serve, &server) != 0)
        abort();
    told = open_feed(&feed);
    held = hold_session(&wire, &feed, ends[0], login);
    pthread_join(thread, NULL);
    if (held) {
        check_wire(&server, login, wire.ending.outcome == RESULT_PASS);
        check_ending(&wire);
        check_told(told);
    }
    feed_release(&feed);
    close(told);
    close(ends[1]);
    return 0;
}
