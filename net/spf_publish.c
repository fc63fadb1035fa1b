/* SPDX-License-Identifier: MIT */
#include "net/spf_publish.h"

#include <stdio.h>
#include <stdlib.h>

#include "net/spf_amend.h"

#define RECORDS_MAX 8 /* of SPF at one name, that are merged */

bool spf_lacks(const struct spf_survey *survey, const char *include)
{
    return include[0] && !spf_survey_includes(survey, include);
}

static int compare(const void *a, const void *b)
{
    const struct spf_share *one = *(const struct spf_share *const *)a;
    const struct spf_share *other = *(const struct spf_share *const *)b;

    return (int)other->total - (int)one->total;
}

void spf_write_shares(char *out, size_t size, const struct spf_survey *survey)
{
    const struct spf_share *shares[SPF_SHARES_MAX];
    size_t count = 0, length = 0;

    out[0] = '\0';
    for (size_t i = 1; i < survey->share_count; i++)
        if (survey->shares[i].parent == 0)
            shares[count++] = &survey->shares[i];
    qsort(shares, count, sizeof(*shares), compare);
    for (size_t i = 0; i < count && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%s %u",
                                   i ? ", " : "", shares[i]->domain,
                                   shares[i]->total + 1);
}

/* Those at the domain itself; too many are none. */
static size_t take_records(const char *records[RECORDS_MAX],
                           const struct spf_found *found)
{
    const struct dns_answer *answer = &found->query.answer;
    size_t count = 0;

    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *record = &answer->records[i];

        if (!spf_record_is(record->text, record->length))
            continue;
        if (count == RECORDS_MAX)
            return 0;
        records[count++] = record->text;
    }
    return answer->cut ? 0 : count;
}

/* One lookup for itself, and what it asks for in turn. */
static bool fits(const struct spf_survey *survey,
                 const struct resolver *resolver, const char *include)
{
    struct spf_survey *more = malloc(sizeof(*more));
    bool fit = false;

    if (more) {
        spf_survey(more, resolver, include);
        fit = more->fetched == SPF_FETCHED_ONE &&
              survey->lookups + 1 + more->lookups <= SPF_LOOKUPS_MAX;
    }
    free(more);
    return fit;
}

void spf_publish(char out[SPF_RECORD_TEXT], const struct resolver *resolver,
                 const char *domain, const struct spf_survey *survey,
                 const char *include)
{
    const char *add = spf_lacks(survey, include) ? include : NULL;
    const char *records[RECORDS_MAX];
    struct spf_found found;
    enum spf_fetched fetched = spf_fetch(&found, resolver, domain);
    size_t count = take_records(records, &found);
    bool changes = add || count > 1 || survey->all == '+';

    out[0] = '\0';
    if (fetched != SPF_FETCHED_SILENCE && changes && count == found.count &&
        (!add || fits(survey, resolver, add)))
        spf_amend(out, SPF_RECORD_TEXT, records, count, add);
    spf_found_release(&found);
}
