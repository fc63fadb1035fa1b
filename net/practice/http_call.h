/* SPDX-License-Identifier: MIT */
/* One request to the API and the answer to it, as its handlers see them. */
#ifndef NET_PRACTICE_HTTP_CALL_H
#define NET_PRACTICE_HTTP_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>
#include <microhttpd.h>

#include "net/practice/actors.h"
#include "net/practice/pile.h"
#include "net/practice/quirks.h"
#include "net/practice/world.h"

#define ID_BYTES 64

/* Statuses whose names differ between versions of libmicrohttpd. */
#define TOO_LARGE 413u
#define UNPROCESSABLE 422u

struct call {
    struct world *world; /* locked while a handler works */
    double now;
    struct MHD_Connection *connection;
    char id[ID_BYTES]; /* what stands for {id} in the path, or "" */
    const struct pile *body;
};

/* `body` is the answer's to free; NULL makes it 500, unless there is a `page`,
 * which is HTML and borrowed. */
struct answer {
    unsigned status;
    cJSON *body;
    const char *page;
    enum manner manner;
};

typedef struct answer call_handler(const struct call *call);

/* Status 200 and that body. */
struct answer answer_with(cJSON *body);

/* {"ErrorCode":code,"Message":...} */
struct answer answer_fault(unsigned status, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Whether the service has that quirk: call_has(call, QUIRK_BIT(ID)). */
bool call_has(const struct call *call, unsigned quirk);

/* A parameter of the query, percent signs read; NULL where absent or "". */
const char *call_query(const struct call *call, const char *name);

/* Which part of a list is wanted. */
struct page {
    size_t count, offset;
};

/* Reads count (1 to 500) and offset, both demanded, together at most 10000.
 * -1 where they are not that. */
int call_page(const struct call *call, struct page *page);

/* Whether the day of `at` lies within fromdate and todate, where given. */
bool call_has_day(const struct call *call, double at);

/* Whether `text` holds `part`, and whether they are equal, without case. */
bool text_holds(const char *text, const char *part);
bool text_is(const char *text, const char *other);

/* Puts a text, or null where it is "". */
void put_text_or_null(cJSON *object, const char *name, const char *text);

/* Puts a moment as the service writes it. */
void put_moment(cJSON *object, const char *name, const struct call *call,
                double at);

/* The handlers, by section of the service's documentation. */
call_handler http_email_send;
call_handler http_messages_list, http_message_details, http_message_dump;
call_handler http_bounces_list, http_bounce_show, http_bounce_dump,
    http_bounce_activate, http_delivery_stats;

#endif
