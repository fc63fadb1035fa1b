/* SPDX-License-Identifier: MIT */
#include "net/spf.h"

#include <stdio.h>
#include <string.h>

#include "net/spf_match.h"

#define RESULT_WORD(id, word) word,
static const char *const result_words[] = {SPF_RESULTS(RESULT_WORD)};

const char *spf_result_word(enum spf_result result)
{
    return result_words[result];
}

static enum spf_result check_host(struct spf_check *check, const char *domain,
                                  bool explains);

/* 5.2: what the other record says, as a mechanism of this one. */
static enum spf_match match_include(struct spf_check *check,
                                    const struct spf_found *found,
                                    const struct spf_term *term)
{
    const char *domain = check->facts.domain;
    char name[SPF_EXPANDED_MAX];
    enum spf_result result;

    spf_target(check, name, term);
    result = check_host(check, name, false);
    check->facts.domain = domain;
    switch (result) {
    case SPF_PASS:
        return SPF_MATCH_YES;
    case SPF_TEMPERROR:
        return SPF_MATCH_TEMPERROR;
    case SPF_PERMERROR:
        return SPF_MATCH_PERMERROR;
    case SPF_NO_RESULT:
        return spf_tell_fault(check, SPF_FAULT_NO_RECORD, found, term);
    default:
        return SPF_MATCH_NO;
    }
}

/* The limits of 4.6.4 around a term. */
static enum spf_match meter_term(struct spf_check *check,
                                 const struct spf_found *found,
                                 const struct spf_term *term)
{
    struct spf_verdict *verdict = check->verdict;
    bool hollow = false;
    enum spf_match match;

    if (spf_kind_asks(term->kind) && ++verdict->lookups > SPF_LOOKUPS_MAX)
        return spf_tell_fault(check, SPF_FAULT_LOOKUPS, found, term);
    match = term->kind == SPF_INCLUDE ? match_include(check, found, term)
                                      : spf_match(check, found, term, &hollow);
    if (hollow && ++verdict->voids > SPF_VOIDS_MAX && match == SPF_MATCH_NO)
        return spf_tell_fault(check, SPF_FAULT_VOIDS, found, term);
    return match;
}

/* 6.2: whatever goes wrong, there is no explanation then. */
static void explain(struct spf_check *check, const struct spf_found *found)
{
    struct spf_verdict *verdict = check->verdict;
    const struct dns_record *record;
    char name[SPF_EXPANDED_MAX];
    struct dns_query query;
    struct spf_term term;

    if (!spf_record_find(found->text, found->length, SPF_EXP, &term))
        return;
    spf_target(check, name, &term);
    resolver_ask_one(check->resolver, &query, name, DNS_TXT);
    record = query.answer.records;
    if (query.answer.count == 1 &&
        spf_macro_span(record->text, record->length, true) == record->length)
        spf_expand(check, verdict->explanation, sizeof(verdict->explanation),
                   record->text, record->length, true);
    dns_answer_release(&query.answer);
}

static enum spf_result qualified(char qualifier)
{
    switch (qualifier) {
    case '-':
        return SPF_FAIL;
    case '~':
        return SPF_SOFTFAIL;
    case '?':
        return SPF_NEUTRAL;
    default:
        return SPF_PASS;
    }
}

/* The word that decided: of an include the one inside it. */
static void decide(struct spf_check *check, const char *text, size_t length)
{
    struct spf_verdict *verdict = check->verdict;

    snprintf(verdict->domain, sizeof(verdict->domain), "%s",
             check->facts.domain);
    spf_copy(verdict->term, sizeof(verdict->term), text, length);
}

/* 6.1: the other record speaks for this one, its explanation included. */
static enum spf_result redirect(struct spf_check *check,
                                const struct spf_found *found,
                                const struct spf_term *term, bool explains)
{
    const char *domain = check->facts.domain;
    char name[SPF_EXPANDED_MAX];
    enum spf_result result;

    if (++check->verdict->lookups > SPF_LOOKUPS_MAX) {
        spf_tell_fault(check, SPF_FAULT_LOOKUPS, found, term);
        return SPF_PERMERROR;
    }
    spf_target(check, name, term);
    result = check_host(check, name, explains);
    check->facts.domain = domain;
    if (result != SPF_NO_RESULT)
        return result;
    spf_tell_fault(check, SPF_FAULT_NO_RECORD, found, term);
    return SPF_PERMERROR;
}

