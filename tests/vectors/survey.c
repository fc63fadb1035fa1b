/* SPDX-License-Identifier: MIT */
/* What a domain's SPF says where no address is known, and the record to
 * publish in its place: the cases of tests/data/spf-survey.yml. */
#include <stdlib.h>
#include <string.h>

#include "net/spf_amend.h"
#include "net/spf_publish.h"
#include "tests/vectors/yaml.h"

#define RECORDS_MAX 8

struct fact {
    const char *key, *told;
};

static const char *compare(yaml_document_t *document, yaml_node_t *test,
                           const struct fact *facts, size_t count, char *why,
                           size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const char *wanted = yaml_text_at(document, test, facts[i].key, NULL);

        if (wanted && strcmp(wanted, facts[i].told) != 0) {
            snprintf(why, size, "%s is \"%s\"", facts[i].key, facts[i].told);
            return why;
        }
    }
    return NULL;
}

/* The record to publish at a domain of the zone, and who eats its lookups. */
static const char *publish_case(yaml_document_t *document, yaml_node_t *test,
                                struct zone *zone, char *why, size_t size)
{
    struct resolver resolver = zone_resolver(zone);
    const char *domain = yaml_text_at(document, test, "publish", "");
    char publish[SPF_RECORD_TEXT], shares[1024];
    struct spf_survey survey;

    spf_survey(&survey, &resolver, domain);
    spf_publish(publish, &resolver, domain, &survey,
                yaml_text_at(document, test, "include", ""));
    spf_write_shares(shares, sizeof(shares), &survey);

    const struct fact facts[] = {{"becomes", publish}, {"costs", shares}};

    return compare(document, test, facts, 2, why, size);
}

/* "a.example 2/5 b.example 3/3": own words, and with those below. */
static void write_shares(char *out, size_t size,
                         const struct spf_survey *survey)
{
    size_t length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < survey->share_count && length < size; i++)
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s %u/%u",
                             i ? " " : "", survey->shares[i].domain,
                             survey->shares[i].own, survey->shares[i].total);
}

static const char *survey_case(yaml_document_t *document, yaml_node_t *test,
                               struct zone *zone, char *why, size_t size)
{
    static const char *const fetched[] = {"one", "none", "several", "silence"};
    struct resolver resolver = zone_resolver(zone);
    const char *domain = yaml_text_at(document, test, "survey", "");
    char shares[8192], lookups[16], voids[16], all[2];
    struct spf_survey survey;

    spf_survey(&survey, &resolver, domain);
    write_shares(shares, sizeof(shares), &survey);
    snprintf(lookups, sizeof(lookups), "%u", survey.lookups);
    snprintf(voids, sizeof(voids), "%u", survey.voids);
    snprintf(all, sizeof(all), "%c", survey.all);

    const struct fact facts[] = {
        {"fetched", fetched[survey.fetched]},
        {"record", survey.record},
        {"shares", shares},
        {"lookups", lookups},
        {"voids", voids},
        {"all", all},
        {"ptr", survey.ptr ? "yes" : "no"},
        {"varies", survey.varies ? "yes" : "no"},
        {"cut", survey.cut ? "yes" : "no"},
        {"flaw", survey.fault.flaw ? spf_flaw_word(survey.fault.flaw) : ""},
        {"fault-domain", survey.fault.domain},
        {"fault-term", survey.fault.term},
        {"silence", survey.silence.name}};

    return compare(document, test, facts, sizeof(facts) / sizeof(*facts), why,
                   size);
}

/* Words with blanks between, or one record a line: `amend` is a list. */
static const char *amend_case(yaml_document_t *document, yaml_node_t *test,
                              yaml_node_t *list, char *why, size_t size)
{
    const char *records[RECORDS_MAX], *include, *wanted;
    char out[SPF_RECORD_TEXT];
    size_t count = 0;

    if (list->type == YAML_SEQUENCE_NODE)
        for (yaml_node_item_t *item = list->data.sequence.items.start;
             item < list->data.sequence.items.top && count < RECORDS_MAX;
             item++)
            records[count++] =
                yaml_text(yaml_document_get_node(document, *item));
    include = yaml_text_at(document, test, "include", NULL);
    wanted = yaml_text_at(document, test, "becomes", "");
    spf_amend(out, sizeof(out), records, count, include);
    if (strcmp(out, wanted) == 0)
        return NULL;
    snprintf(why, size, "became \"%s\"", out);
    return why;
}

static const char *run(yaml_document_t *document, yaml_node_t *test,
                       struct zone *zone, char *why, size_t size)
{
    yaml_node_t *amend = yaml_at(document, test, "amend");

    if (yaml_at(document, test, "publish"))
        return publish_case(document, test, zone, why, size);
    return amend ? amend_case(document, test, amend, why, size)
                 : survey_case(document, test, zone, why, size);
}

int main(void)
{
    const char *top = getenv("TOP");
    bool bad = false;
    char file[4096];

    snprintf(file, sizeof(file), "%s/tests/data/spf-survey.yml",
             top ? top : ".");
    printf("1..%zu\n", yaml_run(file, 0, run, &bad));
    return bad;
}
