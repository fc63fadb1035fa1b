/* SPDX-License-Identifier: MIT */
#include "net/sender.h"

#include <stdio.h>
#include <string.h>

#include "net/dmarc.h"
#include "net/spf_survey.h"
#include "net/vendor.h"

#define SPF "sender.spf"
#define DMARC "sender.dmarc"

void sender_tell_alignment(struct survey *survey, const char *domain)
{
    bool is_free = vendor_is_freemail(domain);

    survey_tell(survey, "sender.alignment", domain,
                is_free ? FINDING_BAD : FINDING_GOOD,
                is_free ? "free" : "possible", NULL, NULL);
}

/* --- SPF --- */

/* Whether an evaluation or a survey went wrong, and what is told then. */
static const char *code_of(enum spf_flaw flaw)
{
    switch (flaw) {
    case SPF_FAULT_NONE:
        return NULL;
    case SPF_FAULT_LOOKUPS:
        return "lookups";
    case SPF_FAULT_VOIDS:
        return "voids";
    case SPF_FAULT_RECORDS:
        return "multiple";
    case SPF_FAULT_NO_RECORD:
        return "include";
    case SPF_FAULT_MX_HOSTS:
    case SPF_FAULT_MEMORY:
        return "permerror";
    default:
        return "syntax";
    }
}

/* The term below the domain's own that costs the most lookups. */
static const char *who_eats(const struct spf_survey *spf)
{
    const struct spf_share *most = NULL;

    for (size_t i = 1; i < spf->share_count; i++)
        if (spf->shares[i].parent == 0 &&
            (!most || spf->shares[i].total > most->total))
            most = &spf->shares[i];
    return most ? most->domain : NULL;
}

static struct event *spf_members(const struct spf_survey *spf,
                                 const struct spf_verdict *verdict)
{
    struct event *more = event_new("finding");

    event_put_number(more, "lookups", spf->lookups);
    event_put_number(more, "voids", spf->voids);
    event_put_number(more, "records", (double)spf->records);
    event_put_text(more, "include", who_eats(spf));
    event_put_text(more, "term",
                   verdict->term[0]     ? verdict->term
                   : spf->fault.term[0] ? spf->fault.term
                                        : NULL);
    if (verdict->result != SPF_NO_RESULT)
        event_put_text(more, "result", spf_result_word(verdict->result));
    return more;
}

static void tell_spf(struct survey *survey, const char *domain,
                     const struct spf_survey *spf,
                     const struct spf_verdict *verdict, enum finding state,
                     const char *code)
{
    struct proof proof = {.length = 0};

    if (spf->record[0])
        proof_add_text(&proof, domain, DNS_TXT, spf->record);
    survey_tell(survey, SPF, domain, state, code, &proof,
                spf_members(spf, verdict));
}

/* What a receiver comes to for that address. */
static void tell_result(struct survey *survey, const char *domain,
                        const struct spf_survey *spf,
                        const struct spf_verdict *verdict)
{
    enum spf_result result = verdict->result;
    const char *flaw = code_of(verdict->fault.flaw);

    if (result == SPF_TEMPERROR)
        tell_spf(survey, domain, spf, verdict, FINDING_UNKNOWN,
                 dns_state_word(verdict->silence.state));
    else if (result == SPF_PERMERROR)
        tell_spf(survey, domain, spf, verdict, FINDING_BAD,
                 flaw ? flaw : "permerror");
    else
        tell_spf(survey, domain, spf, verdict,
                 result == SPF_PASS ? FINDING_GOOD : FINDING_BAD,
                 spf_result_word(result));
}

/* What is wrong with the record, whoever sends; NULL where nothing is. */
static const char *flaw_of(const struct spf_survey *spf)
{
    if (spf->fetched == SPF_FETCHED_NONE)
        return "none";
    if (spf->fetched == SPF_FETCHED_SEVERAL)
        return "multiple";
    if (code_of(spf->fault.flaw))
        return code_of(spf->fault.flaw);
    return spf->all == '+' ? "plus_all" : NULL;
}

void sender_tell_spf(struct survey *survey, const char *domain,
                     const char *address, const char *ip)
{
    struct spf_client client = {.sender = address, .helo = ""};
    struct spf_verdict verdict = {.result = SPF_NO_RESULT};
    struct spf_survey spf;
    const char *flaw;

    spf_survey(&spf, &survey->resolver, domain);
    flaw = flaw_of(&spf);
    if (flaw) {
        tell_spf(survey, domain, &spf, &verdict, FINDING_BAD, flaw);
    } else if (spf.silence.state != DNS_UNASKED) {
        tell_spf(survey, domain, &spf, &verdict, FINDING_UNKNOWN,
                 dns_state_word(spf.silence.state));
    } else if (spf_ip_parse(&client.ip, ip)) {
        spf_check(&verdict, &survey->resolver, &client);
        tell_result(survey, domain, &spf, &verdict);
    } else {
        tell_spf(survey, domain, &spf, &verdict,
                 spf.all ? FINDING_GOOD : FINDING_INFO,
                 spf.all ? "sound" : "no_all");
    }
}

/* --- DMARC --- */

static void tell_dmarc(struct survey *survey, const char *domain,
                       const struct dmarc_step *step, enum finding state,
                       const char *code)
{
    struct event *more = event_new("finding");
    struct proof proof = {.length = 0};
    char name[DNS_NAME_MAX + 8];

    snprintf(name, sizeof(name), "_dmarc.%s", step->domain);
    if (step->text[0])
        proof_add_text(&proof, name, DNS_TXT, step->text);
    event_put_text(more, "policy_domain", step->text[0] ? step->domain : NULL);
    survey_tell(survey, DMARC, domain, state, code, &proof, more);
}

/* The name of a walk that gave no answer. */
static const struct dmarc_step *silent_step(const struct dmarc_walk *walk)
{
    size_t i = 0;

    while (i + 1 < walk->count && dns_is_told(walk->steps[i].state))
        i++;
    return &walk->steps[i];
}

static const struct dmarc_step *crowded_step(const struct dmarc_walk *walk)
{
    for (size_t i = 0; i < walk->count; i++)
        if (walk->steps[i].count > 1)
            return &walk->steps[i];
    return NULL;
}

static const char *policy_code(enum dmarc_policy policy)
{
    return policy == DMARC_NONE ? "monitoring" : dmarc_policy_word(policy);
}

void sender_tell_dmarc(struct survey *survey, const char *domain)
{
    struct dmarc_ruling ruling;
    const struct dmarc_step *step;

    dmarc_discover(&ruling, &survey->resolver, domain);
    step = &ruling.walk.steps[ruling.step];
    if (ruling.found == DMARC_SILENCE) {
        step = silent_step(&ruling.walk);
        tell_dmarc(survey, domain, step, FINDING_UNKNOWN,
                   dns_state_word(step->state));
    } else if (ruling.found == DMARC_FOUND && ruling.policy >= DMARC_NONE) {
        tell_dmarc(survey, domain, step, FINDING_GOOD,
                   policy_code(ruling.policy));
    } else if (ruling.found == DMARC_FOUND) {
        tell_dmarc(survey, domain, step, FINDING_BAD, "no_policy");
    } else {
        step = crowded_step(&ruling.walk);
        tell_dmarc(survey, domain, step ? step : &ruling.walk.steps[0],
                   FINDING_BAD, step ? "multiple" : "none");
    }
}
