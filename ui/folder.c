/* SPDX-License-Identifier: MIT */
#include "ui/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATH_ROOM 1024
#define DAY_SECONDS 86400
#define ENDING ".jsonl"

const char *folder_sessions(char *path, size_t size)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int length;

    if (state && state[0] == '/')
        length = snprintf(path, size, "%s/nollego/sessions", state);
    else if (home && home[0] == '/')
        length = snprintf(path, size, "%s/.local/state/nollego/sessions", home);
    else
        return NULL;
    return length > 0 && (size_t)length < size ? path : NULL;
}

static int is_session(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > strlen(ENDING) && entry->d_name[0] != '.' &&
           strcmp(entry->d_name + length - strlen(ENDING), ENDING) == 0;
}

/* The names begin with the time, so that their order is that of the days. */
static int scan(char folder[PATH_ROOM], struct dirent ***entries,
                struct error *err)
{
    if (!folder_sessions(folder, PATH_ROOM))
        return error_set(err, "neither HOME nor XDG_STATE_HOME is set");
    int count = scandir(folder, entries, is_session, alphasort);
    if (count < 0 && errno != ENOENT)
        return error_set(err, "cannot read '%s': %s", folder, strerror(errno));
    return count < 0 ? 0 : count;
}

static void free_entries(struct dirent **entries, int count)
{
    for (int i = 0; i < count; i++)
        free(entries[i]);
    if (count > 0)
        free(entries);
}

int folder_latest(char *path, size_t size, struct error *err)
{
    char folder[PATH_ROOM];
    struct dirent **entries = NULL;
    int count = scan(folder, &entries, err), result = -1;

    if (count == 0)
        error_set(err, "no session is saved");
    if (count > 0) {
        int length =
            snprintf(path, size, "%s/%s", folder, entries[count - 1]->d_name);
        result = length > 0 && (size_t)length < size
                     ? 0
                     : error_set(err, "the name of the session is too long");
    }
    free_entries(entries, count);
    return result;
}

int folder_each(bool newest_first, bool (*see)(const char *path, void *arg),
                void *arg, struct error *err)
{
    char folder[PATH_ROOM], path[2 * PATH_ROOM];
    struct dirent **entries = NULL;
    int count = scan(folder, &entries, err);
    bool more = true;

    for (int i = 0; i < count && more; i++) {
        int at = newest_first ? count - 1 - i : i;

        snprintf(path, sizeof(path), "%s/%s", folder, entries[at]->d_name);
        more = see(path, arg);
    }
    free_entries(entries, count);
    return count < 0 ? -1 : 0;
}

static bool age(const char *path, void *arg)
{
    const time_t *oldest = arg;
    struct stat status;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return true;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_uid == geteuid() && status.st_mtime < *oldest &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlink(path);
    close(fd);
    return true;
}

void folder_age(int days)
{
    time_t oldest = time(NULL) - (time_t)days * DAY_SECONDS;
    struct error err;

    if (days > 0)
        folder_each(false, age, &oldest, &err);
}
