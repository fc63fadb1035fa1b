/* SPDX-License-Identifier: MIT */
#include "tests/vectors/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define JOINED_MAX 65536

const char *yaml_text(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE
               ? (const char *)node->data.scalar.value
               : "";
}

yaml_node_t *yaml_at(yaml_document_t *document, yaml_node_t *map,
                     const char *key)
{
    if (!map || map->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start;
         pair < map->data.mapping.pairs.top; pair++)
        if (strcmp(yaml_text(yaml_document_get_node(document, pair->key)),
                   key) == 0)
            return yaml_document_get_node(document, pair->value);
    return NULL;
}

const char *yaml_text_at(yaml_document_t *document, yaml_node_t *map,
                         const char *key, const char *other)
{
    const yaml_node_t *node = yaml_at(document, map, key);

    return node ? yaml_text(node) : other;
}

bool yaml_allows(yaml_document_t *document, const yaml_node_t *node,
                 const char *text)
{
    if (!node || node->type != YAML_SEQUENCE_NODE)
        return node && strcmp(yaml_text(node), text) == 0;
    for (yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++)
        if (strcmp(yaml_text(yaml_document_get_node(document, *item)), text) ==
            0)
            return true;
    return false;
}

/* The strings of a TXT in one piece, from malloc. */
static char *join(yaml_document_t *document, const yaml_node_t *node,
                  size_t *length)
{
    char *out = malloc(JOINED_MAX);

    *length = 0;
    if (!out)
        abort();
    if (node->type == YAML_SCALAR_NODE && node->data.scalar.length < JOINED_MAX)
        memcpy(out, node->data.scalar.value,
               *length = node->data.scalar.length);
    if (node->type != YAML_SEQUENCE_NODE)
        return out;
    for (yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        const yaml_node_t *part = yaml_document_get_node(document, *item);

        if (*length + part->data.scalar.length >= JOINED_MAX)
            break;
        memcpy(out + *length, part->data.scalar.value,
               part->data.scalar.length);
        *length += part->data.scalar.length;
    }
    return out;
}

static int add_txt(struct zone *zone, yaml_document_t *document,
                   const char *name, const yaml_node_t *value)
{
    size_t length;
    char *text = join(document, value, &length);
    int status = zone_add(zone, name, DNS_TXT, text, length, 0);

    free(text);
    return status;
}

static int add_mx(struct zone *zone, yaml_document_t *document,
                  const char *name, const yaml_node_t *value)
{
    const yaml_node_t *host;
    const char *preference;

    if (value->type != YAML_SEQUENCE_NODE ||
        value->data.sequence.items.top - value->data.sequence.items.start != 2)
        return -1;
    preference = yaml_text(
        yaml_document_get_node(document, value->data.sequence.items.start[0]));
    host =
        yaml_document_get_node(document, value->data.sequence.items.start[1]);
    return zone_add(zone, name, DNS_MX, yaml_text(host),
                    strlen(yaml_text(host)),
                    (unsigned)strtoul(preference, NULL, 10));
}

static const struct {
    const char *word;
    enum dns_type type;
} types[] = {{"A", DNS_A},         {"AAAA", DNS_AAAA}, {"PTR", DNS_PTR},
             {"CNAME", DNS_CNAME}, {"MX", DNS_MX},     {"TXT", DNS_TXT},
             {"NS", DNS_NS}};

static enum dns_state state_of(const char *rcode)
{
    static const enum dns_state states[] = {DNS_NODATA,   DNS_BOGUS,
                                            DNS_SERVFAIL, DNS_NXDOMAIN,
                                            DNS_BOGUS,    DNS_REFUSED};
    unsigned long number = strtoul(rcode, NULL, 10);

    return number < sizeof(states) / sizeof(*states) ? states[number]
                                                     : DNS_BOGUS;
}

/* One TYPE: VALUE. */
static int add_record(struct zone *zone, yaml_document_t *document,
                      const char *name, const char *word, yaml_node_t *value)
{
    const char *text = yaml_text(value);

    if (strcmp(word, "RCODE") == 0)
        return zone_fail(zone, name, 0, state_of(text));
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (strcmp(word, types[i].word) != 0)
            continue;
        if (strcmp(text, "TIMEOUT") == 0)
            return zone_fail(zone, name, types[i].type, DNS_TIMEOUT);
        if (types[i].type == DNS_TXT)
            return strcmp(text, "NONE") == 0
                       ? 0
                       : add_txt(zone, document, name, value);
        if (types[i].type == DNS_MX)
            return add_mx(zone, document, name, value);
        return zone_add(zone, name, types[i].type, text, strlen(text), 0);
    }
    return strcmp(word, "SPF") == 0 ? 0 : -1;
}

