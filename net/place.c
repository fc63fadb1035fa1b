/* SPDX-License-Identifier: MIT */
/* Where our own files are, told from the running program's own place. */
#include "net/place.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MODULE "/probes.so"

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
                const char *name, struct error *err)
{
    int length = snprintf(path, size, "%s%s%s", root, rest, name);

    if (length < 0 || (size_t)length >= size)
        return error_set(err, "path of '%s%s' is too long", rest, name);
    return 0;
}

/* `built` beside the program where that is a build tree, else `name` in the
 * installed `folder` below the root that the program's folder shows. */
static int find(char *path, size_t size, const char *built, const char *folder,
                const char *name, struct error *err)
{
    char here[PATH_MAX], module[PATH_MAX];
    size_t length, tail = strlen(BINDIR);

    if (program_folder(here, err) != 0 ||
        join(module, sizeof(module), here, MODULE, "", err) != 0)
        return -1;
    if (access(module, F_OK) == 0)
        return join(path, size, here, built, "", err);
    length = strlen(here);
    if (length < tail || strcmp(here + length - tail, BINDIR) != 0)
        return error_set(err, "'%s' is neither a build tree nor below '%s'",
                         here, BINDIR);
    here[length - tail] = '\0';
    return join(path, size, here, folder, name, err);
}

int place_module(char *path, size_t size, struct error *err)
{
    if (find(path, size, MODULE, MODULEDIR, MODULE, err) != 0)
        return -1;
    if (access(path, R_OK) != 0)
        return error_set(err, "cannot read '%s': %s", path, strerror(errno));
    return 0;
}

int place_locale(char *path, size_t size, struct error *err)
{
    return find(path, size, "/locale", LOCALEDIR, "", err);
}
