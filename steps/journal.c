/* SPDX-License-Identifier: MIT */
#include "steps/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A journal that was handed to us may be anything; this is far more than a
 * long walk writes. */
#define JOURNAL_MAX (32u << 20)
#define JOURNAL_SCHEMA 1

/* Makes `path` with its parents; what exists stays as it is. */
static int make_folder(char *path, struct error *err)
{
    for (char *slash = path + 1;; slash++) {
        if (*slash != '/' && *slash != '\0')
            continue;
        char kept = *slash;
        *slash = '\0';
        int made = mkdir(path, 0700);
        if (made != 0 && errno != EEXIST)
            return error_set(err, "cannot make '%s': %s", path,
                             strerror(errno));
        if (kept == '\0')
            return 0;
        *slash = kept;
    }
}

/* Sessions tell whom somebody writes to: a folder that others may change is
 * not the place. */
static int check_folder(const char *path, struct error *err)
{
    struct stat status;

    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode) ||
        status.st_uid != geteuid() || status.st_mode & (S_IWGRP | S_IWOTH))
        return error_set(err, "'%s' belongs to others too", path);
    return 0;
}

/* The time first, so that the order of the names is that of the walks. */
static void name_session(struct journal *journal)
{
    unsigned short random = 0;
    struct timespec now;
    struct tm when;

    if (getrandom(&random, sizeof random, 0) < 0)
        random = (unsigned short)getpid();
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &when);
    strftime(journal->id, sizeof journal->id, "%Y%m%d-%H%M%S-", &when);
    size_t length = strlen(journal->id);
    snprintf(journal->id + length, sizeof journal->id - length, "%06ld-%04x",
             now.tv_nsec / 1000, random);
}

int journal_create(struct journal *journal, const char *folder,
                   struct error *err)
{
    char path[sizeof journal->path];

    memset(journal, 0, sizeof *journal);
    journal->fd = -1;
    if (snprintf(path, sizeof path, "%s", folder) >= (int)sizeof path)
        return error_set(err, "the name of the session folder is too long");
    if (make_folder(path, err) != 0 || check_folder(path, err) != 0)
        return -1;
    name_session(journal);
    if (snprintf(journal->path, sizeof journal->path, "%s/%s.jsonl", folder,
                 journal->id) >= (int)sizeof journal->path)
        return error_set(err, "the name of the session folder is too long");
    journal->fd = open(
        journal->path,
        O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (journal->fd < 0)
        return error_set(err, "cannot make '%s': %s", journal->path,
                         strerror(errno));
    flock(journal->fd, LOCK_EX | LOCK_NB);
    return 0;
}

/* A regular file of this user that nobody else may write to. */
static bool is_ours(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_uid == geteuid() && status.st_nlink == 1 &&
           !(status.st_mode & (S_IWGRP | S_IWOTH)) &&
           status.st_size <= JOURNAL_MAX;
}

static enum journal_form form_of(const struct trail *trail)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);
    double schema;

    if (count == 0 || !event_is(events[0], "session") || !trail_step(trail))
        return JOURNAL_OTHER;
    schema = event_number(events[0], "schema", 0);
    if (schema > JOURNAL_SCHEMA)
        return JOURNAL_NEWER;
    return schema >= 1 ? JOURNAL_GOOD : JOURNAL_OTHER;
}

/* The line that was cut off ends here, so that the next one is whole. */
static bool end_last_line(int fd, size_t *skipped)
{
    off_t end = lseek(fd, 0, SEEK_END);
    char last = '\n';

    if (end > 0 && pread(fd, &last, 1, end - 1) != 1)
        return false;
    if (last == '\n')
        return true;
    *skipped -= *skipped > 0;
    return write(fd, "\n", 1) == 1;
}

enum journal_form journal_resume(struct journal *journal, const char *path,
                                 struct trail *trail, size_t *skipped)
{
    enum journal_form form = JOURNAL_OTHER;
    const char *name = strrchr(path, '/');
    struct error err;

