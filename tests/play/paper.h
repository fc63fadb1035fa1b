/* SPDX-License-Identifier: MIT */
/* Certificates made on the fly, good and bad, and servers that use them. */
#ifndef TESTS_PLAY_PAPER_H
#define TESTS_PLAY_PAPER_H

#include <openssl/ssl.h>

/* What a certificate and its server are like: a row of the table in paper.c. */
struct paper;

/* The row of that name, or NULL. */
const struct paper *paper_find(const char *name);

/* A server's context with a new certificate of that kind; the authority to
 * trust goes to `ca_file` as PEM. Ends the program where OpenSSL fails. */
SSL_CTX *paper_make(const struct paper *paper, const char *ca_file);

#endif
