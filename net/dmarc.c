/* SPDX-License-Identifier: MIT */
#include "net/dmarc.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define JUMP_LABELS 7 /* 4.10: what a long name is cut to */

static size_t count_labels(const char *domain)
{
    size_t count = domain[0] != '\0';

    for (; *domain; domain++)
        count += *domain == '.' && domain[1] != '\0';
    return count;
}

/* The right-hand `labels` labels. */
static const char *suffix(const char *domain, size_t labels)
{
    size_t have = count_labels(domain);

    for (; have > labels; have--)
        domain = strchr(domain, '.') + 1;
    return domain;
}

static void copy_name(char out[DNS_NAME_MAX], const char *name)
{
    size_t length;

    snprintf(out, DNS_NAME_MAX, "%s", name);
    length = strlen(out);
    if (length > 0 && out[length - 1] == '.')
        out[length - 1] = '\0';
}

size_t dmarc_targets(char names[DMARC_STEPS_MAX][DNS_NAME_MAX],
                     const char *domain)
{
    size_t labels, count = 1;

    copy_name(names[0], domain);
    labels = count_labels(names[0]);
    labels = labels > JUMP_LABELS ? JUMP_LABELS : labels ? labels - 1 : 0;
    for (; labels > 0; labels--)
        copy_name(names[count++], suffix(names[0], labels));
    return count;
}

/* A single record of DMARC is kept, several are discarded (4.10). */
static void take_answer(struct dmarc_step *step,
                        const struct dns_answer *answer)
{
    step->state = answer->state;
    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *record = &answer->records[i];

        if (!dmarc_record_is(record->text, record->length))
            continue;
        if (step->count++ > 0)
            continue;
        dmarc_record_read(&step->record, record->text, record->length);
        snprintf(step->text, sizeof(step->text), "%.*s", (int)record->length,
                 record->text);
    }
}

static bool is_kept(const struct dmarc_step *step)
{
    return step->count == 1;
}

static bool is_silent(const struct dmarc_step *step)
{
    return !dns_is_told(step->state) && step->state != DNS_BADNAME;
}

static bool ends_walk(const struct dmarc_step *step)
{
    return is_kept(step) && step->record.psd != 'u';
}

/* 4.10.2, its three rules in their order. */
static void find_organization(struct dmarc_walk *walk)
{
    const char *start = walk->steps[0].domain;
    const char *found = start;
    const struct dmarc_step *last = &walk->steps[walk->count - 1];

    for (size_t i = 0; i < walk->count; i++)
        if (is_kept(&walk->steps[i]))
            found = walk->steps[i].domain;
    if (ends_walk(last) && last->record.psd == 'y' && last != walk->steps)
        found = suffix(start, count_labels(last->domain) + 1);
    copy_name(walk->organization, found);
}

void dmarc_walk(struct dmarc_walk *walk, const struct resolver *resolver,
                const char *domain)
{
    char names[DMARC_STEPS_MAX][DNS_NAME_MAX];
    struct dns_query queries[DMARC_STEPS_MAX];
    size_t count = dmarc_targets(names, domain);
    bool ended = false;

    *walk = (struct dmarc_walk){.count = 0};
    for (size_t i = 0; i < count; i++) {
        char name[DNS_NAME_MAX + 8];

        snprintf(name, sizeof(name), "_dmarc.%s", names[i]);
        dns_query_init(&queries[i], name, DNS_TXT);
    }
    resolver_ask(resolver, queries, count);
    for (size_t i = 0; i < count && !ended; i++) {
        struct dmarc_step *step = &walk->steps[walk->count++];

        copy_name(step->domain, names[i]);
        take_answer(step, &queries[i].answer);
        walk->doubt = walk->doubt || is_silent(step);
        ended = ends_walk(step);
    }
    dns_queries_release(queries, count);
    find_organization(walk);
}

/* Whether the step of that domain holds a record. */
static bool holds(const struct dmarc_walk *walk, const char *domain,
                  size_t *step)
{
    for (size_t i = 0; i < walk->count; i++)
        if (is_kept(&walk->steps[i]) &&
            strcasecmp(walk->steps[i].domain, domain) == 0) {
            *step = i;
            return true;
        }
    return false;
}

/* The record that rules: the author's, the organization's, the suffix's. */
static bool select_step(struct dmarc_ruling *ruling)
{
    const struct dmarc_walk *walk = &ruling->walk;
    const struct dmarc_step *last = &walk->steps[walk->count - 1];

    ruling->step = 0;
    ruling->place = DMARC_OF_AUTHOR;
    if (is_kept(&walk->steps[0]))
        return true;
    ruling->place = DMARC_OF_ORGANIZATION;
    if (holds(walk, walk->organization, &ruling->step))
        return true;
    ruling->place = DMARC_OF_SUFFIX;
    ruling->step = walk->count - 1;
    return ends_walk(last) && last->record.psd == 'y';
}

/* What lies nearer than the record and gave no answer could hold another. */
static bool is_doubtful(const struct dmarc_walk *walk, size_t step)
{
    for (size_t i = 0; i < step; i++)
        if (is_silent(&walk->steps[i]))
            return true;
    return false;
}

static bool does_exist(const struct resolver *resolver, const char *domain)
{
    struct dns_query query;
    enum dns_state state = resolver_ask_one(resolver, &query, domain, DNS_A);

    dns_answer_release(&query.answer);
    return state != DNS_NXDOMAIN;
}

void dmarc_discover(struct dmarc_ruling *ruling,
                    const struct resolver *resolver, const char *author)
{
    struct dmarc_walk *walk = &ruling->walk;
    const struct dmarc_record *record;
    bool found;

    *ruling = (struct dmarc_ruling){.found = DMARC_ABSENT, .exists = true};
    dmarc_walk(walk, resolver, author);
    found = select_step(ruling);
    if (is_doubtful(walk, found ? ruling->step : walk->count)) {
        ruling->found = DMARC_SILENCE;
        return;
    }
    if (!found)
        return;
    record = &walk->steps[ruling->step].record;
    if (ruling->step > 0 && record->np != DMARC_UNSAID)
        ruling->exists = does_exist(resolver, walk->steps[0].domain);
    ruling->policy =
        dmarc_record_asks(record, ruling->step > 0, ruling->exists);
    ruling->applied =
        record->testing ? dmarc_milder(ruling->policy) : ruling->policy;
    ruling->found = ruling->policy == DMARC_UNSAID ? DMARC_ABSENT : DMARC_FOUND;
}

enum dmarc_alignment dmarc_align(const struct resolver *resolver,
                                 const struct dmarc_ruling *ruling,
                                 const char *author, const char *identity,
                                 bool strict)
{
    char one[DNS_NAME_MAX], other[DNS_NAME_MAX];
    struct dmarc_walk walk;

    copy_name(one, author);
    copy_name(other, identity);
    if (strcasecmp(one, other) == 0)
        return DMARC_ALIGNED;
    if (strict || strcasecmp(suffix(one, 1), suffix(other, 1)) != 0)
        return DMARC_UNALIGNED;
    dmarc_walk(&walk, resolver, other);
    if (walk.doubt || ruling->walk.doubt)
        return DMARC_ALIGNMENT_UNKNOWN;
    return strcasecmp(walk.organization, ruling->walk.organization) == 0
               ? DMARC_ALIGNED
               : DMARC_UNALIGNED;
}
