/* SPDX-License-Identifier: MIT */
#include "net/party.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "net/address.h"
#include "net/vendor.h"

enum { ASK_MX, ASK_A, ASK_AAAA };

bool party_init(struct party *party, bool sender, const char *address,
                struct dns_query queries[PARTY_QUESTIONS])
{
    static const enum dns_type types[] = {DNS_MX, DNS_A, DNS_AAAA};
    struct address checked;

    *party = (struct party){.sender = sender, .queries = queries};
    if (address_check(&checked, address, strlen(address)) != ADDRESS_NONE)
        return false;
    party->literal = checked.domain[0] == '[';
    snprintf(party->domain, sizeof(party->domain), "%s", checked.domain);
    for (int i = 0; i < PARTY_QUESTIONS; i++)
        dns_query_init(&queries[i], party->literal ? "" : checked.domain,
                       types[i]);
    return true;
}

static enum dns_state state_of(const struct party *party, int query)
{
    return party->queries[query].answer.state;
}

static const char *subject_of(const struct party *party)
{
    return party->sender ? "sender.mx" : "recipient.mx";
}

static void tell(struct survey *survey, const struct party *party,
                 enum finding state, const char *code, int first, int last)
{
    struct proof proof = {.length = 0};

    for (int i = first; i <= last; i++)
        proof_add(&proof, &party->queries[i]);
    survey_tell(survey, subject_of(party), party->domain, state, code, &proof,
                NULL);
}

/* Nobody may name an address there (RFC 5321 5.1), and nobody finds it. */
static bool is_host(const struct dns_record *record)
{
    unsigned char bytes[4];

    return record->length && inet_pton(AF_INET, record->text, bytes) != 1;
}

/* The hosts that mail is brought to, the preferred ones first. */
static size_t hosts_of(const struct dns_answer *mx,
                       const char *hosts[PARTY_HOSTS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < mx->count && count < PARTY_HOSTS_MAX; i++)
        if (is_host(&mx->records[i]))
            hosts[count++] = mx->records[i].text;
    return count;
}

/* OK where one of them has an address, NXDOMAIN where it is sure that none
 * has; else a question of which nothing is known is put into `doubt`. */
static enum dns_state look_up_hosts(struct survey *survey,
                                    const char *const *hosts, size_t count,
                                    struct dns_query *queries, size_t *doubt)
{
    size_t total = 2 * count, good = 0;

    for (size_t i = 0; i < count; i++) {
        dns_query_init(&queries[2 * i], hosts[i], DNS_A);
        dns_query_init(&queries[2 * i + 1], hosts[i], DNS_AAAA);
    }
    resolver_ask(&survey->resolver, queries, total);
    *doubt = total;
    for (size_t i = 0; i < total; i++) {
        enum dns_state state = queries[i].answer.state;
        good += state == DNS_OK;
        if (!dns_is_told(state) && state != DNS_BADNAME && *doubt == total)
            *doubt = i;
    }
    return good             ? DNS_OK
           : *doubt < total ? queries[*doubt].answer.state
                            : DNS_NXDOMAIN;
}

static void tell_servers(struct survey *survey, const struct party *party)
{
    const struct dns_query *mx = &party->queries[ASK_MX];
    struct dns_query queries[2 * PARTY_HOSTS_MAX];
    struct proof proof = {.length = 0};
    const char *hosts[PARTY_HOSTS_MAX];
    size_t count = hosts_of(&mx->answer, hosts), doubt;
    enum dns_state state = look_up_hosts(survey, hosts, count, queries, &doubt);
    bool good = state == DNS_OK, dead = state == DNS_NXDOMAIN;

    proof_add(&proof, mx);
    for (size_t i = 0; i < 2 * count; i++)
        if (queries[i].answer.state != DNS_NODATA || !good)
            proof_add(&proof, &queries[i]);
    survey_tell(survey, subject_of(party), party->domain,
                good   ? FINDING_GOOD
                : dead ? FINDING_BAD
                       : FINDING_UNKNOWN,
                good   ? "mx"
                : dead ? "mx_dead"
                       : dns_state_word(state),
                &proof, NULL);
    dns_queries_release(queries, 2 * count);
}

