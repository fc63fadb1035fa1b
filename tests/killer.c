/* SPDX-License-Identifier: MIT */
/* Preloaded into the wizard by tests/resume.sh: kills it at the write of a
 * session's journal that KILL_AT counts, as a power cut would: "7" behind the
 * seventh, "7h" in the middle of it. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long kill_at, count;
static bool half;

/* Before main, which empties the environment. */
__attribute__((constructor)) static void read_wish(void)
{
    const char *wish = getenv("KILL_AT");
    char *end = NULL;

    kill_at = wish ? strtoul(wish, &end, 10) : 0;
    half = end && *end == 'h';
}

/* The only regular file that the wizard appends to. */
static bool is_journal(int fd)
{
    struct stat status;
    int flags = fcntl(fd, F_GETFL);

    return flags >= 0 && flags & O_APPEND && fstat(fd, &status) == 0 &&
           S_ISREG(status.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ssize_t (*next)(int, const void *, size_t);
    bool now = is_journal(fd) && ++count == kill_at;
    ssize_t written;

    *(void **)&next = dlsym(RTLD_NEXT, "write");
    written = next(fd, bytes, now && half ? length / 2 : length);
    if (now)
        kill(getpid(), SIGKILL);
    return written;
}
