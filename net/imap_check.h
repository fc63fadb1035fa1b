/* SPDX-License-Identifier: MIT */
/* Whether a mail that a search has found is ours: what counts is its header
 * alone, whatever the server says. */
#ifndef NET_IMAP_CHECK_H
#define NET_IMAP_CHECK_H

#include <stdbool.h>

#include "net/imap_parse.h"
#include "net/request.h"

/* What is known of the mail that a FETCH is about. */
struct imap_check {
    const struct request *request;
    uint32_t uid;
    bool ours;    /* it has our random header */
    bool similar; /* it has none, but our code in its subject, and our sender */
    char date[IMAP_DATE_MAX];
    char *header; /* of one of ours, from malloc, else NULL */
    size_t header_length;
};

/* The command that asks for the mail of that UID, without marking it as read.
 * `size` of 64 is enough. */
void imap_check_command(char *out, size_t size, uint32_t uid);

/* Takes a response to it in; those about any other mail change nothing. */
void imap_check_take(const struct imap_response *response, void *check);

#endif
