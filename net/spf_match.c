/* SPDX-License-Identifier: MIT */
#include "net/spf_match.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NAMES_MAX 10 /* MX or PTR records of one term (4.6.4) */

void spf_copy(char *out, size_t size, const char *text, size_t length)
{
    if (length >= size)
        length = size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

enum spf_match spf_tell_fault(struct spf_check *check, enum spf_flaw flaw,
                              const struct spf_found *found,
                              const struct spf_term *term)
{
    struct spf_fault *told = &check->verdict->fault;

    *told = (struct spf_fault){.flaw = flaw};
    snprintf(told->domain, sizeof(told->domain), "%s", check->facts.domain);
    if (term && found->text) {
        told->at = (size_t)(term->text - found->text);
        spf_copy(told->term, sizeof(told->term), term->text, term->length);
    }
    return SPF_MATCH_PERMERROR;
}

enum spf_match spf_tell_silence(struct spf_check *check,
                                const struct dns_query *query)
{
    struct spf_silence *told = &check->verdict->silence;

    *told =
        (struct spf_silence){.state = query->answer.state, .type = query->type};
    snprintf(told->name, sizeof(told->name), "%s", query->name);
    return SPF_MATCH_TEMPERROR;
}

static bool is_void(const struct dns_query *query)
{
    return query->answer.state == DNS_NODATA ||
           query->answer.state == DNS_NXDOMAIN;
}

/* Whether the DNS told; a name that cannot be asked for is as one that does
 * not exist (RFC 7208 leaves that open). */
static bool is_told(const struct dns_query *query)
{
    return dns_is_told(query->answer.state) ||
           query->answer.state == DNS_BADNAME;
}

static bool holds_client(const struct spf_check *check,
                         const struct dns_query *query, unsigned bits)
{
    for (size_t i = 0; i < query->answer.count; i++) {
        struct spf_ip ip = spf_ip_of(query->type, &query->answer.records[i]);

        if (spf_ip_matches(&ip, &check->facts.ip, bits))
            return true;
    }
    return false;
}

static bool is_below(const char *name, const char *domain)
{
    size_t length = strlen(name), tail = strlen(domain);

    return length > tail && name[length - tail - 1] == '.' &&
           strcasecmp(name + length - tail, domain) == 0;
}

/* The names of the client that lead back to it (5.5), `names[i]` being "" for
 * those that do not; asked side by side. */
static size_t validate(struct spf_check *check, struct dns_query *reverse,
                       const char *names[NAMES_MAX])
{
    struct dns_query queries[NAMES_MAX];
    char name[SPF_REVERSE_MAX];
    size_t count, valid = 0;

    spf_ip_reverse(name, &check->facts.ip);
    resolver_ask_one(check->resolver, reverse, name, DNS_PTR);
    count =
        reverse->answer.count < NAMES_MAX ? reverse->answer.count : NAMES_MAX;
    for (size_t i = 0; i < count; i++)
        dns_query_init(&queries[i], reverse->answer.records[i].text,
                       spf_ip_type(&check->facts.ip));
    if (count > 0)
        resolver_ask(check->resolver, queries, count);
    for (size_t i = 0; i < count; i++)
        if (holds_client(check, &queries[i],
                         8 * (unsigned)check->facts.ip.size))
            names[valid++] = reverse->answer.records[i].text;
    if (count > 0)
        dns_queries_release(queries, count);
    return valid;
}

/* 7.3: the domain itself before a name below it before any other. */
static const char *best_name(const char *const *names, size_t count,
                             const char *domain)
{
    const char *best = count > 0 ? names[0] : NULL;

    for (size_t i = count; i > 0; i--)
        if (is_below(names[i - 1], domain))
            best = names[i - 1];
    for (size_t i = count; i > 0; i--)
        if (strcasecmp(names[i - 1], domain) == 0)
            best = names[i - 1];
    return best;
}

void spf_expand(struct spf_check *check, char *out, size_t size,
                const char *text, size_t length, bool explanation)
{
    const char *names[NAMES_MAX];
    struct dns_query reverse = {.type = DNS_PTR};

    if (spf_macro_uses(text, length, "p")) {
        size_t count = validate(check, &reverse, names);

        check->facts.validated = best_name(names, count, check->facts.domain);
    }
    spf_macro_expand(out, size, text, length, &check->facts, explanation);
    check->facts.validated = NULL;
    dns_answer_release(&reverse.answer);
    if (!explanation)
        spf_macro_shorten(out);
}

/* The target of a term: what it names, else the domain itself (4.8). */
void spf_target(struct spf_check *check, char out[SPF_EXPANDED_MAX],
                const struct spf_term *term)
{
    if (term->spec)
        spf_expand(check, out, SPF_EXPANDED_MAX, term->spec, term->spec_length,
                   false);
    else
        snprintf(out, SPF_EXPANDED_MAX, "%s", check->facts.domain);
}

static unsigned prefix_of(const struct spf_check *check,
                          const struct spf_term *term)
{
    return check->facts.ip.size == 4 ? term->prefix4 : term->prefix6;
}

static enum spf_match match_a(struct spf_check *check,
                              const struct spf_term *term, bool *hollow)
{
    bool exists = term->kind == SPF_EXISTS;
    enum spf_match match = SPF_MATCH_NO;
    char name[SPF_EXPANDED_MAX];
    struct dns_query query;

    spf_target(check, name, term);
    resolver_ask_one(check->resolver, &query, name,
                     exists ? DNS_A : spf_ip_type(&check->facts.ip));
    *hollow = is_void(&query);
    if (!is_told(&query))
        match = spf_tell_silence(check, &query);
    else if (exists ? query.answer.state == DNS_OK
                    : holds_client(check, &query, prefix_of(check, term)))
        match = SPF_MATCH_YES;
    dns_answer_release(&query.answer);
    return match;
}

/* The hosts in their order, as a receiver without a cache would see them. */
static enum spf_match match_hosts(struct spf_check *check,
                                  struct dns_query *hosts, size_t count,
                                  unsigned bits, bool *hollow)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_told(&hosts[i]))
            return spf_tell_silence(check, &hosts[i]);
        if (holds_client(check, &hosts[i], bits))
            return SPF_MATCH_YES;
        *hollow = *hollow || is_void(&hosts[i]);
    }
    return SPF_MATCH_NO;
}

