/* SPDX-License-Identifier: MIT */
/* Reads the header of a copy that was received. */
#include "net/copy.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/copy_check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A tag of a signature (RFC 6376 section 3.2), without its blanks. */
static void read_tag(char *out, size_t size, const char *list, char tag)
{
    size_t filled = 0;

    out[0] = '\0';
    while (list) {
        list += strspn(list, "; ");
        if (list[0] == tag && list[1 + strspn(list + 1, " ")] == '=')
            break;
        list = strchr(list, ';');
    }
    if (!list)
        return;
    for (list = strchr(list, '=') + 1; *list && *list != ';'; list++)
        if (*list != ' ' && filled + 1 < size)
            out[filled++] = *list;
    out[filled] = '\0';
}

/* Nobody told what became of it, but it names selector and domain. */
static void take_signature(struct copy_reading *reading)
{
    struct copy *copy = reading->copy;
    struct copy_check check = {.result = ""};

    read_tag(check.domain, sizeof(check.domain), reading->body, 'd');
    read_tag(check.selector, sizeof(check.selector), reading->body, 's');
    for (size_t i = 0; i < copy->signature_count; i++) {
        struct copy_signature *known = &copy->signatures[i];

        if (strcasecmp(known->domain, check.domain) != 0 ||
            (known->selector[0] &&
             strcasecmp(known->selector, check.selector) != 0))
            continue;
        snprintf(known->selector, sizeof(known->selector), "%s",
                 check.selector);
        return;
    }
    copy_add_signature(copy, &check);
}

static void take_return_path(struct copy_reading *reading)
{
    const char *body = reading->body;
    size_t length = strlen(body);

    if (reading->copy->return_path[0])
        return;
    if (length >= 2 && body[0] == '<' && body[length - 1] == '>') {
        body++;
        length -= 2;
    }
    snprintf(reading->copy->return_path, sizeof(reading->copy->return_path),
             "%.*s", (int)length, body);
}

static const struct {
    const char *field;
    void (*take)(struct copy_reading *);
} takers[] = {
    {"Authentication-Results", copy_take_results},
    {"ARC-Authentication-Results", copy_take_sealed},
    {"Received-SPF", copy_take_received_spf},
    {"DKIM-Signature", take_signature},
};

/* Receivers that write fields of their own below the mail's, and see to it that
 * nobody else's of those names come in. */
static bool sorts_anew(const struct copy_reading *reading,
                       const struct header_item *item)
{
    static const struct {
        const char *field, *host;
    } habits[] = {
        {"X-MS-", "outlook.com"},
        {"X-MS-", "office365.com"},
        {"X-Microsoft-", "outlook.com"},
        {"X-Microsoft-", "office365.com"},
        {"X-Forefront-", "outlook.com"},
        {"X-Forefront-", "office365.com"},
        {"Return-Path", "outlook.com"},
        {"Return-Path", "office365.com"},
        {"X-GMX-", "gmx.net"},
        {"X-UI-", "gmx.net"},
        {"X-UI-", "web.de"},
        {"X-Proofpoint-", "pphosted.com"},
        {"X-Mimecast-", "mimecast.com"},
    };

    for (size_t i = 0; i < COUNT(habits); i++)
        if (strncasecmp(item->name, habits[i].field, strlen(habits[i].field)) ==
                0 &&
            zone_is_at(&reading->zone, habits[i].host))
            return true;
    /* Exim adds at the end what its filters say. */
    return strncmp(reading->zone.border.software, "Exim", 4) == 0 &&
           strncasecmp(item->name, "X-", 2) == 0;
}

static bool is_own(const struct copy_reading *reading,
                   const struct header_item *item)
{
    return zone_is_own(&reading->zone) || !reading->zone.traced ||
           sorts_anew(reading, item);
}

static void take_field(struct copy_reading *reading,
                       const struct header_item *item)
{
    header_unfold(item, reading->body, sizeof(reading->body));
    reading->field++;
    zone_take(&reading->zone, item, reading->body);
    for (size_t i = 0; i < COUNT(takers); i++)
        if (header_is(item, takers[i].field))
            takers[i].take(reading);
    if (!is_own(reading, item))
        return;
    if (header_is(item, "Return-Path"))
        take_return_path(reading);
    filter_take(&reading->copy->filters, item, reading->body);
}

