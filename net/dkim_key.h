/* SPDX-License-Identifier: MIT */
/* The key of a DKIM selector (RFC 6376 3.6.1; RFC 8301, 8463). */
#ifndef NET_DKIM_KEY_H
#define NET_DKIM_KEY_H

#include "net/resolver.h"

#define DKIM_TEXT_MAX 1024 /* of a record that is shown, cut there */

/* What is wrong with a key, and the word of events. */
#define DKIM_FLAWS(X)                                                          \
    X(NONE, NULL)                                                              \
    X(TAGS, "not a list of tags")                                              \
    X(TWICE, "tag given twice")                                                \
    X(VERSION, "v is not DKIM1, or not first")                                 \
    X(NO_KEY, "no p")                                                          \
    X(REVOKED, "revoked")                                                      \
    X(TYPE, "unknown kind of key")                                             \
    X(BASE64, "p is not base64")                                               \
    X(DATA, "p is not a key of that kind")                                     \
    X(SHORT, "key under 1024 bits")                                            \
    X(HASH, "sha256 not allowed")                                              \
    X(SERVICE, "not for mail")

#define DKIM_FLAW_ENUM(id, word) DKIM_FLAW_##id,
enum dkim_flaw { DKIM_FLAWS(DKIM_FLAW_ENUM) DKIM_FLAW_COUNT };

enum dkim_type { DKIM_RSA, DKIM_ED25519 };

struct dkim_key {
    enum dkim_flaw flaw; /* the first; the rest may then be unread */
    enum dkim_type type;
    unsigned bits; /* of the modulus; 256 of Ed25519 */
    bool testing;  /* t=y: as if unsigned, whatever it proves */
    bool strict;   /* t=s: i= must be the domain itself */
};

/* Reads what a selector holds. Total on any bytes. */
void dkim_key_read(struct dkim_key *key, const char *text, size_t length);

/* A selector as the DNS has it. */
struct dkim_selector {
    enum dns_state state; /* OK: there is a TXT */
    size_t count;         /* TXT records: more than one is undefined
                             (3.6.2.2); the first sound one is read */
    struct dkim_key key;
    char alias[DNS_NAME_MAX]; /* where a CNAME leads; "": none */
    char text[DKIM_TEXT_MAX]; /* the record, as published */
};

/* Asks for SELECTOR._domainkey.DOMAIN. */
void dkim_selector_ask(struct dkim_selector *found,
                       const struct resolver *resolver, const char *selector,
                       const char *domain);

/* The same of several at once, side by side. */
void dkim_selectors_ask(struct dkim_selector *found,
                        const struct resolver *resolver,
                        const char *const *selectors, size_t count,
                        const char *domain);

const char *dkim_flaw_word(enum dkim_flaw flaw); /* NULL for NONE */
const char *dkim_type_word(enum dkim_type type); /* "rsa", "ed25519" */

#endif
