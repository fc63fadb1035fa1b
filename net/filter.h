/* SPDX-License-Identifier: MIT */
/* What the spam filters of a receiver wrote into the header of a mail. */
#ifndef NET_FILTER_H
#define NET_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/header.h"

#define FILTERS_MAX 8
#define FILTER_TESTS_MAX 512

enum filter_verdict { FILTER_SILENT, FILTER_CLEAN, FILTER_SPAM };

/* What one filter says, put together from all its fields. */
struct filter {
    const char *name; /* spamassassin, microsoft ... */
    enum filter_verdict verdict;
    bool scored, limited;
    double score, limit;
    char tests[FILTER_TESTS_MAX]; /* that spoke against it, with commas */
    /* Microsoft's words, in capitals: why it decided so, and as what. */
    char sfv[8], cat[8], dest[8];
    int bulk; /* its level of complaints, 0 to 9 */
};

struct filters {
    struct filter filters[FILTERS_MAX];
    size_t count;
};

/* Takes a field, whose unfolded body is `body`, into account where it is one
 * of a filter's; returns whether it is. The first field of a name counts. */
bool filter_take(struct filters *filters, const struct header_item *item,
                 const char *body);

/* The filter of that name, or NULL. */
const struct filter *filter_find(const struct filters *filters,
                                 const char *name);

/* The first that says "spam", or NULL. */
const struct filter *filter_spam(const struct filters *filters);

/* Whether one of its tests says that the sending server is on a block list. */
bool filter_is_listed(const struct filter *filter);

/* The word for it: spam, clean, or NULL. */
const char *filter_verdict_name(enum filter_verdict verdict);

#endif
