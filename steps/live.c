/* SPDX-License-Identifier: MIT */
#include "steps/live.h"

#include <stdio.h>
#include <string.h>

#include "steps/clock.h"
#include "steps/handover.h"
#include "steps/reply.h"
#include "steps/round.h"
#include "steps/step.h"
#include "steps/when.h"

#define COPY(out, text) snprintf(out, sizeof(out), "%s", text)

static bool has_started(const struct trail *trail, enum probe probe)
{
    return trail_visit(trail)->started & 1u << probe;
}

static int plan_earlier(struct round *round, struct error *err)
{
    struct task *task;

    (void)err;
    if (has_started(round->trail, PROBE_API_WATCH) ||
        !settings_has_api(round->settings))
        return 0;
    task = round_task(round, PROBE_API_WATCH);
    round_ask_api(&task->request, round->settings);
    COPY(task->request.from, trail_fact(round->trail, "from"));
    COPY(task->request.to, trail_fact(round->trail, "to"));
    task->request.wait = 0;
    round_history(round, trail_fact(round->trail, "to"));
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
        round_arrival(round, last);
    if (round->count > 0 || live_settled(round->trail))
        return 0;
    /* SMTP says 250 for a contact that the service withholds mail from. */
    if (last->via == VIA_SMTP && last->part != PART_FREE &&
        settings_has_api(round->settings) &&
        !has_started(round->trail, PROBE_API_HISTORY))
        round_history(round, last->to);
    return 0;
}

/* Why the service withholds it: on the same screen as the refusal. */
static int plan_reason(struct round *round)
{
    const struct attempt *last = trail_last(round->trail);

    if (!has_started(round->trail, PROBE_API_HISTORY) &&
        settings_has_api(round->settings))
        round_history(round, last->to);
    return 0;
}

static int plan_send(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);

    if (trail_visit(round->trail)->attempt == 0)
        return round_send(round, when_via(round->trail, round->settings), err);
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
    task = round_task(round, PROBE_API_ACTIVATE);
    round_ask_api(&task->request, round->settings);
    COPY(task->request.bounce_id, history->bounce_id);
    return 0;
}

static int plan_manual(struct round *round, struct error *err)
{
    if (trail_visit(round->trail)->attempt != 0)
        return 0;
    return round_send(round, VIA_MANUAL, err);
}

static int plan_history(struct round *round, struct error *err)
{
    const struct attempt *last = trail_last(round->trail);

    (void)err;
    if (last && settings_has_api(round->settings) &&
        !has_started(round->trail, PROBE_API_HISTORY))
        round_history(round, last->to);
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
            round_imap(round, &attempts[i]);
        else
            round_watch(round, &attempts[i]);
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
    task = round_task(round, PROBE_API_HISTORY);
    round_ask_api(&task->request, round->settings);
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
    task = round_task(round, PROBE_NOTICE);
    round_ask_attempt(task, last);
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
    task = round_task(round, PROBE_HEADERS);
    round_ask_attempt(task, last);
    task->request.mail = trail_fact(round->trail, "header");
    task->request.mail_length = strlen(task->request.mail);
    return 0;
}

/* The same way as the attempt that the service took. */
static int plan_handover(struct round *round, struct error *err)
{
    if (has_started(round->trail, PROBE_API_SEND) ||
        has_started(round->trail, PROBE_SMTP) ||
        !handover_offered(round->trail, round->settings))
        return 0;
    return round_handover(round, err);
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

    clock_write_now(now);
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
