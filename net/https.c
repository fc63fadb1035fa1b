/* SPDX-License-Identifier: MIT */
/* One safe HTTP request, by libcurl. */
#include "net/https.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <config.h>
#include <curl/curl.h>

#include "net/curl_safe.h"
#include "net/retry.h"

#define KEY_LINE_MAX (SECRET_MAX + 128)
#define LENGTH_MAX 19 /* digits, and a NUL */
#define BLANKS " \t\r\n"
#define DIGITS "0123456789"

/* What the callbacks of one exchange share. */
struct exchange {
    const struct https_call *call;
    struct https_answer *answer;
    struct feed *feed;
    size_t given;   /* bytes of the body handed out */
    size_t headers; /* bytes of header seen */
    bool header_ended;
    char length[LENGTH_MAX]; /* as the Content-Length of this header says it, or
                                "" */
    size_t room;             /* bytes that `answer->body` holds */
};

static CURLcode on_tls(CURL *curl, void *ssl, void *arg)
{
    struct exchange *exchange = arg;

    (void)curl;
    (void)ssl;
    feed_phase(exchange->feed, PHASE_TLS);
    return CURLE_OK;
}

static int on_request(void *arg, char *peer, char *local, int peer_port,
                      int local_port)
{
    struct exchange *exchange = arg;

    (void)peer;
    (void)local;
    (void)peer_port;
    (void)local_port;
    feed_phase(exchange->feed, PHASE_REQUEST);
    return CURL_PREREQFUNC_OK;
}

/* "Sent" is told before the bytes can leave: whoever stops us later must
 * know that the message may have been taken. */
static size_t on_read(char *out, size_t size, size_t count, void *arg)
{
    struct exchange *exchange = arg;
    const char *body = exchange->call->body;
    size_t left = strlen(body) - exchange->given;
    size_t given = left < size * count ? left : size * count;

    if (given == left && !exchange->answer->sent) {
        exchange->answer->sent = true;
        feed_phase(exchange->feed, PHASE_SENT);
    }
    memcpy(out, body + exchange->given, given);
    exchange->given += given;
    return given;
}

/* Whether the line is that field; if so, it becomes the field's value. */
static bool value_of(const char **line, size_t *length, const char *name)
{
    size_t lead = strlen(name);

    if (*length < lead || strncasecmp(*line, name, lead) != 0)
        return false;
    *line += lead;
    *length -= lead;
    return true;
}

/* Said twice, the longer one is meant. */
static void note_retry(struct https_answer *answer, const char *line,
                       size_t length)
{
    int seconds;

    if (!value_of(&line, &length, "Retry-After:"))
        return;
    seconds = retry_read(line, length, time(NULL));
    if (seconds > answer->retry_after)
        answer->retry_after = seconds;
}

/* Whether the header promises one length at most, and one that can be: of two
 * that differ nobody knows which is meant (RFC 9112 section 6.3). */
static bool has_one_length(struct exchange *exchange, const char *line,
                           size_t length)
{
    char value[sizeof(exchange->length)] = "";

    if (!value_of(&line, &length, "Content-Length:"))
        return true;
    while (length > 0 && strchr(BLANKS, line[0])) {
        line++;
        length--;
    }
    while (length > 0 && strchr(BLANKS, line[length - 1]))
        length--;
    if (length == 0 || length >= sizeof(value))
        return false;
    memcpy(value, line, length);
    if (strspn(value, DIGITS) != length ||
        (exchange->length[0] && strcmp(exchange->length, value) != 0))
        return false;
    memcpy(exchange->length, value, sizeof(value));
    return true;
}

/* A header begins with its status line and ends with an empty one. */
static void note_bounds(struct exchange *exchange, const char *line,
                        size_t length)
{
    bool begins = length >= 5 && memcmp(line, "HTTP/", 5) == 0;

    if (begins)
        exchange->length[0] = '\0';
    exchange->header_ended = !begins && line[strspn(line, "\r\n")] == '\0';
}

/* curl ends each line with a NUL that it does not count. */
static size_t on_header(char *bytes, size_t size, size_t count, void *arg)
{
    struct exchange *exchange = arg;

    exchange->headers += size * count;
    note_bounds(exchange, bytes, size * count);
    if (exchange->headers > HTTPS_HEADERS_MAX ||
        !has_one_length(exchange, bytes, size * count)) {
        exchange->answer->cut = true;
        return 0;
    }
    feed_phase(exchange->feed, PHASE_ANSWER);
    note_retry(exchange->answer, bytes, size * count);
    return size * count;
}

