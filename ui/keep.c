/* SPDX-License-Identifier: MIT */
/* Keeps the report as a file of its own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "steps/report.h"
#include "ui/paper.h"
#include "ui/wizard.h"

#define TRIES_MAX 99

/* The code of the first test, or the day where none was sent. */
static void name_report(const struct wizard *wizard, char *name, size_t size)
{
    const struct attempt *first = trail_attempt(wizard->walk.trail, 1);
    time_t now = time(NULL);
    struct tm local;

    if (first) {
        snprintf(name, size, "nollego-%s", first->subject_code);
        return;
    }
    localtime_r(&now, &local);
    strftime(name, size, "nollego-%Y%m%d-%H%M", &local);
}

/* A new file, never one that is there; tries NAME.txt, NAME-2.txt ... */
static int open_new(const char *folder, const char *name, char *path,
                    size_t size)
{
    for (int try = 1; try <= TRIES_MAX; try++) {
        char number[16] = "";
        int length, fd;

        if (try > 1)
            snprintf(number, sizeof(number), "-%d", try);
        length = snprintf(path, size, "%s/%s%s.txt", folder, name, number);
        if (length < 0 || (size_t)length >= size)
            return -1;
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int write_report(int fd, const char *path, const struct trail *trail)
{
    FILE *out = fdopen(fd, "w");
    int result;

    if (!out) {
        close(fd);
        return -1;
    }
    result = paper_text(out, trail);
    if (fflush(out) != 0 || fsync(fd) != 0)
        result = -1;
    if (fclose(out) != 0)
        result = -1;
    if (result != 0)
        unlink(path);
    return result;
}

/* Where the person is; where that cannot be written, at home. */
void wizard_save(struct wizard *wizard)
{
    char here[PATH_TEXT_MAX / 2], name[64], path[PATH_TEXT_MAX];
    const char *folders[] = {getcwd(here, sizeof(here)), getenv("HOME")};
    int fd = -1;

    name_report(wizard, name, sizeof(name));
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && fd < 0; i++)
        if (folders[i])
            fd = open_new(folders[i], name, path, sizeof(path));
    wizard->unsaved = fd < 0 || write_report(fd, path, wizard->walk.trail) != 0;
    snprintf(wizard->saved, sizeof(wizard->saved), "%s",
             wizard->unsaved ? "" : path);
    if (wizard_view(wizard)->screen != &report_screen)
        wizard_open(wizard, &report_screen);
    wizard_view(wizard)->scroll = 0;
}
