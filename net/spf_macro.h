/* SPDX-License-Identifier: MIT */
/* The macros of SPF: whether one is well formed, and what it stands for. */
#ifndef NET_SPF_MACRO_H
#define NET_SPF_MACRO_H

#include <stdbool.h>
#include <stddef.h>

#include "net/spf_ip.h"

/* What the letters stand for (RFC 7208 7.2). All borrowed. */
struct spf_facts {
    const char *sender;    /* s: with its local part */
    const char *local;     /* l */
    const char *origin;    /* o: the domain of the sender */
    const char *domain;    /* d: whose record it is */
    const char *helo;      /* h */
    const char *validated; /* p: a name of the client; NULL is "unknown" */
    struct spf_ip ip;      /* i v c */
};

/* Where the text ceases to be a macro-string (7.1), `length` where it does
 * not. In an explanation blanks and the letters c, r and t are allowed too. */
size_t spf_macro_span(const char *text, size_t length, bool explanation);

/* The length of the macro at `text`, which begins with a %; 0: malformed. */
size_t spf_macro_length(const char *text, size_t length, bool explanation);

/* Whether a well-formed text holds one of these letters, in either case. */
bool spf_macro_uses(const char *text, size_t length, const char *letters);

/* Writes the meaning of a well-formed text as a string into `out`. Where it
 * is longer than `size` allows, a name (`explanation` false) keeps its right
 * side, since nobody asks for more than the last 253 bytes (7.3); an
 * explanation keeps its left. */
void spf_macro_expand(char *out, size_t size, const char *text, size_t length,
                      const struct spf_facts *facts, bool explanation);

/* Cuts labels from the left until the name is no longer than a name may be
 * (7.3), and drops a closing dot. In place. */
void spf_macro_shorten(char *name);

#endif
