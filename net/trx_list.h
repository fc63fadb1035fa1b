/* SPDX-License-Identifier: MIT */
/* The service's list of bounces, page by page: one page in memory. */
#ifndef NET_TRX_LIST_H
#define NET_TRX_LIST_H

#include "net/seen.h"
#include "net/trx_bounce.h"
#include "net/trx_call.h"

#define TRX_WINDOW 10000 /* the service lists no more than so many */

/* Gets each bounce once, in the service's order: newest first. */
typedef void trx_list_take(const struct trx_bounce *bounce, void *arg);

struct trx_list {
    /* What is asked for; all borrowed. */
    struct trx *trx;
    const char *address; /* whose address holds that; "": anyone's */
    const char *since;   /* the first day, "2026-10-09"; "": any */
    bool inactive;       /* only those that block */
    trx_list_take *take;
    void *arg;

    /* Zero at first; what came of it. */
    struct trx_answer answer;  /* the last one */
    struct seen seen;          /* ids that were taken; kept from list to list */
    char first[BOUNCE_ID_MAX]; /* id that the last page began with */
    int pages;                 /* that were read */
    bool whole;                /* the end of the list was reached */
    struct error err;
};

/* Reads on until the list ends, the window does, or the service begins anew.
 * 0: every page was one; 1: `answer` says what is wrong; -1: we are at fault.
 */
int trx_list_read(struct trx_list *list);

void trx_list_release(struct trx_list *list);

#endif
