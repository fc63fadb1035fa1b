/* SPDX-License-Identifier: MIT */
/* The grammar of one DMARC record (RFC 9989 4.7). */
#ifndef NET_DMARC_RECORD_H
#define NET_DMARC_RECORD_H

#include <stdbool.h>
#include <stddef.h>

/* What an owner asks for. UNSAID: no such tag; BAD: a tag with another word. */
#define DMARC_POLICIES(X)                                                      \
    X(UNSAID, "")                                                              \
    X(BAD, "?")                                                                \
    X(NONE, "none")                                                            \
    X(QUARANTINE, "quarantine")                                                \
    X(REJECT, "reject")

#define DMARC_POLICY_ENUM(id, word) DMARC_##id,
enum dmarc_policy { DMARC_POLICIES(DMARC_POLICY_ENUM) DMARC_POLICY_COUNT };

/* When failure reports are wanted (fo). */
enum {
    DMARC_FO_ALL = 1,
    DMARC_FO_ANY = 2,
    DMARC_FO_DKIM = 4,
    DMARC_FO_SPF = 8
};

struct dmarc_record {
    enum dmarc_policy p, sp, np;
    bool adkim_strict;
    bool aspf_strict;
    bool testing; /* t=y: one step milder than it says */
    char psd;     /* y n u */
    unsigned fo;  /* DMARC_FO_ALL where nothing is said */
    bool rua;     /* at least one address for reports that is a URI */
    bool ruf;
    bool historic; /* pct, rf or ri, which are gone since RFC 9989 */
    unsigned pct;  /* 100 where none: old receivers still read it */
    bool bad_tag;  /* something in it is no tag, or given twice */
};

/* Whether the TXT is one: its first tag is v, with the value "DMARC1" in
 * exactly these letters. */
bool dmarc_record_is(const char *text, size_t length);

/* Reads one of these. Whatever is not understood is left out (4.7). */
void dmarc_record_read(struct dmarc_record *record, const char *text,
                       size_t length);

/* What it asks for, of its own domain or of one below it; `exists`: whether
 * the name below exists. Without a valid p, or with another policy that is
 * none, NONE where there is somewhere to report to, else UNSAID: the record is
 * then as none at all (4.10.1). `t` is not yet applied. */
enum dmarc_policy dmarc_record_asks(const struct dmarc_record *record,
                                    bool below, bool exists);

/* The policy that is applied to mail while t=y. */
enum dmarc_policy dmarc_milder(enum dmarc_policy policy);

const char *dmarc_policy_word(enum dmarc_policy policy);

#endif
