/* SPDX-License-Identifier: MIT */
/* Prints a document through CUPS, and stays until the printer has it. */
#include "net/print.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cups/cups.h>

#include "net/utf8.h"

#define LOOK_SECONDS 0.2 /* between two looks at the job */
#define GOES_ON 0        /* what a stage comes to: the next one */
#define ENDS 1

/* A job on its way to a printer. */
struct printing {
    const struct request *request;
    struct feed *feed;
    http_t *http;
    char queue[QUEUE_MAX];
    const struct attachment *document;
    int job;
    const char *printer; /* as the "end" tells it */
    const char *state;
    struct ending ending;
};

static double left(const struct printing *printing)
{
    return printing->request->limit - feed_seconds(printing->feed);
}

static int go_on(http_t *http, void *arg)
{
    (void)http;
    return left(arg) > 0;
}

/* Nobody is there to be asked; the default would open the terminal. */
static const char *no_password(const char *prompt, http_t *http,
                               const char *method, const char *resource,
                               void *arg)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)arg;
    return NULL;
}

static void put_words(struct printing *printing, const char *words)
{
    if (words)
        utf8_mend(printing->ending.reply, sizeof(printing->ending.reply), words,
                  strlen(words));
}

static int fail(struct printing *printing, enum fault fault,
                const char *printer, const char *words)
{
    printing->ending.outcome = RESULT_FAULT;
    printing->ending.fault = fault;
    printing->printer = printer;
    put_words(printing, words);
    return ENDS;
}

/* Whoever does not answer is gone, slow, or says no. What was handed over may
 * come out all the same. */
static int fail_call(struct printing *printing)
{
    int code = (int)cupsLastError();
    bool silent = left(printing) <= 0 || httpError(printing->http) == ETIMEDOUT;

    if (printing->feed->phase == PHASE_SENT &&
        (silent || code == IPP_STATUS_ERROR_INTERNAL))
        printing->ending.outcome = RESULT_UNKNOWN;
    else
        printing->ending.outcome = RESULT_FAULT;
    printing->ending.fault = silent ? FAULT_TIMEOUT : FAULT_REFUSED;
    printing->ending.code = silent ? 0 : code;
    printing->printer = silent ? "server" : "refused";
    if (!silent)
        put_words(printing, cupsLastErrorString());
    if (!silent && code == IPP_STATUS_ERROR_NOT_FOUND)
        printing->printer = printing->queue[0] ? "unknown" : "none";
    return ENDS;
}

/* --- talking to the server --- */

static ipp_t *begin(struct printing *printing, ipp_op_t operation)
{
    ipp_t *ask = ippNewRequest(operation);
    char uri[1024];

    if (printing->queue[0]) {
        httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp", NULL,
                         "localhost", 0, "/printers/%s", printing->queue);
        ippAddString(ask, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL,
                     uri);
    }
    ippAddString(ask, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name",
                 NULL, cupsUser());
    feed_line(printing->feed, "us", ippOpString(operation),
              strlen(ippOpString(operation)));
    return ask;
}

static ipp_t *heard(struct printing *printing, ipp_t *answer)
{
    const char *words = ippErrorString(cupsLastError());

    feed_line(printing->feed, "server", words, strlen(words));
    if (cupsLastError() > IPP_STATUS_OK_EVENTS_COMPLETE) {
        ippDelete(answer);
        return NULL;
    }
    return answer;
}

static const char *text_of(ipp_t *answer, const char *name)
{
    return ippGetString(ippFindAttribute(answer, name, IPP_TAG_ZERO), 0, NULL);
}

static int number_of(ipp_t *answer, const char *name)
{
    return ippGetInteger(ippFindAttribute(answer, name, IPP_TAG_ZERO), 0);
}

/* --- the stages --- */

static int call_server(struct printing *printing)
{
    const struct endpoint *server = &printing->request->printer.server;
    const char *host = server->host[0] ? server->host : cupsServer();
    int port = server->host[0] ? server->port : ippPort();

    feed_phase(printing->feed, PHASE_CONNECT);
    printing->http =
        httpConnect2(host, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED,
                     1, (int)(left(printing) * 1000), NULL);
    if (!printing->http)
        return fail(printing,
                    left(printing) <= 0 ? FAULT_TIMEOUT : FAULT_CONNECT,
                    "server", NULL);
    httpSetTimeout(printing->http, LOOK_SECONDS, go_on, printing);
    return GOES_ON;
}

static int find_queue(struct printing *printing)
{
    const char *wanted = printing->request->printer.queue;
    const char *name;
    ipp_t *answer;

    feed_phase(printing->feed, PHASE_REQUEST);
    if (wanted[0]) {
        snprintf(printing->queue, sizeof(printing->queue), "%s", wanted);
        return GOES_ON;
    }
    answer = heard(
        printing, cupsDoRequest(printing->http,
                                begin(printing, IPP_OP_CUPS_GET_DEFAULT), "/"));
    if (!answer)
        return fail_call(printing);
    name = text_of(answer, "printer-name");
    snprintf(printing->queue, sizeof(printing->queue), "%s", name ? name : "");
    ippDelete(answer);
    return printing->queue[0] ? GOES_ON
                              : fail(printing, FAULT_REFUSED, "none", NULL);
}