/* Room for `size` bytes, doubled so that a drip costs no more than a gush. */
static bool make_room(struct exchange *exchange, size_t size)
{
    size_t room = exchange->room ? exchange->room : 4096;
    char *body;

    if (size <= exchange->room)
        return true;
    while (room < size)
        room *= 2;
    body = realloc(exchange->answer->body, room);
    if (!body)
        return false;
    exchange->answer->body = body;
    exchange->room = room;
    return true;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
    struct exchange *exchange = arg;
    struct https_answer *answer = exchange->answer;
    size_t length = size * count;

    if (length > HTTPS_BODY_MAX - answer->length) {
        answer->cut = true;
        return 0;
    }
    if (!make_room(exchange, answer->length + length + 1))
        return 0;
    memcpy(answer->body + answer->length, bytes, length);
    answer->length += length;
    answer->body[answer->length] = '\0';
    return length;
}

static struct curl_slist *add_header(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = list ? curl_slist_append(list, line) : NULL;

    if (!longer)
        curl_slist_free_all(list);
    return longer;
}

static void wipe_headers(struct curl_slist *list)
{
    for (struct curl_slist *item = list; item; item = item->next)
        explicit_bzero(item->data, strlen(item->data));
    curl_slist_free_all(list);
}

/* An empty "Expect:" keeps curl from waiting for a 100. */
static struct curl_slist *make_headers(const struct https_call *call)
{
    char line[KEY_LINE_MAX];
    struct curl_slist *list = NULL;

    snprintf(line, sizeof(line), "%s: %s", call->key_name, call->key->text);
    list = curl_slist_append(NULL, line);
    explicit_bzero(line, sizeof(line));
    list = add_header(list, "Accept: application/json");
    list = add_header(list, "Expect:");
    if (call->body)
        list = add_header(list, "Content-Type: application/json");
    return list;
}

/* HTTP/1.1 since curl may repeat a refused HTTP/2 stream by itself. */
static void set_call(CURL *curl, const struct https_call *call)
{
    bool secure = strncasecmp(call->url, "https:", 6) == 0;

    curl_safe_set(curl, secure ? "https" : "http", call->ca_file, call->limit);
    curl_easy_setopt(curl, CURLOPT_URL, call->url);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "nollego/" PACKAGE_VERSION);
}

static void set_exchange(CURL *curl, struct exchange *exchange,
                         struct curl_slist *headers)
{
    const char *body = exchange->call->body;

    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, exchange->answer->words);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, on_tls);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, exchange);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    if (!body)
        return;
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    if (exchange->call->put)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     (curl_off_t)strlen(body));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, exchange);
}

static int perform(CURL *curl, struct exchange *exchange, struct error *err)
{
    struct https_answer *answer = exchange->answer;
    CURLcode code;
    long status = 0;

    feed_phase(exchange->feed, PHASE_CONNECT);
    code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    answer->phase = exchange->feed->phase;
    answer->fault = curl_safe_fault(code);
    if (code == CURLE_OK && !exchange->header_ended) {
        answer->fault = FAULT_DROPPED;
        snprintf(answer->words, sizeof(answer->words), "header cut short");
        return 0;
    }
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && answer->cut))
        return 0;
    /* What curl says of a line longer than it takes. */
    if (code == CURLE_OUT_OF_MEMORY && answer->phase >= PHASE_REQUEST) {
        answer->fault = FAULT_PROTOCOL;
        answer->cut = true;
    }
    if (answer->fault == FAULT_NONE || code == CURLE_WRITE_ERROR)
        return error_set(err, "request failed: %s", curl_easy_strerror(code));
    if (!answer->words[0])
        snprintf(answer->words, sizeof(answer->words), "%s",
                 curl_easy_strerror(code));
    return 0;
}

int https_request(struct https_answer *answer, const struct https_call *call,
                  struct feed *feed, struct error *err)
{
    struct exchange exchange = {.call = call, .answer = answer, .feed = feed};
    struct curl_slist *headers = make_headers(call);
    CURL *curl = curl_easy_init();
    int result = -1;

    memset(answer, 0, sizeof(*answer));
    if (!headers || !curl) {
        error_set(err, "no memory for a request");
        goto out;
    }
    set_call(curl, call);
    set_exchange(curl, &exchange, headers);
    result = perform(curl, &exchange, err);
out:
    curl_easy_cleanup(curl);
    wipe_headers(headers);
    return result;
}

void https_release(struct https_answer *answer)
{
    free(answer->body);
    answer->body = NULL;
    answer->length = 0;
}
