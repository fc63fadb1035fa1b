/* SPDX-License-Identifier: MIT */
/* `nollego probe NAME`: one live test, its events as JSON lines. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/job.h"
#include "net/place.h"
#include "steps/reply.h"
#include "steps/token.h"
#include "ui/options.h"
#include "ui/say.h"
#include "ui/settle.h"

struct run {
    struct job job;
    enum probe probe;
    int status;
};

/* A signal asks for an end; poll sees that by EINTR alone. */
static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static void print(struct event *event, void *arg)
{
    static const int statuses[RESULT_COUNT] = {
        [RESULT_PASS] = STATUS_ARRIVED,
        [RESULT_FAULT] = STATUS_CAUSE,
        [RESULT_UNKNOWN] = STATUS_UNKNOWN,
    };
    struct run *run = arg;
    struct ending ending;
    char *line;

    reply_mark(event, probe_name(run->probe));
    line = event_line(event);
    if (line)
        puts(line);
    fflush(stdout);
    free(line);
    if (ending_read(&ending, event))
        run->status = statuses[ending.outcome];
}

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from);
}

static const char *code_blank(const char *name, const void *arg)
{
    return strcmp(name, "code") == 0 ? arg : NULL;
}

#define COPY(to, from) copy(to, sizeof(to), from)

/* A message gets a mark of its own; a search is for the one given. */
static int fill_mark(struct request *request, const struct options *options,
                     struct error *err)
{
    if (!probe_sends(options->probe)) {
        COPY(request->token, options->token);
        COPY(request->subject_code, options->subject_code);
        return 0;
    }
    if (token_draw(request->token, request->subject_code, err) != 0)
        return -1;
    text_fill(request->subject, sizeof(request->subject), text(T_MAIL_SUBJECT),
              code_blank, request->subject_code);
    text_fill(request->body, sizeof(request->body), text(T_MAIL_BODY),
              code_blank, request->subject_code);
    return 0;
}

/* A mail as it stands in a file: any bytes, the first MAIL_MAX of them. */
static int read_mail(char **mail, size_t *length, const char *path)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    int status = -1;

    *mail = in ? malloc(MAIL_MAX) : NULL;
    if (!*mail)
        goto out;
    *length = fread(*mail, 1, MAIL_MAX, in);
    if (!ferror(in))
        status = 0;
out:
    if (in && in != stdin)
        fclose(in);
    return status;
}

static int fill_request(struct request *request, const struct options *options,
                        struct error *err)
{
    const struct settings *settings = &options->settings;
    const struct mailbox *mailbox = options->mailbox;

    COPY(request->from, settings->from);
    COPY(request->to, settings->to);
    COPY(request->api_url, settings->api_url);
    request->api_key = settings->api_key;
    COPY(request->message_id, options->message_id);
    COPY(request->address, options->address);
    COPY(request->sender, options->sender);
    request->smtp = settings->smtp;
    COPY(request->user, settings->user);
    request->password = settings->password;
    if (options->probe == PROBE_IMAP || options->probe == PROBE_IMAP_RETURN) {
        request->imap = mailbox->imap;
        COPY(request->user, mailbox->user);
        request->password = mailbox->password;
    }
    request->dns = settings->dns;
    COPY(request->ip, options->ip);
    COPY(request->selector,
         options->selector[0] ? options->selector : settings->dkim_selector);
    COPY(request->spf_include, settings->spf_include);
    COPY(request->ca_file, settings->ca_file);
    request->limit = settings->limit;
    request->wait = settings->wait;
    return fill_mark(request, options, err);
}

/* Signals come in only while poll waits, so that none falls between the look
 * at `stopped` and the wait. */
static void keep(struct run *run, const sigset_t *open)
{
    while (job_running(&run->job)) {
        double left = job_left(&run->job);
        struct timespec wait = {
            .tv_sec = (time_t)left,
            .tv_nsec = (long)((left - (double)(time_t)left) * 1e9),
        };
        struct pollfd fd = {job_descriptor(&run->job), POLLIN, 0};

        if (stopped)
            job_cancel(&run->job);
        else if (ppoll(&fd, 1, left < 0 ? NULL : &wait, open) >= 0)
            job_work(&run->job);
        else if (errno != EINTR)
            job_cancel(&run->job);
    }
}

static void catch_signals(sigset_t *open)
{
    struct sigaction action = {.sa_handler = stop};
    sigset_t caught;

    sigemptyset(&caught);
    sigaddset(&caught, SIGINT);
    sigaddset(&caught, SIGTERM);
    sigaddset(&caught, SIGHUP);
    sigprocmask(SIG_BLOCK, &caught, open);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int probe_command(struct options *options)
{
    struct run run = {.probe = options->probe, .status = STATUS_OURS};
    struct request request = {.from = ""};
    struct error err = {""};
    char modules[PATH_TEXT_MAX];
    struct probe_call call = {options->probe, &request, modules};
    char *mail = NULL;
    sigset_t open;

    if (place_modules(modules, sizeof(modules), NULL) != 0) {
        say_line(stderr, T_OURS_MODULE, NULL);
        return STATUS_OURS;
    }
    if (options->file[0] &&
        read_mail(&mail, &request.mail_length, options->file) != 0) {
        run.status = settle_refuse(T_BAD_FILE, NULL, options->file);
        goto out;
    }
    request.mail = mail;
    if (fill_request(&request, options, &err) != 0)
        goto out;
    catch_signals(&open);
    if (job_start(&run.job, probe_body, &call,
                  probe_deadline(options->probe, &request),
                  probe_sends(options->probe), print, &run, &err) != 0)
        goto out;
    keep(&run, &open);
    job_release(&run.job);
    if (ferror(stdout))
        run.status = STATUS_OURS;
out:
    if (err.text[0])
        say_line(stderr, T_OURS_START,
                 (struct blank[]){{"value", err.text}, {NULL, NULL}});
    secret_clear(&request.api_key);
    secret_clear(&request.password);
    free(mail);
    return run.status;
}
