/* SPDX-License-Identifier: MIT */
#include "net/reverse.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* An address of either kind. */
struct ip {
    enum dns_type type; /* of its forward records */
    unsigned char bytes[16];
};

static bool read_ip(struct ip *ip, const char *text)
{
    ip->type = strchr(text, ':') ? DNS_AAAA : DNS_A;
    return inet_pton(ip->type == DNS_A ? AF_INET : AF_INET6, text, ip->bytes) ==
           1;
}

static void name_of(const struct ip *ip, char out[DNS_NAME_MAX])
{
    size_t length = 0;

    if (ip->type == DNS_A) {
        snprintf(out, DNS_NAME_MAX, "%u.%u.%u.%u.in-addr.arpa", ip->bytes[3],
                 ip->bytes[2], ip->bytes[1], ip->bytes[0]);
        return;
    }
    for (int i = 15; i >= 0; i--)
        length +=
            (size_t)snprintf(out + length, DNS_NAME_MAX - length, "%x.%x.",
                             ip->bytes[i] & 15u, ip->bytes[i] >> 4);
    snprintf(out + length, DNS_NAME_MAX - length, "ip6.arpa");
}

bool reverse_init(struct dns_query *query, const char *text)
{
    char name[DNS_NAME_MAX];
    struct ip ip;

    if (!read_ip(&ip, text))
        return false;
    name_of(&ip, name);
    dns_query_init(query, name, DNS_PTR);
    return true;
}

static bool leads_back(const struct dns_answer *answer, const struct ip *ip)
{
    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *record = &answer->records[i];
        if (ip->type == DNS_A
                ? memcmp(&record->ip4, ip->bytes, sizeof(record->ip4)) == 0
                : memcmp(&record->ip6, ip->bytes, sizeof(record->ip6)) == 0)
            return true;
    }
    return false;
}

static void tell(struct survey *survey, const char *ip, enum finding state,
                 const char *code, const struct dns_query *queries,
                 size_t count)
{
    struct event *more = event_new("finding");
    struct proof proof = {.length = 0};

    for (size_t i = 0; i < count; i++)
        proof_add(&proof, &queries[i]);
    event_put_text(more, "ip", ip);
    survey_tell(survey, "sender.ptr", queries[0].name, state, code, &proof,
                more);
}

/* `queries` are the names' own question and those for their addresses. */
static void tell_names(struct survey *survey, const char *text,
                       const struct ip *ip, const struct dns_query *queries,
                       size_t count)
{
    const struct dns_query *doubt = NULL;

    for (size_t i = 1; i < count; i++) {
        const struct dns_answer *answer = &queries[i].answer;
        if (leads_back(answer, ip)) {
            tell(survey, text, FINDING_GOOD, "confirmed", queries, count);
            return;
        }
        if (!dns_is_told(answer->state) && answer->state != DNS_BADNAME)
            doubt = &queries[i];
    }
    if (doubt)
        tell(survey, text, FINDING_UNKNOWN, dns_state_word(doubt->answer.state),
             queries, count);
    else
        tell(survey, text, FINDING_BAD, "unconfirmed", queries, count);
}

void reverse_tell(struct survey *survey, const struct dns_query *query,
                  const char *text)
{
    const struct dns_answer *answer = &query->answer;
    struct dns_query queries[1 + REVERSE_NAMES_MAX];
    size_t count = 1;
    struct ip ip;

    if (!read_ip(&ip, text))
        return;
    queries[0] = *query;
    for (size_t i = 0; i < answer->count && count <= REVERSE_NAMES_MAX; i++)
        dns_query_init(&queries[count++], answer->records[i].text, ip.type);
    if (answer->state == DNS_OK) {
        resolver_ask(&survey->resolver, queries + 1, count - 1);
        tell_names(survey, text, &ip, queries, count);
    } else if (dns_is_told(answer->state)) {
        tell(survey, text, FINDING_BAD, "none", queries, count);
    } else {
        tell(survey, text, FINDING_UNKNOWN, dns_state_word(answer->state),
             queries, count);
    }
    dns_queries_release(queries + 1, count - 1);
}
