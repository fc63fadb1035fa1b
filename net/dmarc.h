/* SPDX-License-Identifier: MIT */
/* DMARC: whose policy rules a From, and who is aligned with it (RFC 9989). */
#ifndef NET_DMARC_H
#define NET_DMARC_H

#include "net/dmarc_record.h"
#include "net/resolver.h"

#define DMARC_STEPS_MAX 8   /* questions of one tree walk (4.10) */
#define DMARC_TEXT_MAX 1024 /* of a record that is shown, cut there */

/* One name of a tree walk. */
struct dmarc_step {
    char domain[DNS_NAME_MAX]; /* without the _dmarc in front */
    enum dns_state state;
    size_t count; /* records of DMARC there; only a single one is kept */
    struct dmarc_record record; /* where `count` is 1 */
    char text[DMARC_TEXT_MAX];  /* the record, as published */
};

/* From a domain towards the root, up to where psd=y or psd=n ends it. */
struct dmarc_walk {
    struct dmarc_step steps[DMARC_STEPS_MAX];
    size_t count;
    bool doubt;                      /* a name of it gave no answer */
    char organization[DNS_NAME_MAX]; /* the organizational domain (4.10.2) */
};

enum dmarc_place { DMARC_OF_AUTHOR, DMARC_OF_ORGANIZATION, DMARC_OF_SUFFIX };

/* What rules the mail of one author domain. */
enum dmarc_found { DMARC_FOUND, DMARC_ABSENT, DMARC_SILENCE };

struct dmarc_ruling {
    enum dmarc_found found; /* ABSENT: no record applies; SILENCE: the DNS did
                               not tell */
    enum dmarc_place place;
    size_t step;               /* of the walk, where its record is */
    bool exists;               /* the author domain: not NXDOMAIN */
    enum dmarc_policy policy;  /* that is asked for; UNSAID: the record is as
                                  none (4.10.1) */
    enum dmarc_policy applied; /* the same after t=y */
    struct dmarc_walk walk;
};

/* The names that a walk asks for, nearest first; the count. */
size_t dmarc_targets(char names[DMARC_STEPS_MAX][DNS_NAME_MAX],
                     const char *domain);

/* Walks, and finds the organizational domain; `domain` itself is that where
 * nothing else is. All names are asked side by side; what lies beyond the end
 * of the walk does not count. */
void dmarc_walk(struct dmarc_walk *walk, const struct resolver *resolver,
                const char *domain);

/* Policy discovery (4.10.1) for the domain of a From, in ASCII. */
void dmarc_discover(struct dmarc_ruling *ruling,
                    const struct resolver *resolver, const char *author);

/* Whether an authenticated domain (of MAIL FROM or a DKIM d=) is aligned with
 * the author's (4.4): equal, or else where not `strict` of one organizational
 * domain. UNKNOWN where the DNS did not tell. */
enum dmarc_alignment {
    DMARC_ALIGNED,
    DMARC_UNALIGNED,
    DMARC_ALIGNMENT_UNKNOWN
};
enum dmarc_alignment dmarc_align(const struct resolver *resolver,
                                 const struct dmarc_ruling *ruling,
                                 const char *author, const char *identity,
                                 bool strict);

#endif
