/* SPDX-License-Identifier: MIT */
#include "steps/live.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "steps/clock.h"
#include "steps/handover.h"
#include "steps/reply.h"
#include "steps/report.h"
#include "steps/step.h"
#include "steps/token.h"
#include "steps/when.h"

#define COPY(out, text) snprintf(out, sizeof(out), "%s", text)

/* The tasks of this round, being filled. */
struct round {
    const struct trail *trail;
    const struct settings *settings;
    struct task *tasks;
    int count;
};

static bool has_started(const struct trail *trail, enum probe probe)
{
    return trail_visit(trail)->started & 1u << probe;
}

static struct task *add_task(struct round *round, enum probe probe)
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

static void ask_api(struct request *request, const struct settings *settings)
{
    COPY(request->api_url, settings->api_url);
    request->api_key = settings->api_key;
}

static void add_history(struct round *round, const char *address)
{
    struct task *task = add_task(round, PROBE_API_HISTORY);

    if (!task)
        return;
    ask_api(&task->request, round->settings);
    COPY(task->request.address, address);
}

/* The marks of an attempt, so that its mail can be told from any other. */
static void ask_attempt(struct task *task, const struct attempt *attempt)
{
    task->attempt = attempt->id;
    COPY(task->request.from, attempt->from);
    COPY(task->request.to, attempt->to);
    COPY(task->request.token, attempt->token);
    COPY(task->request.subject_code, attempt->subject_code);
    task->request.sent = clock_read(attempt->time);
}

static void add_watch(struct round *round, const struct attempt *attempt)
{
    struct task *task = add_task(round, PROBE_API_WATCH);

    if (!task)
        return;
    ask_api(&task->request, round->settings);
    ask_attempt(task, attempt);
    if (attempt->via == VIA_API) /* over SMTP the id is not the service's */
        COPY(task->request.message_id, attempt->message_id);
}

static void add_imap(struct round *round, const struct attempt *attempt)
{
    const struct mailbox *mailbox =
        settings_mailbox(round->settings, attempt->to);
    struct task *task = mailbox ? add_task(round, PROBE_IMAP) : NULL;

    if (!task)
        return;
    ask_attempt(task, attempt);
    task->request.imap = mailbox->imap;
    COPY(task->request.user, mailbox->user[0] ? mailbox->user : attempt->to);
    task->request.password = mailbox->password;
}

/* Where the sender's own mailbox is open to us: practice has none. */
static void add_return(struct round *round, const struct attempt *attempt)
{
    const struct mailbox *mailbox =
        settings_mailbox(round->settings, attempt->from);
    struct task *task;

    if (!mailbox || strcmp(mailbox->address, ANY_ADDRESS) == 0)
        return;
    task = add_task(round, PROBE_IMAP_RETURN);
    if (!task)
        return;
    ask_attempt(task, attempt);
    COPY(task->request.message_id, attempt->message_id);
    COPY(task->request.sender, attempt->from);
    task->request.imap = mailbox->imap;
    COPY(task->request.user, mailbox->user[0] ? mailbox->user : attempt->from);
    task->request.password = mailbox->password;
}

static void add_arrival(struct round *round, const struct attempt *attempt)
{
    add_imap(round, attempt);
    if (settings_has_api(round->settings))
        add_watch(round, attempt);
    add_return(round, attempt);
}

static void now_text(char out[32])
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
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

    now_text(time_text);
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
        ask_api(request, settings);
    if (via != VIA_SMTP)
        return;
    request->smtp = settings->smtp;
    COPY(request->user, settings->user);
    request->password = settings->password;
}

static int add_send(struct round *round, enum via via, struct error *err)
{
    static const enum probe probes[VIA_COUNT] = {
        [VIA_NONE] = PROBE_COUNT,
        [VIA_API] = PROBE_API_SEND,
        [VIA_SMTP] = PROBE_SMTP,
        [VIA_MANUAL] = PROBE_COUNT,
    };
    struct task *task = add_task(round, probes[via]);
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

static int plan_earlier(struct round *round, struct error *err)
{
    struct task *task;

    (void)err;
    if (has_started(round->trail, PROBE_API_WATCH) ||
        !settings_has_api(round->settings))
        return 0;
    task = add_task(round, PROBE_API_WATCH);
    ask_api(&task->request, round->settings);
    COPY(task->request.from, trail_fact(round->trail, "from"));
    COPY(task->request.to, trail_fact(round->trail, "to"));
    task->request.wait = 0;
    add_history(round, trail_fact(round->trail, "to"));
    return 0;
}

static int plan_arrival(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);

    (void)err;
    if (!last || last->sent == OUTCOME_REFUSED || last->sent == OUTCOME_NONE)
        return 0;
    if (!has_started(round->trail, PROBE_IMAP) &&
        !has_started(round->trail, PROBE_API_WATCH))
        add_arrival(round, last);
    if (round->count > 0 || live_settled(round->trail))
        return 0;
    /* SMTP says 250 for a contact that the service withholds mail from. */
    if (last->via == VIA_SMTP && last->part != PART_FREE &&
        settings_has_api(round->settings) &&
        !has_started(round->trail, PROBE_API_HISTORY))
        add_history(round, last->to);
    return 0;
}

