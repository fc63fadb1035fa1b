/* SPDX-License-Identifier: MIT */
#include "steps/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/reply.h"

#define ATTEMPTS_MAX 64
#define HTTP_UNAVAILABLE 503

/* Copies text of an event, or leaves `out` as it is where there is none. */
static void take(char *out, size_t size, const struct event *event,
                 const char *key)
{
    const char *value = event_text(event, key);

    if (value)
        snprintf(out, size, "%s", value);
}
#define TAKE(field, event, key) take(field, sizeof(field), event, key)

static bool text_is(const struct event *event, const char *key,
                    const char *value)
{
    const char *text = event_text(event, key);

    return text && strcmp(text, value) == 0;
}

static enum part part_from(const char *name)
{
    for (int part = 0; name && part < PART_COUNT; part++)
        if (strcmp(part_name((enum part)part), name) == 0)
            return (enum part)part;
    return PART_FIRST;
}

struct attempt *evidence_find(const struct evidence *evidence, int id)
{
    return id > 0 && (size_t)id <= evidence->attempt_count
               ? &evidence->attempts[id - 1]
               : NULL;
}

static void begin(struct attempt *attempt, const struct event *event)
{
    attempt->via = via_from(event_text(event, "via"));
    attempt->part = part_from(event_text(event, "part"));
    /* Until its end is heard, nobody knows whether it went out. */
    attempt->sent =
        attempt->via == VIA_MANUAL ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN;
    TAKE(attempt->from, event, "from");
    TAKE(attempt->to, event, "to");
    TAKE(attempt->token, event, "token");
    TAKE(attempt->subject_code, event, "subject_code");
    TAKE(attempt->subject, event, "subject");
    TAKE(attempt->time, event, "time");
}

int evidence_attempt(struct evidence *evidence, const struct event *event)
{
    struct attempt *attempt;

    if (!evidence->attempts)
        evidence->attempts = calloc(ATTEMPTS_MAX, sizeof *attempt);
    if (!evidence->attempts || evidence->attempt_count == ATTEMPTS_MAX)
        return 0;
    attempt = &evidence->attempts[evidence->attempt_count++];
    attempt->id = (int)evidence->attempt_count;
    begin(attempt, event);
    return attempt->id;
}

void evidence_handover(struct evidence *evidence, const struct event *event)
{
    evidence->handover = (struct attempt){0};
    begin(&evidence->handover, event);
}

void evidence_start(struct evidence *evidence, const struct event *event)
{
    struct attempt *attempt =
        evidence_find(evidence, (int)event_number(event, "attempt", 0));

    if (attempt && event_flag(event, "again"))
        attempt->looked_again = true;
    if (text_is(event, "probe", "api-history") && !event_has(event, "sender"))
        evidence->history.asked = true;
}

void evidence_person(struct evidence *evidence, enum outcome says)
{
    struct attempt *attempt =
        evidence_find(evidence, (int)evidence->attempt_count);

    if (attempt && says != OUTCOME_NONE)
        attempt->person = says;
}

void evidence_sent(struct evidence *evidence, enum outcome sent)
{
    struct attempt *attempt =
        evidence_find(evidence, (int)evidence->attempt_count);

    if (attempt && sent != OUTCOME_NONE)
        attempt->sent =
            sent == OUTCOME_ACCEPTED ? OUTCOME_ACCEPTED : OUTCOME_NONE;
}

static void set_cause(struct attempt *attempt, const struct event *end)
{
    struct reading reading;

    attempt->cause = cause_from(event_text(end, "cause"));
    reply_read(&reading, attempt->ending.reply, strlen(attempt->ending.reply));
    attempt->confidence = reading.cause == attempt->cause ? reading.confidence
                                                          : CONFIDENCE_MEDIUM;
    attempt->side = reading.cause == attempt->cause
                        ? reading.side
                        : cause_side(attempt->cause);
}

/* A service that broke off, or a gateway that lost it, may have taken the mail
 * all the same; one that is closed has not, nor one whose own code refuses. */
static bool may_have_taken(const struct attempt *attempt)
{
    return attempt->http >= 500 && attempt->http != HTTP_UNAVAILABLE &&
           attempt->ending.code == attempt->http;
}

/* The end of a send. Stopped or crashed before the message was on its way, it
 * was not sent: there is nothing to look for. */
