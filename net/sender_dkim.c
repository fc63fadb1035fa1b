/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/dkim_key.h"
#include "net/sender.h"

#define DKIM "sender.dkim"

static const char *const often[] = {
#define SELECTOR(name) name,
#include "assets/selectors.def"
#undef SELECTOR
};

#define OFTEN (sizeof(often) / sizeof(*often))

static void tell(struct survey *survey, const char *domain,
                 const char *selector, const struct dkim_selector *found,
                 enum finding state, const char *code)
{
    struct event *more = event_new("finding");
    struct proof proof = {.length = 0};
    char name[2 * DNS_NAME_MAX];

    snprintf(name, sizeof(name), "%s._domainkey.%s", selector, domain);
    if (found->alias[0])
        proof_add_text(&proof, name, DNS_CNAME, found->alias);
    if (found->text[0])
        proof_add_text(&proof, name, DNS_TXT, found->text);
    event_put_text(more, "selector", selector);
    event_put_text(more, "alias", found->alias[0] ? found->alias : NULL);
    if (found->key.bits)
        event_put_number(more, "bits", found->key.bits);
    survey_tell(survey, DKIM, domain, state, code, &proof, more);
}

/* What is told of a TXT that is there; NULL: nothing, it may be no key at all
 * but a record for every name. */
static const char *code_of(const struct dkim_selector *found, bool wanted)
{
    switch (found->key.flaw) {
    case DKIM_FLAW_NONE:
        return found->key.testing ? "testing" : "key";
    case DKIM_FLAW_SHORT:
        return "weak";
    case DKIM_FLAW_REVOKED:
        return wanted ? "revoked" : NULL;
    default:
        return wanted ? "malformed" : NULL;
    }
}

static bool tell_key(struct survey *survey, const char *domain,
                     const char *selector, const struct dkim_selector *found,
                     bool wanted)
{
    const char *code = found->state == DNS_OK ? code_of(found, wanted) : NULL;

    if (code)
        tell(survey, domain, selector, found,
             strcmp(code, "key") == 0 ? FINDING_GOOD : FINDING_BAD, code);
    return code;
}

static void tell_wanted(struct survey *survey, const char *domain,
                        const char *selector)
{
    struct dkim_selector found;

    dkim_selector_ask(&found, &survey->resolver, selector, domain);
    if (tell_key(survey, domain, selector, &found, true))
        return;
    if (dns_is_told(found.state) || found.state == DNS_BADNAME)
        tell(survey, domain, selector, &found, FINDING_BAD, "missing");
    else
        tell(survey, domain, selector, &found, FINDING_UNKNOWN,
             dns_state_word(found.state));
}

/* None of the often met: where nothing stands below _domainkey there is no
 * key at all (RFC 8020); else one of another name may be. */
static void tell_none(struct survey *survey, const char *domain)
{
    char name[DNS_NAME_MAX + 16];
    struct proof proof = {.length = 0};
    struct dns_query query;
    bool unknown = survey->unknown;

    snprintf(name, sizeof(name), "_domainkey.%s", domain);
    resolver_ask_one(&survey->resolver, &query, name, DNS_TXT);
    proof_add(&proof, &query);
    if (query.answer.state == DNS_NXDOMAIN) {
        survey_tell(survey, DKIM, domain, FINDING_BAD, "none", &proof, NULL);
    } else if (dns_is_told(query.answer.state)) {
        survey_tell(survey, DKIM, domain, FINDING_UNKNOWN, "not_found", &proof,
                    NULL);
        /* Nothing failed: there is no list to look into. */
        survey->unknown = unknown;
    } else {
        survey_tell_unknown(survey, DKIM, &query);
    }
    dns_answer_release(&query.answer);
}

static void tell_often(struct survey *survey, const char *domain)
{
    struct dkim_selector *found = calloc(OFTEN, sizeof(*found));
    bool any = false;

    if (!found)
        return;
    dkim_selectors_ask(found, &survey->resolver, often, OFTEN, domain);
    for (size_t i = 0; i < OFTEN; i++)
        any |= tell_key(survey, domain, often[i], &found[i], false);
    if (!any)
        tell_none(survey, domain);
    free(found);
}

void sender_tell_dkim(struct survey *survey, const char *domain,
                      const char *selector)
{
    if (*selector)
        tell_wanted(survey, domain, selector);
    else
        tell_often(survey, domain);
}
