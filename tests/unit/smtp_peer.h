/* SPDX-License-Identifier: MIT */
/* An SMTP server that plays a script to one connection, in a thread, with
 * certificates made on the fly. For what real servers do not do on demand. */
#ifndef TESTS_UNIT_SMTP_PEER_H
#define TESTS_UNIT_SMTP_PEER_H

#include <pthread.h>
#include <stddef.h>

#include <openssl/ssl.h>

/* A script is lines, each one step:
 *   S TEXT     says TEXT and CRLF
 *   B TEXT     says TEXT and CRLF byte by byte
 *   R TEXT     says TEXT alone; \n \r \0 \e and \xNN are those bytes
 *   C PREFIX   hears one line, which must begin so
 *   message    hears lines up to the single dot
 *   tls        the server's side of a handshake
 *   flood TEXT says TEXT and CRLF until the other side leaves
 *   drip TEXT  says TEXT over and over, a byte each 50 ms, until the other side
 * leaves hold       says nothing until the other side leaves wait       hears
 * nothing for 50 ms reset      leaves by RST long CODE  says a line of 1,100
 * bytes with another reply behind its 1,023rd It closes the connection at the
 * end. */
struct peer {
    const char *script;
    SSL_CTX *context; /* borrowed; NULL: no TLS */
    int listener, fd;
    unsigned short port;
    SSL *ssl;
    pthread_t thread;
    char heard[65536]; /* all lines that came, each ended by \n */
    size_t length;
    char missed[256]; /* the step that found something else, or "" */
};

/* Returns 0, or -1 where the system does not let us. */
int peer_start(struct peer *peer, const char *script, SSL_CTX *context);

/* Waits for the end of the script. */
void peer_stop(struct peer *peer);

/* What a certificate is like. */
enum paper {
    PAPER_GOOD,
    PAPER_EXPIRED,
    PAPER_EARLY,
    PAPER_WRONG_HOST,
    PAPER_SELF_SIGNED,
    PAPER_UNKNOWN_ISSUER,
    PAPER_OLD_PROTOCOL, /* TLS 1.1 at most */
    PAPER_ODD_CIPHER,   /* one that an EC key cannot do */
    PAPER_DEMANDS_1_2,  /* a certificate of the client, in TLS 1.2 */
    PAPER_DEMANDS_1_3,
    PAPER_COUNT
};

/* A server's context for 127.0.0.1 and localhost by a certificate of that
 * kind, and the authority's certificate as a PEM file that the caller removes.
 * Aborts the test where OpenSSL fails. */
void papers_make(SSL_CTX *contexts[PAPER_COUNT], char *ca_file, size_t size);
void papers_free(SSL_CTX *contexts[PAPER_COUNT]);

#endif