/* Why the service withholds it: on the same screen as the refusal. */
static int plan_reason(struct round *round)
{
    const struct attempt *last = trail_last(round->trail);

    if (!has_started(round->trail, PROBE_API_HISTORY) &&
        settings_has_api(round->settings))
        add_history(round, last->to);
    return 0;
}

static int plan_send(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);

    if (trail_visit(round->trail)->attempt == 0)
        return add_send(round, when_via(round->trail, round->settings), err);
    if (last->part != PART_FREE && last->cause == CAUSE_SUPPRESSED)
        return plan_reason(round);
    return plan_arrival(round, err);
}

static int plan_unblock(struct round *round, struct error *err)
{
    const struct history *history = trail_history(round->trail);
    struct task *task;

    if (has_started(round->trail, PROBE_API_ACTIVATE))
        return history->lift == OUTCOME_ACCEPTED ? plan_send(round, err) : 0;
    task = add_task(round, PROBE_API_ACTIVATE);
    ask_api(&task->request, round->settings);
    COPY(task->request.bounce_id, history->bounce_id);
    return 0;
}

static int plan_manual(struct round *round, struct error *err)
{
    if (trail_visit(round->trail)->attempt != 0)
        return 0;
    return add_send(round, VIA_MANUAL, err);
}

static int plan_history(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);

    (void)err;
    if (last && settings_has_api(round->settings) &&
        !has_started(round->trail, PROBE_API_HISTORY))
        add_history(round, last->to);
    return 0;
}

static int plan_recheck(struct round *round, struct error *err)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(round->trail, &count);

    (void)err;
    for (size_t i = 0; i < count && round->count < LIVE_MAX; i++) {
        if (!when_look_again(&attempts[i], round->settings))
            continue;
        if (settings_mailbox(round->settings, attempts[i].to))
            add_imap(round, &attempts[i]);
        else
            add_watch(round, &attempts[i]);
        round->tasks[round->count - 1].again = true;
        round->tasks[round->count - 1].request.wait = 0;
    }
    return 0;
}

static int plan_sender_past(struct round *round, struct error *err)
{
    struct task *task;

    (void)err;
    if (has_started(round->trail, PROBE_API_HISTORY) ||
        !settings_has_api(round->settings))
        return 0;
    task = add_task(round, PROBE_API_HISTORY);
    ask_api(&task->request, round->settings);
    COPY(task->request.sender, trail_fact(round->trail, "from"));
    return 0;
}

/* The notice names the attempt itself: whose else could it be. */
static int plan_notice(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);
    struct task *task;

    (void)err;
    if (!last || has_started(round->trail, PROBE_NOTICE))
        return 0;
    task = add_task(round, PROBE_NOTICE);
    ask_attempt(task, last);
    task->request.mail = trail_fact(round->trail, "notice");
    task->request.mail_length = strlen(task->request.mail);
    return 0;
}

/* What was pasted is read in a child, as anything from outside. */
static int plan_copy(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);
    struct task *task;

    (void)err;
    if (!last || has_started(round->trail, PROBE_HEADERS))
        return 0;
    task = add_task(round, PROBE_HEADERS);
    ask_attempt(task, last);
    task->request.mail = trail_fact(round->trail, "header");
    task->request.mail_length = strlen(task->request.mail);
    return 0;
}

static struct event *handover_event(const struct task *task, enum via via)
{
    struct event *event = event_new("handover");
    char time_text[32];

    now_text(time_text);
    event_put_text(event, "via", via_name(via));
    event_put_text(event, "from", task->request.from);
    event_put_text(event, "to", task->request.to);
    event_put_text(event, "token", task->request.token);
    event_put_text(event, "subject", task->request.subject);
    event_put_text(event, "time", time_text);
    return event;
}

