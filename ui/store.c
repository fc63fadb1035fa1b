/* SPDX-License-Identifier: MIT */
/* A new file that is there whole or not at all. */
#include "ui/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HIDDEN ".nollego-XXXXXX"

int store_begin(struct store *store, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0, length, fd;

    store->out = NULL;
    length = snprintf(store->hidden, sizeof(store->hidden), "%.*s%s", folder,
                      path, HIDDEN);
    if (length < 0 || (size_t)length >= sizeof(store->hidden)) {
        store->hidden[0] = '\0';
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(store->hidden, O_CLOEXEC);
    if (fd < 0) {
        store->hidden[0] = '\0';
        return -1;
    }
    store->out = fdopen(fd, "w");
    if (!store->out) {
        close(fd);
        store_drop(store);
        return -1;
    }
    return 0;
}

/* Not every file system can rename without replacing; then by a link, which
 * replaces nothing either. */
static int give_name(const char *hidden, const char *path)
{
    if (renameat2(AT_FDCWD, hidden, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return link(hidden, path) == 0 && unlink(hidden) == 0 ? 0 : -1;
}

int store_end(struct store *store, const char *path)
{
    int problem;

    if (fflush(store->out) != 0 || ferror(store->out) ||
        fsync(fileno(store->out)) != 0 || give_name(store->hidden, path) != 0)
        return -1;
    store->hidden[0] = '\0';
    problem = fclose(store->out);
    store->out = NULL;
    return problem == 0 ? 0 : -1;
}

bool store_was_full(void)
{
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
}

void store_drop(struct store *store)
{
    int problem = errno;

    if (store->out)
        fclose(store->out);
    if (store->hidden[0])
        unlink(store->hidden);
    store->out = NULL;
    store->hidden[0] = '\0';
    errno = problem;
}
