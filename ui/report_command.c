/* SPDX-License-Identifier: MIT */
/* `report` and `sessions`: what earlier walks left on disk. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "steps/journal.h"
#include "ui/folder.h"
#include "ui/keep.h"
#include "ui/options.h"
#include "ui/paper.h"
#include "ui/print.h"
#include "ui/say.h"

static int refuse(enum text_id problem, const char *value)
{
    say_line(stderr, problem, (struct blank[]){{"value", value}, {NULL, NULL}});
    return STATUS_DATA;
}

/* "-" is standard input, a name without a slash a session of ours. */
static int open_session(const char *session, char path[PATH_TEXT_MAX])
{
    char folder[PATH_TEXT_MAX];
    struct error err;
    int fd;

    snprintf(path, PATH_TEXT_MAX, "%s", session ? session : "");
    if (strcmp(path, "-") == 0)
        return STDIN_FILENO;
    if (!session && folder_latest(path, PATH_TEXT_MAX, &err) != 0) {
        refuse(T_SESSION_NONE, NULL);
        return -1;
    }
    if (session && !strchr(session, '/') &&
        folder_sessions(folder, sizeof folder))
        snprintf(path, PATH_TEXT_MAX, "%.*s/%s%s", 700, folder, session,
                 strstr(session, ".jsonl") ? "" : ".jsonl");
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        refuse(T_SESSION_UNREAD, path);
    return fd;
}

static FILE *open_output(const char *path)
{
    FILE *out;
    int fd;

    if (!path || strcmp(path, "-") == 0)
        return stdout;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        refuse(T_REPORT_NEW_FILE, path);
    return out;
}

/* What was printed or saved instead is said on standard output. */
static int say_printed(const struct print *print, const struct options *options,
                       const struct trail *trail)
{
    char sentence[SENTENCE_MAX], path[PATH_TEXT_MAX];
    const struct blank blanks[] = {{"path", path}, {NULL, NULL}};

    print_tell(print, sentence, sizeof(sentence));
    if (sentence[0])
        puts(sentence);
    if (print_went_well(print))
        return STATUS_ARRIVED;
    if (keep_report(trail, FORMAT_TEXT, &options->paper, path) == 0)
        say_line(stdout, T_PRINT_SAVED, blanks);
    else
        say_line(stdout, T_PRINT_UNSAVED, NULL);
    return print->outcome == RESULT_UNKNOWN ? STATUS_UNKNOWN : STATUS_CAUSE;
}

static int print_report(const struct options *options,
                        const struct trail *trail)
{
    struct print *print = calloc(1, sizeof(*print));
    struct error err = {"no memory"};
    int status = STATUS_OURS;

    if (!print || print_start(print, trail, &options->paper, &options->settings,
                              &err) != 0) {
        refuse(T_OURS_START, err.text);
        goto out;
    }
    while (print_running(print)) {
        struct pollfd fd = {job_descriptor(&print->job), POLLIN, 0};

        poll(&fd, 1, (int)(job_left(&print->job) * 1000) + 1);
        print_work(print);
    }
    status = say_printed(print, options, trail);
out:
    if (print)
        print_release(print);
    free(print);
    return status;
}

int report_command(struct options *options)
{
    int status = STATUS_OURS, fd = -1;
    struct trail *trail = trail_new();
    char name[PATH_TEXT_MAX];
    struct error err = {""};
    FILE *out = NULL;
    size_t skipped;

    if (!trail)
        goto out;
    status = STATUS_DATA;
    fd = open_session(options->session, name);
    if (fd < 0)
        goto out;
    if (journal_load(trail, fd, &skipped, &err) != 0) {
        refuse(T_SESSION_UNREAD, name);
        goto out;
    }
    if (!trail_step(trail)) {
        refuse(T_SESSION_STRANGE, name);
        goto out;
    }
    if (options->print) {
        status = print_report(options, trail);
        goto out;
    }
    out = open_output(options->output);
    if (!out)
        goto out;
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
    if (folder_list(&err) == 0)
        return 0;
    say_line(stderr, T_SESSION_FOLDER, NULL);
    return STATUS_OURS;
}
