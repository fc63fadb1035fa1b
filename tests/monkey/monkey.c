/* SPDX-License-Identifier: MIT */
/* A monkey at the wizard's terminal: keys, pastes, resizes and signals without
 * sense. Whatever it does, the wizard lives, answers, or ends in order.
 *
 *   monkey PROGRAM FOLDER SEED COUNT [LIFE]
 *
 * plays COUNT events, a life of the program after the other, and with LIFE
 * this one alone. FOLDER is its home; what a sanitizer says is in FOLDER/asan.
 * One line of TAP for each thing that must hold. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "net/practice/scenarios.h"
#include "tests/monkey/whim.h"

#define PATIENCE 60.0   /* seconds: the machine may be busy with other things */
#define ALIVE_EVERY 500 /* events between two questions whether it answers */
#define LAST 24         /* events to tell where something broke */
#define STATUS_ASAN 99
#define REPAINT "\014" /* Ctrl-L: something to say, in every state */
#define RETURN "\r"

struct life {
    const char *program, *folder;
    unsigned number;
    pid_t pid;
    int master, slave;
    struct termios before;
    size_t heard; /* bytes that it wrote */
    bool ended, asked_to_end;
    int status;
    struct whim last[LAST];
    unsigned events;
};

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- one life --- */

static void become(const struct life *life)
{
    char option[64], log[512], state[512];
    enum scenario scenario = (enum scenario)(life->number % SCENARIO_NONE);
    static const char *const languages[] = {"es", "en", "pt_BR"};

    snprintf(option, sizeof(option), "--practice=%s", scenario_name(scenario));
    /* The search for leaks stops for ever where a signal meets it. */
    snprintf(log, sizeof(log), "exitcode=%d:log_path=%s/asan:detect_leaks=0",
             STATUS_ASAN, life->folder);
    snprintf(state, sizeof(state), "%s/state", life->folder);
    setenv("ASAN_OPTIONS", log, 1);
    setenv("UBSAN_OPTIONS", log, 1);
    setenv("TERM", life->number % 5 == 4 ? "vt100" : "xterm-256color", 1);
    setenv("LC_ALL", life->number % 7 == 6 ? "C" : "C.UTF-8", 1);
    setenv("HOME", life->folder, 1);
    setenv("XDG_STATE_HOME", state, 1);
    setenv("XDG_CONFIG_HOME", state, 1);
    if (chdir(life->folder) != 0)
        _exit(126);
    execl(life->program, "nollego", option, "--limit", "1", "--wait", "1",
          "--lang", languages[life->number % 3], (char *)NULL);
    _exit(127);
}

static int be_born(struct life *life)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};

    if (openpty(&life->master, &life->slave, NULL, NULL, &size) != 0)
        return -1;
    tcgetattr(life->slave, &life->before);
    fcntl(life->master, F_SETFL, O_NONBLOCK);
    fcntl(life->master, F_SETFD, FD_CLOEXEC);
    life->pid = fork();
    if (life->pid == 0) {
        close(life->master);
        login_tty(life->slave);
        become(life);
    }
    return life->pid > 0 ? 0 : -1;
}

/* Takes what it wrote, and its end. */
static void listen_to(struct life *life, int milliseconds)
{
    struct pollfd fd = {.fd = life->master, .events = POLLIN};
    char bytes[65536];
    ssize_t got;

    if (life->master >= 0 && poll(&fd, 1, milliseconds) > 0)
        while ((got = read(life->master, bytes, sizeof(bytes))) > 0)
            life->heard += (size_t)got;
    if (!life->ended && waitpid(life->pid, &life->status, WNOHANG) == life->pid)
        life->ended = true;
}

static void send_all(struct life *life, const void *bytes, size_t length)
{
    double until = seconds() + PATIENCE;
    const char *next = bytes;

    while (length > 0 && !life->ended && seconds() < until) {
        ssize_t sent = write(life->master, next, length);

        if (sent > 0) {
            next += sent;
            length -= (size_t)sent;
        }
        listen_to(life, sent > 0 ? 0 : 5);
    }
}

static void hang_up(struct life *life)
{
    close(life->slave);
    close(life->master);
    life->master = life->slave = -1;
}

static void act(struct life *life, const struct whim *whim)
{
    struct winsize size = {.ws_row = (unsigned short)whim->rows,
                           .ws_col = (unsigned short)whim->columns};

    switch (whim->kind) {
    case WHIM_BYTES_SENT:
        send_all(life, whim->bytes, whim->length);
        break;
    case WHIM_RESIZE:
        ioctl(life->master, TIOCSWINSZ, &size);
        break;
    case WHIM_SIGNAL:
        life->asked_to_end |= whim->number == SIGTERM ||
                              whim->number == SIGHUP || whim->number == SIGINT;
        kill(life->pid, whim->number);
        break;
    case WHIM_HANG_UP:
        life->asked_to_end = true;
        hang_up(life);
        break;
    case WHIM_PAUSE:
        listen_to(life, whim->milliseconds);
        break;
    }
}

/* --- what must hold --- */

static void tell_last(const struct life *life)
{
    unsigned from = life->events > LAST ? life->events - LAST : 0;

    printf("# life %u, event %u; before that:\n", life->number, life->events);
    for (unsigned i = from; i < life->events; i++) {
        const struct whim *whim = &life->last[i % LAST];

        printf("#   kind %d, %d x %d, signal %d:", whim->kind, whim->rows,
               whim->columns, whim->number);
        for (size_t k = 0; k < whim->length && k < 40; k++)
            printf(" %02x", whim->bytes[k]);
        printf("\n");
    }
}