static enum spf_match ask_hosts(struct spf_check *check,
                                const struct spf_term *term,
                                const struct dns_answer *mx, bool *hollow)
{
    struct dns_query hosts[NAMES_MAX];
    size_t count = 0;
    enum spf_match match;

    for (size_t i = 0; i < mx->count && i < NAMES_MAX; i++)
        if (mx->records[i].text[0])
            dns_query_init(&hosts[count++], mx->records[i].text,
                           spf_ip_type(&check->facts.ip));
    if (count == 0)
        return SPF_MATCH_NO;
    resolver_ask(check->resolver, hosts, count);
    match = match_hosts(check, hosts, count, prefix_of(check, term), hollow);
    dns_queries_release(hosts, count);
    return match;
}

static enum spf_match match_mx(struct spf_check *check,
                               const struct spf_found *found,
                               const struct spf_term *term, bool *hollow)
{
    enum spf_match match;
    char name[SPF_EXPANDED_MAX];
    struct dns_query query;

    spf_target(check, name, term);
    resolver_ask_one(check->resolver, &query, name, DNS_MX);
    *hollow = is_void(&query);
    if (!is_told(&query))
        match = spf_tell_silence(check, &query);
    else if (query.answer.count > NAMES_MAX || query.answer.cut)
        match = spf_tell_fault(check, SPF_FAULT_MX_HOSTS, found, term);
    else
        match = ask_hosts(check, term, &query.answer, hollow);
    dns_answer_release(&query.answer);
    return match;
}

/* No fault of the DNS is one here: without an answer it does not match. */
static enum spf_match match_ptr(struct spf_check *check,
                                const struct spf_term *term, bool *hollow)
{
    const char *names[NAMES_MAX];
    enum spf_match match = SPF_MATCH_NO;
    char name[SPF_EXPANDED_MAX];
    struct dns_query reverse;
    size_t count;

    spf_target(check, name, term);
    count = validate(check, &reverse, names);
    *hollow = is_void(&reverse);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(names[i], name) == 0 || is_below(names[i], name))
            match = SPF_MATCH_YES;
    dns_answer_release(&reverse.answer);
    return match;
}

enum spf_match spf_match(struct spf_check *check, const struct spf_found *found,
                         const struct spf_term *term, bool *hollow)
{
    switch (term->kind) {
    case SPF_ALL:
        return SPF_MATCH_YES;
    case SPF_IP4:
    case SPF_IP6:
        return spf_ip_matches(&term->network, &check->facts.ip,
                              term->kind == SPF_IP4 ? term->prefix4
                                                    : term->prefix6)
                   ? SPF_MATCH_YES
                   : SPF_MATCH_NO;
    case SPF_A:
    case SPF_EXISTS:
        return match_a(check, term, hollow);
    case SPF_MX:
        return match_mx(check, found, term, hollow);
    case SPF_PTR:
        return match_ptr(check, term, hollow);
    default:
        return SPF_MATCH_NO;
    }
}
