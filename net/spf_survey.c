/* SPDX-License-Identifier: MIT */
#include "net/spf_survey.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/spf_macro.h"

#define EXPANDED_MAX 1024
#define BATCH_MAX 32 /* names of one record that are asked side by side */

/* Names that one record asks about, to be counted as void. */
struct batch {
    struct dns_query queries[BATCH_MAX];
    size_t count;
};

/* One survey, and the record at hand. `speaks`: what it ends in is what the
 * first domain ends in. */
struct visit {
    struct spf_survey *survey;
    const struct resolver *resolver;
    const struct spf_found *found;
    size_t share;
    bool speaks;
};

static enum spf_fetched survey_domain(const struct visit *from,
                                      const char *domain, bool speaks);

static const char *domain_of(const struct visit *visit)
{
    return visit->survey->shares[visit->share].domain;
}

static void note_fault(const struct visit *visit, enum spf_flaw flaw,
                       const struct spf_term *term)
{
    struct spf_fault *fault = &visit->survey->fault;

    if (fault->flaw != SPF_FAULT_NONE)
        return;
    fault->flaw = flaw;
    snprintf(fault->domain, sizeof(fault->domain), "%s", domain_of(visit));
    if (!term)
        return;
    fault->at = (size_t)(term->text - visit->found->text);
    snprintf(fault->term, sizeof(fault->term), "%.*s", (int)term->length,
             term->text);
}

static void note_silence(struct spf_survey *survey,
                         const struct dns_query *query)
{
    if (survey->silence.state != DNS_UNASKED || survey->silence.name[0])
        return;
    survey->silence.state = query->answer.state;
    survey->silence.type = query->type;
    snprintf(survey->silence.name, sizeof(survey->silence.name), "%s",
             query->name);
}

/* The name a term is about, where it does not depend on who sends. */
static bool target(char out[EXPANDED_MAX], const struct spf_term *term,
                   const char *domain)
{
    struct spf_facts facts = {.sender = "",
                              .local = "",
                              .origin = domain,
                              .domain = domain,
                              .helo = ""};

    if (!term->spec) {
        snprintf(out, EXPANDED_MAX, "%s", domain);
        return true;
    }
    if (spf_macro_uses(term->spec, term->spec_length, "sliphvcrt"))
        return false;
    spf_macro_expand(out, EXPANDED_MAX, term->spec, term->spec_length, &facts,
                     false);
    spf_macro_shorten(out);
    return true;
}

/* A host is void only where it has addresses of neither family. */
static void add_question(struct batch *batch, const struct spf_term *term,
                         const char *name)
{
    if (batch->count + 2 > BATCH_MAX)
        return;
    dns_query_init(&batch->queries[batch->count++], name,
                   term->kind == SPF_MX ? DNS_MX : DNS_A);
    dns_query_init(&batch->queries[batch->count++], name,
                   term->kind == SPF_A ? DNS_AAAA : DNS_A);
    if (term->kind != SPF_A)
        batch->count--;
}

static bool is_void(const struct dns_query *query)
{
    return query->answer.state == DNS_NODATA ||
           query->answer.state == DNS_NXDOMAIN;
}

static void count_voids(const struct visit *visit, struct batch *batch)
{
    const struct dns_query *queries = batch->queries;

    resolver_ask(visit->resolver, batch->queries, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        bool pair = i + 1 < batch->count && queries[i + 1].type == DNS_AAAA;

        if (is_void(&queries[i]) && (!pair || is_void(&queries[i + 1])))
            visit->survey->voids++;
        i += pair;
    }
    dns_queries_release(batch->queries, batch->count);
}

static bool is_above(const struct visit *visit, const char *domain)
{
    const struct spf_share *shares = visit->survey->shares;
    size_t i = visit->share;

    while (strcasecmp(shares[i].domain, domain) != 0) {
        if (shares[i].parent == i)
            return false;
        i = shares[i].parent;
    }
    return true;
}

