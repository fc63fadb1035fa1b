/* SPDX-License-Identifier: MIT */
/* Reads a return notice: a delivery status notification (RFC 3464 in a report
 * of RFC 6522), or the plain words of servers that write none; total on any
 * bytes. */
#ifndef NET_DSN_H
#define NET_DSN_H

#include <stdbool.h>
#include <stddef.h>

#include "net/event.h"
#include "net/request.h"

#define DSN_RECIPIENTS_MAX 8

/* What became of the mail; NONE: the notice does not say. */
enum dsn_action {
    DSN_NONE,
    DSN_FAILED,
    DSN_DELAYED,
    DSN_DELIVERED, /* also relayed, expanded */
    DSN_ACTION_COUNT
};

struct dsn_recipient {
    char address[ADDRESS_MAX]; /* Final-Recipient, else Original-Recipient */
    enum dsn_action action;
    char status[16];       /* "5.1.1", or "" */
    int code;              /* of the reply that it quotes, or 0 */
    char words[REPLY_MAX]; /* Diagnostic-Code without its type, or the text */
    char remote[HOST_MAX]; /* Remote-MTA, or "" */
};

struct dsn {
    bool report; /* with the parts of RFC 3464; else read from its text */
    char reporting[HOST_MAX]; /* Reporting-MTA, or "" */
    struct dsn_recipient recipients[DSN_RECIPIENTS_MAX];
    size_t count; /* 0: this is no notice */
    /* Of the mail that came back, as far as it is quoted. */
    char message_id[ID_MAX], token[TOKEN_MAX], subject[SUBJECT_MAX];
};

/* Reads a whole mail, or what was pasted of one. */
void dsn_read(struct dsn *dsn, const char *mail, size_t length);

/* The one that says most: a failure before a delay before anything else; NULL
 * where there is none. */
const struct dsn_recipient *dsn_worst(const struct dsn *dsn);

/* Whether it quotes the mail of `request`: its token, its Message-ID, or its
 * code in the subject. */
bool dsn_quotes(const struct dsn *dsn, const struct request *request);

/* The word of RFC 3464 2.3.3: failed, delayed, delivered; NULL for NONE. */
const char *dsn_action_name(enum dsn_action action);

#endif
