/* SPDX-License-Identifier: MIT */
#include "steps/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A journal that was handed to us may be anything; this is far more than a
 * long walk writes. */
#define JOURNAL_MAX (32u << 20)

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
    if (make_folder(path, err) != 0)
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
    return 0;
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
        (sync && fdatasync(journal->fd) != 0)) {
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

void journal_close(struct journal *journal)
{
    if (journal->fd >= 0)
        close(journal->fd);
    journal->fd = -1;
}
