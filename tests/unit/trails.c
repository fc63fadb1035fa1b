/* SPDX-License-Identifier: MIT */
#include "tests/unit/trails.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "steps/live.h"
#include "steps/when.h"

#define DEAD "smtp;550 5.1.1 <ana@empresa.example>: User unknown"
#define FILTER "smtp;550 5.7.1 Message rejected due to company policy"

/* The end of a send, then what the mailbox and the events say. */
struct story {
    const char *outcome, *fault, *phase;
    int code, http;
    const char *reply;
    const char *mailbox;  /* inbox, spam, none, similar, or NULL: no look */
    const char *status;   /* of the message events, or NULL */
    const char *returned; /* the words of the return */
};

static const struct story stories[FATE_COUNT] = {
    [FATE_INBOX] = {"pass", NULL, NULL, 0, 200, "OK", "inbox", "delivered",
                    NULL},
    [FATE_SPAM] = {"pass", NULL, NULL, 0, 200, "OK", "spam", "delivered", NULL},
    [FATE_NOT_SEEN] = {"pass", NULL, NULL, 0, 200, "OK", "none", "queued",
                       NULL},
    [FATE_DELIVERED_NOT_SEEN] = {"pass", NULL, NULL, 0, 200, "OK", "none",
                                 "delivered", NULL},
    [FATE_SIMILAR] = {"pass", NULL, NULL, 0, 200, "OK", "similar", "delivered",
                      NULL},
    [FATE_NO_MAILBOX] = {"pass", NULL, NULL, 0, 200, "OK", NULL, "delivered",
                         NULL},
    [FATE_RETURNED_DEAD] = {"pass", NULL, NULL, 0, 200, "OK", "none", "bounced",
                            DEAD},
    [FATE_RETURNED_FILTER] = {"pass", NULL, NULL, 0, 200, "OK", "none",
                              "bounced", FILTER},
    [FATE_REFUSED_SUPPRESSED] = {"fault", "refused", "answer", 406, 422,
                                 "Found inactive addresses: a@b.example", NULL,
                                 NULL, NULL},
    [FATE_REFUSED_LOGIN] = {"fault", "auth", "answer", 10, 401, "bad key", NULL,
                            NULL, NULL},
    [FATE_REFUSED_SENDER] = {"fault", "refused", "answer", 401, 422,
                             "sender not confirmed", NULL, NULL, NULL},
    [FATE_SILENT] = {"fault", "timeout", "connect", 0, 0, NULL, NULL, NULL,
                     NULL},
    [FATE_LOST] = {"unknown", "dropped", "sent", 0, 0, NULL, "none", "none",
                   NULL},
    [FATE_LOST_SEEN] = {"unknown", "dropped", "sent", 0, 0, NULL, "inbox",
                        "delivered", NULL},
    [FATE_LOST_TAKEN] = {"unknown", "timeout", "sent", 0, 0, NULL, "none",
                         "queued", NULL},
    [FATE_BROKE_OFF] = {"fault", "refused", "answer", 500, 500, "Oops", "none",
                        "none", NULL},
    [FATE_CANCELLED] = {"fault", "cancelled", "connect", 0, 0, NULL, NULL, NULL,
                        NULL},
    [FATE_CRASHED] = {"fault", "crashed", "connect", 0, 0, NULL, NULL, NULL,
                      NULL},
};

static void push_start(struct trail *trail, enum probe probe, int attempt)
{
    struct task task = {.probe = probe, .attempt = attempt};

    trail_push(trail, live_start_event(&task));
}

static struct event *end_event(const char *outcome, const char *fault,
                               const char *reply)
{
    struct event *end = event_new("end");

    event_put_text(end, "outcome", outcome);
    event_put_text(end, "fault", fault);
    event_put_text(end, "phase", NULL);
    event_put_text(end, "reply", reply);
    event_put_number(end, "seconds", 0.1);
    return end;
}

static void push_end(struct trail *trail, struct event *end, enum probe probe,
                     int attempt)
{
    live_mark(end, probe, attempt);
    trail_push(trail, end);
}

static void push_send(struct trail *trail, const struct story *story, int id)
{
    struct event *end = end_event(story->outcome, story->fault, story->reply);

    push_start(trail, PROBE_API_SEND, id);
    event_put_text(end, "phase", story->phase);
    if (story->code)
        event_put_number(end, "code", story->code);
    if (story->http)
        event_put_number(end, "http", story->http);
    push_end(trail, end, PROBE_API_SEND, id);
}

