/* SPDX-License-Identifier: MIT */
/* Reads the envelope {ErrorCode, Message} that every answer comes in. */
#include "net/trx_answer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/utf8.h"

#define CODE_BAD_KEY 10
#define HTTP_UNAUTHORIZED 401
#define HTTP_NOT_FOUND 404
#define HTTP_NOT_ALLOWED 405
#define INACTIVE_LIST "inactive addresses:"
#define INACTIVE_AFTER "Inactive recipients"
#define ERRORS_MAX 16  /* of one answer; more nobody reads */
#define PAGE_WORDS 200 /* bytes of a page that is no answer of the service */

static const char *find_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (; *text; text++)
        if (strncasecmp(text, word, length) == 0)
            return text;
    return NULL;
}

/* What a web page calls itself, else how it begins: names the gateway that
 * answered in the service's place. */
static void page_words(char *out, size_t size, const char *body)
{
    const char *title = find_word(body, "<title>");
    size_t length;

    if (title)
        body = title + strlen("<title>");
    body += strspn(body, " \t\r\n");
    length = title ? strcspn(body, "<\r\n") : strcspn(body, "\r\n");
    utf8_mend(out, size, body, length < PAGE_WORDS ? length : PAGE_WORDS);
}

static void add_words(struct trx_answer *answer, const char *words)
{
    size_t used = strlen(answer->words);

    if (used > 0)
        used += (size_t)snprintf(answer->words + used,
                                 sizeof(answer->words) - used, "; ");
    if (used < sizeof(answer->words))
        utf8_mend(answer->words + used, sizeof(answer->words) - used, words,
                  strlen(words));
}

/* ErrorCode 11: each error as words, or as an envelope of its own. */
static void add_errors(struct trx_answer *answer)
{
    const cJSON *error;
    int number = 0;

    cJSON_ArrayForEach(error, json_member(answer->json, "Errors"))
    {
        const char *words = cJSON_IsObject(error) ? json_text(error, "Message")
                                                  : cJSON_GetStringValue(error);

        if (words && number++ < ERRORS_MAX)
            add_words(answer, words);
    }
}

/* False where the envelope contradicts itself or its types are wrong. */
static bool read_envelope(struct trx_answer *answer)
{
    const cJSON *json = answer->json;
    const cJSON *code = json_member(json, "ErrorCode");

    if (json_doubled(json, "ErrorCode") || json_doubled(json, "MessageID"))
        return false;
    if (code && !cJSON_IsNull(code) &&
        !json_whole(json, "ErrorCode", &answer->code))
        return false;
    json_copy(answer->words, sizeof(answer->words), json, "Message");
    if (cJSON_IsArray(json_member(json, "Errors")))
        add_errors(answer);
    return true;
}

void trx_answer_read(struct trx_answer *answer, int http, const char *body,
                     size_t length)
{
    bool redirect = http >= 300 && http < 400;
    bool agreed = http >= 200 && http < 300;

    memset(answer, 0, sizeof(*answer));
    answer->http = http;
    answer->json = json_read(body, length);
    if (agreed && !answer->json && body && json_is_cut(body, length)) {
        answer->fault = FAULT_DROPPED;
        answer->lost = true;
    } else if (redirect || !cJSON_IsObject(answer->json) ||
               !read_envelope(answer)) {
        answer->fault = FAULT_PROTOCOL;
        answer->code = http;
        if (!answer->json && body)
            page_words(answer->words, sizeof(answer->words), body);
    } else if (answer->code == CODE_BAD_KEY) {
        answer->fault = FAULT_AUTH;
    } else if (answer->code != 0) {
        answer->fault = FAULT_REFUSED;
    } else if (!agreed) {
        answer->fault = http == HTTP_UNAUTHORIZED ? FAULT_AUTH : FAULT_REFUSED;
        answer->code = http;
    }
}

bool trx_answer_is_receipt(const struct trx_answer *answer)
{
    return json_member(answer->json, "ErrorCode") ||
           json_member(answer->json, "MessageID") ||
           json_member(answer->json, "Message");
}

bool trx_answer_is_not_offered(const struct trx_answer *answer)
{
    return answer->http == HTTP_NOT_FOUND || answer->http == HTTP_NOT_ALLOWED;
}

/* Whether one entry of the list, `length` bytes with blanks and dots around
 * it, is the address. */
static bool is_entry(const char *entry, size_t length, const char *address)
{
    size_t lead = strspn(entry, " \t<"), bytes;

    if (lead >= length)
        return false;
    entry += lead;
    bytes = strcspn(entry, " \t");
    if (bytes > length - lead)
        bytes = length - lead;
    while (bytes > 0 && strchr(".;>", entry[bytes - 1]))
        bytes--;
    return bytes > 0 && bytes == strlen(address) &&
           strncasecmp(entry, address, bytes) == 0;
}

bool trx_answer_names_inactive(const char *words, const char *address)
{
    const char *list = find_word(words, INACTIVE_LIST);
    const char *after;
    size_t left;

    if (!list)
        return false;
    list += strlen(INACTIVE_LIST);
    list += strspn(list, " \t\r\n");
    after = find_word(list, INACTIVE_AFTER);
    left = strcspn(list, "\r\n");
    if (after && (size_t)(after - list) < left)
        left = (size_t)(after - list);
    while (left > 0) {
        size_t length = strcspn(list, ",");

        if (length > left)
            length = left;
        if (is_entry(list, length, address))
            return true;
        left -= length < left ? length + 1 : length;
        list += length + 1;
    }
    return false;
}

void trx_answer_end(const struct trx_answer *answer, struct ending *ending)
{
    memset(ending, 0, sizeof(*ending));
    ending->fault = answer->fault;
    ending->code = answer->code;
    snprintf(ending->reply, sizeof(ending->reply), "%s", answer->words);
    if (answer->fault == FAULT_NONE) {
        ending->outcome = RESULT_PASS;
    } else if (answer->sent && answer->lost) {
        ending->outcome = RESULT_UNKNOWN;
        ending->phase = PHASE_SENT;
    } else {
        ending->outcome = RESULT_FAULT;
        ending->phase = answer->phase;
    }
}

struct event *trx_answer_members(const struct trx_answer *answer)
{
    struct event *members = event_new("end");

    if (answer->http)
        event_put_number(members, "http", answer->http);
    else
        event_put_text(members, "http", NULL);
    if (answer->detail[0])
        event_put_text(members, "detail", answer->detail);
    if (answer->retry_after)
        event_put_number(members, "retry_after", answer->retry_after);
    return members;
}

void trx_answer_release(struct trx_answer *answer)
{
    json_free(answer->json);
    answer->json = NULL;
}
