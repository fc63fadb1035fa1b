/* SPDX-License-Identifier: MIT */
#include "tests/vectors/zone.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CHAIN_MAX 8

struct zone_entry {
    char name[512];
    enum dns_type type;
    enum dns_state state; /* OK: a record */
    struct dns_record record;
};

static struct zone_entry *grow(struct zone *zone, const char *name,
                               enum dns_type type)
{
    struct zone_entry *entry;
    size_t length = strlen(name);

    if (zone->count == zone->room) {
        zone->room = zone->room ? 2 * zone->room : 64;
        zone->entries =
            realloc(zone->entries, zone->room * sizeof(*zone->entries));
        if (!zone->entries)
            abort();
    }
    entry = &zone->entries[zone->count++];
    *entry = (struct zone_entry){.type = type, .state = DNS_OK};
    if (length > 0 && name[length - 1] == '.')
        length--;
    snprintf(entry->name, sizeof(entry->name), "%.*s", (int)length, name);
    return entry;
}

static char *keep(const char *text, size_t length)
{
    char *copy = malloc(length + 1);

    if (!copy)
        abort();
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

int zone_add(struct zone *zone, const char *name, enum dns_type type,
             const char *value, size_t length, unsigned preference)
{
    struct zone_entry *entry = grow(zone, name, type);

    entry->record.preference = preference;
    if (type == DNS_A || type == DNS_AAAA) {
        int family = type == DNS_A ? AF_INET : AF_INET6;
        void *out = type == DNS_A ? (void *)&entry->record.ip4
                                  : (void *)&entry->record.ip6;

        entry->record.text = keep("", 0);
        return inet_pton(family, value, out) == 1 ? 0 : -1;
    }
    if (type != DNS_TXT && length > 0 && value[length - 1] == '.')
        length--;
    entry->record.text = keep(value, length);
    entry->record.length = length;
    return 0;
}

int zone_fail(struct zone *zone, const char *name, enum dns_type type,
              enum dns_state state)
{
    struct zone_entry *entry = grow(zone, name, type);

    entry->state = state;
    return 0;
}

static bool is_below(const char *name, const char *domain)
{
    size_t length = strlen(name), tail = strlen(domain);

    return length > tail && name[length - tail - 1] == '.' &&
           strcasecmp(name + length - tail, domain) == 0;
}

/* One name, without what a CNAME may add; the target of one in `alias`. */
static void look_up(const struct zone *zone, const char *name,
                    struct dns_query *query, const char **alias)
{
    enum dns_state state = DNS_NXDOMAIN;

    for (size_t i = 0; i < zone->count; i++) {
        const struct zone_entry *entry = &zone->entries[i];
        bool here = strcasecmp(entry->name, name) == 0;

        if (!here && state == DNS_NXDOMAIN && is_below(entry->name, name))
            state = DNS_NODATA;
        if (!here)
            continue;
        if (entry->state != DNS_OK) {
            if (entry->type == 0 || entry->type == query->type)
                state = entry->state;
        } else {
            state = state == DNS_NXDOMAIN ? DNS_NODATA : state;
            if (entry->type == query->type)
                dns_answer_add(&query->answer, query->type, &entry->record);
            else if (entry->type == DNS_CNAME)
                *alias = entry->record.text;
        }
    }
    if (query->answer.state == DNS_UNASKED)
        query->answer.state = state;
}

static void answer(const struct zone *zone, struct dns_query *query)
{
    const char *name = query->name;

    for (int i = 0; i < CHAIN_MAX; i++) {
        const char *alias = NULL;

        query->answer.state = DNS_UNASKED;
        look_up(zone, name, query, &alias);
        if (!alias || query->answer.state == DNS_OK)
            return;
        name = alias;
        snprintf(query->answer.canonical, DNS_NAME_MAX, "%s", alias);
    }
    query->answer.state = DNS_BOGUS;
}

static void ask(void *context, struct dns_query *queries, size_t count)
{
    struct zone *zone = context;

    for (size_t i = 0; i < count; i++)
        if (queries[i].answer.state == DNS_UNASKED) {
            zone->asked++;
            answer(zone, &queries[i]);
        }
}

struct resolver zone_resolver(struct zone *zone)
{
    return (struct resolver){.ask = ask, .context = zone};
}

void zone_release(struct zone *zone)
{
    for (size_t i = 0; i < zone->count; i++)
        free((char *)zone->entries[i].record.text);
    free(zone->entries);
    *zone = (struct zone){.count = 0};
}
