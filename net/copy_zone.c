/* SPDX-License-Identifier: MIT */
/* Whose fields these are. */
#include "net/copy_zone.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/orgdomain.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Receivers that sign their results with another name than their hosts'. */
static const struct {
    const char *id, *host;
} names[] = {
    {"yahoo.com", "yahoodns.net"},
    {"aol.com", "yahoo.com"},
    {"yahoo.com", "aol.com"},
    {"icloud.com", "me.com"},
    {"icloud.com", "apple.com"},
    {"icloud.com", "mac.com"},
    {"ppops.net", "pphosted.com"},
    {"pphosted.com", "ppops.net"},
    {"messagingengine.com", "internal"},
    {"messagingengine.com", "fastmail.com"},
    {"zoho.com", "zohomail.com"},
    {"zohomail.com", "zoho.com"},
    {"gmx.net", "gmx.com"},
    {"gmx.net", "web.de"},
    {"web.de", "gmx.net"},
    {"protonmail.ch", "proton.me"},
    {"proton.me", "protonmail.ch"},
    {"google.com", "googlemail.com"},
    {"yandex.net", "yandex.ru"},
    {"yandex.ru", "yandex.net"},
    {"secureserver.net", "prod.phx3.secureserver.net"},
};

/* Gateways that stand before other people's mailboxes. */
static const char *const gateways[] = {
    "pphosted.com",       "ppe-hosted.com",        "mimecast.com",
    "mimecast.co.za",     "mimecast-offshore.com", "barracudanetworks.com",
    "iphmx.com",          "trendmicro.com",        "trendmicro.eu",
    "hydra.sophos.com",   "messagelabs.com",       "inboundmx.com",
    "fortimailcloud.com", "fortimail.com",         "mailcontrol.com",
    "mxlogic.net",        "hornetsecurity.com",    "antispameurope.com",
    "spamtitan.com",      "antispamcloud.com",     "mailspamprotection.com",
};

/* The mail's own fields: the receiver writes none of its own below them. */
static const char *const own_fields[] = {
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "Sender",
    "MIME-Version",
    "Content-Type",
    "References",
    "In-Reply-To",
    "DKIM-Signature",
    "DomainKey-Signature",
    "X-Nollego-Token",
    "Content-Transfer-Encoding",
    "List-Unsubscribe",
    "Feedback-ID",
};

void zone_init(struct copy_zone *zone, const char *recipient, bool traced)
{
    memset(zone, 0, sizeof(*zone));
    zone->traced = traced;
    if (recipient[0])
        snprintf(zone->hosts[zone->host_count++], RECEIVED_NAME_MAX, "%s",
                 recipient);
}

static void add_host(struct copy_zone *zone, const char *host)
{
    char ip[RECEIVED_IP_MAX];

    if (!strchr(host, '.') || received_ip(ip, host))
        return;
    for (size_t i = 0; i < zone->host_count; i++)
        if (strcasecmp(zone->hosts[i], host) == 0)
            return;
    if (zone->host_count < ZONE_HOSTS_MAX)
        snprintf(zone->hosts[zone->host_count++], RECEIVED_NAME_MAX, "%s",
                 host);
}

static bool is_exchange(const char *host)
{
    return orgdomain_under(host, "outlook.com") ||
           orgdomain_under(host, "office365.com");
}

/* Exchange Online hands mail on under names that anybody could say, between
 * addresses that nobody else has. */
static bool is_exchange_hop(const struct received *hop)
{
    static const char *const nets[] = {
        "2603:10", "2a01:111:", "40.92.",  "40.93.",  "40.107.",
        "52.100.", "52.101.",   "52.102.", "52.103.", "104.47."};

    if (!is_exchange(hop->hello) || !is_exchange(hop->by))
        return false;
    for (size_t i = 0; i < COUNT(nets); i++)
        if (strncmp(hop->ip, nets[i], strlen(nets[i])) == 0)
            return true;
    return false;
}

/* Fetched from a mailbox elsewhere, which is the receiver then, or handed on by
 * LMTP, which no stranger speaks (RFC 2033 section 5). */