static enum spf_result matched(struct spf_check *check,
                               const struct spf_found *found,
                               const struct spf_term *term, bool explains)
{
    enum spf_result result = qualified(term->qualifier);

    if (term->kind != SPF_INCLUDE || term->qualifier != '+')
        decide(check, term->text, term->length);
    if (result == SPF_FAIL && explains)
        explain(check, found);
    return result;
}

/* The terms from left to right (4.6.2). */
static enum spf_result evaluate(struct spf_check *check,
                                const struct spf_found *found, bool explains)
{
    enum spf_flaw flaw;
    struct spf_term term;
    size_t at = 0;

    while (spf_record_next(found->text, found->length, &at, &term, &flaw) > 0) {
        enum spf_match match = SPF_MATCH_NO;

        if (term.qualifier)
            match = meter_term(check, found, &term);
        if (match == SPF_MATCH_YES)
            return matched(check, found, &term, explains);
        if (match != SPF_MATCH_NO)
            return match == SPF_MATCH_TEMPERROR ? SPF_TEMPERROR : SPF_PERMERROR;
    }
    if (spf_record_find(found->text, found->length, SPF_REDIRECT, &term))
        return redirect(check, found, &term, explains);
    decide(check, "", 0);
    return SPF_NEUTRAL;
}

static enum spf_result check_record(struct spf_check *check,
                                    const struct spf_found *found,
                                    bool explains)
{
    struct spf_term term;
    enum spf_flaw flaw = spf_record_check(found->text, found->length, &term);

    if (flaw == SPF_FAULT_NONE)
        return evaluate(check, found, explains);
    spf_tell_fault(check, flaw, found, &term);
    return SPF_PERMERROR;
}

static enum spf_result check_host(struct spf_check *check, const char *domain,
                                  bool explains)
{
    enum spf_result result = SPF_NO_RESULT;
    struct spf_found found;

    if (!spf_domain_is_possible(domain))
        return SPF_NO_RESULT;
    check->facts.domain = domain;
    switch (spf_fetch(&found, check->resolver, domain)) {
    case SPF_FETCHED_ONE:
        result = check_record(check, &found, explains);
        break;
    case SPF_FETCHED_SEVERAL:
        spf_tell_fault(check, SPF_FAULT_RECORDS, &found, NULL);
        result = SPF_PERMERROR;
        break;
    case SPF_FETCHED_SILENCE:
        spf_tell_silence(check, &found.query);
        result = SPF_TEMPERROR;
        break;
    case SPF_FETCHED_NONE:
        break;
    }
    spf_found_release(&found);
    return result;
}

/* 2.4, 4.3: postmaster stands where there is no local part. */
static void set_sender(struct spf_check *check, const struct spf_client *client)
{
    const char *sender = client->sender[0] ? client->sender : client->helo;
    const char *at = strrchr(sender, '@');
    size_t local = at ? (size_t)(at - sender) : 0;
    const char *domain = at ? at + 1 : sender;

    if (local > 0)
        spf_copy(check->local, sizeof(check->local), sender, local);
    else
        snprintf(check->local, sizeof(check->local), "postmaster");
    spf_copy(check->sender, sizeof(check->sender), check->local,
             strlen(check->local));
    local = strlen(check->local);
    snprintf(check->sender + local, sizeof(check->sender) - local, "@%s",
             domain);
    check->facts.sender = check->sender;
    check->facts.local = check->local;
    check->facts.origin = domain;
}

void spf_check(struct spf_verdict *verdict, const struct resolver *resolver,
               const struct spf_client *client)
{
    struct spf_check check = {.resolver = resolver, .verdict = verdict};

    *verdict = (struct spf_verdict){.result = SPF_NO_RESULT};
    check.facts.ip = client->ip;
    check.facts.helo = client->helo;
    set_sender(&check, client);
    snprintf(verdict->domain, sizeof(verdict->domain), "%s",
             check.facts.origin);
    verdict->result = check_host(&check, check.facts.origin, true);
}
