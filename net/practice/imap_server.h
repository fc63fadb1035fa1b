/* SPDX-License-Identifier: MIT */
/* The mailboxes of the practice world by IMAP4rev1 (RFC 3501), in clear text
 * on loopback, with SPECIAL-USE (RFC 6154) and SASL-IR (RFC 4959). Folders
 * are read-only; a mailbox's user is its address. */
#ifndef NET_PRACTICE_IMAP_SERVER_H
#define NET_PRACTICE_IMAP_SERVER_H

#include "net/practice/draw.h"
#include "net/practice/world.h"

#define IMAP_FULL "* BYE Too many connections\r\n"

struct imap_server {
    struct world *world; /* borrowed */
    char password[PASSWORD_SIZE];
};

/* Talks to one client; a crowd_session whose argument is the server. */
void imap_server_session(int fd, void *server);

#endif
