/* SPDX-License-Identifier: MIT */
/* Sends the test mail through the service's API. */
#include "net/trx.h"

#include <stdlib.h>
#include <string.h>

#include "net/mime.h"
#include "net/trx_call.h"

#define CODE_INACTIVE 406

static void tell_message(struct feed *feed, const struct request *request,
                         const char *id)
{
    struct event *event = event_new("message");

    event_put_text(event, "token", request->token);
    event_put_text(event, "subject_code", request->subject_code);
    event_put_text(event, "message_id", id);
    feed_event(feed, event);
}

static bool add_text(cJSON *object, const char *key, const char *text)
{
    return cJSON_AddStringToObject(object, key, text) != NULL;
}

static bool add_header(cJSON *list, const char *name, const char *value)
{
    cJSON *header = cJSON_CreateObject();

    if (header && add_text(header, "Name", name) &&
        add_text(header, "Value", value) && cJSON_AddItemToArray(list, header))
        return true;
    cJSON_Delete(header);
    return false;
}

static bool add_attachment(cJSON *message, const struct attachment *attachment)
{
    cJSON *list, *file = NULL;
    char *content;
    bool result;

    if (!attachment->bytes)
        return true;
    content = mime_base64(attachment->bytes, attachment->length);
    list = cJSON_AddArrayToObject(message, "Attachments");
    if (list)
        cJSON_AddItemToArray(list, file = cJSON_CreateObject());
    result = content && file && add_text(file, "Name", attachment->name) &&
             add_text(file, "Content", content) &&
             add_text(file, "ContentType", attachment->type);
    free(content);
    return result;
}

/* The message object of POST /email, from malloc; NULL without memory. */
static char *make_body(const struct request *request)
{
    cJSON *message = cJSON_CreateObject();
    cJSON *headers = cJSON_AddArrayToObject(message, "Headers");
    char *body = NULL;

    if (headers && add_text(message, "From", request->from) &&
        add_text(message, "To", request->to) &&
        add_text(message, "Subject", request->subject) &&
        add_text(message, "TextBody", request->body) &&
        add_text(message, "Tag", "nollego") &&
        cJSON_AddFalseToObject(message, "TrackOpens") &&
        add_header(headers, "X-Nollego-Token", request->token) &&
        add_header(headers, "Auto-Submitted", "auto-generated") &&
        (!request->reply_to[0] ||
         add_text(message, "ReplyTo", request->reply_to)) &&
        add_attachment(message, &request->attachment))
        body = cJSON_PrintUnformatted(message);
    cJSON_Delete(message);
    return body;
}

/* Holds the service to what it says: words that exclude our recipient weigh
 * more than a code of 0. Returns whether it will not deliver to it. */
static bool judge(struct trx_answer *answer, const char *recipient)
{
    bool agreed = answer->fault == FAULT_NONE;

    if (agreed && !trx_answer_is_receipt(answer)) {
        answer->fault = FAULT_PROTOCOL;
        answer->code = answer->http;
    } else if (agreed && trx_answer_names_inactive(answer->words, recipient)) {
        answer->fault = FAULT_REFUSED;
        answer->code = CODE_INACTIVE;
    }
    return answer->fault == FAULT_REFUSED &&
           (answer->code == CODE_INACTIVE ||
            trx_answer_names_inactive(answer->words, recipient));
}

static void end(struct feed *feed, const struct request *request,
                struct trx_answer *answer)
{
    bool inactive = judge(answer, request->to);
    struct event *members = trx_answer_members(answer);
    char id[ID_MAX] = "";
    struct ending ending;

    trx_answer_end(answer, &ending);
    if (answer->fault == FAULT_NONE) {
        ending.coded = json_member(answer->json, "ErrorCode") != NULL;
        ending.code = ending.coded ? answer->code : answer->http;
    }
    json_word(answer->json, "MessageID", id, sizeof(id));
    event_put_text(members, "message_id", id[0] ? id : NULL);
    if (inactive)
        event_put_flag(members, "inactive", true);
    if (id[0])
        tell_message(feed, request, id);
    feed_end(feed, &ending, members);
}

int api_send_probe(const struct request *request, struct feed *feed)
{
    struct trx_answer answer;
    struct trx_path path;
    struct trx trx;
    char *body = NULL;
    int result = 0;

    trx_init(&trx, request, feed, request->limit);
    if (trx_key_fits(&trx, &answer)) {
        body = make_body(request);
        trx_path_init(&path, "/email");
        tell_message(feed, request, NULL);
        result = body ? trx_call(&trx, &path, body, &answer, NULL) : -1;
    }
    if (result == 0)
        end(feed, request, &answer);
    if (body)
        cJSON_free(body);
    trx_answer_release(&answer);
    return result;
}
