/* SPDX-License-Identifier: MIT */
/* A child that tells events: whatever it does, one end, and nothing left. */
#include "tests/unit/unit.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/job.h"

#define TOLD_MAX 64

#define FINAL "{\"event\":\"phase\",\"phase\":\"final\"}\n"
#define PASS "{\"event\":\"end\",\"outcome\":\"pass\"}\n"

/* What the sink got; `more` counts what is beyond the room. */
struct told {
    struct event *events[TOLD_MAX];
    size_t count, more, ends;
};

static void keep(struct event *event, void *arg)
{
    struct told *told = arg;

    assert_int_equal(told->ends, 0); /* nothing after the end */
    if (event_is(event, "end"))
        told->ends++;
    if (told->count < TOLD_MAX)
        told->events[told->count++] = event_copy(event);
    else
        told->more++;
}

static void forget(struct told *told)
{
    for (size_t i = 0; i < told->count; i++)
        event_free(told->events[i]);
    memset(told, 0, sizeof(*told));
}

static void say(int out, const char *text)
{
    size_t length = strlen(text);

    if (write(out, text, length) != (ssize_t)length)
        _exit(9);
}

/* As a frontend does: poll for the pipe and the deadline. */
static void turn(struct job *job)
{
    struct pollfd fd = {job_descriptor(job), POLLIN, 0};
    double left = job_left(job);

    poll(&fd, 1, left < 0 ? 10000 : (int)(left * 1000) + 1);
    job_work(job);
}

/* The body gets a pointer to `words`. */
static void start(struct job *job, job_body *body, const char *words,
                  double seconds, bool sends, struct told *told)
{
    struct error err = {""};

    memset(told, 0, sizeof(*told));
    assert_int_equal(
        job_start(job, body, &words, seconds, sends, keep, told, &err), 0);
    assert_true(job_running(job));
}

/* Runs it to its end and checks what holds for every job. */
static struct ending run(job_body *body, const char *words, double seconds,
                         bool sends, struct told *told)
{
    struct ending ending;
    struct job job;

    start(&job, body, words, seconds, sends, told);
    while (job_running(&job))
        turn(&job);
    assert_int_equal(told->ends, 1);
    assert_int_equal(job_descriptor(&job), -1);
    assert_true(job_left(&job) < 0);
    job_release(&job);
    if (told->count < TOLD_MAX)
        assert_true(ending_read(&ending, told->events[told->count - 1]));
    else
        memset(&ending, 0, sizeof(ending));
    assert_true(waitpid(-1, NULL, WNOHANG) < 0); /* no child is left */
    return ending;
}

static int tell_all(int out, void *arg)
{
    say(out, *(const char **)arg);
    return 0;
}

static void passes_events_in_order(void **state)
{
    struct told told;
    struct ending ending =
        run(tell_all, "{\"event\":\"a\"}\n{\"event\":\"b\"}\n" PASS, 10, false,
            &told);

    (void)state;
    assert_int_equal(told.count, 3);
    assert_true(event_is(told.events[0], "a"));
    assert_true(event_is(told.events[1], "b"));
    assert_int_equal(ending.outcome, RESULT_PASS);
    forget(&told);
}

static void gives_one_end_of_two(void **state)
{
    struct told told;
    struct ending ending =
        run(tell_all, PASS "{\"event\":\"end\"}\n", 10, true, &told);

    (void)state;
    assert_int_equal(told.count, 1);
    assert_int_equal(ending.outcome, RESULT_PASS);
    forget(&told);
}

static void ends_what_says_no_end(void **state)
{
    static const struct {
        const char *told;
        bool sends;
        enum result outcome;
        enum phase phase;
    } cases[] = {
        {"", true, RESULT_FAULT, PHASE_NONE},
        {"{\"event\":\"phase\",\"phase\":\"rcpt\"}\n", true, RESULT_FAULT,
         PHASE_RCPT},
        {FINAL, true, RESULT_UNKNOWN, PHASE_FINAL},
        {FINAL, false, RESULT_FAULT, PHASE_FINAL},
        {FINAL "{\"event\":\"phase\",\"phase\":\"odd\"}\n", true,
         RESULT_UNKNOWN, PHASE_FINAL},
        {"{\"event\":\"phase\",\"phase\":\"sent\"}\n", true, RESULT_UNKNOWN,
         PHASE_SENT},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct told told;
        struct ending ending =
            run(tell_all, cases[i].told, 10, cases[i].sends, &told);

        assert_int_equal(ending.outcome, cases[i].outcome);
        assert_int_equal(ending.fault, FAULT_CRASHED);
        assert_int_equal(ending.phase, cases[i].phase);
        forget(&told);
    }
}

