/* SPDX-License-Identifier: MIT */
/* The test mail: one whole RFC 5322 message, built by us to the last byte. */
#ifndef NET_MESSAGE_H
#define NET_MESSAGE_H

#include <stddef.h>
#include <time.h>

#include "net/address.h"
#include "net/error.h"
#include "net/request.h"

struct message {
    char *text; /* lines end in CRLF, not dot-stuffed; ends in NUL */
    size_t length;
    char id[ID_MAX]; /* Message-ID with its angle brackets */
};

/* Builds the mail that carries the token, the subject and the body of
 * `request`. The Message-ID is made of the token, at the sender's domain, so
 * that one token never makes two mails. `now` is UTC in the Date, whatever the
 * locale. Lines are of at most 76 bytes but where an address or an id, which
 * cannot be folded, is longer. -1 where the token is empty or holds more than
 * letters, digits, dots and hyphens, or without memory. */
int message_build(struct message *message, const struct request *request,
                  const struct address *from, const struct address *to,
                  time_t now, struct error *err);

void message_release(struct message *message);

/* The text as DATA carries it, RFC 5321 4.5.2: dots at the start of a line
 * doubled, the final dot line behind it. From malloc; NULL without memory. */
char *message_stuff(const struct message *message, size_t *length);

#endif
