/* SPDX-License-Identifier: MIT */
/* One look through the folders of a mailbox. */
#ifndef NET_IMAP_LOOK_H
#define NET_IMAP_LOOK_H

#include <stdbool.h>

#include "net/imap_session.h"

#define IMAP_FOLDERS_MAX 8
#define IMAP_SHOWN_MAX 512

enum imap_place { PLACE_INBOX, PLACE_SPAM, PLACE_OTHER };

struct imap_place_entry {
    enum imap_place place;
    char name[IMAP_NAME_MAX];   /* as it goes over the wire */
    char shown[IMAP_SHOWN_MAX]; /* as people see it */
};

struct imap_look {
    const struct request *request;
    struct imap_session *session;
    struct imap_place_entry folders[IMAP_FOLDERS_MAX];
    int count;
    bool special;   /* LIST may be asked for uses (RFC 6154) */
    bool spam;      /* some folder for it is known */
    char since[32]; /* a day before which our mail cannot be */

    /* What was found. */
    bool found, similar;
    enum imap_place place;
    char folder[IMAP_SHOWN_MAX];
    char when[40];
};

void imap_look_init(struct imap_look *look, const struct request *request,
                    struct imap_session *session);

/* Looks once. `last`: folders are listed anew. IMAP_DECLINED: the server would
 * not let us look into the inbox. */
enum imap_result imap_look_once(struct imap_look *look, bool last);

#endif
