/* SPDX-License-Identifier: MIT */
/* Keys of DKIM: the cases of tests/data/dkim.yml. */
#include <stdlib.h>
#include <string.h>

#include "net/dkim_key.h"
#include "tests/vectors/yaml.h"

static const char *run(yaml_document_t *document, yaml_node_t *test,
                       struct zone *zone, char *why, size_t size)
{
    struct resolver resolver = zone_resolver(zone);
    const char *record = yaml_text_at(document, test, "record", NULL);
    struct dkim_selector found = {.count = 0};
    char bits[16], count[24];

    if (record)
        dkim_key_read(&found.key, record, strlen(record));
    else
        dkim_selector_ask(&found, &resolver,
                          yaml_text_at(document, test, "selector", ""),
                          yaml_text_at(document, test, "domain", ""));
    snprintf(bits, sizeof(bits), "%u", found.key.bits);
    snprintf(count, sizeof(count), "%zu", found.count);

    const struct {
        const char *key, *told;
    } facts[] = {{"flaw", found.key.flaw ? dkim_flaw_word(found.key.flaw) : ""},
                 {"type", dkim_type_word(found.key.type)},
                 {"bits", bits},
                 {"testing", found.key.testing ? "yes" : "no"},
                 {"strict", found.key.strict ? "yes" : "no"},
                 {"state", dns_state_word(found.state)},
                 {"count", count},
                 {"alias", found.alias}};

    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        const char *wanted = yaml_text_at(document, test, facts[i].key, NULL);

        if (wanted && strcmp(wanted, facts[i].told) != 0) {
            snprintf(why, size, "%s is \"%s\"", facts[i].key, facts[i].told);
            return why;
        }
    }
    return NULL;
}

int main(void)
{
    const char *top = getenv("TOP");
    bool bad = false;
    char file[4096];

    snprintf(file, sizeof(file), "%s/tests/data/dkim.yml", top ? top : ".");
    printf("1..%zu\n", yaml_run(file, 0, run, &bad));
    return bad;
}
