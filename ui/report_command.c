/* SPDX-License-Identifier: MIT */
/* `report` and `sessions`: what earlier walks left on disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "steps/journal.h"
#include "ui/folder.h"
#include "ui/options.h"
#include "ui/paper.h"
#include "ui/say.h"

static int complain(const struct error *err, int status)
{
    say_line(stderr, T_OURS_START,
             (struct blank[]){{"value", err->text}, {NULL, NULL}});
    return status;
}

/* "-" is standard input, a name without a slash a session of ours. */
static int open_session(const char *session, struct error *err)
{
    char path[PATH_TEXT_MAX], folder[PATH_TEXT_MAX];
    int fd;

    if (session && strcmp(session, "-") == 0)
        return STDIN_FILENO;
    if (!session && folder_latest(path, sizeof path, err) != 0)
        return -1;
    if (session && strchr(session, '/'))
        snprintf(path, sizeof path, "%s", session);
    else if (session && folder_sessions(folder, sizeof folder))
        snprintf(path, sizeof path, "%.*s/%s%s", 700, folder, session,
                 strstr(session, ".jsonl") ? "" : ".jsonl");
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    return fd >= 0
               ? fd
               : error_set(err, "cannot open '%s': %s", path, strerror(errno));
}

static FILE *open_output(const char *path, struct error *err)
{
    FILE *out;
    int fd;

    if (!path || strcmp(path, "-") == 0)
        return stdout;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        error_set(err, "cannot make '%s': %s", path, strerror(errno));
    return out;
}

int report_command(struct options *options)
{
    int status = STATUS_OURS, fd = -1;
    struct trail *trail = trail_new();
    struct error err = {""};
    FILE *out = NULL;
    size_t skipped;

    if (!trail)
        goto out;
    fd = open_session(options->session, &err);
    if (fd < 0 || journal_load(trail, fd, &skipped, &err) != 0) {
        status = complain(&err, STATUS_DATA);
        goto out;
    }
    if (!trail_step(trail)) {
        error_set(&err, "that is no session of nollego");
        status = complain(&err, STATUS_DATA);
        goto out;
    }
    out = open_output(options->output, &err);
    if (!out) {
        status = complain(&err, STATUS_DATA);
        goto out;
    }
    if (out == stdout && options->format == FORMAT_PDF &&
        isatty(STDOUT_FILENO)) {
        say_line(stderr, T_REPORT_NEEDS_FILE, NULL);
        status = STATUS_USAGE;
        goto out;
    }
    if (out == stdout)
        paper_for_terminal(&options->paper);
    status = paper_write(out, options->format, trail, &options->paper) == 0
                 ? 0
                 : STATUS_OURS;
    if (status != 0)
        say_line(stderr, T_REPORT_UNWRITTEN, NULL);
out:
    if (out && out != stdout && fclose(out) != 0)
        status = STATUS_OURS;
    if (fd > STDIN_FILENO)
        close(fd);
    trail_free(trail);
    return status;
}

int sessions_command(struct options *options)
{
    struct error err = {""};

    (void)options;
    return folder_list(&err) == 0 ? 0 : complain(&err, STATUS_OURS);
}
