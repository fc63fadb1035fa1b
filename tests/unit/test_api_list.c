/* SPDX-License-Identifier: MIT */
/* Long lists of returns: page by page, whatever the service makes of pages,
 * in little time and no more memory than one page takes. */
#include "tests/unit/api_case.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/trx.h"

#define PAGE 500
#define WINDOW 10000
#define TOLD 500
#define TALKS_MAX 24

static void fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    snprintf(request->api_url, sizeof(request->api_url), "http://127.0.0.1:%u",
             server->port);
    SET(request->address, "ana@corp.test");
    assert_int_equal(secret_set(&request->api_key, KEY, strlen(KEY), NULL), 0);
    request->limit = 20;
}

/* A service of pages; each must be asked for as it says. */
struct book {
    struct talk talks[TALKS_MAX];
    char *asked[TALKS_MAX], *said[TALKS_MAX];
    size_t count;
};

/* An answer with `items` returns whose ids go on from `first`, of so many
 * bytes each; `inactive` is said of all. */
static char *make_answer(int first, int items, size_t bytes, bool inactive)
{
    char *answer = NULL;
    size_t size;
    FILE *out = open_memstream(&answer, &size);

    assert_non_null(out);
    fprintf(out, "%s", ANSWER("200 OK", "{\"Bounces\":["));
    for (int i = first; i < first + items; i++)
        fprintf(out,
                "%s{\"ID\":%d,\"Type\":\"HardBounce\",\"Inactive\":%s,"
                "\"CanActivate\":true,\"Email\":\"ana@corp.test\","
                "\"Details\":\"%0*d\"}",
                i > first ? "," : "", i, inactive ? "true" : "false",
                (int)bytes, i);
    fprintf(out, "]}");
    fclose(out);
    return answer;
}

/* Takes the answer. */
static void add(struct book *book, const char *query, char *answer)
{
    size_t at = book->count++;

    assert_true(at < TALKS_MAX);
    book->said[at] = answer;
    assert_true(asprintf(&book->asked[at],
                         "GET /bounces?%s&emailFilter=ana%%40corp.test ",
                         query) > 0);
    book->talks[at] = (struct talk){
        .turns = {{book->asked[at], "", 0}, {"\r\n\r\n", book->said[at], 0}}};
}

static void add_page(struct book *book, int count, int offset, char *answer)
{
    char query[64];

    snprintf(query, sizeof(query), "count=%d&offset=%d", count, offset);
    add(book, query, answer);
}

static void release(struct book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        free(book->asked[i]);
        free(book->said[i]);
    }
}

/* Reads it all; releases the book. */
static void check(struct book *book, int count, bool blocked)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, book->talks, book->count, NULL);
    fill(&request, &server);
    witness_run(&witness, api_history_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", "pass");
    assert_int_equal((int)event_number(end, "count", NONE), count);
    assert_int_equal(event_flag(end, "blocked"), blocked);
    assert_int_equal(witness_count(&witness, "bounce"),
                     count < TOLD ? count : TOLD);
    assert_int_equal(witness_count(&witness, "line"), 2 * book->count);
    server_stop(&server);
    witness_release(&witness);
    release(book);
}

static void add_pages(struct book *book, int pages)
{
    for (int i = 0; i < pages; i++)
        add_page(book, PAGE, i * PAGE,
                 make_answer(1 + i * PAGE, PAGE, 10, false));
}

static void test_ends_with_a_page_that_is_not_full(void **state)
{
    static const int rests[] = {0, 1, PAGE - 1};

    (void)state;
    for (size_t i = 0; i < COUNT(rests); i++)
        for (int full = 0; full < 3; full++) {
            struct book book = {.count = 0};

            add_pages(&book, full);
            add_page(&book, PAGE, full * PAGE,
                     make_answer(9000, rests[i], 10, false));
            check(&book, full * PAGE + rests[i], false);
        }
}

/* What the service shows no more may still block. */
static void test_asks_for_blocks_where_the_window_ends(void **state)
{
    struct book book = {.count = 0};

    (void)state;
    add_pages(&book, WINDOW / PAGE);
    add(&book, "count=500&offset=0&inactive=true",
        make_answer(WINDOW, 2, 10, true)); /* the first was seen already */
    check(&book, WINDOW + 1, true);
}