static int crash(int out, void *arg)
{
    (void)arg;
    say(out, FINAL);
    raise(SIGSEGV);
    return 0;
}

static void outlives_a_crash(void **state)
{
    struct told told;
    struct ending ending = run(crash, NULL, 10, true, &told);

    (void)state;
    assert_int_equal(told.count, 2);
    assert_int_equal(ending.outcome, RESULT_UNKNOWN);
    assert_int_equal(ending.fault, FAULT_CRASHED);
    forget(&told);
}

static int wait_for_ever(int out, void *arg)
{
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    say(out, *(const char **)arg);
    for (;;)
        pause();
    return 0;
}

static void keeps_the_deadline(void **state)
{
    double before = job_clock(), taken;
    struct told told;
    struct ending ending = run(wait_for_ever, FINAL, 0.3, true, &told);

    (void)state;
    taken = job_clock() - before;
    assert_true(taken >= 0.3 && taken < 1.3);
    assert_int_equal(ending.outcome, RESULT_UNKNOWN);
    assert_int_equal(ending.fault, FAULT_TIMEOUT);
    assert_int_equal(ending.phase, PHASE_FINAL);
    /* told in whole thousandths */
    assert_true(ending.seconds >= 0.3 && ending.seconds <= taken + 0.001);
    forget(&told);
}

static void stops_at_once(void **state)
{
    struct told told;
    struct ending ending;
    struct job job;
    double before;

    (void)state;
    start(&job, wait_for_ever, "{\"event\":\"phase\",\"phase\":\"ehlo\"}\n", 0,
          true, &told);
    assert_true(job_left(&job) < 0);
    while (told.count == 0)
        turn(&job);
    before = job_clock();
    job_cancel(&job);
    assert_true(job_clock() - before < 0.1 || IS_WATCHED);
    assert_false(job_running(&job));
    assert_int_equal(told.ends, 1);
    assert_true(ending_read(&ending, told.events[1]));
    assert_int_equal(ending.outcome, RESULT_FAULT);
    assert_int_equal(ending.fault, FAULT_CANCELLED);
    assert_int_equal(ending.phase, PHASE_EHLO);
    job_cancel(&job);
    job_work(&job);
    job_release(&job);
    job_release(&job);
    assert_int_equal(told.ends, 1);
    forget(&told);
}

