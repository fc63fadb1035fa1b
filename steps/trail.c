/* SPDX-License-Identifier: MIT */
/* The way: visits, answers and the list of events. What the events prove is
 * read in steps/evidence.c. */
#include "steps/trail.h"

#include <stdlib.h>
#include <string.h>

#include "steps/evidence.h"
#include "steps/graph.h"

/* Far more than a person walks; a journal from elsewhere may hold anything. */
#define VISITS_MAX 256
#define FACTS_MAX 64
#define EVENTS_MAX 100000

struct fact {
    char *key, *value;
};

struct trail {
    struct visit visits[VISITS_MAX];
    size_t visit_count;
    struct fact facts[FACTS_MAX];
    size_t fact_count;
    struct evidence evidence;
    struct event **events;
    size_t event_count, event_room;
};

struct trail *trail_new(void)
{
    return calloc(1, sizeof(struct trail));
}

void trail_free(struct trail *trail)
{
    if (!trail)
        return;
    for (size_t i = 0; i < trail->fact_count; i++) {
        free(trail->facts[i].key);
        free(trail->facts[i].value);
    }
    for (size_t i = 0; i < trail->event_count; i++)
        event_free(trail->events[i]);
    free(trail->events);
    evidence_release(&trail->evidence);
    free(trail);
}

static struct fact *find_fact(const struct trail *trail, const char *key)
{
    for (size_t i = 0; i < trail->fact_count; i++)
        if (strcmp(trail->facts[i].key, key) == 0)
            return (struct fact *)&trail->facts[i];
    return NULL;
}

static void set_fact(struct trail *trail, const char *key, const char *value)
{
    struct fact *fact = find_fact(trail, key);
    char *copy = strdup(value);

    if (!copy)
        return;
    if (!fact && trail->fact_count < FACTS_MAX) {
        fact = &trail->facts[trail->fact_count];
        fact->key = strdup(key);
        fact->value = NULL;
        if (fact->key)
            trail->fact_count++;
        else
            fact = NULL;
    }
    if (!fact) {
        free(copy);
        return;
    }
    free(fact->value);
    fact->value = copy;
}

static struct visit *present(struct trail *trail)
{
    return trail->visit_count ? &trail->visits[trail->visit_count - 1] : NULL;
}

static void apply_visit(struct trail *trail, const struct event *event)
{
    const char *name = event_text(event, "step");
    const struct step *step = name ? graph_find(name) : NULL;

    if (!step || trail->visit_count == VISITS_MAX)
        return;
    trail->visits[trail->visit_count++] =
        (struct visit){.step = step, .first_event = trail->event_count};
}

static void apply_choice(struct trail *trail, const struct event *event)
{
    struct visit *visit = present(trail);
    const char *step = event_text(event, "step");
    const char *name = event_text(event, "choice");

    if (!visit || !step || !name || strcmp(visit->step->name, step) != 0)
        return;
    visit->choice = graph_choice(visit->step, name);
    if (!visit->choice)
        return;
    set_fact(trail, step, name);
    evidence_person(&trail->evidence, visit->choice->says);
    evidence_sent(&trail->evidence, visit->choice->sent);
}

static void apply_session(struct trail *trail, const struct event *event)
{
    const char *practice = event_text(event, "practice");

    set_fact(trail, "practice", practice ? practice : "");
}

static void apply_fact(struct trail *trail, const struct event *event)
{
    const char *key = event_text(event, "key");
    const char *value = event_text(event, "value");

    if (key && value)
        set_fact(trail, key, value);
}

static void apply_back(struct trail *trail, const struct event *event)
{
    (void)event;
    if (!trail_can_back(trail))
        return;
    trail->visit_count--;
    present(trail)->before = present(trail)->choice;
    present(trail)->choice = NULL;
}

static void apply_attempt(struct trail *trail, const struct event *event)
{
    struct visit *visit = present(trail);
    int id = evidence_attempt(&trail->evidence, event);

    if (visit)
        visit->attempt = id;
}

static void apply_handover(struct trail *trail, const struct event *event)
{
    evidence_handover(&trail->evidence, event);
}

static void apply_start(struct trail *trail, const struct event *event)
{
    struct visit *visit = present(trail);
    const char *name = event_text(event, "probe");
    enum probe probe = name ? probe_from(name) : PROBE_COUNT;

    if (!visit || probe == PROBE_COUNT)
        return;
    visit->started |= 1u << probe;
    evidence_start(&trail->evidence, event);
}

static bool same_member(const struct event *a, const struct event *b,
                        const char *key)
{
    const char *x = event_text(a, key), *y = event_text(b, key);

    return strcmp(x ? x : "", y ? y : "") == 0;
}

/* Whether both are of one probe, about one thing. */
static bool is_same_test(const struct event *a, const struct event *b)
{
    return same_member(a, b, "probe") &&
           (strcmp(event_text(a, "probe") ? event_text(a, "probe") : "",
                   probe_name(PROBE_DOMAIN)) != 0 ||
            same_member(a, b, "address")) &&
           (int)event_number(a, "attempt", 0) ==
               (int)event_number(b, "attempt", 0);
}

const struct event *trail_end_of(const struct trail *trail, size_t start)
{
    struct event *const *events = trail->events;

    for (size_t i = start + 1; i < trail->event_count; i++)
        if (is_same_test(events[start], events[i])) {
            if (event_is(events[i], "end"))
                return events[i];
            if (event_is(events[i], "start"))
                break;
        }
    return NULL;
}

