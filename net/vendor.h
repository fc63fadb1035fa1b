/* SPDX-License-Identifier: MIT */
/* Who is behind a name of the DNS: the tables of assets/gateways.def and
 * assets/freemail.def. */
#ifndef NET_VENDOR_H
#define NET_VENDOR_H

#include <stdbool.h>
#include <stddef.h>

struct vendor {
    const char *code; /* "microsoft_365" */
    const char *name; /* "Microsoft 365" */
};

/* Who runs a mail server of that name (ASCII, in any case, without a closing
 * dot), or NULL. */
const struct vendor *vendor_of_host(const char *host);

/* Whether mailboxes of that domain are free for everybody. */
bool vendor_is_freemail(const char *domain);

/* The table, row by row: the pattern of row `row` and its vendor, NULL behind
 * the last. */
const struct vendor *vendor_row(size_t row, const char **pattern);

#endif
