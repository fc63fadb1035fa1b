/* SPDX-License-Identifier: MIT */
#include "steps/network.h"

#include <string.h>

static const struct {
    enum text_id meaning, remedy;
} words[NETWORK_COUNT] = {
    [NETWORK_PORTAL] = {T_NETWORK_PORTAL, T_NETWORK_PORTAL_NEXT},
    [NETWORK_NO_NAMES] = {T_NETWORK_NO_NAMES, T_NETWORK_NO_NAMES_NEXT},
    [NETWORK_NO_HOST] = {T_NETWORK_NO_HOST, T_NETWORK_NO_HOST_NEXT},
    [NETWORK_PORT] = {T_NETWORK_PORT, T_NETWORK_PORT_NEXT},
    [NETWORK_OFFLINE] = {T_NETWORK_OFFLINE, T_NETWORK_OFFLINE_NEXT},
};

static bool member_is(const struct event *event, const char *key,
                      const char *value)
{
    const char *text = event_text(event, key);

    return text && strcmp(text, value) == 0;
}

/* What the other tests of the walk have shown of the network. */
struct view {
    bool portal, no_names; /* by the newest lookups */
    bool names;            /* a lookup was answered */
    bool reached;          /* some server has spoken */
};

static void see_finding(struct view *view, const struct event *finding)
{
    if (!member_is(finding, "subject", "network.dns")) {
        view->names |= !member_is(finding, "state", "unknown");
        return;
    }
    view->portal = member_is(finding, "code", "lying");
    view->no_names = !view->portal;
}

static void see_end(struct view *view, const struct event *end)
{
    struct ending ending;

    if (member_is(end, "probe", probe_name(PROBE_DOMAIN)) ||
        !ending_read(&ending, end))
        return;
    view->reached |= ending.outcome == RESULT_PASS || ending.code > 0 ||
                     event_number(end, "http", 0) > 0;
}

static struct view look_at(const struct trail *trail)
{
    struct view view = {.portal = false};
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    for (size_t i = 0; i < count; i++) {
        if (event_is(events[i], "finding"))
            see_finding(&view, events[i]);
        else if (event_is(events[i], "end"))
            see_end(&view, events[i]);
    }
    return view;
}

/* Whether it ended before its server had said a word. */
static bool was_cut_off(const struct ending *ending)
{
    return ending->code == 0 && ending->outcome != RESULT_PASS &&
           (ending->fault == FAULT_NAME || ending->fault == FAULT_CONNECT ||
            (ending->fault == FAULT_TIMEOUT && ending->phase == PHASE_CONNECT));
}

/* Somebody spoke who is not the server, as a login page does. */
static bool was_misled(const struct ending *ending)
{
    return ending->fault == FAULT_TLS || ending->fault == FAULT_PROTOCOL ||
           was_cut_off(ending);
}

enum network network_of(const struct trail *trail,
                        const struct attempt *attempt)
{
    const struct ending *ending = attempt ? &attempt->ending : NULL;
    struct view view;

    if (!ending || !was_misled(ending))
        return NETWORK_UNBLAMED;
    view = look_at(trail);
    if (view.portal)
        return NETWORK_PORTAL;
    if (!was_cut_off(ending))
        return NETWORK_UNBLAMED;
    if (ending->fault == FAULT_NAME && view.no_names)
        return NETWORK_NO_NAMES;
    if (ending->fault == FAULT_NAME && (view.names || view.reached))
        return NETWORK_NO_HOST;
    return view.reached ? NETWORK_PORT : NETWORK_OFFLINE;
}

enum text_id network_meaning(enum network network)
{
    return words[network].meaning;
}

enum text_id network_remedy(enum network network)
{
    return words[network].remedy;
}