static void push_look(struct trail *trail, const char *where, int id)
{
    bool found = strcmp(where, "inbox") == 0 || strcmp(where, "spam") == 0;
    struct event *end = end_event(found ? "pass" : "unknown", NULL, NULL);

    push_start(trail, PROBE_IMAP, id);
    event_put_text(end, "where", found ? where : NULL);
    event_put_flag(end, "similar", strcmp(where, "similar") == 0);
    push_end(trail, end, PROBE_IMAP, id);
}

static void push_watch(struct trail *trail, const struct story *story, int id)
{
    struct event *end =
        end_event(story->returned                           ? "fault"
                  : strcmp(story->status, "delivered") == 0 ? "pass"
                                                            : "unknown",
                  story->returned ? "refused" : NULL, story->returned);

    push_start(trail, PROBE_API_WATCH, id);
    event_put_text(end, "status", story->status);
    push_end(trail, end, PROBE_API_WATCH, id);
}

static void push_attempt(struct trail *trail, int id)
{
    enum part part = trail_part(trail);
    struct event *event = event_new("attempt");

    event_put_text(event, "via", "api");
    event_put_text(event, "part", part_name(part));
    event_put_text(
        event, "from",
        trail_fact(trail, part == PART_SENDER ? "other_from" : "from"));
    event_put_text(event, "to",
                   trail_fact(trail, part == PART_FREE ? "free_to" : "to"));
    event_put_text(event, "token", "00112233445566778899aabbccddeeff");
    event_put_text(event, "subject_code", "K7Q-4M3");
    event_put_number(event, "attempt", id);
    trail_push(trail, event);
}

void trails_attempt(struct trail *trail, const struct settings *settings,
                    enum fate fate)
{
    const struct story *story = &stories[fate];
    const struct attempt *last = trail_last(trail);
    int id = last ? last->id + 1 : 1;

    (void)settings;
    push_attempt(trail, id);
    push_send(trail, story, id);
    if (story->mailbox)
        push_look(trail, story->mailbox, id);
    if (story->status)
        push_watch(trail, story, id);
}

void trails_recheck(struct trail *trail, const struct settings *settings)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count; i++) {
        struct task task = {.probe = PROBE_IMAP,
                            .attempt = attempts[i].id,
                            .again = true};

        if (when_look_again(&attempts[i], settings))
            trail_push(trail, live_start_event(&task));
    }
}

void trails_block(struct trail *trail, const char *kind, bool can_activate)
{
    struct event *end = end_event("pass", NULL, DEAD);

    push_start(trail, PROBE_API_HISTORY, 0);
    event_put_flag(end, "blocked", true);
    event_put_flag(end, "can_activate", can_activate);
    event_put_number(end, "count", 1);
    event_put_text(end, "kind", kind);
    event_put_text(end, "bounce_id", "4711");
    push_end(trail, end, PROBE_API_HISTORY, 0);
}

void trails_lift(struct trail *trail, bool lifted)
{
    struct event *end =
        end_event(lifted ? "pass" : "fault", lifted ? NULL : "refused", "no");

    push_start(trail, PROBE_API_ACTIVATE, 0);
    push_end(trail, end, PROBE_API_ACTIVATE, 0);
}

void trails_history(struct trail *trail, bool blocked)
{
    struct event *end = end_event("pass", NULL, blocked ? DEAD : NULL);

    push_start(trail, PROBE_API_HISTORY, 0);
    event_put_flag(end, "blocked", blocked);
    event_put_flag(end, "can_activate", blocked);
    event_put_number(end, "count", blocked ? 2 : 0);
    push_end(trail, end, PROBE_API_HISTORY, 0);
}

void trails_choose(struct trail *trail, const struct settings *settings,
                   const char *name)
{
    const struct step *step = trail_step(trail), *next;
    const struct choice *choice = graph_choice(step, name);

    assert(choice);
    trail_push(trail, trail_choice_event(step, choice));
    next = graph_next(trail, settings);
    if (next)
        trail_push(trail, trail_visit_event(next));
}

void trails_fact(struct trail *trail, const char *key, const char *value)
{
    trail_push(trail, trail_fact_event(key, value));
}

void trails_settings(struct settings *settings)
{
    settings_init(settings);
    settings_fill(settings, "", "api_key", "0f8fad5b-d9cb-469f-a165-70867728950e");
    settings->mailbox_count = 2;
    snprintf(settings->mailboxes[0].address,
             sizeof settings->mailboxes[0].address, "ana@empresa.example");
    snprintf(settings->mailboxes[1].address,
             sizeof settings->mailboxes[1].address, "ana@correo.example");
}
