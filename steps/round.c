/* SPDX-License-Identifier: MIT */
#include "steps/round.h"

#include <stdio.h>
#include <string.h>

#include "steps/clock.h"
#include "steps/handover.h"
#include "steps/report.h"
#include "steps/step.h"
#include "steps/token.h"
#include "steps/when.h"

#define COPY(out, text) snprintf(out, sizeof(out), "%s", text)

struct task *round_task(struct round *round, enum probe probe)
{
    const struct settings *settings = round->settings;
    struct task *task;

    if (round->count == LIVE_MAX)
        return NULL;
    task = &round->tasks[round->count++];
    memset(task, 0, sizeof *task);
    task->probe = probe;
    COPY(task->request.ca_file, settings->ca_file);
    task->request.limit = settings->limit;
    task->request.wait = settings->wait;
    return task;
}

void round_ask_api(struct request *request, const struct settings *settings)
{
    COPY(request->api_url, settings->api_url);
    request->api_key = settings->api_key;
}

void round_history(struct round *round, const char *address)
{
    struct task *task = round_task(round, PROBE_API_HISTORY);

    if (!task)
        return;
    round_ask_api(&task->request, round->settings);
    COPY(task->request.address, address);
}

/* The marks of an attempt, so that its mail can be told from any other. */
void round_ask_attempt(struct task *task, const struct attempt *attempt)
{
    task->attempt = attempt->id;
    COPY(task->request.from, attempt->from);
    COPY(task->request.to, attempt->to);
    COPY(task->request.token, attempt->token);
    COPY(task->request.subject_code, attempt->subject_code);
    task->request.sent = clock_read(attempt->time);
}

void round_watch(struct round *round, const struct attempt *attempt)
{
    struct task *task = round_task(round, PROBE_API_WATCH);

    if (!task)
        return;
    round_ask_api(&task->request, round->settings);
    round_ask_attempt(task, attempt);
    if (attempt->via == VIA_API) /* over SMTP the id is not the service's */
        COPY(task->request.message_id, attempt->message_id);
}

void round_imap(struct round *round, const struct attempt *attempt)
{
    const struct mailbox *mailbox =
        settings_mailbox(round->settings, attempt->to);
    struct task *task = mailbox ? round_task(round, PROBE_IMAP) : NULL;

    if (!task)
        return;
    round_ask_attempt(task, attempt);
    task->request.imap = mailbox->imap;
    COPY(task->request.user, mailbox->user[0] ? mailbox->user : attempt->to);
    task->request.password = mailbox->password;
}

/* Where the sender's own mailbox is open to us: practice has none. */
static void round_return(struct round *round, const struct attempt *attempt)
{
    const struct mailbox *mailbox =
        settings_mailbox(round->settings, attempt->from);
    struct task *task;

    if (!mailbox || strcmp(mailbox->address, ANY_ADDRESS) == 0)
        return;
    task = round_task(round, PROBE_IMAP_RETURN);
    if (!task)
        return;
    round_ask_attempt(task, attempt);
    COPY(task->request.message_id, attempt->message_id);
    COPY(task->request.sender, attempt->from);
    task->request.imap = mailbox->imap;
    COPY(task->request.user, mailbox->user[0] ? mailbox->user : attempt->from);
    task->request.password = mailbox->password;
}

void round_arrival(struct round *round, const struct attempt *attempt)
{
    round_imap(round, attempt);
    if (settings_has_api(round->settings))
        round_watch(round, attempt);
    round_return(round, attempt);
}

static const char *code_lookup(const char *name, const void *code)
{
    return strcmp(name, "code") == 0 ? code : NULL;
}

/* From whom and to whom the present part sends. */
static void ask_addresses(struct request *request, const struct trail *trail)
{
    enum part part = trail_part(trail);

    COPY(request->from,
         trail_fact(trail, part == PART_SENDER ? "other_from" : "from"));
    COPY(request->to, trail_fact(trail, part == PART_FREE ? "free_to" : "to"));
}

static struct event *attempt_event(const struct task *task, enum via via,
                                   enum part part)
{
    struct event *event = event_new("attempt");
    char time_text[32];

    clock_write_now(time_text);
    event_put_number(event, "attempt", task->attempt);
    event_put_text(event, "via", via_name(via));
    event_put_text(event, "part", part_name(part));
    event_put_text(event, "from", task->request.from);
    event_put_text(event, "to", task->request.to);
    event_put_text(event, "token", task->request.token);
    event_put_text(event, "subject_code", task->request.subject_code);
    event_put_text(event, "subject", task->request.subject);
    event_put_text(event, "time", time_text);
    return event;
}

static void ask_channel(struct request *request,
                        const struct settings *settings, enum via via)
{
    if (via == VIA_API)
        round_ask_api(request, settings);
    if (via != VIA_SMTP)
        return;
    request->smtp = settings->smtp;
    COPY(request->user, settings->user);
    request->password = settings->password;
}

int round_send(struct round *round, enum via via, struct error *err)
{
    static const enum probe probes[VIA_COUNT] = {
        [VIA_NONE] = PROBE_COUNT,
        [VIA_API] = PROBE_API_SEND,
        [VIA_SMTP] = PROBE_SMTP,
        [VIA_MANUAL] = PROBE_COUNT,
    };
    struct task *task = round_task(round, probes[via]);
    const struct attempt *last = trail_last(round->trail);
    struct request *request = &task->request;

    if (token_draw(request->token, request->subject_code, err) != 0)
        return -1;
    task->attempt = last ? last->id + 1 : 1;
    ask_addresses(request, round->trail);
    ask_channel(request, round->settings, via);
    text_fill(request->subject, sizeof request->subject, text(T_MAIL_SUBJECT),
              code_lookup, request->subject_code);
    text_fill(request->body, sizeof request->body, text(T_MAIL_BODY),
              code_lookup, request->subject_code);
    task->before = attempt_event(task, via, trail_part(round->trail));
    return 0;
}

static struct event *handover_event(const struct task *task, enum via via)
{
    struct event *event = event_new("handover");
    char time_text[32];

    clock_write_now(time_text);
    event_put_text(event, "via", via_name(via));
    event_put_text(event, "from", task->request.from);
    event_put_text(event, "to", task->request.to);
    event_put_text(event, "token", task->request.token);
    event_put_text(event, "subject", task->request.subject);
    event_put_text(event, "time", time_text);
    return event;
}

int round_handover(struct round *round, struct error *err)
{
    const struct attempt *way = handover_way(round->trail, round->settings);
    struct task *task =
        round_task(round, way->via == VIA_API ? PROBE_API_SEND : PROBE_SMTP);
    struct request *request = &task->request;

    if (token_draw(request->token, request->subject_code, err) != 0)
        return -1;
    COPY(request->from, way->from);
    COPY(request->to, SUPPORT_ADDRESS);
    COPY(request->reply_to, trail_fact(round->trail, "support_reply"));
    handover_subject(round->trail, request->subject);
    handover_text(round->trail, request->body);
    ask_channel(request, round->settings, way->via);
    task->encloses = true;
    task->before = handover_event(task, way->via);
    return 0;
}
