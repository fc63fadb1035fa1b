/* SPDX-License-Identifier: MIT */
/* Cases written as YAML, read by libyaml. */
#ifndef TESTS_VECTORS_YAML_H
#define TESTS_VECTORS_YAML_H

#include <stdbool.h>
#include <stdio.h>

#include <yaml.h>

#include "tests/vectors/zone.h"

/* The value of a key of a mapping; NULL: no such key, or no mapping. */
yaml_node_t *yaml_at(yaml_document_t *document, yaml_node_t *map,
                     const char *key);

/* The scalar of a key, else `other`. */
const char *yaml_text_at(yaml_document_t *document, yaml_node_t *map,
                         const char *key, const char *other);

/* The scalar itself; "" of anything else. */
const char *yaml_text(const yaml_node_t *node);

/* Whether the scalar is `text`, or a sequence holds such a scalar. */
bool yaml_allows(yaml_document_t *document, const yaml_node_t *node,
                 const char *text);

/* Reads `zonedata` in the form of the openspf test suite: a name has a list of
 * TYPE: VALUE and of the word TIMEOUT. What is given as SPF stands for TXT too
 * where the name has no TXT of its own; "TXT: NONE" is none. Besides: RCODE: N
 * and TYPE: TIMEOUT. -1 with words where something is not of that form. */
int yaml_zone(struct zone *zone, yaml_document_t *document, yaml_node_t *data,
              char *why, size_t size);

/* Calls `run` for each case of each document (`tests` is the mapping of cases,
 * `zonedata` what the DNS holds), with a number from 1. `run` returns NULL, or
 * what is wrong. Prints TAP lines; returns the cases run, 0 where the file
 * cannot be read. */
typedef const char *yaml_case(yaml_document_t *document, yaml_node_t *test,
                              struct zone *zone, char *why, size_t size);
size_t yaml_run(const char *file, size_t before, yaml_case *run, bool *bad);

#endif
