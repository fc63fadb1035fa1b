/* SPDX-License-Identifier: MIT */
/* A selected folder, as one session sees it. */
#ifndef NET_PRACTICE_IMAP_VIEW_H
#define NET_PRACTICE_IMAP_VIEW_H

#include "net/practice/pile.h"
#include "net/practice/world.h"

#define IMAP_OUT_MAX (8u * 1024u * 1024u) /* bytes of one answer */

struct imap_view {
    struct world *world;
    char address[ADDRESS_MAX];
    enum folder folder;
    unsigned long count; /* mails that the session was told of */
};

/* One mail in it; `text` is the whole mail, to be freed by the caller. */
struct imap_mail {
    const struct copy *copy;
    unsigned long number; /* its place, from 1 */
    char *text;
    size_t length, head;
};

/* The folder's name, and the folder of a name; FOLDER_COUNT for any other. */
const char *imap_folder_name(enum folder folder);
enum folder imap_folder_from(const char *name);

/* How many mails there are by `now`. The world is locked. */
unsigned long imap_view_count(const struct imap_view *view, double now);

/* The uid of the last mail that the session was told of, 0 where none. */
unsigned long imap_view_last_uid(const struct imap_view *view);

/* The next mail after `copy` (NULL: the first) without its text; false at
 * the end of what the session was told of. `mail->number` counts on. */
bool imap_view_next(const struct imap_view *view, struct imap_mail *mail);

/* Reads its text. -1 without memory. */
int imap_mail_read(const struct imap_view *view, struct imap_mail *mail);

#endif
