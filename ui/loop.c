/* SPDX-License-Identifier: MIT */
/* The one poll(): keyboard, signals, other descriptors, the clock. */
#include "ui/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "net/job.h"

/* A terminal that takes no more bytes may hold us in a write for ever; after
 * this many seconds a signal to end is obeyed all the same. */
#define END_SECONDS 1

static const int endings[] = {SIGHUP, SIGTERM, SIGINT};

#define ENDINGS (sizeof(endings) / sizeof(*endings))

static const int handled[] = {SIGHUP,   SIGTERM, SIGINT,
                              SIGWINCH, SIGTSTP, SIGCONT};

#define HANDLED (sizeof(handled) / sizeof(*handled))

/* A handler gets no argument, so this cannot be in struct loop. A child that
 * was forked and has not yet reset its handlers must not write here. */
static volatile sig_atomic_t wake_end = -1;
static volatile pid_t wake_owner;

/* Among the bytes of the pipe: a Ctrl-C that was typed, whose signal comes from
 * the terminal and not from anybody's kill(). */
#define TYPED 0x80

static void on_signal(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    bool typed = number == SIGINT && info->si_code == SI_KERNEL;
    unsigned char byte = (unsigned char)(number | (typed ? TYPED : 0));

    (void)context;
    if (wake_owner == getpid() && wake_end >= 0) {
        if (!typed &&
            (number == SIGHUP || number == SIGTERM || number == SIGINT))
            alarm(END_SECONDS);
        /* A full pipe already holds what will wake us. */
        if (write(wake_end, &byte, 1) < 0)
            errno = saved;
    }
    errno = saved;
}

static void set_handler(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void listen_to(int number)
{
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags = SA_RESTART | SA_SIGINFO};

    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

int loop_open(struct loop *loop, double escape, bool latin, struct error *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    loop->gone = loop->resized = loop->suspended = loop->continued = false;
    loop->interrupted = false;
    loop->ended_by = 0;
    loop->ear = LOOP_KEYS;
    loop->heard = false;
    keys_init(&loop->keys, escape, latin);
    if (pipe2(loop->wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return error_set(err, "no pipe: %s", strerror(errno));
    wake_end = loop->wake[1];
    wake_owner = getpid();
    for (size_t i = 0; i < HANDLED; i++)
        listen_to(handled[i]);
    sigaction(SIGPIPE, &ignore, NULL);
    return 0;
}

void loop_close(struct loop *loop)
{
    for (size_t i = 0; i < HANDLED; i++)
        set_handler(handled[i], SIG_DFL);
    for (size_t i = 0; i < ENDINGS; i++)
        set_handler(endings[i], SIG_IGN);
    alarm(0);
    wake_end = -1;
    close(loop->wake[0]);
    close(loop->wake[1]);
}

static void take_signal(struct loop *loop, int number)
{
    switch (number) {
    case SIGWINCH:
        loop->resized = true;
        break;
    case SIGTSTP:
        loop->suspended = true;
        break;
    case SIGCONT:
        loop->continued = true;
        break;
    case SIGINT | TYPED:
        loop->interrupted = true;
        break;
    default:
        loop->ended_by = number;
    }
}

static void read_signals(struct loop *loop)
{
    unsigned char bytes[64];
    ssize_t got;

    while ((got = read(loop->wake[0], bytes, sizeof(bytes))) > 0)
        for (ssize_t i = 0; i < got; i++)
            take_signal(loop, bytes[i]);
}

static void read_keys(struct loop *loop)
{
    unsigned char *at;
    size_t room = keys_room(&loop->keys, &at);
    ssize_t got = room > 0 ? read(STDIN_FILENO, at, room) : 0;

    if (got > 0)
        keys_filled(&loop->keys, (size_t)got, job_clock());
    else if (room > 0 && (got == 0 || (errno != EINTR && errno != EAGAIN)))
        loop->gone = true;
}

static int milliseconds(const struct loop *loop, double seconds)
{
    double keys =
        loop->ear == LOOP_KEYS ? keys_left(&loop->keys, job_clock()) : -1;

    if (keys >= 0 && (seconds < 0 || keys < seconds))
        seconds = keys;
    if (seconds < 0)
        return -1;
    /* One more than the whole ones: never awake just before it is due. */
    return seconds > 3600 ? 3600000 : (int)(seconds * 1000) + 1;
}

void loop_wait(struct loop *loop, const struct pollfd *others, size_t count,
               double seconds)
{
    struct pollfd fds[2 + LOOP_OTHERS_MAX] = {
        {.fd = loop->ear == LOOP_DEAF ? -1 : STDIN_FILENO, .events = POLLIN},
        {.fd = loop->wake[0], .events = POLLIN},
    };

    if (count > LOOP_OTHERS_MAX)
        count = LOOP_OTHERS_MAX;
    if (count > 0)
        memcpy(fds + 2, others, count * sizeof(*others));
    if (poll(fds, 2 + count, milliseconds(loop, seconds)) < 0)
        fds[0].revents = 0;
    read_signals(loop);
    loop->heard = fds[0].revents != 0;
    if (loop->heard && loop->ear == LOOP_KEYS)
        read_keys(loop);
}

bool loop_key(struct loop *loop, struct press *press)
{
    return keys_next(&loop->keys, job_clock(), press);
}

void loop_stop(const struct loop *loop)
{
    (void)loop;
    /* The others stay ours: a Ctrl-C meanwhile must not end us unsaved. */
    set_handler(SIGCONT, SIG_DFL);
    set_handler(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    listen_to(SIGTSTP);
    listen_to(SIGCONT);
}
