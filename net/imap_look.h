/* SPDX-License-Identifier: MIT */
/* One look through the folders of a mailbox. */
#ifndef NET_IMAP_LOOK_H
#define NET_IMAP_LOOK_H

#include <stdbool.h>

#include "net/imap_boxes.h"
#include "net/imap_check.h"
#include "net/imap_session.h"

struct imap_look {
    const struct request *request;
    struct imap_session *session;
    struct imap_boxes boxes;
    int turn;       /* which of the folders of no special use is next */
    bool special;   /* LIST may be asked for uses (RFC 6154) */
    bool gmail;     /* Gmail's own searches are understood */
    char since[32]; /* a day before which our mail cannot be */

    /* What was found. */
    bool found, similar;
    enum imap_place place;
    char folder[IMAP_SHOWN_MAX];
    char when[IMAP_DATE_MAX];
    char category[16]; /* Gmail's tab of the inbox, or "" */
    int copies;        /* of ours, in that folder */
    uint32_t uid;
    char *header; /* of the newest of them, from malloc, or NULL */
    size_t header_length;
};

void imap_look_init(struct imap_look *look, const struct request *request,
                    struct imap_session *session);

/* Looks once. `last`: folders are listed anew, and none is left out; at other
 * times those of no special use take turns. IMAP_DECLINED: the server would
 * not let us look into the inbox. Where the connection is lost, `similar`
 * stays what it was. */
enum imap_result imap_look_once(struct imap_look *look, bool last);

void imap_look_release(struct imap_look *look);

#endif
