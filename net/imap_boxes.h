/* SPDX-License-Identifier: MIT */
/* The folders of a mailbox that are looked into, and what each is for. */
#ifndef NET_IMAP_BOXES_H
#define NET_IMAP_BOXES_H

#include <stdbool.h>

#include "net/imap_parse.h"

#define IMAP_BOXES_MAX 48
#define IMAP_SHOWN_MAX 512

enum imap_place { PLACE_INBOX, PLACE_SPAM, PLACE_OTHER };

/* In the order in which they are looked into. */
enum imap_role { ROLE_INBOX, ROLE_SPAM, ROLE_ALL, ROLE_REST };

struct imap_box {
    enum imap_role role;
    bool named;                 /* only its name says that it is for spam */
    char name[IMAP_NAME_MAX];   /* as it goes over the wire */
    char shown[IMAP_SHOWN_MAX]; /* as people see it */
};

struct imap_boxes {
    struct imap_box all[IMAP_BOXES_MAX];
    int count;
    int rest; /* how many are of that role */
};

/* Nothing but the inbox, which every mailbox has (RFC 9051 section 5.1). */
void imap_boxes_init(struct imap_boxes *boxes);

/* Takes a LIST response in; any other response, and folders that cannot be
 * looked into or hold what was sent from here, change nothing. */
void imap_boxes_take(struct imap_boxes *boxes,
                     const struct imap_response *response);

/* To be called after the last of them: a use that the server flags (RFC 6154)
 * comes before what a name says; puts all in their order. */
void imap_boxes_settle(struct imap_boxes *boxes);

/* Whether some folder is of that role. */
bool imap_boxes_have(const struct imap_boxes *boxes, enum imap_role role);

/* Where a mail in a folder of that role is. */
enum imap_place imap_role_place(enum imap_role role);

#endif