static void test_service_that_begins_anew(void **state)
{
    struct book book = {.count = 0};

    (void)state;
    add_page(&book, PAGE, 0, make_answer(1, PAGE, 10, false));
    add_page(&book, PAGE, PAGE, make_answer(1, PAGE, 10, false));
    check(&book, PAGE, false);
}

/* New returns push the others on while we read. */
static void test_pages_that_overlap(void **state)
{
    struct book book = {.count = 0};

    (void)state;
    add_page(&book, PAGE, 0, make_answer(1, PAGE, 10, false));
    add_page(&book, PAGE, PAGE, make_answer(PAGE - 9, 30, 10, false));
    check(&book, PAGE + 20, false);
}

/* 500 of 2,200 bytes are more than we take of one answer. */
static void test_pages_that_are_too_large(void **state)
{
    struct book book = {.count = 0};

    (void)state;
    add_page(&book, PAGE, 0, make_answer(1, PAGE, 2200, true));
    add_page(&book, PAGE / 2, 0, make_answer(1, PAGE / 2, 2200, true));
    add_page(&book, PAGE / 2, PAGE / 2, make_answer(251, 7, 2200, true));
    check(&book, 257, true);
}

/* KiB by a name of /proc/self/status. */
static long status_of(const char *name)
{
    FILE *in = fopen("/proc/self/status", "r");
    char line[128];
    long value = -1;

    while (in && fgets(line, sizeof(line), in))
        if (strncmp(line, name, strlen(name)) == 0)
            value = strtol(line + strlen(name) + 1, NULL, 10);
    if (in)
        fclose(in);
    return value;
}

/* Begins to look for the peak anew, with nothing kept from before. */
static long forget_peak(void)
{
    FILE *out = fopen("/proc/self/clear_refs", "w");

    malloc_trim(0);
    if (!out || fputs("5", out) < 0 || fclose(out) != 0)
        _exit(1);
    return status_of("VmRSS");
}

/* KiB that it takes to read so many full pages, in a process of its own. */
static long memory_of(int pages)
{
    long *growth = mmap(NULL, sizeof(*growth), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct book book = {.count = 0};
    struct witness witness;
    struct server server;
    struct request request;
    int status;
    pid_t child;
    long result;

    assert_ptr_not_equal(growth, MAP_FAILED);
    add_pages(&book, pages);
    add_page(&book, PAGE, pages * PAGE, make_answer(99999, 1, 10, true));
    server_start(&server, book.talks, book.count, NULL);
    fill(&request, &server);
    fflush(NULL);
    child = fork();
    assert_return_code(child, 0);
    if (child == 0) {
        long before = forget_peak();

        witness_run(&witness, api_history_probe, &request);
        *growth = status_of("VmHWM") - before;
        _exit((int)event_number(witness_end(&witness), "count", 0) ==
                      pages * PAGE + 1
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    server_stop(&server);
    release(&book);
    result = *growth;
    munmap(growth, sizeof(*growth));
    return result;
}

static void test_memory_is_that_of_a_page(void **state)
{
    long one, many;

    (void)state;
    if (IS_WATCHED)
        LEAVE_OUT("the memory would be the watcher's");
    one = memory_of(1);
    many = memory_of(19);
    print_message("# 1 page: %ld KiB, 19 pages: %ld KiB\n", one, many);
    assert_true(one > 0 && many < one + 1024);
}

static void test_time_of_a_thousand(void **state)
{
    double best = 99;

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct book book = {.count = 0};
        struct witness witness;
        struct server server;
        struct request request;

        add_pages(&book, 2);
        add_page(&book, PAGE, 2 * PAGE, make_answer(99999, 0, 10, true));
        server_start(&server, book.talks, book.count, NULL);
        fill(&request, &server);
        witness_run(&witness, api_history_probe, &request);
        best = witness.seconds < best ? witness.seconds : best;
        server_stop(&server);
        witness_release(&witness);
        release(&book);
    }
    print_message("# 1,000 returns: %.0f ms\n", best * 1000);
    assert_true(best < 0.5 || IS_WATCHED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_with_a_page_that_is_not_full),
        cmocka_unit_test(test_asks_for_blocks_where_the_window_ends),
        cmocka_unit_test(test_service_that_begins_anew),
        cmocka_unit_test(test_pages_that_overlap),
        cmocka_unit_test(test_pages_that_are_too_large),
        cmocka_unit_test(test_memory_is_that_of_a_page),
        cmocka_unit_test(test_time_of_a_thousand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
