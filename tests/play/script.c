/* SPDX-License-Identifier: MIT */
/* The server's side of a conversation, played by a script. */
#include "tests/play/script.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

#include "tests/play/strike.h"

#define LINE 4096
#define FLIGHT 65536 /* bytes of a handshake that are held back */

static bool push(struct stage *stage, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = stage->ssl
                           ? SSL_write(stage->ssl, bytes, (int)length)
                           : send(stage->fd, bytes, length, MSG_NOSIGNAL);

        if (done <= 0)
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

static bool say(struct stage *stage, const char *text)
{
    char line[LINE];
    int length = snprintf(line, sizeof(line), "%s\r\n", text);

    return length < LINE && push(stage, line, (size_t)length);
}

static bool say_bytewise(struct stage *stage, const char *text)
{
    char line[LINE];

    snprintf(line, sizeof(line), "%s\r\n", text);
    for (char *s = line; *s; s++)
        if (!push(stage, s, 1))
            return false;
    return true;
}

/* One sign of a text; returns the signs of the script that it took. */
static size_t read_escape(const char *s, char *out)
{
    static const char names[] = "nre\\", bytes[] = "\n\r\033\\";
    const char *name;
    unsigned value;

    *out = *s;
    if (s[0] != '\\' || s[1] == '\0')
        return 1;
    if (s[1] == 'x' && sscanf(s + 2, "%2x", &value) == 1) {
        *out = (char)value;
        return 4;
    }
    name = strchr(names, s[1]);
    if (!name)
        return 1;
    *out = bytes[name - names];
    return 2;
}

size_t script_unescape(char *out, const char *text)
{
    size_t length = 0;

    while (*text)
        text += read_escape(text, &out[length++]);
    out[length] = '\0';
    return length;
}

static bool say_raw(struct stage *stage, const char *text)
{
    char bytes[LINE];

    return push(stage, bytes, script_unescape(bytes, text));
}

/* Reads a number and the blank behind it. */
static long take_number(const char **text)
{
    char *end;
    long number = strtol(*text, &end, 10);

    *text = *end == ' ' ? end + 1 : end;
    return number;
}

static bool fill(struct stage *stage, const char *text)
{
    for (long left = take_number(&text); left > 0; left--)
        if (!say_raw(stage, text))
            return false;
    return true;
}

static bool flood(struct stage *stage, const char *text)
{
    while (say(stage, text))
        ;
    return false;
}

/* Whether the other side has gone, after at most `ms`. */
static bool has_left(const struct stage *stage, int ms)
{
    struct pollfd fd = {.fd = stage->fd, .events = POLLRDHUP};

    return poll(&fd, 1, ms) > 0;
}

static bool drip(struct stage *stage, const char *text)
{
    int ms = (int)take_number(&text);
    char bytes[LINE];
    size_t length = script_unescape(bytes, text), at = 0;

    do {
        if (!push(stage, bytes + at, 1))
            return false;
        at = (at + 1) % length;
    } while (!has_left(stage, ms));
    return false;
}

static void miss(struct stage *stage, const char *what, const char *found)
{
    snprintf(stage->missed, sizeof(stage->missed), "%.80s%s%.160s", what,
             found ? " but heard: " : "", found ? found : "");
}

static void note(struct stage *stage, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        putc(line[i] ? line[i] : '?', stage->heard);
}

/* One line without its end; `*whole` where it ends in CRLF. */
static bool hear(struct stage *stage, char line[LINE], bool *whole)
{
    size_t length = 0;
    char byte = '\0';

    while (length < LINE - 1) {
        ssize_t got = stage->ssl ? SSL_read(stage->ssl, &byte, 1)
                                 : recv(stage->fd, &byte, 1, 0);

        if (got <= 0) {
            note(stage, line, length);
            return false;
        }
        if (byte == '\n')
            break;
        line[length++] = byte;
    }
    *whole = length > 0 && line[length - 1] == '\r';
    length -= *whole;
    line[length] = '\0';
    *whole = *whole && strlen(line) == length;
    note(stage, line, length);
    putc('\n', stage->heard);
    return true;
}

/* One line of SMTP: it ends in CRLF and holds no NUL, no lone CR (RFC 5321
 * 2.3.8) and, since 8BITMIME is never asked for, no 8 bits. */
static bool hear_smtp(struct stage *stage, char line[LINE])
{
    bool whole;

    if (!hear(stage, line, &whole))
        return false;
    for (const char *s = line; *s; s++)
        whole = whole && *s != '\r' && (unsigned char)*s < 0x80;
    if (!whole)
        miss(stage, "a line of ASCII that ends in CRLF", line);
    return true;
}

static bool hear_like(struct stage *stage, const char *prefix)
{
    char line[LINE];

    if (!hear_smtp(stage, line)) {
        miss(stage, prefix, "no more");
        return false;
    }
    if (strncasecmp(line, prefix, strlen(prefix)) == 0)
        return true;
    miss(stage, prefix, line);
    return false;
}

static bool hear_message(struct stage *stage, const char *text)
{
    char line[LINE];

    (void)text;
    while (hear_smtp(stage, line))
        if (strcmp(line, ".") == 0)
            return true;
    return false;
}

static bool await(struct stage *stage, const char *text)
{
    struct pollfd fd = {.fd = stage->fd, .events = POLLIN};

    (void)text;
    return poll(&fd, 1, -1) == 1;
}

static bool hold(struct stage *stage, const char *text)
{
    char line[LINE];
    bool whole;

    (void)text;
    while (hear(stage, line, &whole))
        ;
    return false;
}

static bool be_deaf(struct stage *stage, const char *text)
{
    (void)text;
    return !has_left(stage, -1);
}

static bool reset(struct stage *stage, const char *text)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    (void)text;
    setsockopt(stage->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    return false;
}

static bool strike(struct stage *stage, bool done, const char *what)
{
    stage->struck = strike_clock();
    if (!done)
        miss(stage, what, "no process");
    return done;
}

static bool interrupt(struct stage *stage, const char *text)
{
    (void)text;
    return strike(stage, strike_program(stage->probe, SIGINT), "interrupt");
}

static bool kill_child(struct stage *stage, const char *text)
{
    (void)text;
    return strike(stage, strike_child(stage->probe, SIGKILL), "kill");
}

/* The rest of the time is the program's own: nothing has to stop. */
static bool freeze_child(struct stage *stage, const char *text)
{
    (void)text;
    if (strike_child(stage->probe, SIGSTOP))
        return true;
    miss(stage, "freeze", "no process");
    return false;
}

/* Gives what the other side says to a handshake in memory, and the first
 * `limit` bytes of its answer to the other side. */
static bool stall_tls(struct stage *stage, SSL *ssl, size_t limit)
{
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    static char bytes[FLIGHT];

    SSL_set_bio(ssl, in, out);
    while (BIO_pending(out) == 0) {
        ssize_t got = recv(stage->fd, bytes, sizeof(bytes), 0);

        if (got <= 0 || BIO_write(in, bytes, (int)got) <= 0)
            return false;
        SSL_accept(ssl);
    }
    if (BIO_pending(out) < (int)limit) {
        miss(stage, "tls: the whole flight is shorter", NULL);
        return false;
    }
    return push(stage, bytes, (size_t)BIO_read(out, bytes, (int)limit)) &&
           !has_left(stage, -1);
}

static bool start_tls(struct stage *stage, const char *text)
{
    SSL *ssl = SSL_new(stage->context);
    bool done = false;

    if (text[0]) {
        stall_tls(stage, ssl, (size_t)take_number(&text));
    } else {
        SSL_set_fd(ssl, stage->fd);
        done = SSL_accept(ssl) == 1;
    }
    ERR_clear_error();
    if (!done) {
        SSL_free(ssl);
        return false;
    }
    stage->ssl = ssl;
    fputs("(TLS)\n", stage->heard);
    return true;
}

/* clang-format off */
static const struct {
    const char *word;
    bool (*play)(struct stage *stage, const char *text);
} steps[] = {
    {"S", say},
    {"B", say_bytewise},
    {"R", say_raw},
    {"fill", fill},
    {"flood", flood},
    {"drip", drip},
    {"C", hear_like},
    {"message", hear_message},
    {"await", await},
    {"hold", hold},
    {"deaf", be_deaf},
    {"tls", start_tls},
    {"reset", reset},
    {"interrupt", interrupt},
    {"kill", kill_child},
    {"freeze", freeze_child},
};
/* clang-format on */

static bool play(struct stage *stage, const char *step)
{
    size_t length = strcspn(step, " ");

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (strlen(steps[i].word) == length &&
            strncmp(steps[i].word, step, length) == 0)
            return steps[i].play(stage, step + length + (step[length] == ' '));
    miss(stage, "no such step", step);
    return false;
}

void script_play(struct stage *stage, const char *script)
{
    char *copy = strdup(script), *rest = copy, *step;
    int on = 1;

    setsockopt(stage->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    while (copy && (step = strsep(&rest, "\n")))
        if (*step && !play(stage, step))
            break;
    free(copy);
    if (stage->ssl)
        SSL_shutdown(stage->ssl);
    SSL_free(stage->ssl);
    stage->ssl = NULL;
    close(stage->fd);
    ERR_clear_error();
}

int script_listen(bool six, int calls, unsigned short *port)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *here =
        six ? (struct sockaddr *)&in6 : (struct sockaddr *)&in;
    socklen_t size = six ? sizeof(in6) : sizeof(in);
    int fd = socket(here->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0)
        return -1;
    if (bind(fd, here, size) < 0 || (calls >= 0 && listen(fd, calls) < 0) ||
        getsockname(fd, here, &size) < 0) {
        close(fd);
        return -1;
    }
    *port = ntohs(six ? in6.sin6_port : in.sin_port);
    return fd;
}
