/* SPDX-License-Identifier: MIT */
/* A message as the service keeps it, and what became of it. */
#ifndef NET_TRX_MESSAGE_H
#define NET_TRX_MESSAGE_H

#include <stdbool.h>

#include "net/event.h"
#include "net/json.h"
#include "net/request.h"
#include "net/trx_bounce.h"

struct trx_message {
    char id[ID_MAX];
    char subject[SUBJECT_MAX];
    char from[ADDRESS_MAX];
    char when[BOUNCE_WHEN_MAX]; /* ISO 8601, as written */
};

/* In the order of what weighs more: a return may follow a delivery. */
#define TRX_STATUSES(X)                                                        \
    X(NONE, "none")                                                            \
    X(QUEUED, "queued")                                                        \
    X(TRANSIENT, "transient")                                                  \
    X(DELIVERED, "delivered")                                                  \
    X(BOUNCED, "bounced")
#define TRX_STATUS_ENUM(id, name) TRX_##id,
enum trx_status { TRX_STATUSES(TRX_STATUS_ENUM) TRX_STATUS_COUNT };

struct trx_delivery {
    enum trx_status status;
    char server[HOST_MAX];
    char ip[64];
    char text[REPLY_MAX]; /* the remote server's words, or a summary */
    char when[BOUNCE_WHEN_MAX];
    char bounce_id[BOUNCE_ID_MAX];
};

/* Whether "a@b" or "Name <a@b>" is the address, without case. `text` may be
 * NULL. */
bool trx_address_is(const char *text, const char *address);

/* The newest message of a search's answer to exactly that recipient (compared
 * without case) whose subject holds `code` ("": any). False where there is
 * none. */
bool trx_message_find(struct trx_message *message, const cJSON *answer,
                      const char *to, const char *code);

/* Whether it is an answer to a question for one message's details, and if so
 * what the message is. */
bool trx_message_read(struct trx_message *message, const cJSON *details);

/* What became of it for the recipient ("": for any), by its events. */
void trx_message_delivery(struct trx_delivery *delivery, const cJSON *details,
                          const char *to);

const char *trx_status_name(enum trx_status status);

/* A "delivery" event of it. */
struct event *trx_delivery_event(const struct trx_delivery *delivery);

#endif
