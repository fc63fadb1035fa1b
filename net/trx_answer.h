/* SPDX-License-Identifier: MIT */
/* An answer of the service's API: from bytes to accepted, refused, or no
 * answer of the service at all. */
#ifndef NET_TRX_ANSWER_H
#define NET_TRX_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/event.h"
#include "net/json.h"

struct trx_answer {
    cJSON *json;      /* the object; NULL where there is none */
    int http;         /* HTTP status; 0: nothing came */
    int code;         /* ErrorCode, else the HTTP status of a refusal */
    enum fault fault; /* NONE: the service agrees */
    enum phase phase;
    bool sent;             /* the whole body of a POST was on its way */
    bool lost;             /* silence, a cut line or our own limit ended it */
    bool cut;              /* it was larger than we take */
    int retry_after;       /* seconds to wait, with 429 and 503; 0: not said */
    char words[REPLY_MAX]; /* the service's Message, or the title of a page */
    char detail[256];      /* technical words of a fault of the line */
};

/* Reads what came with an HTTP status: a body of `length` bytes, which ends in
 * a NUL that is not counted or is NULL. Fills all but `phase` and `sent`.
 * ErrorCode missing with 2xx is agreement; an ErrorCode is a refusal with any
 * status; a redirect and all that is no JSON object is `protocol`; an object
 * that stops short is one that was lost, where the status agrees. The words
 * of an answer with several errors are those of each. */
void trx_answer_read(struct trx_answer *answer, int http, const char *body,
                     size_t length);

/* Whether the object has any member by which the answer to a send is known;
 * some stranger's {} has none. */
bool trx_answer_is_receipt(const struct trx_answer *answer);

/* Whether the words say that `address` is inactive, so that nothing will be
 * delivered to it, whatever the code is. */
bool trx_answer_names_inactive(const char *words, const char *address);

/* Whether the service has no such path, or not for us. Only what it does not
 * promise may be called so. */
bool trx_answer_is_not_offered(const struct trx_answer *answer);

/* The ending of a probe that this answer ends: pass, fault, or unknown where
 * the service may have taken a message without our learning of it. */
void trx_answer_end(const struct trx_answer *answer, struct ending *ending);

/* The members that the "end" of every call to the service has: `http`,
 * `detail` where the line failed, `retry_after` where it asks for a pause. For
 * `feed_end`. */
struct event *trx_answer_members(const struct trx_answer *answer);

void trx_answer_release(struct trx_answer *answer);

#endif
