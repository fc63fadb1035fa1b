/* SPDX-License-Identifier: MIT */
/* What the commands of an IMAP session share. */
#ifndef NET_PRACTICE_IMAP_SESSION_H
#define NET_PRACTICE_IMAP_SESSION_H

#include "net/practice/imap_parse.h"
#include "net/practice/imap_server.h"
#include "net/practice/imap_view.h"
#include "net/practice/lines.h"

#define TAG_MAX 64
#define SESSION_QUIT 1 /* what a command returns to end the session */

enum imap_state { STATE_OUTSIDE, STATE_INSIDE, STATE_SELECTED };

struct imap_session {
    const struct imap_server *server;
    struct lines lines;
    enum imap_state state;
    struct imap_view view; /* its address is who logged in */
    char tag[TAG_MAX];
    int mistakes;
};

/* Untagged lines first, then this; `words` begins with OK, NO or BAD. In a
 * selected folder new mails are told before it. Returns 0 or LINES_GONE. */
int imap_done(struct imap_session *session, const char *words);

/* "BAD Syntax". */
int imap_garbled(struct imap_session *session);

/* Commands about folders: the arguments begin after the word. */
int imap_on_list(struct imap_session *session, struct cursor *args);
int imap_on_lsub(struct imap_session *session, struct cursor *args);
int imap_on_status(struct imap_session *session, struct cursor *args);
int imap_on_select(struct imap_session *session, struct cursor *args);
int imap_on_examine(struct imap_session *session, struct cursor *args);
int imap_on_close(struct imap_session *session, struct cursor *args);

#endif
