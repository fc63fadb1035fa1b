/* SPDX-License-Identifier: MIT */
/* Reads the header of a copy that was received: what the receiver's own checks
 * came to, whose signature it bears, where it came from, what the filters say;
 * total on any bytes. */
#ifndef NET_COPY_H
#define NET_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include "net/authres.h"
#include "net/filter.h"
#include "net/orgdomain.h"
#include "net/received.h"

#define COPY_NAME_MAX 256
#define COPY_RAW_MAX 2048 /* of the field that is kept as it stands */
#define COPY_SIGNATURES_MAX 8
#define COPY_DOUBTFUL_MAX 16

/* The checks that are told of, in the order in which they are told. */
#define COPY_METHODS(X)                                                        \
    X(SPF, "spf")                                                              \
    X(DKIM, "dkim")                                                            \
    X(DMARC, "dmarc")                                                          \
    X(COMPAUTH, "compauth")                                                    \
    X(ARC, "arc")                                                              \
    X(IPREV, "iprev")                                                          \
    X(SENDERID, "sender-id")                                                   \
    X(DOMAINKEYS, "domainkeys")
#define COPY_ENUM(id, name) COPY_##id,
enum copy_method { COPY_METHODS(COPY_ENUM) COPY_METHOD_COUNT };

/* What a check came to. `result` is "" where the receiver does not tell. */
struct copy_check {
    char result[AUTHRES_WORD_MAX];
    char domain[COPY_NAME_MAX];     /* that it is about */
    char note[AUTHRES_NOTE_MAX];    /* the receiver's words, or "" */
    char reason[AUTHRES_VALUE_MAX]; /* a code or word, or "" */
    char selector[COPY_NAME_MAX];   /* DKIM only */
    char by[AUTHRES_VALUE_MAX];     /* who checked; "" where not told */
    enum alignment aligned;         /* with the domain of From */
    size_t field;                   /* which one told it, from 1 */
    int layer;                      /* 1: of the gateway before */
};

/* A signature that the mail bears. `result` is "" where nobody checked it. */
struct copy_signature {
    char domain[COPY_NAME_MAX], selector[COPY_NAME_MAX];
    char result[AUTHRES_WORD_MAX];
    char note[AUTHRES_NOTE_MAX];
    enum alignment aligned;
};

/* What stands there, but was not written by the receiver, as far as the order
 * of the fields shows: it may be forged, or older. */
struct copy_doubtful {
    char by[AUTHRES_VALUE_MAX], method[AUTHRES_WORD_MAX];
    char result[AUTHRES_WORD_MAX], domain[COPY_NAME_MAX];
};

struct copy {
    char from[COPY_NAME_MAX];        /* domain of From, or "" */
    char return_path[COPY_NAME_MAX]; /* the address, or "" */
    char receiver[RECEIVED_NAME_MAX];
    struct received border; /* how it came to the receiver; ip "" if unknown */
    bool traced;            /* there is some Received field */
    char ip[RECEIVED_IP_MAX]; /* of who gave it to the receiver */
    struct copy_check checks[COPY_METHOD_COUNT];
    struct copy_signature signatures[COPY_SIGNATURES_MAX];
    size_t signature_count;
    struct copy_doubtful doubtful[COPY_DOUBTFUL_MAX];
    size_t doubtful_count;
    struct filters filters;
    bool gateway;           /* a known gateway stands before the mailbox */
    bool gateway_broke;     /* what passed there failed at the mailbox */
    char raw[COPY_RAW_MAX]; /* the receiver's field of results, or "" */
};

/* What is known beforehand, each "" where it is not. */
struct copy_ask {
    const char *from; /* address or domain, where the header shows none */
    const char *to;   /* address or domain that received it */
};

/* Reads it all. */
void copy_read(struct copy *copy, const char *header, size_t length,
               const struct copy_ask *ask);

const char *copy_method_name(enum copy_method method);

/* The domain of an address, or of what holds one in angle brackets. */
void copy_domain(char *out, size_t size, const char *address);

#endif