/* The same way as the attempt that the service took. */
static int plan_handover(struct round *round, struct error *err)
{
    const struct attempt *way = handover_way(round->trail, round->settings);
    struct request *request;
    struct task *task;

    if (has_started(round->trail, PROBE_API_SEND) ||
        has_started(round->trail, PROBE_SMTP) ||
        !handover_offered(round->trail, round->settings))
        return 0;
    task = add_task(round, way->via == VIA_API ? PROBE_API_SEND : PROBE_SMTP);
    request = &task->request;
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

static int (*const plans[])(struct round *, struct error *) = {
    [LIVE_EARLIER] = plan_earlier,   [LIVE_SEND] = plan_send,
    [LIVE_MANUAL] = plan_manual,     [LIVE_ARRIVAL] = plan_arrival,
    [LIVE_HISTORY] = plan_history,   [LIVE_RECHECK] = plan_recheck,
    [LIVE_UNBLOCK] = plan_unblock,   [LIVE_SENDER_PAST] = plan_sender_past,
    [LIVE_COPY] = plan_copy,         [LIVE_NOTICE] = plan_notice,
    [LIVE_HANDOVER] = plan_handover,
};

int live_tasks(const struct trail *trail, const struct settings *settings,
               struct task tasks[LIVE_MAX], struct error *err)
{
    const struct step *step = trail_step(trail);
    struct round round = {trail, settings, tasks, 0};

    if (!step || step->live == LIVE_NONE || trail_visit(trail)->choice)
        return 0;
    if (plans[step->live](&round, err) != 0)
        return -1;
    return round.count;
}

bool live_settled(const struct trail *trail)
{
    const struct step *step = trail_step(trail);
    const struct attempt *last = trail_last(trail);

    if (!step || !last ||
        (step->live != LIVE_SEND && step->live != LIVE_ARRIVAL &&
         step->live != LIVE_UNBLOCK))
        return false;
    return last->mailbox == OUTCOME_IN_INBOX ||
           last->mailbox == OUTCOME_IN_SPAM || last->event == OUTCOME_BOUNCED;
}

/* Whom the probe speaks to: never a login, never a key. */
static void put_server(struct event *event, const struct task *task)
{
    static const char *const tls[] = {[TLS_NONE] = "none",
                                      [TLS_STARTTLS] = "starttls",
                                      [TLS_IMPLICIT] = "implicit"};
    const struct request *request = &task->request;
    const struct endpoint *server =
        task->probe == PROBE_IMAP ? &request->imap : &request->smtp;
    char place[sizeof server->host + 8];

    if (request->api_url[0])
        event_put_text(event, "server", request->api_url);
    if (request->api_url[0] || !server->host[0])
        return;
    snprintf(place, sizeof place,
             strchr(server->host, ':') ? "[%s]:%u" : "%s:%u", server->host,
             server->port);
    event_put_text(event, "server", place);
    event_put_text(event, "tls", tls[server->tls]);
}

/* What a lookup is about, and with what is known by then. */
static void put_domain(struct event *event, const struct request *request)
{
    event_put_text(event, "address",
                   request->from[0] ? request->from : request->to);
    if (request->ip[0])
        event_put_text(event, "ip", request->ip);
    if (request->selector[0])
        event_put_text(event, "selector", request->selector);
}

struct event *live_start_event(const struct task *task)
{
    struct event *event = event_new("start");
    char now[32];

    now_text(now);
    event_put_text(event, "time", now);
    put_server(event, task);

    event_put_text(event, "probe", probe_name(task->probe));
    if (task->attempt)
        event_put_number(event, "attempt", task->attempt);
    if (task->probe == PROBE_DOMAIN)
        put_domain(event, &task->request);
    if (task->request.sender[0])
        event_put_text(event, "sender", task->request.sender);
    if (task->again)
        event_put_flag(event, "again", true);
    return event;
}

void live_mark(struct event *event, enum probe probe, int attempt)
{
    reply_mark(event, probe_name(probe));
    event_put_text(event, "probe", probe_name(probe));
    if (attempt)
        event_put_number(event, "attempt", attempt);
}

void live_task_clear(struct task *task)
{
    event_free(task->before);
    task->before = NULL;
    secret_clear(&task->request.api_key);
    secret_clear(&task->request.password);
}
