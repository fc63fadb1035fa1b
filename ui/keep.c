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

/* What can be kept: how its name ends, and who writes it. */
struct keepsake {
    const char *mark, *ending;
    int (*write)(FILE *out, const struct trail *trail,
                 const struct paper *paper);
};

/* A new file, never one that is there; tries NAME.txt, NAME-2.txt ... */
static int open_new(const char *folder, const char *name,
                    const struct keepsake *keepsake, char *path, size_t size)
{
    for (int try = 1; try <= TRIES_MAX; try++) {
        char number[16] = "";
        int length, fd;

        if (try > 1)
            snprintf(number, sizeof(number), "-%d", try);
        length = snprintf(path, size, "%s/%s%s%s%s", folder, name,
                          keepsake->mark, number, keepsake->ending);
        if (length < 0 || (size_t)length >= size)
            return -1;
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int write_out(int fd, const char *path, const struct keepsake *keepsake,
                     const struct wizard *wizard)
{
    FILE *out = fdopen(fd, "w");
    int result;

    if (!out) {
        close(fd);
        return -1;
    }
    result = keepsake->write(out, wizard->walk.trail, &wizard->options->paper);
    if (fflush(out) != 0 || fsync(fd) != 0)
        result = -1;
    if (fclose(out) != 0)
        result = -1;
    if (result != 0)
        unlink(path);
    return result;
}

/* Where the person is; where that cannot be written, at home. `saved` gets the
 * path, or "". */
static void keep(const struct wizard *wizard, const struct keepsake *keepsake,
                 char saved[PATH_TEXT_MAX])
{
    char here[PATH_TEXT_MAX / 2], name[64], path[PATH_TEXT_MAX];
    const char *folders[] = {getcwd(here, sizeof(here)), getenv("HOME")};
    int fd = -1;

    name_report(wizard, name, sizeof(name));
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && fd < 0; i++)
        if (folders[i])
            fd = open_new(folders[i], name, keepsake, path, sizeof(path));
    if (fd < 0 || write_out(fd, path, keepsake, wizard) != 0)
        path[0] = '\0';
    snprintf(saved, PATH_TEXT_MAX, "%s", path);
}

void wizard_save(struct wizard *wizard)
{
    static const struct keepsake report = {"", ".txt", paper_text};

    keep(wizard, &report, wizard->saved);
    wizard->unsaved = !wizard->saved[0];
    if (wizard_view(wizard)->screen != &report_screen)
        wizard_open(wizard, &report_screen);
    wizard_view(wizard)->scroll = 0;
}

static int write_list(FILE *out, const struct trail *trail,
                      const struct paper *paper)
{
    (void)paper;
    return paper_csv(out, trail);
}

void wizard_save_list(struct wizard *wizard)
{
    static const struct keepsake list = {"-rebotes", ".csv", write_list};

    keep(wizard, &list, wizard->list_saved);
    wizard->list_unsaved = !wizard->list_saved[0];
    wizard_view(wizard)->scroll = 0;
}
