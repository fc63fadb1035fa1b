/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/place.h"
#include "ui/enclose.h"
#include "ui/say.h"

#define PRINT_SECONDS 30.0

bool print_offered(void)
{
#ifdef HAVE_CUPS
    return true;
#else
    return false;
#endif
}

/* --- what came out --- */

static enum text_id sentence_of(const struct event *end,
                                const struct ending *ending)
{
    static const struct {
        const char *printer;
        enum text_id told;
    } sentences[] = {
        {"server", T_PRINT_SERVER},       {"none", T_PRINT_NONE},
        {"unknown", T_PRINT_UNKNOWN},     {"stopped", T_PRINT_STOPPED},
        {"rejecting", T_PRINT_REJECTING}, {"aborted", T_PRINT_ABORTED},
        {"held", T_PRINT_HELD},
    };
    const char *printer = event_text(end, "printer");
    const char *state = event_text(end, "state");

    if (ending->outcome == RESULT_UNKNOWN)
        return T_PRINT_OPEN;
    if (ending->outcome == RESULT_PASS)
        return state && strcmp(state, "printed") == 0 ? T_PRINT_DONE
                                                      : T_PRINT_QUEUED;
    if (ending->fault == FAULT_CANCELLED)
        return T_PRINT_CANCELLED;
    if (ending->fault == FAULT_TIMEOUT)
        return T_PRINT_SERVER;
    for (size_t i = 0; printer && i < sizeof(sentences) / sizeof(*sentences);
         i++)
        if (strcmp(printer, sentences[i].printer) == 0)
            return sentences[i].told;
    return printer ? T_PRINT_REFUSED : T_PRINT_CRASHED;
}

static void hear(struct event *event, void *arg)
{
    struct print *print = arg;
    struct ending ending;
    const char *queue = event_text(event, "queue");

    if (!ending_read(&ending, event))
        return;
    print->outcome = ending.outcome;
    print->told = sentence_of(event, &ending);
    snprintf(print->queue, sizeof(print->queue), "%s", queue ? queue : "");
    snprintf(print->words, sizeof(print->words), "%s", ending.reply);
    snprintf(print->number, sizeof(print->number), "%.0f",
             event_number(event, "job", 0));
}

/* --- on its way --- */

static int write_documents(struct print *print, const struct trail *trail,
                           const struct paper *paper)
{
    struct request *request = &print->request;
    bool has_pdf = paper_from("pdf") == FORMAT_PDF;

    if (has_pdf && enclose_report(&request->attachment, &print->documents[0],
                                  FORMAT_PDF, trail, paper) != 0)
        return -1;
    return enclose_report(has_pdf ? &request->plain : &request->attachment,
                          &print->documents[1], FORMAT_TEXT, trail, paper);
}

int print_start(struct print *print, const struct trail *trail,
                const struct paper *paper, const struct settings *settings,
                struct error *err)
{
    memset(print, 0, sizeof(*print));
    print->job.pipe = -1;
    print->request.printer = settings->printer;
    print->request.limit = PRINT_SECONDS;
    print->call =
        (struct probe_call){PROBE_PRINT, &print->request, print->modules};
    if (place_modules(print->modules, sizeof(print->modules), err) != 0)
        return -1;
    if (write_documents(print, trail, paper) != 0)
        return error_set(err, "no memory for the report");
    print->since = job_clock();
    return job_start(&print->job, probe_body, &print->call,
                     probe_deadline(PROBE_PRINT, &print->request),
                     probe_sends(PROBE_PRINT), hear, print, err);
}

bool print_running(const struct print *print)
{
    return job_running(&print->job);
}

bool print_work(struct print *print)
{
    if (!print_running(print))
        return false;
    job_work(&print->job);
    return !print_running(print);
}

bool print_went_well(const struct print *print)
{
    return print->told != T_NONE && print->outcome == RESULT_PASS;
}

void print_tell(const struct print *print, char *out, size_t size)
{
    const struct blank blanks[] = {{"queue", print->queue},
                                   {"count", print->number},
                                   {"words", print->words},
                                   {NULL, NULL}};
    size_t length;

    out[0] = '\0';
    if (print->told == T_NONE)
        return;
    length = say_into(out, size, print->told, blanks);
    if (!print->words[0] || length + 2 > size)
        return;
    out[length++] = ' ';
    say_into(out + length, size - length, T_PRINT_WORDS, blanks);
}

void print_release(struct print *print)
{
    job_release(&print->job);
    for (size_t i = 0; i < 2; i++) {
        free(print->documents[i]);
        print->documents[i] = NULL;
    }
}
