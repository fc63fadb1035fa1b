/* SPDX-License-Identifier: MIT */
/* `sessions`: what earlier walks left on disk, a line each. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "steps/journal.h"
#include "steps/judge.h"
#include "steps/resume.h"
#include "ui/folder.h"
#include "ui/options.h"
#include "ui/say.h"
#include "ui/show.h"

#define LINE_MAX_BYTES 2048
#define WHEN_MAX 32

static bool has_verdict(const struct trail *trail)
{
    size_t count;
    const struct visit *visits = trail_visits(trail, &count);

    while (count-- > 0)
        if (visits[count].step->shows == SHOWS_VERDICT)
            return true;
    return false;
}

static const char *result_of(const struct trail *trail)
{
    struct verdict verdict;

    if (!trail_step(trail))
        return text(T_SESSION_DAMAGED);
    if (!has_verdict(trail))
        return text(T_SESSION_OPEN);
    judge(&verdict, trail);
    return text(cause_meaning(verdict.cause));
}

/* "20261123-1815...  2026-11-23 18:15  a@b > c@d  El mensaje llegó ..." */
static void put_line(const char *path, const struct trail *trail)
{
    const char *name = strrchr(path, '/') + 1;
    char when[WHEN_MAX] = "", line[LINE_MAX_BYTES];
    char safe[SHOW_SPACE(LINE_MAX_BYTES)];
    struct show show;

    if (trail_step(trail))
        resume_date(trail, when, sizeof(when));
    snprintf(line, sizeof(line), "%.*s  %-16s  %s > %s  %s%s",
             (int)strcspn(name, "."), name, when,
             *trail_fact(trail, "from") ? trail_fact(trail, "from") : "-",
             *trail_fact(trail, "to") ? trail_fact(trail, "to") : "-",
             *trail_fact(trail, "practice") ? text(T_SESSION_PRACTICE) : "",
             result_of(trail));
    show_open_terminal(&show);
    show_text(&show, safe, sizeof(safe), line, strlen(line));
    show_close(&show);
    puts(safe);
}

static bool list(const char *path, void *arg)
{
    struct trail *trail = trail_new();
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct error err;
    size_t skipped;

    (void)arg;
    if (trail && fd >= 0 && journal_load(trail, fd, &skipped, &err) == 0)
        put_line(path, trail);
    if (fd >= 0)
        close(fd);
    trail_free(trail);
    return true;
}

int sessions_command(struct options *options)
{
    struct error err = {""};

    (void)options;
    if (folder_each(false, list, NULL, &err) == 0)
        return fflush(stdout) == 0 ? STATUS_ARRIVED : STATUS_OURS;
    say_line(stderr, T_SESSION_FOLDER, NULL);
    return STATUS_OURS;
}
