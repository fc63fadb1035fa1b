/* SPDX-License-Identifier: MIT */
/* Reads the service's messages and their events. */
#include "net/trx_message.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

bool trx_address_is(const char *text, const char *address)
{
    const char *open = text ? strrchr(text, '<') : NULL;
    size_t length = strlen(address);

    if (!text)
        return false;
    if (open)
        return strncasecmp(open + 1, address, length) == 0 &&
               open[1 + length] == '>';
    return strcasecmp(text, address) == 0;
}

/* A list of addresses comes as text, as texts or as {Email, Name} objects. */
static bool list_holds(const cJSON *list, const char *address)
{
    const cJSON *item;

    if (cJSON_IsString(list))
        return trx_address_is(list->valuestring, address);
    if (!cJSON_IsArray(list))
        return false;
    cJSON_ArrayForEach(item, list)
    {
        const char *text = cJSON_IsObject(item) ? json_text(item, "Email")
                                                : cJSON_GetStringValue(item);

        if (trx_address_is(text, address))
            return true;
    }
    return false;
}

static bool is_to(const cJSON *message, const char *address)
{
    static const char *const lists[] = {"Recipients", "To", "Cc", "Bcc"};

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (list_holds(json_member(message, lists[i]), address))
            return true;
    return false;
}

bool trx_message_read(struct trx_message *message, const cJSON *details)
{
    memset(message, 0, sizeof(*message));
    json_word(details, "MessageID", message->id, sizeof(message->id));
    json_copy(message->subject, sizeof(message->subject), details, "Subject");
    json_copy(message->from, sizeof(message->from), details, "From");
    json_copy(message->when, sizeof(message->when), details, "ReceivedAt");
    return message->id[0] || json_member(details, "Status") ||
           json_member(details, "MessageEvents");
}

bool trx_message_find(struct trx_message *message, const cJSON *answer,
                      const char *to, const char *code)
{
    const cJSON *item;
    bool found = false;

    memset(message, 0, sizeof(*message));
    cJSON_ArrayForEach(item, json_member(answer, "Messages"))
    {
        struct trx_message next;

        if (!trx_message_read(&next, item) || !next.id[0] || !is_to(item, to) ||
            !strstr(next.subject, code))
            continue;
        if (!found || strcmp(next.when, message->when) > 0)
            *message = next;
        found = true;
    }
    return found;
}

static enum trx_status status_of(const char *type)
{
    static const struct {
        const char *type;
        enum trx_status status;
    } types[] = {
        {"Delivered", TRX_DELIVERED},
        {"Transient", TRX_TRANSIENT},
        {"Bounced", TRX_BOUNCED},
    };

    for (size_t i = 0; type && i < sizeof(types) / sizeof(types[0]); i++)
        if (strcasecmp(type, types[i].type) == 0)
            return types[i].status;
    return TRX_NONE;
}

static void read_event(struct trx_delivery *delivery, const cJSON *event)
{
    const cJSON *details = json_member(event, "Details");
    const char *words =
        delivery->status == TRX_BOUNCED ? "Summary" : "DeliveryMessage";

    json_copy(delivery->when, sizeof(delivery->when), event, "ReceivedAt");
    json_copy(delivery->text, sizeof(delivery->text), details, words);
    json_copy(delivery->server, sizeof(delivery->server), details,
              "DestinationServer");
    json_copy(delivery->ip, sizeof(delivery->ip), details, "DestinationIP");
    json_word(details, "BounceID", delivery->bounce_id,
              sizeof(delivery->bounce_id));
}

void trx_message_delivery(struct trx_delivery *delivery, const cJSON *details,
                          const char *to)
{
    const cJSON *event;

    memset(delivery, 0, sizeof(*delivery));
    delivery->status = TRX_QUEUED;
    cJSON_ArrayForEach(event, json_member(details, "MessageEvents"))
    {
        const char *recipient = json_text(event, "Recipient");
        struct trx_delivery next = {.status =
                                        status_of(json_text(event, "Type"))};

        if (next.status == TRX_NONE || next.status < delivery->status ||
            (recipient && to[0] && !trx_address_is(recipient, to)))
            continue;
        read_event(&next, event);
        if (next.status > delivery->status ||
            strcmp(next.when, delivery->when) >= 0)
            *delivery = next;
    }
}

const char *trx_status_name(enum trx_status status)
{
#define NAME(id, name) name,
    static const char *const names[TRX_STATUS_COUNT] = {TRX_STATUSES(NAME)};

    return names[status];
}

static void put(struct event *event, const char *key, const char *text)
{
    event_put_text(event, key, text[0] ? text : NULL);
}

struct event *trx_delivery_event(const struct trx_delivery *delivery)
{
    struct event *event = event_new("delivery");

    put(event, "status", trx_status_name(delivery->status));
    put(event, "server", delivery->server);
    put(event, "ip", delivery->ip);
    put(event, "text", delivery->text);
    put(event, "when", delivery->when);
    put(event, "bounce_id", delivery->bounce_id);
    return event;
}
