/* SPDX-License-Identifier: MIT */
/* What a process of ours may still do. All that only Linux has is here. */
#include "net/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

#ifdef SANITIZED
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

/* Tools that look for our mistakes need more than the program does: memory
 * without end, to trace themselves, and a place for what they find. */
#define IS_WATCHED (IS_SANITIZED || RUNNING_ON_VALGRIND)

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define LOCALE LETTERS DIGITS "_.@-"
#define FOLDER LETTERS DIGITS " !#$%&'()*+,-./:;<=>?@[]^_`{|}~"

/* The environment is input: what is kept of it, how long, of which signs, and
 * how it must begin. A value that does not fit is dropped. */
static const struct variable {
    const char *name, *signs, *start;
    size_t most;
} kept[] = {
    {"TERM", LETTERS DIGITS "._+-", "", 64},
    {"COLORTERM", LETTERS DIGITS "-", "", 32},
    {"NO_COLOR", LETTERS DIGITS, "", 32},
    {"ACCESSIBLE", LETTERS DIGITS, "", 32},
    {"ESCDELAY", DIGITS, "", 5},
    {"LANG", LOCALE, "", 64},
    {"LC_ALL", LOCALE, "", 64},
    {"LC_CTYPE", LOCALE, "", 64},
    {"LC_MESSAGES", LOCALE, "", 64},
    {"HOME", FOLDER, "/", 512},
    {"XDG_STATE_HOME", FOLDER, "/", 512},
    {"XDG_CONFIG_HOME", FOLDER, "/", 512},
    {"TZ", LETTERS DIGITS "_+-/,<>", "", 64},
    {"SSH_CONNECTION", LETTERS DIGITS ".:% ", "", 160},
};

#define KEPT (sizeof(kept) / sizeof(*kept))

static bool is_kept(const struct variable *variable, const char *value)
{
    size_t length = strlen(value);

    return length > 0 && length <= variable->most &&
           strspn(value, variable->signs) == length &&
           strncmp(value, variable->start, strlen(variable->start)) == 0;
}

static int clean_environment(struct error *err)
{
    char *values[KEPT] = {NULL};
    int result = -1;

    for (size_t i = 0; i < KEPT; i++) {
        const char *value = getenv(kept[i].name);

        if (value && is_kept(&kept[i], value))
            if (!(values[i] = strdup(value)))
                goto out;
    }
    if (clearenv() != 0)
        goto out;
    for (size_t i = 0; i < KEPT; i++)
        if (values[i] && setenv(kept[i].name, values[i], 1) != 0)
            goto out;
    result = 0;
out:
    for (size_t i = 0; i < KEPT; i++)
        free(values[i]);
    return result == 0 ? 0 : error_set(err, "no memory");
}

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define FOREIGN_CALLS 0x40000000u /* x32 */
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#define FOREIGN_CALLS 0x40000000u /* none has such a number */
#endif

#ifdef ARCH
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)
#define LOAD(field)                                                            \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
/* Where `test` of the loaded word against `value` holds, the call is refused;
 * else the next line goes on. */
#define REFUSE_IF(test, value)                                                 \
    BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, 1),                         \
        BPF_STMT(BPF_RET | BPF_K, REFUSE)

/* A call by another architecture's numbers could go round the filter. */
static int deny_exec(struct error *err)
{
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, REFUSE),
        LOAD(nr),
        REFUSE_IF(BPF_JGE, FOREIGN_CALLS),
        REFUSE_IF(BPF_JEQ, SYS_execve),
        REFUSE_IF(BPF_JEQ, SYS_execveat),
        /* LeakSanitizer looks at its own process by ptrace. */
        REFUSE_IF(BPF_JEQ, IS_SANITIZED ? SYS_execve : SYS_ptrace),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {
        .len = sizeof(filter) / sizeof(*filter),
        .filter = filter,
    };

    /* EINVAL: a kernel without filters; no_new_privs stays. */
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0 &&
        errno != EINVAL)
        return error_set(err, "cannot set the filter of system calls: %s",
                         strerror(errno));
    return 0;
}
#else
static int deny_exec(struct error *err)
{
    (void)err;
    return 0;
}
#endif