/* As if the test had never begun; its events stay where they are. */
static void cut_test(struct trail *trail, size_t start)
{
    struct event *const *events = trail->events;
    struct visit *visit = present(trail);
    struct attempt *attempt = evidence_find(
        &trail->evidence, (int)event_number(events[start], "attempt", 0));
    const char *name = event_text(events[start], "probe");

    if (visit && start >= visit->first_event && name)
        visit->started &= ~(1u << probe_from(name));
    if (attempt && event_flag(events[start], "again"))
        attempt->looked_again = false;
    for (size_t i = trail->event_count; i-- > start + 1;)
        if (is_same_test(events[start], events[i]) &&
            event_has(events[i], "probe"))
            event_put_text(events[i], "event", "cut");
    event_put_text(events[start], "event", "cut");
}

static void apply_resume(struct trail *trail, const struct event *event)
{
    struct visit *visit = present(trail);

    (void)event;
    for (size_t i = 0; i < trail->event_count; i++)
        if (event_is(trail->events[i], "start") && !trail_end_of(trail, i))
            cut_test(trail, i);
    if (visit && visit->choice && visit->choice->acts) {
        visit->before = visit->choice;
        visit->choice = NULL;
    }
}

static const struct {
    const char *kind;
    void (*apply)(struct trail *, const struct event *);
} appliers[] = {
    {"session", apply_session},   {"visit", apply_visit},
    {"choice", apply_choice},     {"fact", apply_fact},
    {"back", apply_back},         {"attempt", apply_attempt},
    {"start", apply_start},       {"resume", apply_resume},
    {"handover", apply_handover},
};

void trail_push(struct trail *trail, struct event *event)
{
    size_t i;

    if (!event || trail->event_count == EVENTS_MAX) {
        event_free(event);
        return;
    }
    if (trail->event_count == trail->event_room) {
        size_t room = trail->event_room ? 2 * trail->event_room : 64;
        struct event **events =
            realloc(trail->events, room * sizeof(struct event *));
        if (!events) {
            event_free(event);
            return;
        }
        trail->events = events;
        trail->event_room = room;
    }
    for (i = 0; i < sizeof appliers / sizeof *appliers; i++)
        if (event_is(event, appliers[i].kind))
            break;
    if (i < sizeof appliers / sizeof *appliers)
        appliers[i].apply(trail, event);
    else
        evidence_event(&trail->evidence, event);
    trail->events[trail->event_count++] = event;
}

struct event *trail_visit_event(const struct step *step)
{
    struct event *event = event_new("visit");

    event_put_text(event, "step", step->name);
    return event;
}

struct event *trail_choice_event(const struct step *step,
                                 const struct choice *choice)
{
    struct event *event = event_new("choice");

    event_put_text(event, "step", step->name);
    event_put_text(event, "choice", choice->name);
    return event;
}

struct event *trail_fact_event(const char *key, const char *value)
{
    struct event *event = event_new("fact");

    event_put_text(event, "key", key);
    event_put_text(event, "value", value);
    return event;
}

struct event *trail_back_event(void)
{
    return event_new("back");
}

struct event *trail_resume_event(void)
{
    return event_new("resume");
}

const struct visit *trail_visit(const struct trail *trail)
{
    return trail->visit_count ? &trail->visits[trail->visit_count - 1] : NULL;
}

const struct step *trail_step(const struct trail *trail)
{
    const struct visit *visit = trail_visit(trail);

    return visit ? visit->step : NULL;
}

const struct visit *trail_visits(const struct trail *trail, size_t *count)
{
    *count = trail->visit_count;
    return trail->visits;
}

bool trail_can_back(const struct trail *trail)
{
    return trail->visit_count > 1;
}

const char *trail_fact(const struct trail *trail, const char *key)
{
    const struct fact *fact = find_fact(trail, key);

    return fact ? fact->value : "";
}

enum part trail_part(const struct trail *trail)
{
    switch (graph_section(trail)) {
    case SECTION_SENDER:
        return PART_SENDER;
    case SECTION_FREE:
        return PART_FREE;
    default:
        return PART_FIRST;
    }
}

const char *trail_recipient(const struct trail *trail)
{
    return trail_fact(trail, trail_part(trail) == PART_FREE ? "free_to" : "to");
}

const struct attempt *trail_attempts(const struct trail *trail, size_t *count)
{
    *count = trail->evidence.attempt_count;
    return trail->evidence.attempts;
}

const struct attempt *trail_attempt(const struct trail *trail, int id)
{
    return evidence_find(&trail->evidence, id);
}

const struct attempt *trail_last(const struct trail *trail)
{
    return evidence_find(&trail->evidence, (int)trail->evidence.attempt_count);
}

const struct attempt *trail_handover(const struct trail *trail)
{
    const struct attempt *handover = &trail->evidence.handover;

    return handover->token[0] ? handover : NULL;
}

const struct history *trail_history(const struct trail *trail)
{
    return &trail->evidence.history;
}

const struct history *trail_earlier(const struct trail *trail)
{
    return &trail->evidence.earlier;
}

const struct seen_copy *trail_learned(const struct trail *trail)
{
    size_t at = trail->evidence.attempt_count;

    while (at-- > 0) {
        const struct seen_copy *copy = &trail->evidence.attempts[at].copy;

        if (copy->signer[0] || copy->ip[0])
            return copy;
    }
    return NULL;
}

const struct sending *trail_sending(const struct trail *trail)
{
    return &trail->evidence.sending;
}

const struct event *const *trail_events(const struct trail *trail,
                                        size_t *count)
{
    *count = trail->event_count;
    return (const struct event *const *)trail->events;
}