static bool is_fetched(const struct received *hop)
{
    return strncasecmp(hop->with, "IMAP", 4) == 0 ||
           strncasecmp(hop->with, "POP3", 4) == 0 ||
           strncasecmp(hop->with, "LMTP", 4) == 0;
}

/* Handed on within the receiver's own house. */
static bool is_inside(const struct received *hop)
{
    if (hop->ip[0])
        return received_is_private(hop->ip) || is_exchange_hop(hop) ||
               is_fetched(hop) || orgdomain_same(hop->host, hop->by);
    return !strchr(hop->hello, '.') || is_fetched(hop) ||
           orgdomain_same(hop->hello, hop->by);
}

static bool is_gateway(const struct received *border,
                       const struct received *hop)
{
    for (size_t i = 0; i < COUNT(gateways); i++)
        if (orgdomain_under(border->host[0] ? border->host : border->hello,
                            gateways[i]) &&
            orgdomain_under(hop->by, gateways[i]))
            return true;
    return false;
}

static void take_hop(struct copy_zone *zone, const char *body)
{
    struct received hop;

    received_read(&hop, body);
    zone->hops++;
    if (zone->zone == ZONE_FOREIGN)
        return;
    if (zone->zone == ZONE_BORDER && !is_gateway(&zone->border, &hop)) {
        zone->zone = ZONE_FOREIGN;
        return;
    }
    if (zone->zone == ZONE_BORDER) {
        zone->layer = 1;
        zone->told = false;
    }
    add_host(zone, hop.by);
    if (!is_inside(&hop)) {
        zone->zone = ZONE_BORDER;
        zone->border = hop;
        return;
    }
    zone->zone = ZONE_OWN;
    if (hop.ip[0] && !received_is_private(hop.ip))
        snprintf(zone->seen, sizeof(zone->seen), "%s", hop.ip);
}

void zone_take(struct copy_zone *zone, const struct header_item *item,
               const char *body)
{
    if (header_is(item, "Received")) {
        take_hop(zone, body);
        return;
    }
    for (size_t i = 0; i < COUNT(own_fields); i++)
        if (header_is(item, own_fields[i]))
            zone->started = true;
    if (zone->started && zone->hops > 0)
        zone->zone = ZONE_FOREIGN;
}

static bool fits_host(const char *id, const char *host)
{
    if (orgdomain_same(id, host) ||
        (!strchr(id, '.') && strncasecmp(id, host, strlen(id)) == 0 &&
         host[strlen(id)] == '.'))
        return true;
    for (size_t i = 0; i < COUNT(names); i++)
        if (orgdomain_under(id, names[i].id) &&
            orgdomain_under(host, names[i].host))
            return true;
    return false;
}

static bool is_receiver(const struct copy_zone *zone, const char *id)
{
    for (size_t i = 0; i < zone->host_count; i++)
        if (id[0] ? fits_host(id, zone->hosts[i]) : is_exchange(zone->hosts[i]))
            return true;
    return false;
}

/* Nobody can write above the receiver. Below the line by which the mail came
 * in the name must be the receiver's; where that has shown none, the first
 * field is taken for its own. Without any such line the first field rules. */
bool zone_trusts(struct copy_zone *zone, const char *id)
{
    bool first = !zone->told;

    if (first)
        snprintf(zone->first, sizeof(zone->first), "%s", id);
    zone->told = true;
    if (zone->zone == ZONE_FOREIGN)
        return false;
    if (!zone->traced)
        return first || strcasecmp(id, zone->first) == 0 ||
               orgdomain_same(id, zone->first);
    if (zone->zone == ZONE_OWN || is_receiver(zone, id))
        return true;
    return zone->host_count == 0 && (first || strcasecmp(id, zone->first) == 0);
}

bool zone_is_own(const struct copy_zone *zone)
{
    return zone->zone != ZONE_FOREIGN;
}

bool zone_is_at(const struct copy_zone *zone, const char *suffix)
{
    for (size_t i = 0; i < zone->host_count; i++)
        if (orgdomain_under(zone->hosts[i], suffix))
            return true;
    return false;
}