static bool takes(ipp_t *answer, const struct attachment *document)
{
    ipp_attribute_t *formats =
        ippFindAttribute(answer, "document-format-supported", IPP_TAG_MIMETYPE);
    char type[sizeof(document->type)];

    snprintf(type, sizeof(type), "%.*s", (int)strcspn(document->type, "; "),
             document->type);
    return document->bytes && ippContainsString(formats, type);
}

static int look_at_printer(struct printing *printing)
{
    static const char *const wanted[] = {
        "printer-state",
        "printer-state-message",
        "printer-is-accepting-jobs",
        "document-format-supported",
    };
    const struct request *request = printing->request;
    ipp_t *ask = begin(printing, IPP_OP_GET_PRINTER_ATTRIBUTES);
    ipp_t *answer;
    int result = GOES_ON;

    ippAddStrings(ask, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
                  "requested-attributes", 4, NULL, wanted);
    answer = heard(printing, cupsDoRequest(printing->http, ask, "/"));
    if (!answer)
        return fail_call(printing);
    printing->document =
        takes(answer, &request->attachment) || !request->plain.bytes
            ? &request->attachment
            : &request->plain;
    if (number_of(answer, "printer-state") == IPP_PSTATE_STOPPED)
        result = fail(printing, FAULT_REFUSED, "stopped",
                      text_of(answer, "printer-state-message"));
    else if (!ippGetBoolean(ippFindAttribute(answer,
                                             "printer-is-accepting-jobs",
                                             IPP_TAG_BOOLEAN),
                            0))
        result = fail(printing, FAULT_REFUSED, "rejecting",
                      text_of(answer, "printer-state-message"));
    ippDelete(answer);
    return result;
}

static ipp_t *make_job(struct printing *printing)
{
    const struct attachment *document = printing->document;
    const char *media = printing->request->printer.media;
    ipp_t *ask = begin(printing, IPP_OP_PRINT_JOB);

    ippAddString(ask, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL,
                 document->name);
    ippAddString(ask, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format",
                 NULL, document->type);
    if (media[0])
        ippAddString(ask, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, media);
    return ask;
}

static int hand_over(struct printing *printing)
{
    const struct attachment *document = printing->document;
    ipp_t *ask = make_job(printing), *answer;
    http_status_t status = cupsSendRequest(printing->http, ask, "/",
                                           ippLength(ask) + document->length);

    feed_phase(printing->feed, PHASE_SENT);
    if (status == HTTP_STATUS_CONTINUE)
        cupsWriteRequestData(printing->http, document->bytes, document->length);
    ippDelete(ask);
    answer = heard(printing, cupsGetResponse(printing->http, "/"));
    if (!answer)
        return fail_call(printing);
    printing->job = number_of(answer, "job-id");
    ippDelete(answer);
    return GOES_ON;
}

/* What becomes of the job: its last states, RFC 8011 section 5.3.7. */
static int read_state(struct printing *printing, ipp_t *answer)
{
    const char *words = text_of(answer, "job-printer-state-message");

    switch (number_of(answer, "job-state")) {
    case IPP_JSTATE_COMPLETED:
        printing->state = "printed";
        return ENDS;
    case IPP_JSTATE_ABORTED:
    case IPP_JSTATE_CANCELED:
        return fail(printing, FAULT_REFUSED, "aborted", words);
    case IPP_JSTATE_HELD:
    case IPP_JSTATE_STOPPED:
        return fail(printing, FAULT_REFUSED, "held", words);
    default:
        put_words(printing, words);
        return GOES_ON;
    }
}

static int look_at_job(struct printing *printing)
{
    static const char *const wanted[] = {"job-state",
                                         "job-printer-state-message"};
    ipp_t *ask = begin(printing, IPP_OP_GET_JOB_ATTRIBUTES), *answer;
    int result;

    ippAddInteger(ask, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id",
                  printing->job);
    ippAddStrings(ask, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
                  "requested-attributes", 2, NULL, wanted);
    answer = heard(printing, cupsDoRequest(printing->http, ask, "/"));
    if (!answer)
        return ENDS;
    result = read_state(printing, answer);
    ippDelete(answer);
    return result;
}

/* The server has it: from here on all that is not a no is good. */
static int await(struct printing *printing)
{
    const struct timespec pause = {.tv_nsec = (long)(LOOK_SECONDS * 1e9)};

    feed_phase(printing->feed, PHASE_ANSWER);
    printing->printer = "ready";
    printing->state = "queued";
    while (look_at_job(printing) == GOES_ON &&
           left(printing) > 2 * LOOK_SECONDS)
        nanosleep(&pause, NULL);
    return ENDS;
}

static void end(struct printing *printing)
{
    struct event *more = event_new("end");

    event_put_text(more, "printer", printing->printer);
    event_put_text(more, "queue", printing->queue[0] ? printing->queue : NULL);
    event_put_text(more, "state", printing->state);
    if (printing->job)
        event_put_number(more, "job", printing->job);
    feed_end(printing->feed, &printing->ending, more);
}

int print_probe(const struct request *request, struct feed *feed)
{
    static int (*const stages[])(struct printing *) = {
        call_server, find_queue, look_at_printer, hand_over, await};
    struct printing printing = {.request = request, .feed = feed};

    cupsSetPasswordCB2(no_password, NULL);
    for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++)
        if (stages[i](&printing) == ENDS)
            break;
    end(&printing);
    httpClose(printing.http);
    return 0;
}
