/* SPDX-License-Identifier: MIT */
/* One safe HTTP request: one handle, one connection, within bounds. */
#ifndef NET_HTTPS_H
#define NET_HTTPS_H

#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"
#include "net/fault.h"
#include "net/feed.h"
#include "net/secret.h"

#define HTTPS_BODY_MAX (1024 * 1024)
#define HTTPS_HEADERS_MAX (64 * 1024)

/* All borrowed. */
struct https_call {
    const char *url;          /* as `url_check` wants it; a query may follow */
    const char *key_name;     /* the header field that carries the key */
    const struct secret *key; /* printable ASCII only */
    const char *body;         /* JSON to send; NULL: GET */
    bool put;                 /* the body goes by PUT instead of POST */
    const char *ca_file;      /* the whole trust; "": the system's */
    double limit;             /* seconds for it all, over 0 */
};

struct https_answer {
    int status;       /* HTTP status (RFC 9110 section 15); 0: none came */
    char *body;       /* from malloc, ended by a NUL; NULL where empty */
    size_t length;    /* without that NUL */
    enum fault fault; /* of the exchange; a status is none */
    enum phase phase; /* where it stopped */
    bool sent;        /* the last bytes of the body were handed out */
    bool cut;         /* the answer was larger, or odder, than we take */
    int retry_after;  /* seconds, see net/retry.h; 0: not asked for */
    char words[256];  /* what the libraries say of a fault, or "" */
};

/* Does it; redirects are answers, no proxy is asked, the certificate and its
 * name are always checked. Tells the phases connect, tls, request, sent (just
 * before the last bytes of a body go out) and answer. Fills `answer` in any
 * case; the caller gives it to `https_release`. -1 only for faults of ours. */
int https_request(struct https_answer *answer, const struct https_call *call,
                  struct feed *feed, struct error *err);

void https_release(struct https_answer *answer);

#endif
