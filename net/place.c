/* SPDX-License-Identifier: MIT */
/* Where our own files are, told from the running program's own place. */
#include "net/place.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "net/probe.h"

/* The folder of the running program, without a slash at the end. */
static int program_folder(char folder[PATH_MAX], struct error *err)
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    char *slash;

    if (length < 0)
        return error_set(err, "cannot read /proc/self/exe: %s",
                         strerror(errno));
    folder[length] = '\0';
    slash = strrchr(folder, '/');
    if (!slash)
        return error_set(err, "the program has no folder");
    *slash = '\0';
    return 0;
}

static int join(char *path, size_t size, const char *root, const char *rest,
                struct error *err)
{
    int length = snprintf(path, size, "%s%s", root, rest);

    if (length < 0 || (size_t)length >= size)
        return error_set(err, "path of '%s' is too long", rest);
    return 0;
}

static int check_module(const char *folder, enum probe probe, int how,
                        struct error *err)
{
    char path[PATH_MAX];
    int length =
        snprintf(path, sizeof(path), "%s/%s", folder, probe_module(probe));

    if (length >= (int)sizeof(path))
        return error_set(err, "path of a module is too long");
    if (access(path, how) != 0)
        return error_set(err, "cannot read '%s': %s", path, strerror(errno));
    return 0;
}

/* `built` beside the program where that is a build tree, else the installed
 * `folder` below the root that the program's folder shows. */
static int find(char *path, size_t size, const char *built, const char *folder,
                struct error *err)
{
    char here[PATH_MAX];
    size_t length, tail = strlen(BINDIR);

    if (program_folder(here, err) != 0)
        return -1;
    if (check_module(here, 0, F_OK, NULL) == 0)
        return join(path, size, here, built, err);
    length = strlen(here);
    if (length < tail || strcmp(here + length - tail, BINDIR) != 0)
        return error_set(err, "'%s' is neither a build tree nor below '%s'",
                         here, BINDIR);
    here[length - tail] = '\0';
    return join(path, size, here, folder, err);
}

int place_modules(char *folder, size_t size, struct error *err)
{
    if (find(folder, size, "", MODULEDIR, err) != 0)
        return -1;
    for (enum probe probe = 0; probe < PROBE_COUNT; probe++)
        if (!probe_is_optional(probe) &&
            check_module(folder, probe, R_OK, err) != 0)
            return -1;
    return 0;
}

int place_locale(char *path, size_t size, struct error *err)
{
    return find(path, size, "/locale", LOCALEDIR, err);
}
