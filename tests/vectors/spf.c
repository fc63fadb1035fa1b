/* SPDX-License-Identifier: MIT */
/* Cases of SPF, in the form of the openspf test suite: those of the tree, and
 * those of a file that SPF_VECTORS names. The resolver is the file's zone. */
#include <stdlib.h>
#include <string.h>

#include "net/spf.h"
#include "tests/vectors/yaml.h"

static const char *compare(yaml_document_t *document, yaml_node_t *test,
                           const struct spf_verdict *verdict, char *why,
                           size_t size)
{
    const char *result = spf_result_word(verdict->result);
    const char *wanted = yaml_text_at(document, test, "explanation", NULL);
    const char *told =
        verdict->explanation[0] ? verdict->explanation : "DEFAULT";

    if (!yaml_allows(document, yaml_at(document, test, "result"), result)) {
        snprintf(why, size, "told %s (%s %s at \"%s\" of %s)", result,
                 verdict->fault.flaw ? spf_flaw_word(verdict->fault.flaw) : "",
                 verdict->silence.name, verdict->term, verdict->domain);
        return why;
    }
    if (wanted && verdict->result == SPF_FAIL && strcmp(wanted, told) != 0) {
        snprintf(why, size, "explained as \"%s\"", told);
        return why;
    }
    return NULL;
}

/* Beyond the suite's form, in our own cases: what else is told. */
static const char *compare_more(yaml_document_t *document, yaml_node_t *test,
                                const struct spf_verdict *verdict, char *why,
                                size_t size)
{
    const char *flaw =
        verdict->fault.flaw ? spf_flaw_word(verdict->fault.flaw) : "";
    char lookups[16], voids[16], at[24];
    const struct {
        const char *key, *told;
    } facts[] = {{"lookups", lookups},
                 {"voids", voids},
                 {"domain", verdict->domain},
                 {"term", verdict->term},
                 {"flaw", flaw},
                 {"fault-domain", verdict->fault.domain},
                 {"fault-term", verdict->fault.term},
                 {"fault-at", at},
                 {"silence", verdict->silence.name},
                 {"silence-state", dns_state_word(verdict->silence.state)}};

    snprintf(lookups, sizeof(lookups), "%u", verdict->lookups);
    snprintf(voids, sizeof(voids), "%u", verdict->voids);
    snprintf(at, sizeof(at), "%zu", verdict->fault.at);
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        const char *wanted = yaml_text_at(document, test, facts[i].key, NULL);

        if (wanted && strcmp(wanted, facts[i].told) != 0) {
            snprintf(why, size, "%s is \"%s\"", facts[i].key, facts[i].told);
            return why;
        }
    }
    return NULL;
}

static const char *run(yaml_document_t *document, yaml_node_t *test,
                       struct zone *zone, char *why, size_t size)
{
    struct resolver resolver = zone_resolver(zone);
    struct spf_client client = {
        .sender = yaml_text_at(document, test, "mailfrom", ""),
        .helo = yaml_text_at(document, test, "helo", "")};
    struct spf_verdict verdict;
    const char *wrong;

    if (!spf_ip_parse(&client.ip, yaml_text_at(document, test, "host", "")))
        return "host is not an address";
    spf_check(&verdict, &resolver, &client);
    wrong = compare(document, test, &verdict, why, size);
    return wrong ? wrong : compare_more(document, test, &verdict, why, size);
}

int main(void)
{
    const char *top = getenv("TOP"), *vectors = getenv("SPF_VECTORS");
    bool bad = false;
    char file[4096];
    size_t count;

    snprintf(file, sizeof(file), "%s/tests/data/spf.yml", top ? top : ".");
    count = yaml_run(file, 0, run, &bad);
    if (vectors && vectors[0])
        count += yaml_run(vectors, count, run, &bad);
    else
        printf("ok %zu # SKIP cases of others: none in SPF_VECTORS\n", ++count);
    printf("1..%zu\n", count);
    return bad;
}
