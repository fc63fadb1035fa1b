/* SPDX-License-Identifier: MIT */
/* Our own TLS: whom we trust, what is asked of a certificate, and what is wrong
 * with one. OpenSSL's rules, never libesmtp's. */
#ifndef NET_TLS_H
#define NET_TLS_H

#include <stdbool.h>

#include <openssl/ssl.h>

#include "net/event.h"

#define TLS_WORDS_MAX 512
#define TLS_NAME_MAX 256

/* What a handshake has shown. Texts are UTF-8, "" where there is none. */
struct tls {
    SSL_CTX *context;
    SSL *ssl;
    X509 *leaf; /* the server's certificate as soon as it was sent */
    char host[TLS_NAME_MAX];
    char first[8]; /* the first bytes that the server said */
    size_t first_length;
    bool asked;                /* the server wants a certificate of ours */
    const char *problem;       /* one word of the table in tls.c, or NULL */
    char words[TLS_WORDS_MAX]; /* the same in lower-case words */
};

/* TLS 1.2 or later, the authorities of the system or, where `ca_file` is not
 * empty, of that file alone; nothing from the environment. -1: `words` tells
 * why; `tls` is then to be released all the same. */
int tls_init(struct tls *tls, const char *ca_file);

/* Prepares a session on a connected, non-blocking socket: SNI, and the check of
 * the certificate against `host` as it was typed (a name or an address). */
int tls_start(struct tls *tls, int fd, const char *host);

/* One step of the handshake: 1 done and verified, 0 again once `*events` (of
 * poll) are there, -1 failed: the socket is at its end where `*closed`, else
 * `problem` and `words` are set. */
int tls_step(struct tls *tls, short *events, bool *closed);

/* Says what was wrong where the session broke after the handshake. */
void tls_explain(struct tls *tls);

/* The "tls" event: version, cipher, subject, issuer, names, not_before,
 * not_after (UTC, ISO 8601), verified, problem, revocation. */
struct event *tls_event(const struct tls *tls);

void tls_release(struct tls *tls);

#endif
