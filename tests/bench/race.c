/* SPDX-License-Identifier: MIT */
/* Times whole processes side by side:
 *
 *   race ROUNDS INPUT NAME LIMIT COMMAND... [-- NAME LIMIT COMMAND...]...
 *
 * In each round every command runs once, with INPUT on its standard input,
 * and another one begins than in the round before. The first command is the
 * one that is judged: its LIMIT is MiB of resident memory, and that of each
 * other is how much of the other's time it may take; 0 is none. Ends with 1
 * where a limit is passed, with 2 where a command does not end with 0. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNNERS_MAX 8
#define ROUNDS_MAX 1000
#define EXEC_FAILED 127

struct runner {
    const char *name;
    double limit;
    char **argv;
    double wall[ROUNDS_MAX]; /* milliseconds */
    double cpu[ROUNDS_MAX];  /* milliseconds, of all its processes */
    double peak;             /* MiB resident, of its largest process */
};

struct race {
    struct runner runners[RUNNERS_MAX];
    int count, rounds;
    const char *input;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double length_of(const struct timeval *time)
{
    return (double)time->tv_sec * 1e3 + (double)time->tv_usec / 1e3;
}

static void become(char **argv, const char *input)
{
    int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);

    if (in >= 0 && out >= 0 && dup2(in, STDIN_FILENO) >= 0 &&
        dup2(out, STDOUT_FILENO) >= 0)
        execvp(argv[0], argv);
    _exit(EXEC_FAILED);
}

static bool run(struct runner *runner, const char *input, int round)
{
    struct rusage used;
    double began = now(), peak;
    pid_t pid = fork();
    int status;

    if (pid == 0)
        become(runner->argv, input);
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
        return false;
    runner->wall[round] = now() - began;
    runner->cpu[round] = length_of(&used.ru_utime) + length_of(&used.ru_stime);
    peak = (double)used.ru_maxrss / 1024;
    if (peak > runner->peak)
        runner->peak = peak;
    if (status != 0)
        fprintf(stderr, "race: %s ends with status %#x\n", runner->name,
                (unsigned)status);
    return status == 0;
}

static bool run_all(struct race *race)
{
    for (int round = 0; round < race->rounds; round++) {
        for (int i = 0; i < race->count; i++) {
            int turn = (i + round) % race->count;

            if (!run(&race->runners[turn], race->input, round))
                return false;
        }
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* The values are sorted after it. */
static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), compare);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static bool judge(double value, double limit)
{
    bool passed = limit > 0 && value > limit;

    if (limit > 0)
        printf("  %s %g", passed ? "MISSED: at most" : "at most", limit);
    return passed;
}

/* True where a limit is passed. */
static bool report(struct race *race)
{
    struct runner *first = &race->runners[0];
    double mine = median(first->wall, race->rounds);
    bool passed = false;

    printf("%-8s %8s %8s %8s %9s %12s\n", "", "wall ms", "slowest", "CPU ms",
           "peak MiB", "ours/theirs");
    for (int i = 0; i < race->count; i++) {
        struct runner *runner = &race->runners[i];
        double wall = median(runner->wall, race->rounds);

        printf("%-8s %8.1f %8.1f %8.1f %9.1f ", runner->name, wall,
               runner->wall[race->rounds - 1],
               median(runner->cpu, race->rounds), runner->peak);
        if (i == 0)
            printf("%12s", "");
        else
            printf("%12.2f", mine / wall);
        passed |= judge(i == 0 ? runner->peak : mine / wall, runner->limit);
        putchar('\n');
    }
    return passed;
}

/* False where an argument is missing. */
static bool read_runners(struct race *race, char **argv)
{
    while (*argv && race->count < RUNNERS_MAX) {
        struct runner *runner = &race->runners[race->count++];

        if (!argv[1] || !argv[2])
            return false;
        runner->name = argv[0];
        runner->limit = strtod(argv[1], NULL);
        runner->argv = argv += 2;
        while (*argv && strcmp(*argv, "--") != 0)
            argv++;
        if (*argv)
            *argv++ = NULL;
    }
    return race->count > 0;
}

int main(int argc, char **argv)
{
    static struct race race;

    if (argc > 2) {
        race.rounds = (int)strtol(argv[1], NULL, 10);
        race.input = argv[2];
    }
    if (race.rounds < 1 || race.rounds > ROUNDS_MAX ||
        !read_runners(&race, argv + 3)) {
        fputs("usage: race ROUNDS INPUT NAME LIMIT COMMAND... [-- ...]\n",
              stderr);
        return 2;
    }
    return run_all(&race) ? report(&race) : 2;
}
