/* SPDX-License-Identifier: MIT */
/* One case played: the scripted server, the probe, and what each has seen. */
#include "tests/play/session.h"

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/play/inside.h"
#include "tests/play/server.h"
#include "tests/play/strike.h"
#include "tests/play/trade.h"

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* What looks for leaks at the end takes its time. */
#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

#define STUCK 10.0 /* seconds beyond the limit after which we end it */
#define PATH_SIZE 1200

/* One run. */
struct run {
    const struct play *play;
    enum manner manner;
    struct sight *sight;
    double limit;
    char ca_file[PATH_SIZE], password_file[PATH_SIZE];
    const char *trust;
    unsigned short port;
    pid_t pid;
    int out, err;
    FILE *out_text, *err_text;
    size_t out_length, err_length;
    double started, ended;
};

static void must(bool fine, const char *what)
{
    if (fine)
        return;
    perror(what);
    exit(1);
}

double session_slowness(void)
{
    return RUNNING_ON_VALGRIND ? 15 : IS_SANITIZED ? 3 : 1;
}

static bool strikes(const struct play *play)
{
    static const char *const steps[] = {"\ninterrupt\n", "\nkill\n",
                                        "\nfreeze\n"};

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (strstr(play->script, steps[i]))
            return true;
    return false;
}

bool session_fits(const struct play *play, enum manner manner)
{
    if (manner == OUTSIDE)
        return !play->places[0] && !play->inside;
    return !strikes(play) &&
           (play->places[0] || strpbrk(play->host, "0123456789"));
}

const char *session_lacks(const struct play *play)
{
    unsigned short port;
    int fd;

    if (!strchr(play->host, ':') && !strchr(play->places, ':'))
        return NULL;
    fd = script_listen(true, 0, &port);
    if (fd < 0)
        return "this system has no ::1";
    close(fd);
    return NULL;
}

/* --- the probe's process -------------------------------------------------- */

static void write_password(const struct run *run)
{
    int fd = open(run->password_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    size_t length = strlen(run->play->password);

    must(fd >= 0 && write(fd, run->play->password, length) == (ssize_t)length &&
             close(fd) == 0,
         run->password_file);
}

static void add(struct arguments *arguments, const char *option,
                const char *value)
{
    arguments->all[arguments->count++] = option;
    arguments->all[arguments->count++] = value;
}

static void execute(const struct run *run)
{
    static const char *const modes[] = {
        [TLS_NONE] = "none",
        [TLS_STARTTLS] = "starttls",
        [TLS_IMPLICIT] = "implicit",
    };
    const struct play *play = run->play;
    const char *build = getenv("BUILD");
    char program[PATH_SIZE], server[HOST_MAX + 8], limit[32];
    struct arguments arguments = {{program, "probe", trade.name}, 3};

    snprintf(program, sizeof(program), "%s/nollego", build ? build : ".");
    snprintf(server, sizeof(server), "%s:%u", play->host, run->port);
    snprintf(limit, sizeof(limit), "%g", run->limit);
    add(&arguments, "--config", "/dev/null");
    trade.add(&arguments, play, server);
    add(&arguments, "--tls", modes[play->tls]);
    add(&arguments, "--limit", limit);
    if (play->tls != TLS_NONE)
        add(&arguments, "--ca-file", run->trust);
    if (play->user[0]) {
        add(&arguments, "--user", play->user);
        add(&arguments, "--password-file", run->password_file);
    }
    execv(program, (char *const *)arguments.all);
    perror(program);
    _exit(127);
}

static _Noreturn void be_probe(const struct run *run, int out, int err)
{
    int nothing = open("/dev/null", O_RDONLY);

    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(nothing);
    close(out);
    close(err);
    if (run->manner == OUTSIDE)
        execute(run);
    exit(inside_run(run->play, run->port, run->trust, run->limit));
}

/* Before the server's thread: a fork has none but its own. */
static void start_probe(struct run *run)
{
    int out[2], err[2];

    must(pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0, "pipe");
    fflush(NULL);
    run->started = strike_clock();
    run->pid = fork();
    must(run->pid >= 0, "fork");
    if (run->pid == 0)
        be_probe(run, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    run->out = out[0];
    run->err = err[0];
}

/* --- watching ------------------------------------------------------------- */

/* Takes what is there; false at the end. */
static bool take(int fd, FILE *text)
{
    char bytes[4096];
    ssize_t got = read(fd, bytes, sizeof(bytes));

    if (got > 0)
        fwrite(bytes, 1, (size_t)got, text);
    return got > 0 || (got < 0 && errno == EINTR);
}

static void watch(struct run *run)
{
    struct pollfd fds[2] = {{run->out, POLLIN, 0}, {run->err, POLLIN, 0}};
    double end = run->started + run->limit + run->play->wait +
                 STUCK * session_slowness();

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        double left = end - strike_clock();

        if (left <= 0 || poll(fds, 2, (int)(left * 1000) + 1) <= 0) {
            run->sight->stuck = true;
            kill(run->pid, SIGKILL);
            return;
        }
        if (fds[0].revents && !take(run->out, run->out_text))
            fds[0].fd = -1;
        if (fds[1].revents && !take(run->err, run->err_text))
            fds[1].fd = -1;
    }
}

/* Waits for the probe, and looks for what it has left: its orphans are ours,
 * since prctl. */
static void reap(struct run *run)
{
    struct sight *sight = run->sight;

    while (waitpid(run->pid, &sight->status, 0) < 0 && errno == EINTR)
        continue;
    run->ended = strike_clock();
    sight->seconds = run->ended - run->started;
    sight->left = waitpid(-1, NULL, WNOHANG) >= 0;
    while (strike_child(getpid(), SIGKILL))
        waitpid(-1, NULL, 0);
}

void session_run(const struct play *play, enum manner manner,
                 const char *folder, const char *mark, struct sight *sight)
{
    struct run run = {.play = play, .manner = manner, .sight = sight};
    struct server server;

    memset(sight, 0, sizeof(*sight));
    snprintf(run.ca_file, sizeof(run.ca_file), "%s/%s.ca", folder, mark);
    run.trust = play->trust[0] ? play->trust : run.ca_file;
    snprintf(run.password_file, sizeof(run.password_file), "%s/%s.password",
             folder, mark);
    run.limit = play->limit * session_slowness();
    write_password(&run);
    run.out_text = open_memstream(&sight->out, &run.out_length);
    run.err_text = open_memstream(&sight->err, &run.err_length);
    must(run.out_text && run.err_text, "memory");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    must(server_open(&server, play) == 0, "a port");
    run.port = server.port;
    server_prepare(&server, play, run.ca_file);
    start_probe(&run);
    server_start(&server, run.pid);
    watch(&run);
    reap(&run);
    sight->again = server_stop(&server);
    sight->heard = server.heard;
    if (server.stage.struck > 0)
        sight->stopping = run.ended - server.stage.struck;
    memcpy(sight->missed, server.stage.missed, sizeof(sight->missed));
    fclose(run.out_text);
    fclose(run.err_text);
    close(run.out);
    close(run.err);
    unlink(run.ca_file);
    unlink(run.password_file);
}

void session_release(struct sight *sight)
{
    free(sight->out);
    free(sight->err);
    free(sight->heard);
}
