/* SPDX-License-Identifier: MIT */
/* What may be asked of the DNS and what comes back, without saying who asks:
 * SPF, DMARC and the rest are written against it, and tested with zones. */
#ifndef NET_RESOLVER_H
#define NET_RESOLVER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#define DNS_NAME_MAX 256    /* a name of at most 253 bytes, and NUL */
#define DNS_RECORDS_MAX 128 /* records of one answer that are kept */
#define DNS_TEXT_MAX 65535  /* bytes of one record, as a message holds */

/* Record types, by their numbers of RFC 1035 3.2.2 and RFC 3596. */
#define DNS_TYPES(X)                                                           \
    X(A, 1) X(NS, 2) X(CNAME, 5) X(PTR, 12) X(MX, 15) X(TXT, 16) X(AAAA, 28)

/* How a question ended. No state is ever taken for another. */
#define DNS_STATES(X)                                                          \
    X(UNASKED, "unasked")         /* no memory, or no time left to ask it */   \
    X(OK, "ok")                   /* at least one record */                    \
    X(NODATA, "nodata")           /* the name exists, without that type */     \
    X(NXDOMAIN, "nxdomain")       /* the name does not exist */                \
    X(SERVFAIL, "servfail")       /* the server could not find out */          \
    X(REFUSED, "refused")         /* the server will not tell us */            \
    X(TIMEOUT, "timeout")         /* silence */                                \
    X(BOGUS, "bogus")             /* malformed, endless, or another rcode */   \
    X(UNREACHABLE, "unreachable") /* no server at the address we ask */        \
    X(BADNAME, "badname")         /* such a name cannot be asked for */

#define DNS_TYPE_ENUM(id, number) DNS_##id = number,
#define DNS_STATE_ENUM(id, word) DNS_##id,
enum dns_type { DNS_TYPES(DNS_TYPE_ENUM) };
enum dns_state { DNS_STATES(DNS_STATE_ENUM) DNS_STATE_COUNT };

/* One record. Which members hold something is ruled by its type. */
struct dns_record {
    unsigned preference; /* MX */
    struct in_addr ip4;  /* A, network order */
    struct in6_addr ip6; /* AAAA, network order */
    size_t length;       /* bytes of `text`, less the NUL behind them */
    const char *text;    /* TXT: its strings joined without a blank (RFC 7208
                            3.3), any byte among them; else a name, "" being
                            the root; A and AAAA: "" */
};

/* All zero is an answer that is not there yet. */
struct dns_answer {
    enum dns_state state;
    bool cut;                     /* there were records that are not kept */
    size_t count;                 /* 0 but where the state is OK */
    struct dns_record *records;   /* MX: by preference; else as they came */
    char canonical[DNS_NAME_MAX]; /* end of a chain of CNAME; "": none */
};

/* Names, everywhere in this file, are ASCII without a closing dot: a dot parts
 * two labels, any other byte stands for itself, a backslash too. */
struct dns_query {
    enum dns_type type;
    char name[DNS_NAME_MAX];
    struct dns_answer answer;
};

/* Answers all of them, side by side where it can, and returns when each one
 * has its state; the queries come from `dns_query_init`. Only queries whose
 * state is UNASKED are asked. */
typedef void dns_ask(void *context, struct dns_query *queries, size_t count);

/* Who answers: c-ares for the network, a zone in tests. */
struct resolver {
    dns_ask *ask;
    void *context;
};

/* Makes it a question for that name. One closing dot is dropped. What cannot
 * be a name (an empty or too long label, RFC 1035 2.3.4) has the answer
 * BADNAME from then on. Of a query with an answer release that first. */
void dns_query_init(struct dns_query *query, const char *name,
                    enum dns_type type);

/* Asks them; those that still have no state stay UNASKED. The answers are the
 * caller's to release, one by one or by `dns_queries_release`. */
void resolver_ask(const struct resolver *resolver, struct dns_query *queries,
                  size_t count);

/* `dns_query_init` and `resolver_ask` of a single one. */
enum dns_state resolver_ask_one(const struct resolver *resolver,
                                struct dns_query *query, const char *name,
                                enum dns_type type);

void dns_answer_release(struct dns_answer *answer);
void dns_queries_release(struct dns_query *queries, size_t count);

/* Whether the state tells what the DNS holds (OK, NODATA, NXDOMAIN); in all
 * others nothing is known of the name. */
bool dns_is_told(enum dns_state state);

/* The lower-case word of a state; "A", "MX" ... of a type. */
const char *dns_state_word(enum dns_state state);
const char *dns_type_word(enum dns_type type);

/* For who makes answers: puts a record behind the others, `text` copied, and
 * the state OK. MX are kept by preference. Without memory, or where there are
 * DNS_RECORDS_MAX, the answer is `cut`. */
void dns_answer_add(struct dns_answer *answer, enum dns_type type,
                    const struct dns_record *record);

#endif