static void end_send(struct evidence *evidence, struct attempt *attempt,
                     const struct event *end)
{
    if (!attempt && !evidence->handover.token[0])
        return;
    if (!attempt) /* no test of the walk: the report to support */
        attempt = &evidence->handover;
    ending_read(&attempt->ending, end);
    attempt->http = (int)event_number(end, "http", 0);
    attempt->retry_after = (int)event_number(end, "retry_after", 0);
    TAKE(attempt->message_id, end, "message_id");
    set_cause(attempt, end);
    if (event_has(end, "http")) /* the service says it by a code of its own */
        attempt->confidence = CONFIDENCE_HIGH;
    if (attempt->ending.outcome == RESULT_PASS)
        attempt->sent = OUTCOME_ACCEPTED;
    else if (attempt->ending.outcome == RESULT_UNKNOWN ||
             may_have_taken(attempt))
        attempt->sent = OUTCOME_UNKNOWN;
    else if (attempt->ending.fault == FAULT_CANCELLED ||
             attempt->ending.fault == FAULT_CRASHED)
        attempt->sent = OUTCOME_NONE;
    else
        attempt->sent = OUTCOME_REFUSED;
}

static void end_earlier(struct history *earlier, const struct event *end)
{
    struct ending ending;

    earlier->asked = true;
    if (!ending_read(&ending, end) || !event_text(end, "status"))
        return;
    earlier->known = true;
    earlier->cause = cause_from(event_text(end, "cause"));
    TAKE(earlier->status, end, "status");
    TAKE(earlier->when, end, "when");
    snprintf(earlier->reply, sizeof earlier->reply, "%s", ending.reply);
}

/* The service has the mail: then it went out, whatever became of the answer. */
static void note_taken(struct attempt *attempt, const struct event *end)
{
    const char *status = event_text(end, "status");

    if (attempt->sent != OUTCOME_UNKNOWN || !status ||
        strcmp(status, "none") == 0)
        return;
    attempt->sent = OUTCOME_ACCEPTED;
    if (!attempt->message_id[0])
        TAKE(attempt->message_id, end, "message_id");
}

/* Who said the words that count, the last one before all others: a return
 * says more than a delay, a notice more than the service's account of it. Thus
 * it is all one in which order the probes end. */
enum heard {
    HEARD_SEND,
    HEARD_DELAY_SERVICE,
    HEARD_DELAY_NOTICE,
    HEARD_RETURN_SERVICE,
    HEARD_RETURN_NOTICE
};

static void take_words(struct attempt *attempt, const struct event *end,
                       enum heard heard)
{
    double seconds = attempt->ending.seconds; /* stay those of the send */

    if ((int)heard < attempt->heard || !ending_read(&attempt->ending, end))
        return;
    attempt->heard = (int)heard;
    attempt->ending.seconds = seconds;
    set_cause(attempt, end);
}

/* What came back has come back, whatever was told before or after. */
static void note_event(struct attempt *attempt, enum outcome event)
{
    if (attempt->event != OUTCOME_BOUNCED)
        attempt->event = event;
}

static void end_watch(struct evidence *evidence, struct attempt *attempt,
                      const struct event *end)
{
    if (!attempt) {
        end_earlier(&evidence->earlier, end);
        return;
    }
    note_taken(attempt, end);
    if (text_is(end, "status", "delivered"))
        note_event(attempt, OUTCOME_DELIVERED);
    if (text_is(end, "status", "transient")) {
        attempt->delayed = true;
        if (event_text(end, "reply"))
            take_words(attempt, end, HEARD_DELAY_SERVICE);
    }
    if (text_is(end, "status", "bounced")) {
        note_event(attempt, OUTCOME_BOUNCED);
        take_words(attempt, end, HEARD_RETURN_SERVICE);
    }
}

/* A notice's own words are those of the server; a delay is no return. */
static void end_notice(struct evidence *evidence, struct attempt *attempt,
                       const struct event *end)
{
    const char *action = event_text(end, "action");

    (void)evidence;
    if (!action)
        return;
    if (strcmp(action, "delayed") == 0) {
        attempt->delayed = true;
        take_words(attempt, end, HEARD_DELAY_NOTICE);
    } else if (strcmp(action, "delivered") == 0) {
        note_event(attempt, OUTCOME_DELIVERED);
    } else {
        note_event(attempt, OUTCOME_BOUNCED);
        take_words(attempt, end, HEARD_RETURN_NOTICE);
    }
    TAKE(attempt->reporting, end, "reporting");
    if (attempt->sent == OUTCOME_UNKNOWN) /* else nothing could come back */
        attempt->sent = OUTCOME_ACCEPTED;
}

/* In a mailbox there are notices of other mails, too. */
static void end_return(struct evidence *evidence, struct attempt *attempt,
                       const struct event *end)
{
    if (event_flag(end, "ours"))
        end_notice(evidence, attempt, end);
}

static void end_imap(struct evidence *evidence, struct attempt *attempt,
                     const struct event *end)
{
    (void)evidence;
    attempt->similar = event_flag(end, "similar");
    TAKE(attempt->folder, end, "folder");
    if (text_is(end, "outcome", "pass"))
        attempt->mailbox =
            text_is(end, "where", "spam") ? OUTCOME_IN_SPAM : OUTCOME_IN_INBOX;
    else if (text_is(end, "outcome", "unknown") && !event_text(end, "fault"))
        attempt->mailbox = OUTCOME_NOT_SEEN;
}

