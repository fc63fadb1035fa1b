/* SPDX-License-Identifier: MIT */
/* What a terminal can do, and giving it back when the program crashes. */
#include "ui/rescue.h"

#include <curses.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#define PASTE_OFF "\033[?2004l"
#define RESET_MAX 256
#define STACK_SIZE 65536
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* All that end a process and that ui/loop.h does not take: SIGALRM is its last
 * resort. */
static const int crashes[] = {SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,
                              SIGABRT, SIGQUIT, SIGALRM, SIGTRAP,
                              SIGSYS,  SIGXCPU, SIGUSR1, SIGUSR2};

/* What gives the terminal back when nothing else can. A handler gets no
 * argument, so this cannot be in a struct of the caller. */
static struct {
    volatile pid_t owner; /* a forked child has no terminal to give back */
    struct termios modes;
    char text[RESET_MAX];
    size_t length;
    void *stack; /* where a handler runs when ours is full */
    struct sigaction before[COUNT(crashes)];
} reset;

/* A terminal that takes no more bytes must not hold us here. */
static void write_reset(void)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);

    fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
    if (write(STDOUT_FILENO, reset.text, reset.length) < 0)
        reset.length = 0; /* nothing else is left to try */
    fcntl(STDOUT_FILENO, F_SETFL, flags);
}

static void on_crash(int number)
{
    if (reset.owner == getpid()) {
        reset.owner = 0;
        write_reset();
        tcsetattr(STDIN_FILENO, TCSANOW, &reset.modes);
    }
    for (size_t i = 0; i < COUNT(crashes); i++)
        if (crashes[i] == number)
            sigaction(number, &reset.before[i], NULL);
    raise(number);
}

/* Adds a capability without its padding, which is only for old iron. */
static void add_reset(const char *text)
{
    if (!text || text == (const char *)-1)
        return;
    while (*text && reset.length < RESET_MAX) {
        const char *end =
            strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;

        if (end)
            text = end + 1;
        else
            reset.text[reset.length++] = *text++;
    }
}

static bool has_capability(const char *name)
{
    const char *text = tigetstr(name);

    return text && text != (const char *)-1;
}

static void catch_crashes(void)
{
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    stack_t stack = {.ss_size = STACK_SIZE};

    stack.ss_sp = reset.stack = malloc(STACK_SIZE);
    if (reset.stack)
        sigaltstack(&stack, NULL);
    reset.owner = getpid();
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &action, &reset.before[i]);
}

void rescue_arm(bool *alternate)
{
    static const char *const wanted[] = {"sgr0", "op", "cnorm", "rmcup"};

    reset.length = 0;
    add_reset(PASTE_OFF);
    for (size_t i = 0; i < COUNT(wanted); i++)
        add_reset(tigetstr(wanted[i]));
    add_reset("\r\n");
    *alternate = has_capability("rmcup");
    catch_crashes();
}

bool rescue_keep(const struct termios *modes)
{
    if (reset.owner == getpid())
        return false;
    reset.length = 0;
    reset.modes = *modes;
    catch_crashes();
    return true;
}

void rescue_disarm(void)
{
    stack_t stack = {.ss_flags = SS_DISABLE};

    reset.owner = 0;
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &reset.before[i], NULL);
    sigaltstack(&stack, NULL);
    free(reset.stack);
    reset.stack = NULL;
}

void rescue_modes(void)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &reset.modes);
}

/* To be asked before newterm, which writes to whatever it is given. */
int rescue_check(struct error *err)
{
    const char *name = getenv("TERM");
    bool fits;
    int found;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, "standard input or output is no terminal");
    if (!name || !*name)
        return error_set(err, "TERM is not set");
    tcgetattr(STDIN_FILENO, &reset.modes);
    if (setupterm(NULL, STDOUT_FILENO, &found) != OK)
        return error_set(err, "TERM '%s' is not known", name);
    fits = has_capability("cup");
    del_curterm(cur_term);
    return fits ? 0 : error_set(err, "TERM '%s' has no cursor address", name);
}
