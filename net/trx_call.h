/* SPDX-License-Identifier: MIT */
/* One call to the service's transactional API, key and limits included. */
#ifndef NET_TRX_CALL_H
#define NET_TRX_CALL_H

#include "net/error.h"
#include "net/feed.h"
#include "net/request.h"
#include "net/trx_answer.h"

#define TRX_PATH_MAX 2048 /* bytes of a path with its query */

/* What the calls of one probe share; all borrowed. */
struct trx {
    const struct request *request;
    struct feed *feed;
    double until; /* on the feed's clock: when all must be over */
};

/* `seconds`: how long all calls together may take. */
void trx_init(struct trx *trx, const struct request *request, struct feed *feed,
              double seconds);

/* Whether the key can be a header's value. Where it cannot, no call is made,
 * and `answer` says that the key is wrong. */
bool trx_key_fits(const struct trx *trx, struct trx_answer *answer);

/* A path under construction. Too long a path is never sent. */
struct trx_path {
    size_t length;
    bool overflow;
    char text[TRX_PATH_MAX];
};

void trx_path_init(struct trx_path *path, const char *start);

/* Adds a segment, or "name=value" to the query; values percent-escaped (RFC
 * 3986 section 2.1). */
void trx_path_segment(struct trx_path *path, const char *value);
void trx_path_query(struct trx_path *path, const char *name, const char *value);

/* GET of the path, or POST where there is a body. No longer than the request's
 * limit and what is left of all. Fills `answer`, which the caller gives to
 * `trx_answer_release`. -1 only for faults of ours. */
int trx_call(struct trx *trx, const struct trx_path *path, const char *body,
             struct trx_answer *answer, struct error *err);

/* The same for a PUT of an empty object. */
int trx_put(struct trx *trx, const struct trx_path *path,
            struct trx_answer *answer, struct error *err);

#endif
