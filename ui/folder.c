/* SPDX-License-Identifier: MIT */
#include "ui/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_ROOM 1024
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

int folder_list(struct error *err)
{
    char folder[PATH_ROOM];
    struct dirent **entries = NULL;
    int count = scan(folder, &entries, err);

    if (count < 0)
        return -1;
    for (int i = 0; i < count; i++)
        printf("%s/%s\n", folder, entries[i]->d_name);
    free_entries(entries, count);
    return 0;
}
