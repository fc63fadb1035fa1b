/* SPDX-License-Identifier: MIT */
/* The one thing that is most wrong with a received copy. */
#include "net/copy_finding.h"

#include <string.h>
#include <strings.h>

#include "net/vendor.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_result(const struct copy *copy, enum copy_method method,
                      const char *word)
{
    return strcmp(copy->checks[method].result, word) == 0;
}

static bool is_told(const struct copy *copy, enum copy_method method)
{
    return copy->checks[method].result[0] != '\0';
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

static bool passes(const struct copy *copy, enum copy_method method)
{
    return is_result(copy, method, "pass") &&
           copy->checks[method].aligned != ALIGNMENT_NONE;
}

bool copy_is_authentic(const struct copy *copy)
{
    if (is_result(copy, COPY_DMARC, "pass") ||
        is_result(copy, COPY_DMARC, "bestguesspass"))
        return true;
    return !is_result(copy, COPY_DMARC, "fail") &&
           (passes(copy, COPY_SPF) || passes(copy, COPY_DKIM));
}

static bool find_rule(const struct copy *copy, enum copy_finding *finding)
{
    static const char *const rules[] = {"BLK", "SKB", "SKS", NULL};
    const struct filter *filter = filter_find(&copy->filters, "microsoft");

    *finding = COPY_FINDING_RECIPIENT_RULE;
    return filter && is_one_of(filter->sfv, rules);
}

static bool find_nothing(const struct copy *copy, enum copy_finding *finding)
{
    bool partial =
        !is_told(copy, COPY_DMARC) && !is_told(copy, COPY_DKIM) &&
        (!is_told(copy, COPY_SPF) || is_result(copy, COPY_SPF, "pass"));

    *finding = COPY_FINDING_UNREAD;
    return partial && !passes(copy, COPY_SPF) && !filter_spam(&copy->filters);
}

static bool find_temporary(const struct copy *copy, enum copy_finding *finding)
{
    *finding = COPY_FINDING_TEMPORARY;
    return !copy_is_authentic(copy) &&
           (is_result(copy, COPY_SPF, "temperror") ||
            is_result(copy, COPY_DKIM, "temperror") ||
            is_result(copy, COPY_DMARC, "temperror"));
}

static bool find_gateway(const struct copy *copy, enum copy_finding *finding)
{
    *finding = COPY_FINDING_GATEWAY;
    return copy->gateway_broke;
}

static bool find_free(const struct copy *copy, enum copy_finding *finding)
{
    *finding = COPY_FINDING_FREE_SENDER;
    return !copy_is_authentic(copy) && vendor_is_freemail(copy->from);
}

static bool mentions(const char *note, const char *word)
{
    size_t length = strlen(word);

    for (; *note; note++)
        if (strncasecmp(note, word, length) == 0)
            return true;
    return false;
}

/* Why an own signature did not verify. */
static enum copy_finding broken_signature(const char *result, const char *note)
{
    static const char *const keys[] = {
        "no key",     "key not found", "no valid key", "key unavailable",
        "public key", "invalid key",   "key revoked",  "key retrieval",
        "key syntax", "key query",     "dns record"};

    if (mentions(note, "body hash") || mentions(note, "bodyhash") ||
        mentions(note, "body has been altered") ||
        mentions(note, "message has been altered"))
        return COPY_FINDING_CHANGED;
    for (size_t i = 0; i < COUNT(keys); i++)
        if (mentions(note, keys[i]))
            return COPY_FINDING_KEY;
    return strcmp(result, "permerror") == 0 ? COPY_FINDING_KEY
                                            : COPY_FINDING_SIGNATURE;
}

/* A signature for the sender's domain that was checked and is no pass. */
static bool find_broken(const struct copy *copy, enum copy_finding *finding)
{
    static const char *const words[] = {"fail", "permerror", "neutral",
                                        "policy", NULL};

    if (copy_is_authentic(copy))
        return false;
    for (size_t i = 0; i < copy->signature_count; i++) {
        const struct copy_signature *signature = &copy->signatures[i];

        if (signature->aligned == ALIGNMENT_NONE ||
            !is_one_of(signature->result, words))
            continue;
        *finding = broken_signature(signature->result, signature->note);
        return true;
    }
    return false;
}

/* Without a domain the result still says why. */
static bool find_failed(const struct copy *copy, enum copy_finding *finding)
{
    const struct copy_check *dkim = &copy->checks[COPY_DKIM];
    static const char *const words[] = {"fail", "permerror", NULL};

    if (copy_is_authentic(copy) || dkim->domain[0] ||
        !is_one_of(dkim->result, words))
        return false;
    *finding = broken_signature(dkim->result, dkim->note);
    return true;
}

static bool find_unsigned(const struct copy *copy, enum copy_finding *finding)
{
    bool other = is_result(copy, COPY_DKIM, "pass");

    *finding = other ? COPY_FINDING_OTHER_SIGNER : COPY_FINDING_UNSIGNED;
    return !copy_is_authentic(copy) &&
           (is_told(copy, COPY_DKIM) || is_result(copy, COPY_DMARC, "fail")) &&
           !passes(copy, COPY_DKIM);
}

static bool find_spf(const struct copy *copy, enum copy_finding *finding)
{
    static const char *const words[] = {"fail", "softfail", "neutral", "none",
                                        NULL};
    const struct copy_check *spf = &copy->checks[COPY_SPF];

    if (spf->aligned == ALIGNMENT_NONE)
        return false;
    *finding = strcmp(spf->result, "permerror") == 0 ? COPY_FINDING_SPF_BROKEN
                                                     : COPY_FINDING_SPF_MISSING;
    return *finding == COPY_FINDING_SPF_BROKEN || is_one_of(spf->result, words);
}

/* Authentic by its return path alone: a forwarder's path is another one. */
static bool find_half(const struct copy *copy, enum copy_finding *finding)
{
    *finding = COPY_FINDING_UNSIGNED;
    return is_result(copy, COPY_DKIM, "none") && passes(copy, COPY_SPF);
}

static bool find_filter(const struct copy *copy, enum copy_finding *finding)
{
    static const char *const harmful[] = {"PHSH",  "HPHSH", "HPHISH", "MALW",
                                          "SPOOF", "UIMP",  "DIMP",   "GIMP",
                                          "AMP",   "FTBP",  "SAP",    NULL};
    const struct filter *filter = filter_spam(&copy->filters);

    if (!filter)
        return false;
    *finding = COPY_FINDING_CONTENT;
    if (is_one_of(filter->cat, harmful))
        *finding = COPY_FINDING_HARMFUL;
    else if (strcmp(filter->cat, "BULK") == 0 ||
             strcmp(filter->name, "yahoo") == 0)
        *finding = COPY_FINDING_BULK;
    else if (filter_is_listed(filter))
        *finding = COPY_FINDING_LISTED;
    return true;
}

static bool find_policy(const struct copy *copy, enum copy_finding *finding)
{
    *finding = COPY_FINDING_DMARC_MISSING;
    return is_result(copy, COPY_DMARC, "none") ||
           is_result(copy, COPY_DMARC, "bestguesspass");
}

static bool find_service(const struct copy *copy, enum copy_finding *finding)
{
    static const char *const words[] = {"fail", "softfail", "permerror", NULL};

    *finding = COPY_FINDING_SPF_SERVICE;
    return is_one_of(copy->checks[COPY_SPF].result, words);
}

/* What rules comes first: the mailbox's own lists, then who the mail is from,
 * then what it says. */
static bool (*const finders[])(const struct copy *, enum copy_finding *) = {
    find_rule,   find_nothing, find_temporary, find_gateway, find_free,
    find_broken, find_failed,  find_unsigned,  find_spf,     find_half,
    find_filter, find_policy,  find_service,
};

enum copy_finding copy_find(const struct copy *copy)
{
    enum copy_finding finding;

    for (size_t i = 0; i < COUNT(finders); i++)
        if (finders[i](copy, &finding))
            return finding;
    return COPY_FINDING_CLEAN;
}

const char *copy_finding_name(enum copy_finding finding)
{
#define NAME(id, name) name,
    static const char *const names[] = {COPY_FINDINGS(NAME)};
#undef NAME

    return names[finding];
}
