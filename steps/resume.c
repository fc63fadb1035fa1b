/* SPDX-License-Identifier: MIT */
/* Going on with a walk that was left or cut off, from its journal alone. */
#include "steps/resume.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "steps/clock.h"
#include "steps/graph.h"
#include "steps/live.h"
#include "steps/moment.h"

#define FINISHED "finished"
#define SECRET "secret"

bool resume_begun(const struct trail *trail)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    for (size_t i = 0; i < count; i++)
        if (event_is(events[i], "choice"))
            return true;
    return false;
}

/* What comes after it, such as the end of a lookup, is no going on. */
bool resume_finished(const struct trail *trail)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    while (count-- > 0) {
        if (event_is(events[count], FINISHED))
            return true;
        if (event_is(events[count], "choice") ||
            event_is(events[count], "visit") ||
            event_is(events[count], "resume"))
            return false;
    }
    return false;
}

struct event *resume_finish_event(void)
{
    return event_new(FINISHED);
}

/* The last phase that a send has told. */
static enum phase phase_of(const struct trail *trail, size_t start)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);
    double attempt = event_number(events[start], "attempt", 0);
    enum phase phase = PHASE_NONE;

    for (size_t i = start; i < count; i++)
        if (event_is(events[i], "phase") &&
            event_number(events[i], "attempt", 0) == attempt)
            phase = phase_from(event_text(events[i], "phase"));
    return phase;
}

struct event *resume_end(const struct trail *trail)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    for (size_t i = 0; i < count; i++) {
        enum probe probe = probe_from(event_text(events[i], "probe"));
        struct ending ending = {.outcome = RESULT_UNKNOWN,
                                .fault = FAULT_CRASHED};
        struct event *end;

        if (!event_is(events[i], "start") || probe == PROBE_COUNT ||
            !probe_sends(probe) || trail_end_of(trail, i))
            continue;
        ending.phase = phase_of(trail, i);
        end = ending_event(&ending);
        live_mark(end, probe, (int)event_number(events[i], "attempt", 0));
        return end;
    }
    return NULL;
}

bool resume_is_undone(const struct trail *trail)
{
    const struct visit *visit = trail_visit(trail);

    return visit &&
           (visit->step->live == LIVE_SEND ||
            visit->step->live == LIVE_UNBLOCK) &&
           visit->attempt == 0 && visit->started == 0 && !visit->choice;
}

static void refill(struct settings *settings, const struct trail *before,
                   const struct event *event)
{
    const char *key = event_text(event, "key");
    const char *value = event_text(event, "value");

    if (event_is(event, "fact") && key && value)
        settings_fill(settings, trail_recipient(before), key, value);
}

static void skip(struct settings *settings, const struct trail *before,
                 const struct event *event)
{
    const struct step *step = trail_step(before);
    const struct choice *choice =
        step ? graph_choice(step, event_text(event, "choice")) : NULL;

    if (!event_is(event, "choice") || !choice || !choice->skips)
        return;
    for (const struct field *f = step->fields; f && f->key; f++)
        settings_skip(settings, trail_recipient(before), f->key);
}

void resume_settings(const struct trail *trail, struct settings *settings)
{
    /* Each is about the address that the walk worked at then. */
    struct trail *before = trail_new();
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    for (size_t i = 0; before && i < count; i++) {
        if (trail_step(before)) {
            refill(settings, before, events[i]);
            skip(settings, before, events[i]);
        }
        trail_push(before, event_copy(events[i]));
    }
    trail_free(before);
}

struct event *resume_secret_event(const char *key, const char *address)
{
    struct event *event = event_new(SECRET);

    event_put_text(event, "key", key);
    event_put_text(event, "address", address);
    return event;
}

bool resume_secret(const struct trail *trail, const struct settings *settings,
                   size_t *at, const char **key, const char **address)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    while (*at < count) {
        const struct event *event = events[(*at)++];

        *key = event_text(event, "key");
        *address = event_text(event, "address");
        if (event_is(event, SECRET) && *key && *address &&
            !settings_gives(settings, *address, *key))
            return true;
    }
    return false;
}

static time_t begun_at(const struct trail *trail)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);
    const char *stamp = count > 0 ? event_text(events[0], "time") : NULL;

    return stamp ? (time_t)clock_read(stamp) : 0;
}

void resume_when(const struct trail *trail, char *when, size_t size)
{
    time_t begun = begun_at(trail), now = time(NULL);
    struct tm then, today;
    char iso[MOMENT_MAX], day[MOMENT_MAX], clock[MOMENT_MAX];

    localtime_r(&begun, &then);
    localtime_r(&now, &today);
    strftime(iso, sizeof(iso), "%Y-%m-%d", &then);
    strftime(clock, sizeof(clock), "%H:%M", &then);
    moment_day(day, iso);
    if (then.tm_year == today.tm_year && then.tm_yday == today.tm_yday)
        snprintf(when, size, "%s", clock);
    else
        snprintf(when, size, "%s, %s", day, clock);
}

void resume_date(const struct trail *trail, char *when, size_t size)
{
    time_t begun = begun_at(trail);
    struct tm then;

    localtime_r(&begun, &then);
    strftime(when, size, "%Y-%m-%d %H:%M", &then);
}
