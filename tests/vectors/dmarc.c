/* SPDX-License-Identifier: MIT */
/* DMARC, rule by rule of RFC 9989 4.4 and 4.7 to 4.10: the cases of
 * tests/data/dmarc.yml. */
#include <stdlib.h>
#include <string.h>

#include "net/dmarc.h"
#include "tests/vectors/yaml.h"

static void write_targets(char *out, size_t size, const char *domain)
{
    char names[DMARC_STEPS_MAX][DNS_NAME_MAX];
    size_t count = dmarc_targets(names, domain), length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%s",
                                   i ? " " : "", names[i]);
}

static void write_fo(char out[5], unsigned fo)
{
    static const char letters[] = "01ds";
    size_t length = 0;

    for (size_t i = 0; i < 4; i++)
        if (fo & 1u << i)
            out[length++] = letters[i];
    out[length] = '\0';
}

static const char *alignment(const struct resolver *resolver,
                             const struct dmarc_ruling *ruling,
                             const char *author, const char *identity,
                             bool strict)
{
    static const char *const words[] = {"yes", "no", "unknown"};

    return words[dmarc_align(resolver, ruling, author, identity, strict)];
}

static const char *run(yaml_document_t *document, yaml_node_t *test,
                       struct zone *zone, char *why, size_t size)
{
    static const char *const found[] = {"yes", "no", "silence"};
    static const char *const places[] = {"author", "organization", "suffix"};
    struct resolver resolver = zone_resolver(zone);
    const char *from = yaml_text_at(document, test, "from", "");
    const char *dkim = yaml_text_at(document, test, "d", from);
    const char *spf = yaml_text_at(document, test, "mailfrom", from);
    char targets[4096], pct[16], psd[2], fo[5];
    const struct dmarc_record *record;
    struct dmarc_ruling ruling;

    dmarc_discover(&ruling, &resolver, from);
    record = &ruling.walk.steps[ruling.step].record;
    write_targets(targets, sizeof(targets), from);
    snprintf(pct, sizeof(pct), "%u", record->pct);
    snprintf(psd, sizeof(psd), "%c", record->psd);
    write_fo(fo, record->fo);

    const struct {
        const char *key, *told;
    } facts[] = {{"found", found[ruling.found]},
                 {"place", places[ruling.place]},
                 {"at", ruling.walk.steps[ruling.step].domain},
                 {"record", ruling.walk.steps[ruling.step].text},
                 {"organization", ruling.walk.organization},
                 {"policy", dmarc_policy_word(ruling.policy)},
                 {"applied", dmarc_policy_word(ruling.applied)},
                 {"exists", ruling.exists ? "yes" : "no"},
                 {"doubt", ruling.walk.doubt ? "yes" : "no"},
                 {"targets", targets},
                 {"pct", pct},
                 {"psd", psd},
                 {"fo", fo},
                 {"rua", record->rua ? "yes" : "no"},
                 {"ruf", record->ruf ? "yes" : "no"},
                 {"historic", record->historic ? "yes" : "no"},
                 {"bad-tag", record->bad_tag ? "yes" : "no"},
                 {"dkim-aligned", alignment(&resolver, &ruling, from, dkim,
                                            record->adkim_strict)},
                 {"spf-aligned", alignment(&resolver, &ruling, from, spf,
                                           record->aspf_strict)}};

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

    snprintf(file, sizeof(file), "%s/tests/data/dmarc.yml", top ? top : ".");
    printf("1..%zu\n", yaml_run(file, 0, run, &bad));
    return bad;
}
