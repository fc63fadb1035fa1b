/* SPDX-License-Identifier: MIT */
/* SPF: may this address send for that domain (RFC 7208, check_host)? */
#ifndef NET_SPF_H
#define NET_SPF_H

#include "net/resolver.h"
#include "net/spf_record.h"

#define SPF_LOOKUPS_MAX 10 /* terms that ask the DNS (4.6.4) */
#define SPF_VOIDS_MAX 2
#define SPF_TERM_TEXT 128       /* of a word that is shown, cut there */
#define SPF_EXPLANATION_MAX 512 /* with NUL */
#define SPF_RECORD_TEXT 2048    /* of a record that is shown, cut there */

#define SPF_RESULTS(X)                                                         \
    X(NO_RESULT, "none")                                                       \
    X(NEUTRAL, "neutral")                                                      \
    X(PASS, "pass")                                                            \
    X(FAIL, "fail")                                                            \
    X(SOFTFAIL, "softfail")                                                    \
    X(TEMPERROR, "temperror")                                                  \
    X(PERMERROR, "permerror")

#define SPF_RESULT_ENUM(id, word) SPF_##id,
enum spf_result { SPF_RESULTS(SPF_RESULT_ENUM) SPF_RESULT_COUNT };

/* Who sends. All borrowed. */
struct spf_client {
    struct spf_ip ip;
    const char *sender; /* MAIL FROM, without brackets; "": the null path, for
                           which postmaster@HELO stands (2.4) */
    const char *helo;   /* "": not known */
};

/* Where a record is malformed, or what it asks too much of. */
struct spf_fault {
    enum spf_flaw flaw;
    char domain[DNS_NAME_MAX]; /* whose record */
    size_t at;                 /* bytes from the record's start to the word */
    char term[SPF_TERM_TEXT];  /* the word, as published */
};

/* A question without an answer. */
struct spf_silence {
    enum dns_state state; /* UNASKED where nothing was in doubt */
    enum dns_type type;
    char name[DNS_NAME_MAX];
};

struct spf_verdict {
    enum spf_result result;
    char domain[DNS_NAME_MAX]; /* whose record decided */
    char term[SPF_TERM_TEXT];  /* the word that did, as published; "": none */
    unsigned lookups;          /* of the ten, as far as it was evaluated */
    unsigned voids;
    struct spf_fault fault;                /* of a permerror */
    struct spf_silence silence;            /* of a temperror */
    char explanation[SPF_EXPLANATION_MAX]; /* of a fail; "": none published */
};

/* Evaluates as a receiver would who sees this client now. Blocks as long as
 * the resolver does. */
void spf_check(struct spf_verdict *verdict, const struct resolver *resolver,
               const struct spf_client *client);

const char *spf_result_word(enum spf_result result);

#endif
