/* SPDX-License-Identifier: MIT */
/* A return as the service keeps it, and the remote server's words in it. */
#ifndef NET_TRX_BOUNCE_H
#define NET_TRX_BOUNCE_H

#include <stdbool.h>

#include "net/event.h"
#include "net/json.h"
#include "net/request.h"

#define BOUNCE_ID_MAX 64
#define BOUNCE_KIND_MAX 40
#define BOUNCE_WHEN_MAX 48

struct trx_bounce {
    char id[BOUNCE_ID_MAX];     /* "" where it has none */
    char type[BOUNCE_KIND_MAX]; /* as the service wrote it */
    char kind[BOUNCE_KIND_MAX]; /* of our table, by type or code; else type */
    int code;                   /* TypeCode; 0: none */
    bool dropped;  /* never left: its words are the service's own */
    bool inactive; /* this return blocks the address */
    bool can_activate;
    char when[BOUNCE_WHEN_MAX]; /* ISO 8601, as written */
    char email[ADDRESS_MAX];
    char from[ADDRESS_MAX];
    char subject[SUBJECT_MAX];
    char message_id[ID_MAX];
    char details[REPLY_MAX]; /* the remote server's diagnostic, or "" */
};

/* Reads a bounce, bare or as the only one of a list. False where there is
 * nothing of a bounce in it. All texts are valid UTF-8. */
bool trx_bounce_read(struct trx_bounce *bounce, const cJSON *object);

/* A "bounce" event of it. */
struct event *trx_bounce_event(const struct trx_bounce *bounce);

/* Puts a diagnostic such as "smtp;550 5.1.1 no such user" into code, enhanced
 * (RFC 3463) and reply, without the type of RFC 3464 2.3.6 in front. */
void trx_bounce_words(const char *details, struct ending *ending);

#endif