/* What was told while nobody read it says where the child really stood. */
static void hears_out_what_it_stops(void **state)
{
    static const struct {
        const char *told;
        enum result outcome;
        enum fault fault;
        enum phase phase;
    } cases[] = {
        {"{\"event\":\"a\"}\n", RESULT_FAULT, FAULT_CANCELLED, PHASE_NONE},
        {FINAL, RESULT_UNKNOWN, FAULT_CANCELLED, PHASE_FINAL},
        {FINAL PASS, RESULT_PASS, FAULT_NONE, PHASE_NONE},
        {FINAL "{\"event\":\"en", RESULT_UNKNOWN, FAULT_CANCELLED, PHASE_FINAL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct told told;
        struct ending ending;
        struct job job;
        struct pollfd fd = {.events = POLLIN};

        start(&job, wait_for_ever, cases[i].told, 0, true, &told);
        fd.fd = job_descriptor(&job);
        assert_int_equal(poll(&fd, 1, 10000), 1);
        job_cancel(&job);
        assert_int_equal(told.ends, 1);
        assert_true(ending_read(&ending, told.events[told.count - 1]));
        assert_int_equal(ending.outcome, cases[i].outcome);
        assert_int_equal(ending.fault, cases[i].fault);
        assert_int_equal(ending.phase, cases[i].phase);
        job_release(&job);
        forget(&told);
    }
}

static int flood(int out, void *arg)
{
    for (;;)
        say(out, *(const char **)arg);
    return 0;
}

/* A flood is read in shares, and not for ever. */
static void bounds_a_flood(void **state)
{
    struct told told;
    struct job job;

    (void)state;
    start(&job, flood, "{\"event\":\"line\",\"text\":\"x\"}\n", 30, false,
          &told);
    while (job_running(&job)) {
        size_t before = job.taken;

        turn(&job);
        assert_true(job.taken - before <= 2 * EVENT_LINE_MAX);
    }
    assert_true(job.taken > 8u << 20 && job.taken < 9u << 20);
    assert_true(told.more > 100000);
    assert_int_equal(told.ends, 1);
    job_release(&job);
    forget(&told);
}

static void stops_an_endless_line(void **state)
{
    struct told told;
    struct ending ending = run(
        flood, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 30, false, &told);

    (void)state;
    assert_int_equal(told.count, 1);
    assert_int_equal(ending.fault, FAULT_CRASHED);
    forget(&told);
}

static int tell_bytewise(int out, void *arg)
{
    char byte[2] = "";

    for (const char *s = *(const char **)arg; *s; s++) {
        byte[0] = *s;
        say(out, byte);
    }
    return 0;
}

static void joins_cut_lines(void **state)
{
    struct told told;
    struct ending ending = run(tell_bytewise,
                               "{\"event\":\"a\",\"text\":\"llegó\"}\n"
                               "{\"event\":\"cut",
                               10, false, &told);

    (void)state;
    assert_int_equal(told.count, 2);
    assert_string_equal(event_text(told.events[0], "text"), "llegó");
    assert_int_equal(ending.fault, FAULT_CRASHED);
    forget(&told);
}

static void counts_what_is_no_event(void **state)
{
    struct told told;
    struct ending ending = run(
        tell_all, "hello\n{}\n\n{\"event\":\"a\"}\n" PASS, 10, false, &told);

    (void)state;
    assert_int_equal(told.count, 3);
    assert_true(event_is(told.events[0], "a"));
    assert_true(event_is(told.events[1], "note"));
    assert_true(event_number(told.events[1], "skipped", 0) == 3);
    assert_int_equal(ending.outcome, RESULT_PASS);
    forget(&told);
}

/* Leaves a process behind that has the pipe open. */
static int leave_another(int out, void *arg)
{
    pid_t other = fork();

    char line[64];

    if (other == 0)
        return wait_for_ever(out, arg);
    snprintf(line, sizeof(line), "{\"event\":\"pid\",\"pid\":%d}\n",
             (int)other);
    say(out, line);
    return 0;
}

static void takes_along_what_the_child_started(void **state)
{
    struct told told;
    struct ending ending;
    struct job job;
    int status;
    pid_t other;

    (void)state;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    start(&job, leave_another, "", 0.5, false, &told);
    while (job_running(&job))
        turn(&job);
    assert_int_equal(told.count, 2);
    assert_true(ending_read(&ending, told.events[1]));
    assert_int_equal(ending.fault, FAULT_CRASHED); /* it died; no timeout */
    other = (pid_t)event_number(told.events[0], "pid", -1);
    assert_int_equal(waitpid(other, &status, 0), other);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    job_release(&job);
    forget(&told);
}

static void runs_side_by_side(void **state)
{
    struct job jobs[3];
    struct told told[3];

    (void)state;
    for (size_t i = 0; i < COUNT(jobs); i++)
        start(&jobs[i], i == 1 ? wait_for_ever : tell_all, i == 1 ? "" : PASS,
              10, false, &told[i]);
    while (job_running(&jobs[0]))
        turn(&jobs[0]);
    while (job_running(&jobs[2]))
        turn(&jobs[2]);
    assert_true(job_running(&jobs[1]));
    for (size_t i = 0; i < COUNT(jobs); i++) {
        job_release(&jobs[i]);
        assert_int_equal(told[i].ends, 1);
        forget(&told[i]);
    }
}

/* What the parent has in its buffers is written once. */
static void flushes_nothing_twice(void **state)
{
    struct told told;
    char text[8] = "";
    FILE *file = tmpfile();

    (void)state;
    fputs("once", file);
    run(tell_all, PASS, 10, false, &told);
    rewind(file);
    assert_int_equal(fread(text, 1, sizeof(text), file), 4);
    assert_string_equal(text, "once");
    fclose(file);
    forget(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_events_in_order),
        cmocka_unit_test(gives_one_end_of_two),
        cmocka_unit_test(ends_what_says_no_end),
        cmocka_unit_test(outlives_a_crash),
        cmocka_unit_test(keeps_the_deadline),
        cmocka_unit_test(stops_at_once),
        cmocka_unit_test(hears_out_what_it_stops),
        cmocka_unit_test(bounds_a_flood),
        cmocka_unit_test(stops_an_endless_line),
        cmocka_unit_test(joins_cut_lines),
        cmocka_unit_test(counts_what_is_no_event),
        cmocka_unit_test(takes_along_what_the_child_started),
        cmocka_unit_test(runs_side_by_side),
        cmocka_unit_test(flushes_nothing_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
