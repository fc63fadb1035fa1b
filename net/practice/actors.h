/* SPDX-License-Identifier: MIT */
/* Recipients whose name says what becomes of a mail to them, in whatever
 * scenario: NAME@ANYTHING.test. */
#ifndef NET_PRACTICE_ACTORS_H
#define NET_PRACTICE_ACTORS_H

#include "net/practice/plot.h"

/* How the API answers whoever hands in a mail to them. */
enum manner {
    MANNER_USUAL,
    MANNER_NO_CODE, /* an agreement without ErrorCode */
    MANNER_PAGE,    /* a web page that forbids */
    MANNER_SLOW,    /* after a while */
    MANNER_DROP,    /* takes the mail and cuts the connection */
    MANNER_REFUSE   /* with the ErrorCode in the name: e405 */
};

struct actor {
    const char *name; /* of the mailbox */
    enum manner manner;
    struct fate fate;
};

/* The actor of an address, or NULL. For e405@x.test `code` is 405, for others
 * 0. It may be NULL. */
const struct actor *actor_find(const char *address, int *code);

#endif