/* Files opened later must not become somebody's standard output. */
static int fill_standard_streams(struct error *err)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDWR);
        if (fd < 0)
            return error_set(err, "cannot open /dev/null: %s", strerror(errno));
    } while (fd <= STDERR_FILENO);
    close(fd);
    return 0;
}

static int set_limit(int resource, rlim_t most, struct error *err)
{
    struct rlimit limit = {most, most};
    struct rlimit now;

    if (getrlimit((__rlimit_resource_t)resource, &now) == 0 &&
        now.rlim_max < most)
        limit.rlim_cur = limit.rlim_max = now.rlim_max;
    if (setrlimit((__rlimit_resource_t)resource, &limit) != 0)
        return error_set(err, "cannot set limit %d: %s", resource,
                         strerror(errno));
    return 0;
}

int cage_program(struct error *err)
{
    /* Before the first library call that reads the environment. */
    if (clean_environment(err) != 0 || fill_standard_streams(err) != 0 ||
        set_limit(RLIMIT_CORE, 0, err) != 0)
        return -1;
    if (!IS_WATCHED && prctl(PR_SET_DUMPABLE, 0) != 0)
        return error_set(err, "cannot close our memory to others: %s",
                         strerror(errno));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return error_set(err, "cannot refuse new rights: %s", strerror(errno));
    return deny_exec(err);
}

/* A parent that died before prctl sends no signal any more. */
static int follow_parent(pid_t parent, struct error *err)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        return error_set(err, "the parent has gone");
    return 0;
}

static void default_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int signal = 1; signal < NSIG; signal++)
        sigaction(signal, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* `keep` as the first descriptor after the standard streams, and no other. */
static int keep_one(int keep, struct error *err)
{
    int last = IS_WATCHED ? STDOUT_FILENO : STDERR_FILENO;
    int only = STDERR_FILENO + 1;
    int null = open("/dev/null", O_RDWR);

    keep = fcntl(keep, F_DUPFD, only);
    if (null < 0 || keep < 0)
        return error_set(err, "no descriptor: %s", strerror(errno));
    for (int fd = 0; fd <= last; fd++)
        if (dup2(null, fd) < 0)
            return error_set(err, "no descriptor: %s", strerror(errno));
    if (keep != only && dup2(keep, only) < 0)
        return error_set(err, "no descriptor: %s", strerror(errno));
    if (close_range((unsigned)only + 1, ~0U, 0) != 0)
        for (long fd = sysconf(_SC_OPEN_MAX) - 1; fd > only; fd--)
            close((int)fd);
    return only;
}

static int set_limits(struct error *err)
{
    static const struct {
        int resource;
        rlim_t most;
        bool watched; /* also where a tool watches, which needs its own */
    } limits[] = {
        {RLIMIT_CORE, 0, true},     {RLIMIT_FSIZE, 0, true},
        {RLIMIT_CPU, 600, true}, /* a backstop: the parent keeps time */
        {RLIMIT_NOFILE, 64, false}, {RLIMIT_AS, 512u << 20, false},
    };

    for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
        if ((limits[i].watched || !IS_WATCHED) &&
            set_limit(limits[i].resource, limits[i].most, err) != 0)
            return -1;
    return 0;
}

int cage_child(int keep, pid_t parent, struct error *err)
{
    if (setsid() < 0)
        return error_set(err, "no session of its own: %s", strerror(errno));
    if (follow_parent(parent, err) != 0)
        return -1;
    default_signals();
    keep = keep_one(keep, err);
    if (keep < 0 || set_limits(err) != 0)
        return -1;
    if (clearenv() != 0 || setenv("PATH", "/usr/bin:/bin", 1) != 0 ||
        setenv("LANG", "C.UTF-8", 1) != 0)
        return error_set(err, "no memory");
    return keep;
}
