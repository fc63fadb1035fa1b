/* SPDX-License-Identifier: MIT */
/* What a domain's SPF says to anybody, where no sending address is known: its
 * grammar, how many lookups it asks for, and who eats them. */
#ifndef NET_SPF_SURVEY_H
#define NET_SPF_SURVEY_H

#include "net/spf.h"
#include "net/spf_fetch.h"

#define SPF_SHARES_MAX 32  /* records of one survey */
#define SPF_SURVEY_MAX 100 /* lookups that are counted */

/* One record of the tree. The first is the domain's own. */
struct spf_share {
    char domain[DNS_NAME_MAX];
    size_t parent;  /* whose record names it; its own index for the first */
    unsigned own;   /* words of this record that ask */
    unsigned total; /* with those of all records below it */
};

struct spf_survey {
    enum spf_fetched fetched;
    size_t records;               /* of SPF, at the domain itself */
    char record[SPF_RECORD_TEXT]; /* the first, cut where longer; any bytes
                                     but NUL */
    size_t length;                /* of that record as published */
    char all;         /* + - ~ ?: what becomes of everybody else; NUL: nothing
                         said. Through redirects. */
    bool ptr;         /* the mechanism that is not to be used (5.5) */
    bool varies;      /* some names depend on who sends: not followed */
    bool cut;         /* the tree is larger than was looked at */
    unsigned lookups; /* of the whole tree: what the worst sender costs */
    unsigned voids;
    struct spf_share shares[SPF_SHARES_MAX];
    size_t share_count;
    struct spf_fault fault;     /* the first; NONE where all is sound */
    struct spf_silence silence; /* a record that could not be read */
};

/* Reads the domain's record and all that it includes. Blocks as long as the
 * resolver does. Of several records the first is followed. */
void spf_survey(struct spf_survey *survey, const struct resolver *resolver,
                const char *domain);

/* Whether the record, or one that it includes, includes that domain. */
bool spf_survey_includes(const struct spf_survey *survey, const char *domain);

#endif
