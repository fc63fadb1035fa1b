/* SPDX-License-Identifier: MIT */
/* The grammar of one SPF record (RFC 7208 4.5, 4.6.1, 5, 6, 12). */
#ifndef NET_SPF_RECORD_H
#define NET_SPF_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "net/spf_ip.h"

/* Mechanisms, then modifiers: the word of each, and whether it counts among
 * the ten that ask the DNS (4.6.4). */
#define SPF_KINDS(X)                                                           \
    X(ALL, "all", false)                                                       \
    X(INCLUDE, "include", true)                                                \
    X(A, "a", true)                                                            \
    X(MX, "mx", true)                                                          \
    X(PTR, "ptr", true)                                                        \
    X(IP4, "ip4", false)                                                       \
    X(IP6, "ip6", false)                                                       \
    X(EXISTS, "exists", true)                                                  \
    X(REDIRECT, "redirect", true)                                              \
    X(EXP, "exp", false)                                                       \
    X(OTHER, "", false)

#define SPF_KIND_ENUM(id, word, asks) SPF_##id,
enum spf_kind { SPF_KINDS(SPF_KIND_ENUM) SPF_KIND_COUNT };

/* What makes a record a permerror. The first lot is the record's own grammar,
 * the second shows when it is evaluated. The word is that of events. */
#define SPF_FAULTS(X)                                                          \
    X(NONE, NULL)                                                              \
    X(SIGN, "sign not allowed")                                                \
    X(UNKNOWN, "unknown mechanism")                                            \
    X(ARGUMENT, "takes no value")                                              \
    X(NO_DOMAIN, "domain missing")                                             \
    X(BAD_DOMAIN, "not a domain")                                              \
    X(MACRO, "malformed macro")                                                \
    X(ADDRESS, "not an address")                                               \
    X(PREFIX, "length of a network not possible")                              \
    X(TWICE, "modifier given twice")                                           \
    X(RECORDS, "more than one record")                                         \
    X(LOOKUPS, "more than 10 lookups")                                         \
    X(VOIDS, "more than 2 void lookups")                                       \
    X(MX_HOSTS, "more than 10 mail servers in one mx")                         \
    X(NO_RECORD, "included or redirected to where no record is")               \
    X(MEMORY, "out of memory")

#define SPF_FAULT_ENUM(id, word) SPF_FAULT_##id,
enum spf_flaw { SPF_FAULTS(SPF_FAULT_ENUM) SPF_FAULT_COUNT };

/* One word of a record. What it points at is the record's. */
struct spf_term {
    enum spf_kind kind;
    char qualifier;   /* + - ~ ?; NUL of a modifier */
    const char *text; /* the whole word, `length` bytes */
    size_t length;
    const char *spec; /* its domain-spec; NULL: none was given */
    size_t spec_length;
    unsigned prefix4; /* 32 and 128 where none was given */
    unsigned prefix6;
    struct spf_ip network; /* ip4, ip6 */
};

/* Whether the TXT is one of SPF at all: "v=spf1", then a blank or the end. */
bool spf_record_is(const char *text, size_t length);

/* The next word: `*at` goes from 0 (right behind the version) to the end.
 * Returns 1, 0 at the end, -1 for a malformed one: then `*flaw` says what and
 * `term->text`, `length` where. TWICE is for `spf_record_check` to find. */
int spf_record_next(const char *text, size_t length, size_t *at,
                    struct spf_term *term, enum spf_flaw *flaw);

/* Reads all of it (4.6: before anything is evaluated). Where something is
 * wrong, `term` is the word at fault. */
enum spf_flaw spf_record_check(const char *text, size_t length,
                               struct spf_term *term);

/* The last word of that kind; false: none. The record must be sound. */
bool spf_record_find(const char *text, size_t length, enum spf_kind kind,
                     struct spf_term *term);

/* Whether the kind counts among the ten. */
bool spf_kind_asks(enum spf_kind kind);

const char *spf_kind_word(enum spf_kind kind);
const char *spf_flaw_word(enum spf_flaw flaw); /* NULL for NONE */

#endif
