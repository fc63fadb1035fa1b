/* SPDX-License-Identifier: MIT */
/* The cause of what a probe ended with. */
#include <stdio.h>
#include <string.h>

#include "steps/reply.h"
#include "steps/reply_code.h"
#include "steps/spam.h"

/* Where no words decide. Our own line is never `hostunknown`: that is about
 * the recipient. The first row that fits; PHASE_NONE is any phase. */
static const struct {
    enum fault fault;
    enum phase phase;
    enum cause cause;
} line[] = {
    {FAULT_NAME, PHASE_NONE, CAUSE_NETWORKERROR},
    {FAULT_CONNECT, PHASE_NONE, CAUSE_NETWORKERROR},
    {FAULT_TIMEOUT, PHASE_NONE, CAUSE_NETWORKERROR},
    {FAULT_DROPPED, PHASE_NONE, CAUSE_NETWORKERROR},
    {FAULT_TLS, PHASE_NONE, CAUSE_FAILEDSTARTTLS},
    {FAULT_FEATURE, PHASE_STARTTLS, CAUSE_FAILEDSTARTTLS},
    {FAULT_FEATURE, PHASE_AUTH, CAUSE_SECURITYERROR},
    {FAULT_FEATURE, PHASE_NONE, CAUSE_SYSTEMERROR},
    {FAULT_AUTH, PHASE_NONE, CAUSE_SECURITYERROR},
    {FAULT_PROTOCOL, PHASE_NONE, CAUSE_SYSTEMERROR},
    {FAULT_REFUSED, PHASE_STARTTLS, CAUSE_FAILEDSTARTTLS},
    {FAULT_REFUSED, PHASE_TLS, CAUSE_FAILEDSTARTTLS},
    {FAULT_REFUSED, PHASE_AUTH, CAUSE_SECURITYERROR},
};

/* What a 5xx without telling words means by the place where it came (RFC 5321
 * 3.1, 3.3). One to RCPT or to the message may mean anything. */
