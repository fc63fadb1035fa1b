/* SPDX-License-Identifier: MIT */
/* The session on disk: made safely, appended by lines, read back whatever
 * became of its last one. */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "steps/journal.h"
#include "steps/steps.h"

static char folder[] = "/tmp/nollego-journal-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "%s/a/b", folder);
    rmdir(command);
    snprintf(command, sizeof command, "%s/a", folder);
    rmdir(command);
    return rmdir(folder);
}

static void open_journal(struct journal *journal)
{
    char deep[128];
    struct error err = {""};

    snprintf(deep, sizeof deep, "%s/a/b", folder);
    assert_int_equal(journal_create(journal, deep, &err), 0);
}

static void append(struct journal *journal, struct event *event)
{
    struct error err = {""};

    assert_int_equal(journal_append(journal, event, true, &err), 0);
    event_free(event);
}

static struct trail *load(const char *path, size_t *skipped)
{
    struct trail *trail = trail_new();
    struct error err = {""};
    int fd = open(path, O_RDONLY);

    assert_true(fd >= 0);
    assert_int_equal(journal_load(trail, fd, skipped, &err), 0);
    close(fd);
    return trail;
}

static void test_round_trip(void **state)
{
    struct journal journal;
    struct stat info;
    size_t skipped;

    (void)state;
    open_journal(&journal);
    assert_int_equal(stat(journal.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    append(&journal, trail_visit_event(&step_start));
    append(&journal, trail_fact_event("from", "á\n\"\\@x.example"));
    append(&journal, trail_visit_event(&step_who));
    journal_close(&journal);
    struct trail *trail = load(journal.path, &skipped);
    assert_int_equal(skipped, 0);
    assert_ptr_equal(trail_step(trail), &step_who);
    assert_string_equal(trail_fact(trail, "from"), "á\n\"\\@x.example");
    trail_free(trail);
    unlink(journal.path);
}

/* Cut after every byte: what came before the cut line is all there. */
static void test_cut_at_every_byte(void **state)
{
    struct journal journal;
    struct stat info;
    size_t skipped;

    (void)state;
    open_journal(&journal);
    append(&journal, trail_visit_event(&step_start));
    append(&journal, trail_fact_event("from", "avisos@tienda.example"));
    append(&journal, trail_visit_event(&step_who));
    journal_close(&journal);
    assert_int_equal(stat(journal.path, &info), 0);
    for (off_t size = info.st_size - 1; size >= 0; size--) {
        assert_int_equal(truncate(journal.path, size), 0);
        struct trail *trail = load(journal.path, &skipped);
        assert_true(skipped <= 1);
        assert_true(!trail_step(trail) || trail_step(trail) == &step_start ||
                    trail_step(trail) == &step_who);
        trail_free(trail);
    }
    unlink(journal.path);
}

static void test_garbage(void **state)
{
    char path[128];
    size_t skipped;

    (void)state;
    snprintf(path, sizeof path, "%s/garbage", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < 200000; i++)
        fputc(i % 251 == 250 ? '\n' : i * 7 % 256, out);
    fprintf(out, "\n{\"event\":\"visit\",\"step\":\"start\"}\n");
    fprintf(out, "{\"event\":\"visit\",\"step\":\"no such step\"}\n");
    fprintf(out, "{\"event\":\"back\"}\n{\"event\":\"end\",\"attempt\":99}\n");
    fclose(out);
    struct trail *trail = load(path, &skipped);
    assert_true(skipped > 0);
    assert_ptr_equal(trail_step(trail), &step_start);
    trail_free(trail);
    unlink(path);
}

static void test_full_disk(void **state)
{
    struct journal journal = {.fd = open("/dev/full", O_WRONLY)};
    struct error err = {""};
    struct event *event = trail_back_event();

    (void)state;
    if (journal.fd < 0)
        LEAVE_OUT("there is no /dev/full");
    assert_int_equal(journal_append(&journal, event, false, &err), -1);
    assert_true(journal.failed);
    assert_non_null(strstr(err.text, "No space"));
    event_free(event);
    journal_close(&journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_cut_at_every_byte),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_full_disk),
    };

    return cmocka_run_group_tests_name("journal", tests, make_folder,
                                       remove_folder);
}
