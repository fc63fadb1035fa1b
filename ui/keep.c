/* SPDX-License-Identifier: MIT */
#include "ui/keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "steps/report.h"
#include "ui/store.h"

#define TRIES_MAX 99
#define NAME_SIGNS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

/* What can be kept: how its name ends, and who writes it. */
struct keepsake {
    enum paper_format format; /* FORMAT_COUNT: the list of returns */
    const char *mark;         /* before a number */
    const char *ending;
    enum text_id unsaved; /* where it cannot be */
};

/* The code of the first test, or the day where none was sent; a session may be
 * of anybody, and its code no name for a file. */
static void name_file(const struct trail *trail, char *name, size_t size)
{
    const struct attempt *first = trail_attempt(trail, 1);
    time_t now = time(NULL);
    struct tm local;

    if (first && first->subject_code[0] &&
        !first->subject_code[strspn(first->subject_code, NAME_SIGNS)]) {
        snprintf(name, size, "nollego-%s", first->subject_code);
        return;
    }
    localtime_r(&now, &local);
    strftime(name, size, "nollego-%Y%m%d-%H%M", &local);
}

static int write_out(FILE *out, const struct keepsake *keepsake,
                     const struct trail *trail, const struct paper *paper)
{
    return keepsake->format == FORMAT_COUNT
               ? paper_csv(out, trail)
               : paper_write(out, keepsake->format, trail, paper);
}

/* NAME.txt, or NAME-2.txt where that is there already ... */
static int give_name(struct store *store, const char *folder, const char *name,
                     const struct keepsake *keepsake, char path[PATH_TEXT_MAX])
{
    for (int try = 1; try <= TRIES_MAX; try++) {
        char number[16] = "";
        int length;

        if (try > 1)
            snprintf(number, sizeof(number), "-%d", try);
        length = snprintf(path, PATH_TEXT_MAX, "%s/%s%s%s%s", folder, name,
                          keepsake->mark, number, keepsake->ending);
        if (length < 0 || length >= PATH_TEXT_MAX)
            return -1;
        if (store_end(store, path) == 0)
            return 0;
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

static int keep_in(const char *folder, const struct keepsake *keepsake,
                   const struct trail *trail, const struct paper *paper,
                   char *path)
{
    struct store store;
    char name[64];
    int result = -1;

    snprintf(path, PATH_TEXT_MAX, "%s/", folder);
    if (store_begin(&store, path) != 0)
        return -1;
    name_file(trail, name, sizeof(name));
    if (write_out(store.out, keepsake, trail, paper) == 0)
        result = give_name(&store, folder, name, keepsake, path);
    store_drop(&store);
    return result;
}

static enum text_id keep(const struct keepsake *keepsake,
                         const struct trail *trail, const struct paper *paper,
                         char *path)
{
    char here[PATH_TEXT_MAX / 2];
    const char *folders[] = {getcwd(here, sizeof(here)), getenv("HOME")};
    bool full = false;

    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
        if (!folders[i] || strlen(folders[i]) >= sizeof(here))
            continue;
        if (keep_in(folders[i], keepsake, trail, paper, path) == 0)
            return T_NONE;
        full = full || store_was_full();
    }
    path[0] = '\0';
    return full ? T_SAVE_FULL : keepsake->unsaved;
}

enum text_id keep_report(const struct trail *trail, enum paper_format format,
                         const struct paper *paper, char *path)
{
    const struct keepsake report = {format, "", paper_ending(format),
                                    T_REPORT_UNSAVED};

    return keep(&report, trail, paper, path);
}

enum text_id keep_list(const struct trail *trail, const struct paper *paper,
                       char *path)
{
    static const struct keepsake list = {FORMAT_COUNT, "-rebotes", ".csv",
                                         T_LIST_UNSAVED};

    return keep(&list, trail, paper, path);
}