/* The record of another domain: include or redirect. */
static void follow(const struct visit *visit, const struct spf_term *term,
                   const char *name)
{
    struct spf_survey *survey = visit->survey;
    size_t child = survey->share_count;

    if (is_above(visit, name)) {
        note_fault(visit, SPF_FAULT_LOOKUPS, term);
        return;
    }
    if (child == SPF_SHARES_MAX) {
        survey->cut = true;
        return;
    }
    if (survey_domain(visit, name,
                      visit->speaks && term->kind == SPF_REDIRECT) ==
        SPF_FETCHED_NONE)
        note_fault(visit, SPF_FAULT_NO_RECORD, term);
    survey->shares[visit->share].total += survey->shares[child].total;
}

static void survey_term(const struct visit *visit, const struct spf_term *term,
                        struct batch *batch)
{
    struct spf_survey *survey = visit->survey;
    struct spf_share *share = &survey->shares[visit->share];
    char name[EXPANDED_MAX];

    if (survey->lookups == SPF_SURVEY_MAX) {
        survey->cut = true;
        return;
    }
    survey->lookups++;
    share->own++;
    share->total++;
    if (term->kind == SPF_PTR)
        survey->ptr = true;
    else if (!target(name, term, share->domain))
        survey->varies = true;
    else if (term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT)
        follow(visit, term, name);
    else
        add_question(batch, term, name);
}

/* A redirect beside an `all` is never used (6.1). */
static void survey_terms(const struct visit *visit)
{
    const char *text = visit->found->text;
    size_t length = visit->found->length, at = 0;
    struct batch batch = {.count = 0};
    struct spf_term term, all;
    enum spf_flaw flaw;
    bool has_all = spf_record_find(text, length, SPF_ALL, &all);

    if (has_all && visit->speaks)
        visit->survey->all = all.qualifier;
    while (spf_record_next(text, length, &at, &term, &flaw) > 0)
        if (spf_kind_asks(term.kind) && !(term.kind == SPF_REDIRECT && has_all))
            survey_term(visit, &term, &batch);
    count_voids(visit, &batch);
}

static void survey_record(const struct visit *visit)
{
    const struct spf_found *found = visit->found;
    struct spf_term term;
    enum spf_flaw flaw = spf_record_check(found->text, found->length, &term);

    if (flaw != SPF_FAULT_NONE)
        note_fault(visit, flaw, &term);
    else
        survey_terms(visit);
}

/* The first domain's own record is kept as published. */
static void keep_first(struct spf_survey *survey, enum spf_fetched fetched,
                       const struct spf_found *found)
{
    survey->fetched = fetched;
    survey->records = found->count;
    survey->length = found->length;
    if (found->text)
        snprintf(survey->record, sizeof(survey->record), "%.*s",
                 (int)found->length, found->text);
}

static enum spf_fetched survey_domain(const struct visit *from,
                                      const char *domain, bool speaks)
{
    struct visit visit = *from;
    struct spf_survey *survey = visit.survey;
    enum spf_fetched fetched;
    struct spf_found found;

    visit.share = survey->share_count++;
    visit.found = &found;
    visit.speaks = speaks;
    survey->shares[visit.share].parent = visit.share ? from->share : 0;
    snprintf(survey->shares[visit.share].domain, DNS_NAME_MAX, "%s", domain);
    fetched = spf_fetch(&found, visit.resolver, domain);
    if (visit.share == 0)
        keep_first(survey, fetched, &found);
    if (fetched == SPF_FETCHED_SILENCE)
        note_silence(survey, &found.query);
    else if (fetched == SPF_FETCHED_SEVERAL)
        note_fault(&visit, SPF_FAULT_RECORDS, NULL);
    if (found.text)
        survey_record(&visit);
    spf_found_release(&found);
    return fetched;
}

void spf_survey(struct spf_survey *survey, const struct resolver *resolver,
                const char *domain)
{
    struct visit visit = {.survey = survey, .resolver = resolver};

    *survey = (struct spf_survey){.share_count = 0};
    survey_domain(&visit, domain, true);
    if (survey->lookups > SPF_LOOKUPS_MAX)
        note_fault(&visit, SPF_FAULT_LOOKUPS, NULL);
    else if (survey->voids > SPF_VOIDS_MAX)
        note_fault(&visit, SPF_FAULT_VOIDS, NULL);
}

bool spf_survey_includes(const struct spf_survey *survey, const char *domain)
{
    for (size_t i = 1; i < survey->share_count; i++)
        if (strcasecmp(survey->shares[i].domain, domain) == 0)
            return true;
    return false;
}
