/* SPDX-License-Identifier: MIT */
#include "ui/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "steps/report.h"

#define TRIES_MAX 99
#define PART ".part"
#define NEW_FILE (O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)

/* What can be kept: how its name ends, and who writes it. */
struct keepsake {
    const char *mark, *ending;
    enum paper_format format;
    int (*write)(FILE *out, const struct keepsake *keepsake,
                 const struct trail *trail, const struct paper *paper);
};

/* The code of the first test, or the day where none was sent. */
static void name_file(const struct trail *trail, char *name, size_t size)
{
    const struct attempt *first = trail_attempt(trail, 1);
    time_t now = time(NULL);
    struct tm local;

    if (first) {
        snprintf(name, size, "nollego-%s", first->subject_code);
        return;
    }
    localtime_r(&now, &local);
    strftime(name, size, "nollego-%Y%m%d-%H%M", &local);
}

/* Takes a name that is free, by an empty file: NAME.txt, NAME-2.txt ... */
static int reserve(const char *folder, const char *name,
                   const struct keepsake *keepsake, char path[PATH_TEXT_MAX])
{
    for (int try = 1; try <= TRIES_MAX; try++) {
        char number[16] = "";
        int length, fd;

        if (try > 1)
            snprintf(number, sizeof(number), "-%d", try);
        length = snprintf(path, PATH_TEXT_MAX, "%s/%s%s%s%s", folder, name,
                          keepsake->mark, number, keepsake->ending);
        if (length < 0 || length >= PATH_TEXT_MAX - (int)sizeof(PART))
            return -1;
        fd = open(path, NEW_FILE, 0600);
        if (fd >= 0)
            return close(fd);
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

static int write_part(const char *part, const struct keepsake *keepsake,
                      const struct trail *trail, const struct paper *paper)
{
    int fd = open(part, NEW_FILE, 0600), result;
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

    if (!out) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    result = keepsake->write(out, keepsake, trail, paper);
    if (fflush(out) != 0 || fsync(fd) != 0)
        result = -1;
    return fclose(out) == 0 ? result : -1;
}

/* What is under the name is nothing or all, whenever one looks. */
static int write_file(const char *path, const struct keepsake *keepsake,
                      const struct trail *trail, const struct paper *paper)
{
    char part[PATH_TEXT_MAX];

    snprintf(part, sizeof(part), "%.*s%s", PATH_TEXT_MAX - (int)sizeof(PART),
             path, PART);
    if (write_part(part, keepsake, trail, paper) == 0 &&
        rename(part, path) == 0)
        return 0;
    unlink(part);
    unlink(path);
    return -1;
}

static int keep(const struct keepsake *keepsake, const struct trail *trail,
                const struct paper *paper, char *path)
{
    char here[PATH_TEXT_MAX / 2], name[64];
    const char *folders[] = {getcwd(here, sizeof(here)), getenv("HOME")};

    name_file(trail, name, sizeof(name));
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
        if (folders[i] && reserve(folders[i], name, keepsake, path) == 0 &&
            write_file(path, keepsake, trail, paper) == 0)
            return 0;
    path[0] = '\0';
    return -1;
}

static int write_report(FILE *out, const struct keepsake *keepsake,
                        const struct trail *trail, const struct paper *paper)
{
    return paper_write(out, keepsake->format, trail, paper);
}

static int write_list(FILE *out, const struct keepsake *keepsake,
                      const struct trail *trail, const struct paper *paper)
{
    (void)keepsake;
    (void)paper;
    return paper_csv(out, trail);
}

int keep_report(const struct trail *trail, enum paper_format format,
                const struct paper *paper, char *path)
{
    const struct keepsake report = {"", paper_ending(format), format,
                                    write_report};

    return keep(&report, trail, paper, path);
}

int keep_list(const struct trail *trail, const struct paper *paper, char *path)
{
    static const struct keepsake list = {"-rebotes", ".csv", FORMAT_COUNT,
                                         write_list};

    return keep(&list, trail, paper, path);
}