    memset(journal, 0, sizeof *journal);
    snprintf(journal->path, sizeof journal->path, "%s", path);
    snprintf(journal->id, sizeof journal->id, "%.*s",
             name ? (int)strcspn(name + 1, ".") : 0, name ? name + 1 : "");
    journal->fd =
        open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (journal->fd < 0 || !is_ours(journal->fd))
        goto out;
    form = JOURNAL_BUSY;
    if (flock(journal->fd, LOCK_EX | LOCK_NB) != 0)
        goto out;
    form = JOURNAL_OTHER;
    if (journal_load(trail, journal->fd, skipped, &err) != 0)
        goto out;
    form = form_of(trail);
    if (form == JOURNAL_GOOD && !end_last_line(journal->fd, skipped))
        form = JOURNAL_OTHER;
out:
    if (form != JOURNAL_GOOD)
        journal_close(journal);
    return form;
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* The first time its name in the folder as well. */
static int sync_all(struct journal *journal)
{
    char *slash = strrchr(journal->path, '/');
    int folder = -1;

    if (fdatasync(journal->fd) != 0)
        return -1;
    if (journal->rooted || !slash)
        return 0;
    *slash = '\0';
    folder = open(journal->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *slash = '/';
    journal->rooted = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        close(folder);
    return 0;
}

int journal_append(struct journal *journal, const struct event *event,
                   bool sync, struct error *err)
{
    int result = -1;
    char *line = NULL;

    if (journal->fd < 0)
        return 0;
    line = event_line(event);
    if (!line) {
        error_set(err, "no memory for a line of the session");
        goto out;
    }
    /* The newline takes the NUL's place, so that one write takes it all. */
    size_t length = strlen(line);
    line[length] = '\n';
    if (write_all(journal->fd, line, length + 1) != 0 ||
        (sync && sync_all(journal) != 0)) {
        error_set(err, "cannot write '%s': %s", journal->path, strerror(errno));
        goto out;
    }
    result = 0;
out:
    free(line);
    journal->failed = journal->failed || result != 0;
    return result;
}

static void load_line(struct trail *trail, const char *line, size_t length,
                      size_t *skipped)
{
    struct event *event = event_parse(line, length);

    if (event)
        trail_push(trail, event);
    else if (length > 0)
        ++*skipped;
}

int journal_load(struct trail *trail, int fd, size_t *skipped,
                 struct error *err)
{
    size_t filled = 0, total = 0;
    int result = -1;
    char *line = malloc(EVENT_LINE_MAX);

    *skipped = 0;
    if (!line)
        return error_set(err, "no memory to read a session");
    for (;;) {
        ssize_t got = read(fd, line + filled, EVENT_LINE_MAX - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            error_set(err, "cannot read the session: %s", strerror(errno));
            goto out;
        }
        if (got == 0)
            break;
        filled += (size_t)got;
        total += (size_t)got;
        if (total > JOURNAL_MAX) {
            error_set(err, "the session is larger than any of ours");
            goto out;
        }
        char *rest = line, *newline;
        while ((newline = memchr(rest, '\n', filled)) != NULL) {
            load_line(trail, rest, (size_t)(newline - rest), skipped);
            filled -= (size_t)(newline + 1 - rest);
            rest = newline + 1;
        }
        memmove(line, rest, filled);
        if (filled == EVENT_LINE_MAX) { /* no line of ours: drop its start */
            filled = 0;
            ++*skipped;
        }
    }
    load_line(trail, line, filled, skipped);
    result = 0;
out:
    free(line);
    return result;
}

void journal_discard(struct journal *journal)
{
    if (journal->fd >= 0)
        unlink(journal->path);
    journal_close(journal);
}

void journal_close(struct journal *journal)
{
    if (journal->fd >= 0)
        close(journal->fd);
    journal->fd = -1;
}