static const struct {
    enum phase phase;
    enum cause cause;
} places[] = {
    {PHASE_CONNECT, CAUSE_BLOCKED},
    {PHASE_GREETING, CAUSE_BLOCKED},
    {PHASE_EHLO, CAUSE_BLOCKED},
    {PHASE_MAIL, CAUSE_REJECTED},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void set(struct reading *reading, enum cause cause,
                enum confidence confidence)
{
    *reading = (struct reading){.cause = cause,
                                .side = cause_side(cause),
                                .hard = cause_is_hard(cause),
                                .confidence = confidence};
}

static void lower(struct reading *reading)
{
    if (reading->confidence > CONFIDENCE_LOW)
        reading->confidence--;
}

/* The request is not well formed; only the words tell which part of it. */
static bool is_malformed(int code, int http, bool of_body)
{
    return of_body ? code == 300 : http == 400 || http == 422;
}

void reply_read_api(struct reading *reading, int code, int http,
                    const char *text)
{
    bool of_body = code != 0 && code != http;
    enum cause cause = of_body ? code_api(code) : code_http(http);

    if (text)
        reply_read(reading, text, strlen(text));
    else
        set(reading, CAUSE_UNKNOWN, CONFIDENCE_LOW);
    if (reading->cause == CAUSE_SUPPRESSED)
        cause = CAUSE_SUPPRESSED;
    if (cause != CAUSE_UNKNOWN)
        set(reading, cause, of_body ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM);
    else if (reading->cause == CAUSE_UNKNOWN &&
             is_malformed(code, http, of_body))
        set(reading, CAUSE_CONTENTERROR, CONFIDENCE_HIGH);
}

static bool is_api(const char *probe)
{
    return strncmp(probe, "api-", 4) == 0;
}

/* A bounce that the service tells of ends its probe well: its words are those
 * of the recipient's server, its code is no ErrorCode. */
static bool is_bounce(const char *probe, const struct ending *ending, int http)
{
    return strcmp(probe, "api-watch") == 0 && http / 100 == 2 &&
           ending->fault == FAULT_REFUSED;
}

static bool read_line(struct reading *reading, const struct ending *ending)
{
    for (size_t i = 0; i < COUNT(line); i++) {
        if (line[i].fault != ending->fault ||
            (line[i].phase != PHASE_NONE && line[i].phase != ending->phase))
            continue;
        set(reading, line[i].cause, CONFIDENCE_HIGH);
        if (ending->code != 0)
            reading->hard = ending->code / 100 == 5;
        return true;
    }
    return false;
}

static bool is_status(const struct ending *ending, const char *tail)
{
    return ending->enhanced[0] && strcmp(ending->enhanced + 1, tail) == 0;
}

/* The code and the words of a server, as one reply. */
static void read_words(struct reading *reading, const struct ending *ending)
{
    char text[sizeof(ending->reply) + sizeof(ending->enhanced) + 16];
    int length = ending->code != 0
                     ? snprintf(text, sizeof(text), "%03d %s %s", ending->code,
                                ending->enhanced, ending->reply)
                     : snprintf(text, sizeof(text), "%s", ending->reply);

    reply_read(reading, text, (size_t)length);
    /* "User unknown" to the message itself is often a filter that hides. */
    if ((ending->phase == PHASE_DATA || phase_is_final(ending->phase)) &&
        reading->cause == CAUSE_USERUNKNOWN)
        lower(reading);
    for (size_t i = 0; i < COUNT(places); i++) {
        if (reading->cause == CAUSE_UNKNOWN && ending->code / 100 == 5 &&
            places[i].phase == ending->phase)
            set(reading, places[i].cause, CONFIDENCE_LOW);
    }
}

static void read_smtp(struct reading *reading, const struct ending *ending)
{
    bool heard = false;

    if (ending->fault == FAULT_AUTH && is_status(ending, ".7.13")) {
        set(reading, CAUSE_ACCOUNT, CONFIDENCE_HIGH);
        return;
    }
    /* A reply said before the line was cut tells more than the cut, and 421
     * closes the service, whatever was asked of it (RFC 5321 3.8). */
    if (ending->code == 421 ||
        (ending->code >= 400 &&
         (ending->fault == FAULT_TIMEOUT || ending->fault == FAULT_DROPPED))) {
        read_words(reading, ending);
        heard = reading->cause != CAUSE_UNKNOWN;
    }
    if (!heard && !read_line(reading, ending))
        read_words(reading, ending);
}

static void read_service(struct reading *reading, const struct ending *ending,
                         int http)
{
    if (ending->fault == FAULT_REFUSED || ending->fault == FAULT_AUTH ||
        http >= 400)
        reply_read_api(reading, ending->code, http, ending->reply);
    else
        set(reading, CAUSE_UNKNOWN, CONFIDENCE_LOW);
    if (reading->cause == CAUSE_UNKNOWN)
        read_line(reading, ending);
}

bool reply_read_ending(struct reading *reading, const struct ending *ending,
                       const char *probe, int http)
{
    if (ending->outcome == RESULT_PASS || ending->fault == FAULT_NONE ||
        ending->fault == FAULT_CANCELLED || ending->fault == FAULT_CRASHED)
        return false;
    if (is_bounce(probe, ending, http))
        read_words(reading, ending);
    else if (is_api(probe))
        read_service(reading, ending, http);
    else
        read_smtp(reading, ending);
    return true;
}

static void mark_end(struct event *event, const char *probe)
{
    struct ending ending;
    struct reading reading;
    double http = event_number(event, "http", 0);
    bool known = ending_read(&ending, event) &&
                 reply_read_ending(&reading, &ending, probe,
                                   http > 0 && http < 1000 ? (int)http : 0);

    event_put_text(event, "cause", known ? cause_word(reading.cause) : NULL);
}

/* A received copy has no refusal: what is to mend tells the class. */
static void mark_finding(struct event *event)
{
    enum cause cause = spam_cause(spam_from(event_text(event, "finding")));

    event_put_text(event, "cause",
                   cause == CAUSE_UNKNOWN ? NULL : cause_word(cause));
}

/* The service's own name for a bounce is weaker than the words in it. */
static void mark_bounce(struct event *event)
{
    const char *details = event_text(event, "details");
    struct reading reading = {.cause = CAUSE_UNKNOWN};

    if (details)
        reply_read(&reading, details, strlen(details));
    if (reading.cause == CAUSE_UNKNOWN)
        reading.cause = code_bounce(event_text(event, "kind"));
    event_put_text(event, "cause", cause_word(reading.cause));
}

void reply_mark(struct event *event, const char *probe)
{
    if (event_is(event, "end") && strcmp(probe, "headers") == 0)
        mark_finding(event);
    else if (event_is(event, "end"))
        mark_end(event, probe);
    else if (event_is(event, "bounce"))
        mark_bounce(event);
}
