/* SPDX-License-Identifier: MIT */
#include "net/sender.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/dmarc.h"
#include "net/spf_publish.h"
#include "net/vendor.h"

#define SPF "sender.spf"
#define DMARC "sender.dmarc"
#define SHARES_MAX 1024

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

/* All that is told of it. */
struct spf_told {
    const char *domain, *include;
    struct spf_survey spf;
    struct spf_verdict verdict; /* NO_RESULT where no address is known */
    char publish[SPF_RECORD_TEXT];
};

static struct event *spf_members(const struct spf_told *told)
{
    const struct spf_survey *spf = &told->spf;
    const struct spf_verdict *verdict = &told->verdict;
    struct event *more = event_new("finding");
    char shares[SHARES_MAX];

    spf_write_shares(shares, sizeof(shares), spf);
    event_put_number(more, "lookups", spf->lookups);
    event_put_number(more, "voids", spf->voids);
    event_put_number(more, "records", (double)spf->records);
    event_put_text(more, "include", who_eats(spf));
    event_put_text(more, "shares", shares);
    event_put_text(more, "term",
                   verdict->term[0]     ? verdict->term
                   : spf->fault.term[0] ? spf->fault.term
                                        : NULL);
    event_put_text(more, "at", spf->fault.domain[0] ? spf->fault.domain : NULL);
    if (verdict->result != SPF_NO_RESULT)
        event_put_text(more, "result", spf_result_word(verdict->result));
    if (told->publish[0])
        event_put_text(more, "publish", told->publish);
    return more;
}

static void tell_spf(struct survey *survey, const struct spf_told *told,
                     enum finding state, const char *code)
{
    struct proof proof = {.length = 0};

    if (told->spf.record[0])
        proof_add_text(&proof, told->domain, DNS_TXT, told->spf.record);
    survey_tell(survey, SPF, told->domain, state, code, &proof,
                spf_members(told));
}

/* What a receiver comes to for that address. */
static void tell_result(struct survey *survey, const struct spf_told *told)
{
    const struct spf_verdict *verdict = &told->verdict;
    const char *flaw = code_of(verdict->fault.flaw);

    if (verdict->result == SPF_TEMPERROR)
        tell_spf(survey, told, FINDING_UNKNOWN,
                 dns_state_word(verdict->silence.state));
    else if (verdict->result == SPF_PERMERROR)
        tell_spf(survey, told, FINDING_BAD, flaw ? flaw : "permerror");
    else
        tell_spf(survey, told,
                 verdict->result == SPF_PASS ? FINDING_GOOD : FINDING_BAD,
                 spf_result_word(verdict->result));
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

/* Nobody is known who sends. */
static void tell_record(struct survey *survey, const struct spf_told *told)
{
    if (spf_lacks(&told->spf, told->include))
        tell_spf(survey, told, FINDING_BAD, "missing");
    else
        tell_spf(survey, told, told->spf.all ? FINDING_GOOD : FINDING_INFO,
                 told->spf.all ? "sound" : "no_all");
}

static void judge_spf(struct survey *survey, struct spf_told *told,
                      struct spf_client *client, const char *ip)
{
    const char *flaw = flaw_of(&told->spf);

    if (flaw) {
        tell_spf(survey, told, FINDING_BAD, flaw);
    } else if (told->spf.silence.name[0]) {
        tell_spf(survey, told, FINDING_UNKNOWN,
                 dns_state_word(told->spf.silence.state));
    } else if (spf_ip_parse(&client->ip, ip)) {
        spf_check(&told->verdict, &survey->resolver, client);
        tell_result(survey, told);
    } else {
        tell_record(survey, told);
    }
}

void sender_tell_spf(struct survey *survey, const char *domain,
                     const struct request *request)
{
    struct spf_client client = {.sender = request->from, .helo = ""};
    struct spf_told *told = calloc(1, sizeof(*told));

    if (!told)
        return;
    told->domain = domain;
    told->include = request->spf_include;
    spf_survey(&told->spf, &survey->resolver, domain);
    spf_publish(told->publish, &survey->resolver, domain, &told->spf,
                told->include);
    judge_spf(survey, told, &client, request->ip);
    free(told);
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
    } else if (ruling.found == DMARC_FOUND) {
        tell_dmarc(survey, domain, step, FINDING_GOOD,
                   policy_code(ruling.policy));
    } else if (step->count == 1) {
        tell_dmarc(survey, domain, step, FINDING_BAD, "no_policy");
    } else {
        step = crowded_step(&ruling.walk);
        tell_dmarc(survey, domain, step ? step : &ruling.walk.steps[0],
                   FINDING_BAD, step ? "multiple" : "none");
    }
}
