/* SPDX-License-Identifier: MIT */
/* Inside one evaluation of SPF: the mechanisms that ask the DNS. */
#ifndef NET_SPF_MATCH_H
#define NET_SPF_MATCH_H

#include "net/spf.h"
#include "net/spf_fetch.h"
#include "net/spf_macro.h"

#define SPF_EXPANDED_MAX 2048 /* of a name, before it is cut to 253 bytes */
#define SPF_SENDER_MAX 512

/* One evaluation, through all its records. */
struct spf_check {
    const struct resolver *resolver;
    struct spf_facts facts; /* `domain` is that of the record at hand */
    struct spf_verdict *verdict;
    char sender[SPF_SENDER_MAX];
    char local[SPF_SENDER_MAX];
};

/* Whether a mechanism holds, or why that cannot be told. */
enum spf_match {
    SPF_MATCH_NO,
    SPF_MATCH_YES,
    SPF_MATCH_TEMPERROR,
    SPF_MATCH_PERMERROR
};

/* Every mechanism but include, which is an evaluation of its own. `*hollow`
 * becomes true where it asked for what does not exist. A fault or a silence
 * is told in the verdict. */
enum spf_match spf_match(struct spf_check *check, const struct spf_found *found,
                         const struct spf_term *term, bool *hollow);

/* The name that a term is about: what it names, else the domain (4.8). */
void spf_target(struct spf_check *check, char out[SPF_EXPANDED_MAX],
                const struct spf_term *term);

/* Macros in `text` become what they stand for; the p one asks the DNS. */
void spf_expand(struct spf_check *check, char *out, size_t size,
                const char *text, size_t length, bool explanation);

/* Note in the verdict what makes it a permerror (`term` may be NULL) or a
 * temperror. */
enum spf_match spf_tell_fault(struct spf_check *check, enum spf_flaw flaw,
                              const struct spf_found *found,
                              const struct spf_term *term);
enum spf_match spf_tell_silence(struct spf_check *check,
                                const struct dns_query *query);

/* At most `size` - 1 bytes of `text`, as a string. */
void spf_copy(char *out, size_t size, const char *text, size_t length);

#endif