static yaml_node_pair_t *pair_of(const yaml_node_t *item)
{
    return item && item->type == YAML_MAPPING_NODE
               ? item->data.mapping.pairs.start
               : NULL;
}

static bool has_txt(yaml_document_t *document, const yaml_node_t *list)
{
    for (yaml_node_item_t *item = list->data.sequence.items.start;
         item < list->data.sequence.items.top; item++) {
        yaml_node_pair_t *pair =
            pair_of(yaml_document_get_node(document, *item));

        if (pair &&
            strcmp(yaml_text(yaml_document_get_node(document, pair->key)),
                   "TXT") == 0)
            return true;
    }
    return false;
}

static int add_name(struct zone *zone, yaml_document_t *document,
                    const char *name, const yaml_node_t *list)
{
    bool txt;

    if (!list || list->type != YAML_SEQUENCE_NODE)
        return -1;
    txt = has_txt(document, list);
    for (yaml_node_item_t *item = list->data.sequence.items.start;
         item < list->data.sequence.items.top; item++) {
        const yaml_node_t *node = yaml_document_get_node(document, *item);
        yaml_node_pair_t *pair = pair_of(node);
        yaml_node_t *value;
        const char *word;
        int status;

        if (!pair) {
            if (strcmp(yaml_text(node), "TIMEOUT") != 0)
                return -1;
            zone_fail(zone, name, 0, DNS_TIMEOUT);
            continue;
        }
        word = yaml_text(yaml_document_get_node(document, pair->key));
        value = yaml_document_get_node(document, pair->value);
        if (strcmp(word, "SPF") == 0 && !txt)
            status = add_txt(zone, document, name, value);
        else
            status = add_record(zone, document, name, word, value);
        if (status < 0)
            return -1;
    }
    return 0;
}

int yaml_zone(struct zone *zone, yaml_document_t *document, yaml_node_t *data,
              char *why, size_t size)
{
    if (!data || data->type != YAML_MAPPING_NODE)
        return 0;
    for (yaml_node_pair_t *pair = data->data.mapping.pairs.start;
         pair < data->data.mapping.pairs.top; pair++) {
        const char *name =
            yaml_text(yaml_document_get_node(document, pair->key));

        if (add_name(zone, document, name,
                     yaml_document_get_node(document, pair->value)) < 0) {
            snprintf(why, size, "zonedata of %s is not of the form", name);
            return -1;
        }
    }
    return 0;
}

/* TAP: a test's name may not hold a "#", which begins a directive. */
static void tell(size_t number, const char *scenario, const char *name,
                 const char *why)
{
    printf("%sok %zu - %s: %s\n", why ? "not " : "", number, scenario, name);
    if (why)
        printf("# %s\n", why);
}

static size_t run_document(yaml_document_t *document, size_t before,
                           yaml_case *run, bool *bad)
{
    yaml_node_t *root = yaml_document_get_root_node(document);
    yaml_node_t *tests = yaml_at(document, root, "tests");
    const char *scenario = yaml_text_at(document, root, "description", "");
    struct zone zone = {.count = 0};
    size_t count = 0;
    char why[2048];
    int status = yaml_zone(&zone, document, yaml_at(document, root, "zonedata"),
                           why, sizeof(why));

    if (!tests || tests->type != YAML_MAPPING_NODE)
        return 0;
    for (yaml_node_pair_t *pair = tests->data.mapping.pairs.start;
         pair < tests->data.mapping.pairs.top; pair++) {
        yaml_node_t *test = yaml_document_get_node(document, pair->value);
        const char *wrong = why;

        if (status == 0)
            wrong = run(document, test, &zone, why, sizeof(why));
        tell(before + ++count, scenario,
             yaml_text(yaml_document_get_node(document, pair->key)), wrong);
        *bad = *bad || wrong;
    }
    zone_release(&zone);
    return count;
}

size_t yaml_run(const char *file, size_t before, yaml_case *run, bool *bad)
{
    FILE *in = fopen(file, "r");
    yaml_document_t document;
    yaml_parser_t parser;
    bool more = true;
    size_t count = 0;

    if (!in || !yaml_parser_initialize(&parser)) {
        printf("# %s cannot be read\n", file);
        *bad = true;
        return 0;
    }
    yaml_parser_set_input_file(&parser, in);
    while (more && yaml_parser_load(&parser, &document)) {
        more = yaml_document_get_root_node(&document) != NULL;
        if (more)
            count += run_document(&document, before + count, run, bad);
        yaml_document_delete(&document);
    }
    if (parser.error != YAML_NO_ERROR) {
        printf("# %s, line %zu: %s\n", file, parser.problem_mark.line + 1,
               parser.problem);
        *bad = true;
    }
    yaml_parser_delete(&parser);
    fclose(in);
    return count;
}
