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

/* Writes the text with each TAG the tag; returns its length. */
static size_t fill_tag(const struct stage *stage, char out[LINE],
                       const char *text)
{
    size_t length = 0, tag = strlen(stage->tag);

    while (*text && length + TAG_SIZE < LINE) {
        if (tag > 0 && strncmp(text, "TAG", 3) == 0) {
            memcpy(out + length, stage->tag, tag);
            length += tag;
            text += 3;
        } else {
            out[length++] = *text++;
        }
    }
    out[length] = '\0';
    return length;
}

static bool say(struct stage *stage, const char *text)
{
    char line[LINE];
    size_t length = fill_tag(stage, line, text);

    memcpy(line + length, "\r\n", 3);
    return push(stage, line, length + 2);
}

static bool say_bytewise(struct stage *stage, const char *text)
{
    char line[LINE];

    memcpy(line + fill_tag(stage, line, text), "\r\n", 3);
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

    fill_tag(stage, bytes, text);
    return push(stage, bytes, script_unescape(bytes, bytes));
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

/* One line of a command: it ends in CRLF and holds no NUL, no lone CR (RFC
 * 5321 2.3.8) and, since 8BITMIME is never asked for, no 8 bits. */
static bool hear_command(struct stage *stage, char line[LINE])
{
    bool whole;

    if (!hear(stage, line, &whole))
        return false;
    for (const char *s = line; *s; s++)
        whole = whole && *s != '\r' &&
                (stage->eight_bits || (unsigned char)*s < 0x80);
    if (!whole)
        miss(stage, "a line of ASCII that ends in CRLF", line);
    return true;
}

static bool hear_like(struct stage *stage, const char *prefix)
{
    char line[LINE];

    if (!hear_command(stage, line)) {
        miss(stage, prefix, "no more");
        return false;
    }
    if (strncasecmp(line, prefix, strlen(prefix)) == 0)
        return true;
    miss(stage, prefix, line);
    return false;
}

/* "COMMAND => TEXT" stays where it is: in the script's own copy. */
static bool add_rule(struct stage *stage, const char *text)
{
    char *arrow = strstr(text, " => ");
    struct rule *rule = stage->rules;

    if (!arrow) {
        miss(stage, "on: no =>", text);
        return false;
    }
    *arrow = '\0';
    while (rule < stage->rules + stage->rule_count &&
           strcmp(rule->command, text) != 0)
        rule++;
    if (rule == stage->rules + RULES_MAX) {
        miss(stage, "on: too many", text);
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
        return say_raw(stage, best->answer);
    miss(stage, "no rule", command);
    return false;
}

/* Hears a line and keeps its tag; what stands behind it, or NULL. */
static const char *hear_tagged(struct stage *stage, char line[LINE])
{
    char *blank;

    if (!hear_command(stage, line))
        return NULL;
    blank = strchr(line, ' ');
    if (!blank || blank - line >= TAG_SIZE)
        return line;
    snprintf(stage->tag, sizeof(stage->tag), "%.*s", (int)(blank - line), line);
    return blank + 1;
}

static bool serve_until(struct stage *stage, const char *text)
{
    char line[LINE];
    const char *command;

    while ((command = hear_tagged(stage, line))) {
        if (begins(command, text))
            return true;
        if (!answer(stage, command))
            return false;
    }
    miss(stage, text, "no more");
    return false;
}

static bool serve(struct stage *stage, const char *text)
{
    char line[LINE];
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
        miss(stage, "call: nobody called", NULL);
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
    char line[LINE];

    (void)text;
    while (hear_command(stage, line))
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
    miss(stage, "no such step", step);
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
