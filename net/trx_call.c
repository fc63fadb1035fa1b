/* SPDX-License-Identifier: MIT */
/* One call to the service's transactional API. */
#include "net/trx_call.h"

#include <stdio.h>
#include <string.h>

#include "net/https.h"

#define KEY_HEADER "X-Trx-Api-Key"
#define LINE_BODY_MAX 4096
#define HTTP_TOO_MANY 429
#define HTTP_UNAVAILABLE 503

void trx_init(struct trx *trx, const struct request *request, struct feed *feed,
              double seconds)
{
    trx->request = request;
    trx->feed = feed;
    trx->until = feed_seconds(feed) + seconds;
}

bool trx_key_fits(const struct trx *trx, struct trx_answer *answer)
{
    const struct secret *key = &trx->request->api_key;
    bool fits = key->length > 0;

    for (size_t i = 0; i < key->length; i++)
        if (key->text[i] <= ' ' || key->text[i] >= 0x7f)
            fits = false;
    memset(answer, 0, sizeof(*answer));
    if (!fits) {
        answer->fault = FAULT_AUTH;
        answer->phase = PHASE_REQUEST;
    }
    return fits;
}

void trx_path_init(struct trx_path *path, const char *start)
{
    path->length = 0;
    path->overflow = false;
    path->text[0] = '\0';
    while (*start && path->length < sizeof(path->text) - 1)
        path->text[path->length++] = *start++;
    path->text[path->length] = '\0';
}

static void add(struct trx_path *path, const char *bytes, size_t length)
{
    if (length >= sizeof(path->text) - path->length) {
        path->overflow = true;
        return;
    }
    memcpy(path->text + path->length, bytes, length);
    path->length += length;
    path->text[path->length] = '\0';
}

static void add_escaped(struct trx_path *path, const char *value)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~";
    char escape[4];

    for (; *value; value++) {
        if (strchr(plain, *value)) {
            add(path, value, 1);
        } else {
            snprintf(escape, sizeof(escape), "%%%02X", (unsigned char)*value);
            add(path, escape, 3);
        }
    }
}

void trx_path_segment(struct trx_path *path, const char *value)
{
    add(path, "/", 1);
    add_escaped(path, value);
}

void trx_path_query(struct trx_path *path, const char *name, const char *value)
{
    add(path, strchr(path->text, '?') ? "&" : "?", 1);
    add(path, name, strlen(name));
    add(path, "=", 1);
    add_escaped(path, value);
}

/* The body of an agreeing answer to a question stays out: it may hold other
 * people's mail. */
static void tell_answer(const struct trx *trx, const struct https_answer *http,
                        const struct trx_answer *answer, bool posted)
{
    char line[LINE_BODY_MAX + 64];
    bool whole = http->body && (posted || answer->fault != FAULT_NONE);
    int length;

    if (http->status == 0)
        return;
    if (whole)
        length = snprintf(line, sizeof(line), "HTTP %d %.*s", http->status,
                          LINE_BODY_MAX, http->body);
    else
        length = snprintf(line, sizeof(line), "HTTP %d, %zu bytes",
                          http->status, http->length);
    feed_line(trx->feed, "server", line, (size_t)length);
}

/* The statuses that Retry-After belongs to, of those that we meet. */
static bool is_busy(int status)
{
    return status == HTTP_TOO_MANY || status == HTTP_UNAVAILABLE;
}

static void read_answer(const struct https_answer *http,
                        struct trx_answer *answer)
{
    if (http->fault == FAULT_NONE) {
        trx_answer_read(answer, http->status, http->body, http->length);
    } else {
        answer->fault = http->fault;
        answer->http = http->status;
        answer->lost = http->fault == FAULT_TIMEOUT ||
                       http->fault == FAULT_DROPPED || http->cut ||
                       (http->status >= 200 && http->status < 300);
        snprintf(answer->detail, sizeof(answer->detail), "%s", http->words);
    }
    answer->phase = http->phase;
    answer->sent = http->sent;
    answer->cut = http->cut;
    if (is_busy(http->status))
        answer->retry_after = http->retry_after;
}

/* Seconds that a call may take; 0: the time for all of them is over. */
static double limit_of(const struct trx *trx)
{
    double left = trx->until - feed_seconds(trx->feed);

    if (left < 0.01)
        return 0;
    return left < trx->request->limit ? left : trx->request->limit;
}

static int no_time(const struct trx *trx, struct trx_answer *answer)
{
    answer->fault = FAULT_TIMEOUT;
    answer->phase = trx->feed->phase;
    answer->lost = true;
    return 0;
}

static const char *method(const struct https_call *call)
{
    return call->put ? "PUT" : call->body ? "POST" : "GET";
}

static int exchange(struct trx *trx, const struct trx_path *path,
                    struct https_call *call, struct trx_answer *answer,
                    struct error *err)
{
    const struct request *request = trx->request;
    size_t base = strlen(request->api_url);
    char url[URL_MAX + TRX_PATH_MAX], line[TRX_PATH_MAX + 8];
    struct https_answer http = {0};
    int result;

    call->url = url;
    call->key_name = KEY_HEADER;
    call->key = &request->api_key;
    call->ca_file = request->ca_file;
    call->limit = limit_of(trx);

    memset(answer, 0, sizeof(*answer));
    if (url_check(request->api_url, err) != 0)
        return -1;
    if (path->overflow)
        return error_set(err, "the request's address is too long");
    if (call->limit <= 0)
        return no_time(trx, answer);
    while (base > 0 && request->api_url[base - 1] == '/')
        base--;
    snprintf(url, sizeof(url), "%.*s%s", (int)base, request->api_url,
             path->text);
    snprintf(line, sizeof(line), "%s %s", method(call), path->text);
    feed_line(trx->feed, "us", line, strlen(line));
    result = https_request(&http, call, trx->feed, err);
    if (result == 0) {
        read_answer(&http, answer);
        tell_answer(trx, &http, answer, call->body != NULL);
    }
    https_release(&http);
    return result;
}

int trx_call(struct trx *trx, const struct trx_path *path, const char *body,
             struct trx_answer *answer, struct error *err)
{
    struct https_call call = {.body = body};

    return exchange(trx, path, &call, answer, err);
}

int trx_put(struct trx *trx, const struct trx_path *path,
            struct trx_answer *answer, struct error *err)
{
    struct https_call call = {.body = "{}", .put = true};

    return exchange(trx, path, &call, answer, err);
}
