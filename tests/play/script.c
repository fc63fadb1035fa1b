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
#include "tests/play/talk.h"

#define FLIGHT 65536 /* bytes of a handshake that are held back */

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
        if (!talk_say_raw(stage, text))
            return false;
    return true;
}

static bool flood(struct stage *stage, const char *text)
{
    while (talk_say(stage, text))
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
    char bytes[TALK_LINE];
    size_t length = talk_unescape(bytes, text), at = 0;

    do {
        if (!talk_push(stage, bytes + at, 1))
            return false;
        at = (at + 1) % length;
    } while (!has_left(stage, ms));
    return false;
}

static bool hear_like(struct stage *stage, const char *prefix)
{
    char line[TALK_LINE];

    if (!talk_hear_command(stage, line)) {
        talk_miss(stage, prefix, "no more");
        return false;
    }
    if (strncasecmp(line, prefix, strlen(prefix)) == 0)
        return true;
    talk_miss(stage, prefix, line);
    return false;
}

/* "COMMAND => TEXT" stays where it is: in the script's own copy. */
static bool add_rule(struct stage *stage, const char *text)
{
    char *arrow = strstr(text, " => ");
    struct rule *rule = stage->rules;

    if (!arrow) {
        talk_miss(stage, "on: no =>", text);
        return false;
    }
    *arrow = '\0';
    while (rule < stage->rules + stage->rule_count &&
           strcmp(rule->command, text) != 0)
        rule++;
    if (rule == stage->rules + RULES_MAX) {
        talk_miss(stage, "on: too many", text);
        return false;
    }
    stage->rule_count += rule == stage->rules + stage->rule_count;
    *rule = (struct rule){text, arrow + 4};
    return true;
}

static bool begins(const char *line, const char *prefix)
{
    return strncasecmp(line, prefix, strlen(prefix)) == 0;
}

static bool answer(struct stage *stage, const char *command)
{
    const struct rule *best = NULL;

    for (size_t i = 0; i < stage->rule_count; i++)
        if (begins(command, stage->rules[i].command) &&
            (!best || strlen(stage->rules[i].command) > strlen(best->command)))
            best = &stage->rules[i];
    if (best)
        return talk_say_raw(stage, best->answer);
    talk_miss(stage, "no rule", command);
    return false;
}

/* Hears a line and keeps its tag; what stands behind it, or NULL. */
static const char *hear_tagged(struct stage *stage, char line[TALK_LINE])
{
    char *blank;

    if (!talk_hear_command(stage, line))
        return NULL;
    blank = strchr(line, ' ');
    if (!blank || blank - line >= TAG_SIZE)
        return line;
    snprintf(stage->tag, sizeof(stage->tag), "%.*s", (int)(blank - line), line);
    return blank + 1;
}

static bool serve_until(struct stage *stage, const char *text)
{
    char line[TALK_LINE];
    const char *command;

    while ((command = hear_tagged(stage, line))) {
        if (begins(command, text))
            return true;
        if (!answer(stage, command))
            return false;
    }
    talk_miss(stage, text, "no more");
    return false;
}

static bool serve(struct stage *stage, const char *text)
{
    char line[TALK_LINE];
    const char *command;

    (void)text;
    while ((command = hear_tagged(stage, line)))
        if (!answer(stage, command))
            return stage->missed[0] == '\0';
    return true;
}

static void leave(struct stage *stage)
{
    if (stage->ssl)
        SSL_shutdown(stage->ssl);
    SSL_free(stage->ssl);
    stage->ssl = NULL;
    if (stage->fd >= 0)
        close(stage->fd);
    stage->fd = -1;
    ERR_clear_error();
}

static void begin(const struct stage *stage)
{
    int on = 1;

    setsockopt(stage->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static bool take_call(struct stage *stage, const char *text)
{
    (void)text;
    leave(stage);
    stage->tag[0] = '\0';
    stage->fd = accept(stage->listener, NULL, NULL);
    if (stage->fd < 0) {
        talk_miss(stage, "call: nobody called", NULL);
        return false;
    }
    begin(stage);
    fputs("(CALL)\n", stage->heard);
    return true;
}

static bool go(struct stage *stage, const char *text)
{
    (void)text;
    shutdown(stage->listener, SHUT_RDWR);
    leave(stage);
    return true;
}

static bool hear_message(struct stage *stage, const char *text)
{
    char line[TALK_LINE];

    (void)text;
    while (talk_hear_command(stage, line))
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
    char line[TALK_LINE];
    bool whole;

    (void)text;
    while (talk_hear(stage, line, &whole))
        ;
    return true;
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
    return true;
}

static bool strike(struct stage *stage, bool done, const char *what)
{
    stage->struck = strike_clock();
    if (!done)
        talk_miss(stage, what, "no process");
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
    talk_miss(stage, "freeze", "no process");
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
        talk_miss(stage, "tls: the whole flight is shorter", NULL);
        return false;
    }
    return talk_push(stage, bytes, (size_t)BIO_read(out, bytes, (int)limit)) &&
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
    {"S", talk_say},
    {"B", talk_say_bytewise},
    {"R", talk_say_raw},
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
    {"on", add_rule},
    {"until", serve_until},
    {"serve", serve},
    {"call", take_call},
    {"gone", go},
};
/* clang-format on */

static bool play(struct stage *stage, const char *step)
{
    size_t length = strcspn(step, " ");

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (strlen(steps[i].word) == length &&
            strncmp(steps[i].word, step, length) == 0)
            return steps[i].play(stage, step + length + (step[length] == ' '));
    talk_miss(stage, "no such step", step);
    return false;
}

void script_play(struct stage *stage, const char *script)
{
    char *copy = strdup(script), *rest = copy, *step;

    begin(stage);
    while (copy && (step = strsep(&rest, "\n")))
        if (*step && !play(stage, step))
            break;
    leave(stage);
    free(copy);
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