static void end_sending(struct sending *sending, const struct event *end)
{
    if (!event_has(end, "count"))
        return;
    *sending = (struct sending){.known = true};
    sending->partial = event_flag(end, "partial");
    sending->count = (int)event_number(end, "count", 0);
    sending->hard = (int)event_number(end, "hard", 0);
    sending->addresses = (int)event_number(end, "addresses", 0);
    TAKE(sending->sender, end, "sender");
    TAKE(sending->kinds, end, "kinds");
    TAKE(sending->domains, end, "domains");
}

static void end_history(struct evidence *evidence, struct attempt *attempt,
                        const struct event *end)
{
    struct history *history = &evidence->history;
    struct ending ending;

    (void)attempt;
    if (event_has(end, "sender")) {
        end_sending(&evidence->sending, end);
        return;
    }
    if (!ending_read(&ending, end) || ending.outcome != RESULT_PASS)
        return;
    history->known = true;
    history->blocked = event_flag(end, "blocked");
    history->can_activate = event_flag(end, "can_activate");
    history->count = (int)event_number(end, "count", 0);
    TAKE(history->kind, end, "kind");
    history->lift = OUTCOME_NONE;
    history->bounce_id[0] = '\0';
    TAKE(history->bounce_id, end, "bounce_id");
    TAKE(history->when, end, "when");
    snprintf(history->reply, sizeof history->reply, "%s", ending.reply);
    if (ending.reply[0]) {
        struct reading reading;
        reply_read(&reading, ending.reply, strlen(ending.reply));
        history->cause = reading.cause;
    }
}

/* A block that was lifted is no more; one that was not keeps its words. */
static void end_activate(struct evidence *evidence, struct attempt *attempt,
                         const struct event *end)
{
    struct history *history = &evidence->history;
    struct ending ending;

    (void)attempt;
    if (!ending_read(&ending, end))
        return;
    history->lift =
        ending.outcome == RESULT_PASS ? OUTCOME_ACCEPTED : OUTCOME_REFUSED;
    if (ending.outcome == RESULT_PASS)
        history->blocked = history->can_activate = false;
    else if (ending.outcome == RESULT_FAULT && ending.fault == FAULT_REFUSED)
        history->can_activate = false;
}

static const struct {
    const char *probe;
    bool needs_attempt;
    void (*end)(struct evidence *, struct attempt *, const struct event *);
} ends[] = {
    {"api-send", false, end_send},       {"smtp", false, end_send},
    {"api-watch", false, end_watch},     {"imap", true, end_imap},
    {"api-history", false, end_history}, {"api-activate", false, end_activate},
    {"notice", true, end_notice},        {"imap-return", true, end_return},
};

static void take_certificate(struct certificate *certificate,
                             const struct event *event)
{
    memset(certificate, 0, sizeof *certificate);
    TAKE(certificate->problem, event, "problem");
    TAKE(certificate->subject, event, "subject");
    TAKE(certificate->issuer, event, "issuer");
    TAKE(certificate->not_before, event, "not_before");
    TAKE(certificate->not_after, event, "not_after");
}

/* A header that tells nothing takes nothing away. */
static void take_copy(struct attempt *attempt, const struct event *event)
{
    struct seen_copy *copy = &attempt->copy;
    enum spam why = spam_from(event_text(event, "finding"));

    if (copy->read && why == SPAM_UNREAD)
        return;
    *copy = (struct seen_copy){.read = true, .why = why};
    TAKE(copy->from, event, "from");
    TAKE(copy->return_path, event, "return_path");
    TAKE(copy->receiver, event, "receiver");
    TAKE(copy->signer, event, "signing_domain");
    TAKE(copy->selector, event, "selector");
    TAKE(copy->ip, event, "ip");
    TAKE(copy->spf, event, "spf");
    TAKE(copy->dkim, event, "dkim");
    TAKE(copy->dmarc, event, "dmarc");
    TAKE(copy->tests, event, "tests");
    TAKE(copy->raw, event, "raw");
}

void evidence_event(struct evidence *evidence, const struct event *event)
{
    struct attempt *attempt =
        evidence_find(evidence, (int)event_number(event, "attempt", 0));

    if (event_is(event, "message") && attempt)
        TAKE(attempt->message_id, event, "message_id");
    if (event_is(event, "tls") && attempt && text_is(event, "probe", "smtp"))
        take_certificate(&attempt->certificate, event);
    if (event_is(event, "copy") && attempt)
        take_copy(attempt, event);
    if (!event_is(event, "end"))
        return;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_is(event, "probe", ends[i].probe) &&
            (attempt || !ends[i].needs_attempt))
            ends[i].end(evidence, attempt, event);
}

void evidence_release(struct evidence *evidence)
{
    free(evidence->attempts);
    memset(evidence, 0, sizeof *evidence);
}
