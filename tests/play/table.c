/* SPDX-License-Identifier: MIT */
/* Plays every case of tests/data/NAME to the probe of that name, as the program
 * and as a function, and tells as TAP which came out right.
 *
 *   NAME [PART]    only the cases whose names hold PART, and what each told
 *
 * TOP and BUILD are the trees of source and of what was built. With VALGRIND
 * set in the environment all of it runs under valgrind. */
#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/play/judge.h"
#include "tests/play/trade.h"

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

#define WORKERS_MAX 8
#define LACKING 77 /* exit status of a worker whose case cannot be run here */
#define PATH_SIZE 1024

/* A case under way in a process of its own. */
struct worker {
    pid_t pid; /* 0: free */
    int report;
    const struct play *play;
    enum manner manner;
};

struct table {
    struct worker workers[WORKERS_MAX];
    char folder[32]; /* for passwords and certificates */
    bool loud;
    int run, bad;
};

/* --- a worker ------------------------------------------------------------- */

static _Noreturn void work(const struct table *table, const struct play *play,
                           enum manner manner, FILE *report)
{
    const char *lack = session_lacks(play);
    char mark[32];
    int wrong = 0;

    if (lack) {
        fputs(lack, report);
        fclose(report);
        _exit(LACKING);
    }
    snprintf(mark, sizeof(mark), "%ld", (long)getpid());
    for (int i = 0; i < (int)play->times && wrong == 0; i++) {
        struct sight sight;

        session_run(play, manner, table->folder, mark, &sight);
        wrong = judge(play, manner, &sight, report);
        if (table->loud && wrong == 0)
            fprintf(report, "  --- told\n%s  --- heard\n%s", sight.out,
                    sight.heard);
        session_release(&sight);
    }
    fclose(report);
    _exit(wrong > 0);
}

static void start(struct table *table, struct worker *worker,
                  const struct play *play, enum manner manner)
{
    FILE *report;

    *worker = (struct worker){.play = play, .manner = manner};
    worker->report = memfd_create("report", MFD_CLOEXEC);
    fflush(NULL);
    worker->pid = worker->report < 0 ? -1 : fork();
    if (worker->pid < 0) {
        perror("Bail out! fork");
        exit(1);
    }
    if (worker->pid > 0)
        return;
    report = fdopen(worker->report, "w");
    if (!report)
        _exit(1);
    work(table, play, manner, report);
}

/* --- the table ------------------------------------------------------------ */

/* The report, as TAP's comments. */
static void print_report(FILE *report)
{
    char line[2048];

    rewind(report);
    while (fgets(line, sizeof(line), report))
        printf("# %s%s", line, strchr(line, '\n') ? "" : "\n");
}

static void print_result(struct table *table, const struct worker *worker,
                         int status)
{
    bool lacks = WIFEXITED(status) && WEXITSTATUS(status) == LACKING;
    bool right = lacks || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
    FILE *report = fdopen(worker->report, "r");
    char lack[80] = "";

    table->bad += !right;
    if (lacks && report) {
        rewind(report);
        if (!fgets(lack, sizeof(lack), report))
            lack[0] = '\0';
    }
    printf("%sok %d - %s%s%s%s\n", right ? "" : "not ", ++table->run,
           worker->play->name, worker->manner == INSIDE ? ", inside" : "",
           lacks ? " # SKIP " : "", lack);
    if (report && !lacks && (!right || table->loud))
        print_report(report);
    if (report)
        fclose(report);
}

/* Waits for one worker to end. */
static void harvest(struct table *table)
{
    int status;
    pid_t pid = wait(&status);

    for (int i = 0; i < WORKERS_MAX; i++)
        if (pid > 0 && table->workers[i].pid == pid) {
            print_result(table, &table->workers[i], status);
            table->workers[i].pid = 0;
        }
}

static struct worker *find_free(struct table *table)
{
    for (;;) {
        for (int i = 0; i < WORKERS_MAX; i++)
            if (table->workers[i].pid == 0)
                return &table->workers[i];
        harvest(table);
    }
}

static bool is_busy(const struct table *table)
{
    for (int i = 0; i < WORKERS_MAX; i++)
        if (table->workers[i].pid != 0)
            return true;
    return false;
}

static void play_all(struct table *table, const struct play *plays,
                     size_t count, const char *part)
{
    for (size_t i = 0; i < count; i++)
        for (int manner = OUTSIDE; manner <= INSIDE; manner++)
            if (strstr(plays[i].name, part) &&
                session_fits(&plays[i], (enum manner)manner))
                start(table, find_free(table), &plays[i], (enum manner)manner);
    while (is_busy(table))
        harvest(table);
}

/* Starts this program again under valgrind, whose words go to the standard
 * error of each process, where the cases want none. */
static void enter_valgrind(const char *program, const char *part)
{
    execlp("valgrind", "valgrind", "-q", "--leak-check=full",
           "--errors-for-leak-kinds=definite", "--trace-children=yes",
           "--error-exitcode=99", program, part, (char *)NULL);
    puts("1..0 # SKIP valgrind is not installed");
    exit(0);
}

int main(int argc, char **argv)
{
    static struct table table = {.folder = "/tmp/nollego.XXXXXX"};
    const char *top = getenv("TOP");
    char pattern[PATH_SIZE];
    struct play *plays;
    size_t count;

    if (getenv("VALGRIND") && !RUNNING_ON_VALGRIND)
        enter_valgrind(argv[0], argv[1]);
    snprintf(pattern, sizeof(pattern), "%s/tests/data/%s/*.case",
             top ? top : ".", trade.name);
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    plays = cases_read(pattern, &count);
    table.loud = argc > 1;
    if (!mkdtemp(table.folder)) {
        perror("Bail out! folder");
        return 1;
    }
    play_all(&table, plays, count, argc > 1 ? argv[1] : "");
    printf("1..%d\n", table.run);
    free(plays);
    rmdir(table.folder);
    return table.bad > 0;
}
