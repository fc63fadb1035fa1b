/* SPDX-License-Identifier: MIT */
/* Which lookups to start, and which of their findings count. */
#include "steps/domains.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *fact, *prefix;
} sides[DOMAIN_SIDES] = {
    [DOMAIN_SENDER] = {"from", "sender."},
    [DOMAIN_RECIPIENT] = {"to", "recipient."},
};

#define NETWORK "network."

const char *domains_address(const struct trail *trail, enum domain_side side)
{
    return trail_fact(trail, sides[side].fact);
}

bool domains_concern(const char *key)
{
    for (int side = 0; side < DOMAIN_SIDES; side++)
        if (strcmp(sides[side].fact, key) == 0)
            return true;
    return false;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The newest event of a kind, and of the probe where that is not NULL. */
static const struct event *newest(const struct trail *trail, const char *kind,
                                  const char *address)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    while (count-- > 0) {
        const char *about = event_text(events[count], "address");
        if (event_is(events[count], kind) &&
            (!address || (about && strcmp(about, address) == 0 &&
                          same_text(event_text(events[count], "probe"),
                                    probe_name(PROBE_DOMAIN)))))
            return events[count];
    }
    return NULL;
}

static const char *domain_of(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;

    return at ? at + 1 : "";
}

/* What a received copy has told of how the mail of this sender goes out: the
 * address counts for SPF only where bounces come back to the same domain. */
static void learn(struct request *request, const struct trail *trail)
{
    const struct event *copy = newest(trail, "copy", NULL);
    const char *domain = domain_of(request->from);
    const char *signer = copy ? event_text(copy, "signing_domain") : NULL;
    const char *selector = copy ? event_text(copy, "selector") : NULL;
    const char *returns = copy ? event_text(copy, "return_path") : NULL;
    const char *ip = copy ? event_text(copy, "ip") : NULL;

    if (signer && selector && strcasecmp(signer, domain) == 0)
        snprintf(request->selector, sizeof request->selector, "%s", selector);
    if (returns && ip && strcasecmp(domain_of(returns), domain) == 0)
        snprintf(request->ip, sizeof request->ip, "%s", ip);
}

/* A walk that went on elsewhere did not take its lookups along. */
static bool was_cut_off(const struct trail *trail, const struct event *start)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);

    while (count-- > 0 && events[count] != start)
        if (event_is(events[count], "resume"))
            return newest(trail, "end", event_text(start, "address")) == NULL;
    return false;
}

bool domains_task(const struct trail *trail, const struct settings *settings,
                  enum domain_side side, struct task *task)
{
    const char *address = domains_address(trail, side);
    struct request *request = &task->request;
    const struct event *last;

    if (!*address)
        return false;
    memset(task, 0, sizeof *task);
    task->probe = PROBE_DOMAIN;
    request->dns = settings->dns;
    request->limit = settings->limit;
    if (side == DOMAIN_SENDER) {
        snprintf(request->from, sizeof request->from, "%s", address);
        snprintf(request->spf_include, sizeof request->spf_include, "%s",
                 settings->spf_include);
        snprintf(request->selector, sizeof request->selector, "%s",
                 settings->dkim_selector);
        learn(request, trail);
    } else {
        snprintf(request->to, sizeof request->to, "%s", address);
    }
    last = newest(trail, "start", address);
    return !last || was_cut_off(trail, last) ||
           !same_text(event_text(last, "ip"), request->ip) ||
           !same_text(event_text(last, "selector"), request->selector);
}

/* Where in the order of telling a finding of this kind stands already. A key
 * of each selector is a finding of its own. */
static size_t place_of(const struct event *finding,
                       const struct event *const *findings, size_t count)
{
    size_t at = 0;

    while (at < count && (!same_text(event_text(finding, "subject"),
                                     event_text(findings[at], "subject")) ||
                          !same_text(event_text(finding, "selector"),
                                     event_text(findings[at], "selector"))))
        at++;
    return at;
}

size_t domains_findings(const struct trail *trail, enum domain_side side,
                        const struct event *findings[DOMAINS_MAX])
{
    const char *address = domains_address(trail, side);
    const struct event *start = newest(trail, "start", address);
    size_t total, count = 0;
    const struct event *const *events = trail_events(trail, &total);
    bool begun = false;

    for (size_t i = 0; start && i < total; i++) {
        const char *subject = event_text(events[i], "subject");
        begun |= events[i] == start;
        if (!begun || !subject || !event_is(events[i], "finding") ||
            !same_text(event_text(events[i], "address"), address) ||
            (strncmp(subject, sides[side].prefix, strlen(sides[side].prefix)) !=
                 0 &&
             strncmp(subject, NETWORK, sizeof NETWORK - 1) != 0))
            continue;
        size_t at = place_of(events[i], findings, count);
        if (at == DOMAINS_MAX)
            continue;
        findings[at] = events[i];
        count += at == count;
    }
    return count;
}

enum cause domains_cause(const struct trail *trail, const char *address)
{
    static const struct {
        const char *code;
        enum cause cause;
    } causes[] = {
        {"nxdomain", CAUSE_HOSTUNKNOWN},
        {"none", CAUSE_HOSTUNKNOWN},
        {"mx_dead", CAUSE_HOSTUNKNOWN},
        {"null_mx", CAUSE_NOTACCEPT},
    };
    const struct event *findings[DOMAINS_MAX];
    size_t count = domains_findings(trail, DOMAIN_RECIPIENT, findings);

    if (strcasecmp(domains_address(trail, DOMAIN_RECIPIENT), address) != 0)
        return CAUSE_UNKNOWN;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof causes / sizeof *causes; k++)
            if (same_text(event_text(findings[i], "subject"), "recipient.mx") &&
                same_text(event_text(findings[i], "code"), causes[k].code))
                return causes[k].cause;
    return CAUSE_UNKNOWN;
}
