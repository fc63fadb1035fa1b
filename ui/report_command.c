/* SPDX-License-Identifier: MIT */
/* `report`: what an earlier walk left on disk. */
#include <errno.h>
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
#include "ui/store.h"

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

static bool to_stdout(const struct options *options)
{
    return !options->output || strcmp(options->output, "-") == 0;
}

static int write_stdout(struct options *options, const struct trail *trail)
{
    if (options->format == FORMAT_PDF && isatty(STDOUT_FILENO)) {
        say_line(stderr, T_REPORT_NEEDS_FILE, NULL);
        return STATUS_USAGE;
    }
    paper_for_terminal(&options->paper);
    if (paper_write(stdout, options->format, trail, &options->paper) == 0)
        return 0;
    say_line(stderr, T_REPORT_UNWRITTEN, NULL);
    return STATUS_OURS;
}

static int refuse_output(const struct options *options)
{
    return refuse(store_was_full() ? T_SAVE_FULL : T_REPORT_NEW_FILE,
                  options->output);
}

static int write_file(const struct options *options, const struct trail *trail)
{
    struct store store;
    int status = 0;

    if (store_begin(&store, options->output) != 0)
        return refuse_output(options);
    errno = 0;
    if (paper_write(store.out, options->format, trail, &options->paper) != 0 ||
        store_end(&store, options->output) != 0)
        status = refuse_output(options);
    store_drop(&store);
    return status;
}

/* What was printed or saved instead is said on standard output. */
static int say_printed(const struct print *print, const struct options *options,
                       const struct trail *trail)
{
    char sentence[SENTENCE_MAX], path[PATH_TEXT_MAX];
    const struct blank blanks[] = {{"path", path}, {NULL, NULL}};
    enum text_id unsaved;

    print_tell(print, sentence, sizeof(sentence));
    if (sentence[0])
        puts(sentence);
    if (print_went_well(print))
        return STATUS_ARRIVED;
    unsaved = keep_report(trail, FORMAT_TEXT, &options->paper, path);
    say_line(stdout, unsaved == T_NONE ? T_PRINT_SAVED : unsaved, blanks);
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

/* Reads the session; 0, or the status to leave with. */
static int load(struct trail *trail, const char *session)
{
    char name[PATH_TEXT_MAX];
    int fd = open_session(session, name), status = 0;
    size_t skipped;

    if (fd < 0)
        return STATUS_DATA;
    if (journal_load(trail, fd, &skipped, NULL) != 0)
        status = refuse(T_SESSION_UNREAD, name);
    else if (!trail_step(trail))
        status = refuse(T_SESSION_STRANGE, name);
    if (fd > STDIN_FILENO)
        close(fd);
    return status;
}

int report_command(struct options *options)
{
    struct trail *trail = trail_new();
    int status = trail ? load(trail, options->session) : STATUS_OURS;

    if (status == 0)
        status = options->print       ? print_report(options, trail)
                 : to_stdout(options) ? write_stdout(options, trail)
                                      : write_file(options, trail);
    trail_free(trail);
    return status;
}
