/* SPDX-License-Identifier: MIT */
/* What a caged process cannot do, tried for real in children of the test. */
#include "tests/unit/unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/cage.h"

extern char **environ;

static char word[] = "true";
static char *const words[] = {word, NULL};

/* Runs a check in a child; it must return true there. */
static void assert_in_child(bool (*check)(void))
{
    int status;
    pid_t pid = fork();

    if (pid == 0)
        _exit(check() ? 0 : 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static bool no_exec(void)
{

    if (cage_program(NULL) != 0)
        return false;
    execv("/bin/true", words);
    if (errno != EPERM)
        return false;
    errno = 0;
    syscall(SYS_execveat, AT_FDCWD, "/bin/true", words, environ, 0);
    return errno == EPERM;
}

static void refuses_exec(void **state)
{
    (void)state;
    if (RUNNING_ON_VALGRIND)
        LEAVE_OUT("valgrind does not outlive a refused exec");
    assert_in_child(no_exec);
}

/* A child of a caged process is caged too, and no setting gives it back. */
static bool no_exec_below(void)
{
    int status;
    pid_t pid;

    if (cage_program(NULL) != 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return false;
    pid = fork();
    if (pid == 0) {
        execv("/bin/true", words);
        _exit(errno == EPERM ? 7 : 1);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
           WEXITSTATUS(status) == 7;
}

static void refuses_exec_to_children(void **state)
{
    (void)state;
    if (RUNNING_ON_VALGRIND)
        LEAVE_OUT("valgrind does not outlive a refused exec");
    assert_in_child(no_exec_below);
}

#ifdef __x86_64__
static bool no_x32(void)
{
    errno = 0;
    return cage_program(NULL) == 0 &&
           syscall(0x40000000 | SYS_execve, "/bin/true", NULL, NULL) < 0 &&
           errno == EPERM && syscall(0x40000000 | SYS_getpid) < 0 &&
           errno == EPERM;
}

static void refuses_calls_by_other_numbers(void **state)
{
    (void)state;
    if (RUNNING_ON_VALGRIND)
        LEAVE_OUT("valgrind knows no such system calls");
    assert_in_child(no_x32);
}
#endif

static bool closed_to_others(void)
{
    struct rlimit limit;

    if (cage_program(NULL) != 0 || getrlimit(RLIMIT_CORE, &limit) != 0 ||
        limit.rlim_max != 0)
        return false;
    errno = 0;
    return IS_WATCHED ||
           (prctl(PR_GET_DUMPABLE) == 0 &&
            ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 && errno == EPERM);
}

static void keeps_memory_to_itself(void **state)
{
    (void)state;
    if (IS_WATCHED)
        print_message("only the core limit: a sanitizer traces itself\n");
    assert_in_child(closed_to_others);
}

/* Each variable, whether it stays, as the program is started with it. */
static const struct {
    const char *name, *value;
    bool stays;
} variables[] = {
    {"TERM", "xterm-256color", true},
    {"TERM", "../../tmp/x", false},
    {"TERM", "a/b", false},
    {"TERM", "", false},
    {"LANG", "es_AR.UTF-8", true},
    {"LC_ALL", "ca_ES.UTF-8@valencia", true},
    {"LC_CTYPE", "../../../tmp/evil", false},
    {"LC_MESSAGES", "C\nx", false},
    {"HOME", "/home/ana", true},
    {"HOME", "relative", false},
    {"HOME", "/home/\033[2J", false},
    {"XDG_STATE_HOME", "/home/ana/.state", true},
    {"XDG_CONFIG_HOME", "tmp", false},
    {"NO_COLOR", "1", true},
    {"COLORTERM", "truecolor", true},
    {"ESCDELAY", "25", true},
    {"ESCDELAY", "25x", false},
    {"TZ", "America/Argentina/Buenos_Aires", true},
    {"TZ", ":/tmp/evil", false},
    {"SSH_CONNECTION", "10.0.0.1 50000 fe80::1%eth0 22", true},
    {"TERMINFO", "/tmp/evil", false},
    {"TERMINFO_DIRS", "/tmp/evil", false},
    {"TERMCAP", "x", false},
    {"SSLKEYLOGFILE", "/tmp/keys", false},
    {"SSL_CERT_FILE", "/tmp/evil.pem", false},
    {"OPENSSL_CONF", "/tmp/evil.cnf", false},
    {"https_proxy", "http://evil.example", false},
    {"ALL_PROXY", "http://evil.example", false},
    {"XDG_CONFIG_DIR", "/tmp/evil", false},
    {"LD_PRELOAD", "", false},
    {"LD_LIBRARY_PATH", "/tmp/evil", false},
    {"LANGUAGE", "../../tmp", false},
    {"NLSPATH", "/tmp/evil", false},
    {"LOCPATH", "/tmp/evil", false},
    {"GCONV_PATH", "/tmp/evil", false},
    {"HOSTALIASES", "/tmp/evil", false},
    {"RES_OPTIONS", "debug", false},
    {"MALLOC_CHECK_", "3", false},
    {"EDITOR", "/bin/sh", false},
    {"PATH", "/tmp/evil", false},
    {"LINES", "99999999", false},
};

static size_t variable;

static bool keeps_variable(void)
{
    const char *value;

    clearenv();
    setenv(variables[variable].name, variables[variable].value, 1);
    if (cage_program(NULL) != 0)
        return false;
    value = getenv(variables[variable].name);
    return variables[variable].stays
               ? value && strcmp(value, variables[variable].value) == 0
               : !value && !(environ && environ[0]);
}

static void keeps_little_of_the_environment(void **state)
{
    (void)state;
    for (variable = 0; variable < COUNT(variables); variable++)
        assert_in_child(keeps_variable);
}

static bool long_term_goes(void)
{
    char term[4096];

    memset(term, 'a', sizeof(term) - 1);
    term[sizeof(term) - 1] = '\0';
    setenv("TERM", term, 1);
    return cage_program(NULL) == 0 && !getenv("TERM");
}

static void drops_a_long_term(void **state)
{
    (void)state;
    assert_in_child(long_term_goes);
}

static bool streams_are_open(void)
{
    closefrom(STDIN_FILENO); /* make hands down descriptors of its own */
    return cage_program(NULL) == 0 && fcntl(0, F_GETFD) >= 0 &&
           fcntl(1, F_GETFD) >= 0 && fcntl(2, F_GETFD) >= 0 &&
           fcntl(3, F_GETFD) < 0;
}

static void fills_the_standard_streams(void **state)
{
    (void)state;
    if (RUNNING_ON_VALGRIND)
        LEAVE_OUT("valgrind has descriptors of its own");
    assert_in_child(streams_are_open);
}

/* From here on: the child of a probe. */

static int enter(void)
{
    return cage_child(open("/dev/zero", O_RDONLY), getppid(), NULL);
}

static bool has_only_its_pipe(void)
{
    char byte = 1;
    int kept, fd, count = 0;

    for (int i = 0; i < 20; i++)
        open("/dev/null", O_RDONLY);
    kept = enter();
    if (kept < 0 || read(kept, &byte, 1) != 1 || byte != 0)
        return false;
    for (fd = 0; fd < 256; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            count++;
    return count == 4 && read(STDIN_FILENO, &byte, 1) == 0;
}

static void closes_all_but_the_pipe(void **state)
{
    (void)state;
    if (RUNNING_ON_VALGRIND)
        LEAVE_OUT("valgrind has descriptors of its own");
    assert_in_child(has_only_its_pipe);
}

static bool has_clean_environment(void)
{
    setenv("HOME", "/root", 1);
    setenv("https_proxy", "http://evil.example", 1);
    return enter() >= 0 && strcmp(getenv("PATH"), "/usr/bin:/bin") == 0 &&
           strcmp(getenv("LANG"), "C.UTF-8") == 0 && !environ[2];
}

static void has_an_environment_of_two(void **state)
{
    (void)state;
    assert_in_child(has_clean_environment);
}

static bool has_default_signals(void)
{
    struct sigaction action;
    sigset_t blocked;

    signal(SIGTERM, SIG_IGN);
    sigfillset(&blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    if (enter() < 0)
        return false;
    sigaction(SIGTERM, NULL, &action);
    if (action.sa_handler != SIG_DFL)
        return false;
    sigaction(SIGPIPE, NULL, &action);
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    return action.sa_handler == SIG_IGN && !sigismember(&blocked, SIGTERM) &&
           !sigismember(&blocked, SIGINT);
}

static void starts_with_default_signals(void **state)
{
    (void)state;
    assert_in_child(has_default_signals);
}

static bool is_limited_to(int resource, rlim_t most)
{
    struct rlimit limit;

    return getrlimit((__rlimit_resource_t)resource, &limit) == 0 &&
           limit.rlim_max <= most;
}

/* Volatile, or clang leaves out an allocation that nobody reads. */
static bool gets(size_t bytes)
{
    void *volatile block = malloc(bytes);

    free(block);
    return block != NULL;
}

static bool is_limited(void)
{
    if (enter() < 0 || !is_limited_to(RLIMIT_CORE, 0) ||
        !is_limited_to(RLIMIT_FSIZE, 0))
        return false;
    return IS_WATCHED ||
           (is_limited_to(RLIMIT_NOFILE, 64) &&
            is_limited_to(RLIMIT_AS, 512u << 20) && !gets((size_t)600 << 20));
}

static void has_limits(void **state)
{
    (void)state;
    if (IS_WATCHED)
        print_message("not memory and descriptors: a sanitizer wants all\n");
    assert_in_child(is_limited);
}

static void *answer(void *arg)
{
    *(int *)arg = 42;
    return NULL;
}

static bool can_serve(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    pthread_t thread;
    int value = 0, fd;

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (enter() < 0)
        return false;
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&here, sizeof(here)) != 0 ||
        listen(fd, 4) != 0)
        return false;
    return pthread_create(&thread, NULL, answer, &value) == 0 &&
           pthread_join(thread, NULL) == 0 && value == 42;
}

static void can_listen_and_make_threads(void **state)
{
    (void)state;
    assert_in_child(can_serve);
}

static bool is_alone(void)
{
    return enter() >= 0 && getsid(0) == getpid() && getpgid(0) == getpid() &&
           open("/dev/tty", O_RDWR) < 0;
}

static void has_no_terminal(void **state)
{
    (void)state;
    assert_in_child(is_alone);
}

/* The parent ends as soon as its child is caged; the test, which inherits the
 * child, sees how that ended. */
static void ends_with_its_parent(void **state)
{
    int ends[2], status;
    pid_t parent, child;

    (void)state;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    assert_int_equal(pipe(ends), 0);
    parent = fork();
    if (parent == 0) {
        pid_t self = getpid();

        child = fork();
        if (child == 0) {
            char byte = 0;
            int kept = cage_child(ends[1], self, NULL);

            if (kept < 0 || write(kept, &byte, 1) != 1)
                _exit(1);
            for (;;)
                pause();
        }
        close(ends[1]);
        _exit(read(ends[0], &status, 1) == 1 ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    child = waitpid(-1, &status, 0);
    assert_true(child > 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    close(ends[0]);
}

static bool refuses_a_gone_parent(void)
{
    return cage_child(STDOUT_FILENO, getppid() + 1, NULL) < 0;
}

static void sees_that_its_parent_has_gone(void **state)
{
    (void)state;
    assert_in_child(refuses_a_gone_parent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_exec),
        cmocka_unit_test(refuses_exec_to_children),
#ifdef __x86_64__
        cmocka_unit_test(refuses_calls_by_other_numbers),
#endif
        cmocka_unit_test(keeps_memory_to_itself),
        cmocka_unit_test(keeps_little_of_the_environment),
        cmocka_unit_test(drops_a_long_term),
        cmocka_unit_test(fills_the_standard_streams),
        cmocka_unit_test(closes_all_but_the_pipe),
        cmocka_unit_test(has_an_environment_of_two),
        cmocka_unit_test(starts_with_default_signals),
        cmocka_unit_test(has_limits),
        cmocka_unit_test(can_listen_and_make_threads),
        cmocka_unit_test(has_no_terminal),
        cmocka_unit_test(ends_with_its_parent),
        cmocka_unit_test(sees_that_its_parent_has_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