/* What must be known before the first result is read. */
static void look_ahead(struct copy *copy, const char *header, size_t length)
{
    struct header_scan scan = {header, length, 0, 0};
    struct header_item item;
    char body[HEADER_VALUE_MAX];

    while (header_next(&scan, &item)) {
        copy->traced |= header_is(&item, "Received");
        if (copy->from[0] || !header_is(&item, "From"))
            continue;
        header_unfold(&item, body, sizeof(body));
        if (strchr(body, '@'))
            copy_domain(copy->from, sizeof(copy->from), body);
    }
}

/* "(sender IP is 192.0.2.1)", "designates 192.0.2.1 as permitted". */
static void learn_ip(struct copy *copy, const struct copy_zone *zone)
{
    static const char *const marks[] = {"sender IP is ", "designates ",
                                        "designate "};
    const char *note = copy->checks[COPY_SPF].note;

    if (zone->border.ip[0])
        snprintf(copy->ip, sizeof(copy->ip), "%s", zone->border.ip);
    for (size_t i = 0; i < COUNT(marks) && !copy->ip[0]; i++) {
        const char *at = strstr(note, marks[i]);
        char word[RECEIVED_IP_MAX];

        if (!at)
            continue;
        at += strlen(marks[i]);
        snprintf(word, sizeof(word), "%.*s", (int)strcspn(at, " )"), at);
        received_ip(copy->ip, word);
    }
    if (!copy->ip[0])
        snprintf(copy->ip, sizeof(copy->ip), "%s", zone->seen);
}

/* DMARC names the domain of From even where the header was not copied whole;
 * then the others are held against it. */
static void settle(struct copy *copy)
{
    const struct copy_check *dmarc = &copy->checks[COPY_DMARC];
    struct copy_check *dkim = &copy->checks[COPY_DKIM];

    if (!copy->from[0])
        snprintf(copy->from, sizeof(copy->from), "%s", dmarc->domain);
    for (int i = 0; i < COPY_METHOD_COUNT; i++)
        copy->checks[i].aligned =
            orgdomain_align(copy->checks[i].domain, copy->from);
    for (size_t i = 0; i < copy->signature_count; i++) {
        struct copy_signature *signature = &copy->signatures[i];

        signature->aligned = orgdomain_align(signature->domain, copy->from);
        if (!signature->result[0] ||
            copy_rank(signature->result, signature->aligned) <=
                copy_rank(dkim->result, dkim->aligned))
            continue;
        snprintf(dkim->result, sizeof(dkim->result), "%s", signature->result);
        snprintf(dkim->domain, sizeof(dkim->domain), "%s", signature->domain);
        snprintf(dkim->note, sizeof(dkim->note), "%s", signature->note);
        dkim->aligned = signature->aligned;
    }
    for (size_t i = 0; i < copy->signature_count; i++)
        if (strcasecmp(copy->signatures[i].domain, dkim->domain) == 0 &&
            !dkim->selector[0])
            snprintf(dkim->selector, sizeof(dkim->selector), "%s",
                     copy->signatures[i].selector);
}

void copy_read(struct copy *copy, const char *header, size_t length,
               const struct copy_ask *ask)
{
    struct header_scan scan = {header, length, 0, 0};
    struct header_item item;
    struct copy_reading reading = {.copy = copy};
    char recipient[COPY_NAME_MAX];

    memset(copy, 0, sizeof(*copy));
    copy_domain(recipient, sizeof(recipient), ask->to);
    look_ahead(copy, header, length);
    if (!copy->from[0])
        copy_domain(copy->from, sizeof(copy->from), ask->from);
    zone_init(&reading.zone, recipient, copy->traced);
    while (header_next(&scan, &item))
        take_field(&reading, &item);
    copy->border = reading.zone.border;
    copy->gateway = reading.zone.layer > 0;
    copy->gateway_broke = copy->gateway && reading.above_failed &&
                          strcmp(copy->checks[COPY_DMARC].result, "pass") == 0;
    snprintf(copy->receiver, sizeof(copy->receiver), "%s",
             copy->border.by[0]            ? copy->border.by
             : reading.zone.host_count > 0 ? reading.zone.hosts[0]
                                           : copy->checks[COPY_DMARC].by);
    learn_ip(copy, &reading.zone);
    settle(copy);
}
