/* SPDX-License-Identifier: MIT */
#include "net/domain.h"

#include <stdio.h>
#include <string.h>

#include "net/dns.h"
#include "net/party.h"
#include "net/reverse.h"
#include "net/sender.h"

/* No resolver knows an address of it (RFC 6761 6.4), but one that lies. */
#define NOWHERE "no-existe.nollego.invalid"

enum { ASK_NOWHERE, ASK_REVERSE, ASK_SENDER };
#define ASK_RECIPIENT (ASK_SENDER + PARTY_QUESTIONS)
#define QUESTIONS (ASK_RECIPIENT + PARTY_QUESTIONS)

/* What is asked first, all at once. */
struct domains {
    const struct request *request;
    struct dns_query queries[QUESTIONS];
    struct party sender, recipient;
    bool has_sender, has_recipient, has_ip;
};

static void prepare(struct domains *domains, const struct request *request)
{
    struct dns_query *queries = domains->queries;

    memset(domains, 0, sizeof(*domains));
    domains->request = request;
    for (int i = 0; i < QUESTIONS; i++)
        dns_query_init(&queries[i], "", DNS_A);
    dns_query_init(&queries[ASK_NOWHERE], NOWHERE, DNS_A);
    domains->has_ip = reverse_init(&queries[ASK_REVERSE], request->ip);
    domains->has_sender =
        party_init(&domains->sender, true, request->from, &queries[ASK_SENDER]);
    domains->has_recipient = party_init(&domains->recipient, false, request->to,
                                        &queries[ASK_RECIPIENT]);
}

/* A server that answers anything is one. */
static enum dns_state network_state(const struct domains *domains)
{
    bool unreachable = false;

    for (int i = 0; i < QUESTIONS; i++) {
        enum dns_state state = domains->queries[i].answer.state;
        if (state == DNS_UNREACHABLE)
            unreachable = true;
        else if (state != DNS_TIMEOUT && state != DNS_UNASKED &&
                 state != DNS_BADNAME)
            return DNS_OK;
    }
    return unreachable ? DNS_UNREACHABLE : DNS_TIMEOUT;
}

static void tell_network(struct survey *survey, const struct domains *domains,
                         enum dns_state state)
{
    const struct dns_query *nowhere = &domains->queries[ASK_NOWHERE];
    struct proof proof = {.length = 0};

    proof_add(&proof, nowhere);
    survey->lied = nowhere->answer.state == DNS_OK;
    if (state != DNS_OK)
        survey_tell(survey, "network.dns", "", FINDING_UNKNOWN,
                    dns_state_word(state), &proof, NULL);
    else if (survey->lied)
        survey_tell(survey, "network.dns", "", FINDING_UNKNOWN, "lying", &proof,
                    NULL);
}

/* Of a domain that is not there nothing else can be said, and of a silent
 * server nothing more be learned. */
static void tell_sender(struct survey *survey, const struct domains *domains,
                        enum dns_state network)
{
    static const char *const subjects[] = {"sender.spf", "sender.dmarc",
                                           "sender.dkim"};
    const char *domain = domains->sender.domain;

    party_tell(survey, &domains->sender);
    if (domains->sender.literal || party_is_missing(&domains->sender))
        return;
    sender_tell_alignment(survey, domain);
    for (int i = 0; network != DNS_OK && i < 3; i++)
        survey_tell(survey, subjects[i], domain, FINDING_UNKNOWN,
                    dns_state_word(network), NULL, NULL);
    if (network != DNS_OK)
        return;
    sender_tell_spf(survey, domain, domains->request);
    sender_tell_dmarc(survey, domain);
    sender_tell_dkim(survey, domain, domains->request->selector);
}

static void tell_findings(struct survey *survey, const struct domains *domains,
                          enum dns_state network)
{
    if (domains->has_recipient)
        party_tell(survey, &domains->recipient);
    if (domains->has_sender)
        tell_sender(survey, domains, network);
    if (domains->has_ip)
        reverse_tell(survey, &domains->queries[ASK_REVERSE],
                     domains->request->ip);
}

/* Nothing is known of the domains where nobody answers: that is our own
 * line's matter. */
static void tell_end(struct survey *survey, enum dns_state network)
{
    struct ending ending = {
        .outcome = survey->bad       ? RESULT_FAULT
                   : survey->unknown ? RESULT_UNKNOWN
                                     : RESULT_PASS,
        .fault = network == DNS_UNREACHABLE ? FAULT_CONNECT
                 : network == DNS_TIMEOUT   ? FAULT_TIMEOUT
                                            : FAULT_NONE,
    };

    feed_end(survey->feed, &ending, NULL);
}

int domain_probe(const struct request *request, struct feed *feed)
{
    struct error err = {""};
    struct dns *dns = dns_open(&request->dns, request->limit, &err);
    struct survey survey = {.feed = feed};
    struct domains domains;
    enum dns_state network;

    if (!dns) {
        struct event *note = event_new("note");
        event_put_text(note, "text", err.text);
        feed_event(feed, note);
        return -1;
    }
    feed_phase(feed, PHASE_LOOKUP);
    survey.resolver = dns_resolver(dns);
    prepare(&domains, request);
    resolver_ask(&survey.resolver, domains.queries, QUESTIONS);
    network = network_state(&domains);
    tell_network(&survey, &domains, network);
    tell_findings(&survey, &domains, network);
    tell_end(&survey, network);
    dns_queries_release(domains.queries, QUESTIONS);
    dns_close(dns);
    return 0;
}