static bool complain(const struct life *life, const char *what)
{
    printf("# %s\n", what);
    tell_last(life);
    return false;
}

/* It says something when it is asked to. */
static bool answers(struct life *life)
{
    double until = seconds() + PATIENCE;
    size_t heard;

    listen_to(life, 0);
    heard = life->heard;
    send_all(life, REPAINT, strlen(REPAINT));
    while (!life->ended && life->heard == heard && seconds() < until) {
        listen_to(life, 50);
        if (seconds() > until - PATIENCE + 2) /* line mode asks again */
            send_all(life, RETURN, strlen(RETURN));
    }
    return life->ended || life->heard > heard ||
           complain(life, "it does not answer any more");
}

static bool ends(struct life *life)
{
    double until = seconds() + PATIENCE;

    while (!life->ended && seconds() < until)
        listen_to(life, 20);
    return life->ended || complain(life, "it does not end");
}

static bool is_restored(const struct life *life)
{
    struct termios after = {0};

    if (life->slave < 0)
        return true;
    tcgetattr(life->slave, &after);
    return after.c_lflag == life->before.c_lflag &&
           after.c_iflag == life->before.c_iflag &&
           after.c_oflag == life->before.c_oflag;
}

/* By itself, with a status that means something. In the moment in which the
 * terminal is given back a Ctrl-\ is no key of its own; and where a busy
 * machine does not let it end within a second, its alarm does. */
static bool has_left(const struct life *life)
{
    static const int statuses[] = {
        0, 1, 2, 128 + SIGHUP, 128 + SIGINT, 128 + SIGTERM};

    if (WIFSIGNALED(life->status)) {
        printf("# signal %d\n", WTERMSIG(life->status));
        return WTERMSIG(life->status) == SIGQUIT ||
               (WTERMSIG(life->status) == SIGALRM && life->asked_to_end);
    }
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (WEXITSTATUS(life->status) == statuses[i])
            return true;
    printf("# status %d\n", WEXITSTATUS(life->status));
    return false;
}

static bool ended_well(const struct life *life)
{
    if (!has_left(life))
        return complain(life, "it did not end by itself");
    return is_restored(life) || complain(life, "the terminal is not as it was");
}

static bool clean(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    bool found = false;

    while (dir && (entry = readdir(dir)))
        if (strncmp(entry->d_name, "asan.", 5) == 0) {
            printf("# %s/%s\n", folder, entry->d_name);
            found = true;
        }
    if (dir)
        closedir(dir);
    return !found;
}

/* --- lives --- */

/* Until its first screen: a signal before that finds no handler yet. */
static bool awakes(struct life *life)
{
    double until = seconds() + PATIENCE;

    while (life->heard == 0 && !life->ended && seconds() < until)
        listen_to(life, 20);
    return life->heard > 0 || complain(life, "it says nothing");
}

/* Plays up to `most` events; returns how many, -1 where something broke. */
static long live(struct life *life, struct dice *dice, unsigned long most)
{
    struct dice pace = dice_of(1, life->number);
    bool well;

    if (be_born(life) != 0) {
        printf("# no terminal: %s\n", strerror(errno));
        return -1;
    }
    well = awakes(life);
    while (life->events < most && !life->ended && !life->asked_to_end && well) {
        struct whim *whim = &life->last[life->events % LAST];

        whim_draw(whim, dice);
        life->events++;
        act(life, whim);
        /* Some come one by one, others in a heap. */
        listen_to(life, dice_roll(&pace, 3) == 0 ? 3 : 0);
        if (life->events % ALIVE_EVERY == 0 && !life->asked_to_end)
            well = answers(life);
    }
    if (!life->ended && !life->asked_to_end)
        kill(life->pid, SIGTERM);
    well = well && ends(life) && ended_well(life);
    if (!life->ended) {
        kill(life->pid, SIGKILL);
        waitpid(life->pid, NULL, 0);
    }
    if (life->master >= 0)
        hang_up(life);
    return well ? (long)life->events : -1;
}

int main(int argc, char **argv)
{
    static struct life life;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    unsigned long count = argc > 4 ? strtoul(argv[4], NULL, 10) : 1000;
    unsigned only = argc > 5 ? (unsigned)strtoul(argv[5], NULL, 10) : 0;
    unsigned long played = 0;
    unsigned number = only;
    bool well = argc > 4;

    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (well && played < count) {
        struct dice dice = dice_of(seed, number);
        long events;

        memset(&life, 0, sizeof(life));
        life.program = argv[1];
        life.folder = argv[2];
        life.number = number++;
        events = live(&life, &dice, count - played);
        well = events >= 0 && clean(argv[2]);
        played += events > 0 ? (unsigned long)events : 0;
        if (argc > 5)
            break;
    }
    if (!well)
        printf("# again: monkey PROGRAM FOLDER %s %lu %u\n",
               argc > 3 ? argv[3] : "SEED", count, number - 1);
    printf("%sok 1 - %lu events of seed %llu in %u lives\n1..1\n",
           well ? "" : "not ", played, (unsigned long long)seed, number - only);
    return well ? 0 : 1;
}
