/* SPDX-License-Identifier: MIT */
#include "net/spf_fetch.h"

#include <string.h>

#include "net/spf_record.h"

static void select_record(struct spf_found *found)
{
    const struct dns_answer *answer = &found->query.answer;

    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *record = &answer->records[i];

        if (!spf_record_is(record->text, record->length))
            continue;
        if (found->count++ > 0)
            continue;
        found->text = record->text;
        found->length = record->length;
    }
}

enum spf_fetched spf_fetch(struct spf_found *found,
                           const struct resolver *resolver, const char *domain)
{
    *found = (struct spf_found){.count = 0};
    switch (resolver_ask_one(resolver, &found->query, domain, DNS_TXT)) {
    case DNS_OK:
        select_record(found);
        break;
    case DNS_NODATA:
    case DNS_NXDOMAIN:
    case DNS_BADNAME:
        break;
    default:
        return SPF_FETCHED_SILENCE;
    }
    if (found->count > 1)
        return SPF_FETCHED_SEVERAL;
    return found->count == 1 ? SPF_FETCHED_ONE : SPF_FETCHED_NONE;
}

void spf_found_release(struct spf_found *found)
{
    dns_answer_release(&found->query.answer);
    found->text = NULL;
}

bool spf_domain_is_possible(const char *domain)
{
    struct dns_query query;
    const char *dot = strchr(domain, '.');

    dns_query_init(&query, domain, DNS_TXT);
    return query.answer.state != DNS_BADNAME && dot && dot[1] != '\0' &&
           domain[0] != '[';
}