/* RFC 5321 5.1: without an MX the domain's own address stands for one. */
static void tell_address(struct survey *survey, const struct party *party)
{
    bool is_there =
        state_of(party, ASK_A) == DNS_OK || state_of(party, ASK_AAAA) == DNS_OK;

    if (is_there && survey->lied)
        tell(survey, party, FINDING_UNKNOWN, "lying", ASK_MX, ASK_AAAA);
    else if (is_there)
        tell(survey, party, FINDING_INFO, "implicit", ASK_MX, ASK_AAAA);
    else if (!dns_is_told(state_of(party, ASK_A)))
        survey_tell_unknown(survey, subject_of(party), &party->queries[ASK_A]);
    else if (!dns_is_told(state_of(party, ASK_AAAA)))
        survey_tell_unknown(survey, subject_of(party),
                            &party->queries[ASK_AAAA]);
    else
        tell(survey, party, FINDING_BAD, "none", ASK_MX, ASK_AAAA);
}

static bool is_null(const struct dns_answer *mx)
{
    return mx->count == 1 && !mx->records[0].length;
}

/* A name that is not there has no records of any type (RFC 8020): a server
 * that says so of one only is wrong in one of its answers. */
static bool contradicts(const struct party *party)
{
    bool missing = false, there = false;

    for (int i = 0; i < PARTY_QUESTIONS; i++) {
        missing |= state_of(party, i) == DNS_NXDOMAIN;
        there |=
            state_of(party, i) == DNS_OK || state_of(party, i) == DNS_NODATA;
    }
    return missing && there;
}

bool party_is_missing(const struct party *party)
{
    return state_of(party, ASK_MX) == DNS_NXDOMAIN && !contradicts(party);
}

static void tell_mx(struct survey *survey, const struct party *party)
{
    const struct dns_query *mx = &party->queries[ASK_MX];

    if (party->literal)
        survey_tell(survey, subject_of(party), party->domain, FINDING_INFO,
                    "literal", NULL, NULL);
    else if (mx->answer.state == DNS_OK && is_null(&mx->answer))
        tell(survey, party, FINDING_BAD, "null_mx", ASK_MX, ASK_MX);
    else if (mx->answer.state == DNS_OK)
        tell_servers(survey, party);
    else if (party_is_missing(party))
        tell(survey, party, FINDING_BAD, "nxdomain", ASK_MX, ASK_MX);
    else if (contradicts(party))
        tell(survey, party, FINDING_UNKNOWN, "contradiction", ASK_MX, ASK_AAAA);
    else if (mx->answer.state == DNS_NODATA)
        tell_address(survey, party);
    else
        survey_tell_unknown(survey, subject_of(party), mx);
}

static void put_vendor(struct event *more, const struct vendor *vendor,
                       const char *host)
{
    event_put_text(more, "host", host);
    event_put_text(more, "vendor", vendor ? vendor->name : NULL);
}

/* The preferred server is the one that the mail meets. */
static void tell_gateway(struct survey *survey, const struct party *party)
{
    const struct dns_query *mx = &party->queries[ASK_MX];
    struct proof proof = {.length = 0};
    const struct vendor *vendor = NULL;
    const char *hosts[PARTY_HOSTS_MAX];
    size_t count, at = 0;
    struct event *more;

    if (mx->answer.state != DNS_OK) {
        if (!dns_is_told(mx->answer.state))
            survey_tell_unknown(survey, "recipient.gateway", mx);
        return;
    }
    count = hosts_of(&mx->answer, hosts);
    for (size_t i = 0; i < count && !vendor; i++)
        if ((vendor = vendor_of_host(hosts[i])) != NULL)
            at = i;
    if (count == 0)
        return;
    more = event_new("finding");
    put_vendor(more, vendor, hosts[at]);
    proof_add(&proof, mx);
    survey_tell(survey, "recipient.gateway", party->domain, FINDING_INFO,
                vendor ? vendor->code : "other", &proof, more);
}

void party_tell(struct survey *survey, const struct party *party)
{
    tell_mx(survey, party);
    if (!party->sender && !party->literal)
        tell_gateway(survey, party);
}
