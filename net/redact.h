/* SPDX-License-Identifier: MIT */
/* Takes secrets out of text where a line is made, in every form in which they
 * travel. */
#ifndef NET_REDACT_H
#define NET_REDACT_H

#include <stddef.h>

#include "net/secret.h"

#define REDACT_MARK "[oculto]"

struct redact;

/* An empty list, or NULL without memory. */
struct redact *redact_new(void);

/* Adds a secret in these forms: as it is, base64 of it, percent-escaped, and,
 * where `user` is given, the PLAIN response of RFC 4616 in base64. Secrets of
 * fewer than four bytes are only taken whole-word: they would eat the text. */
int redact_add(struct redact *redact, const struct secret *secret,
               const char *user);

/* `text` without any of them, from malloc; NULL where it holds none. */
char *redact_text(const struct redact *redact, const char *text);

void redact_free(struct redact *redact);

#endif
