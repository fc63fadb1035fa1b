/* SPDX-License-Identifier: MIT */
/* The messages that were handed in, found and told in detail. */
#include <stdio.h>
#include <string.h>

#include "net/practice/http_call.h"
#include "net/practice/trace.h"

#define INDEXED_AFTER 1.0 /* seconds, where the search is late */

static const char *status_of(const struct call *call,
                             const struct message *message)
{
    bool small = call_has(call, QUIRK_BIT(STATUS_SMALL));

    if (message_is_queued(message, call->now))
        return small ? "queued" : "Queued";
    return small ? "sent" : "Sent";
}

static bool is_indexed(const struct call *call, const struct message *message)
{
    return !call_has(call, QUIRK_BIT(SEARCH_LATE)) ||
           call->now >= message->at + INDEXED_AFTER;
}

static bool has_recipient(const struct call *call,
                          const struct message *message, const char *value)
{
    (void)call;
    for (size_t i = 0; i < message->recipient_count; i++)
        if (text_is(message->recipients[i].who.person.address, value))
            return true;
    return false;
}

static bool has_sender(const struct call *call, const struct message *message,
                       const char *value)
{
    (void)call;
    return text_is(message->from.address, value);
}

static bool has_subject(const struct call *call, const struct message *message,
                        const char *value)
{
    (void)call;
    return text_holds(message->subject, value);
}

static bool has_tag(const struct call *call, const struct message *message,
                    const char *value)
{
    (void)call;
    return text_is(message->tag, value);
}

/* "processed" is another word for sent. */
static bool has_status(const struct call *call, const struct message *message,
                       const char *value)
{
    const char *status = status_of(call, message);

    return text_is(status, text_is(value, "processed") ? "Sent" : value);
}

static const struct filter {
    const char *name;
    bool (*keeps)(const struct call *call, const struct message *message,
                  const char *value);
} filters[] = {
    {"recipient", has_recipient}, {"fromemail", has_sender},
    {"subject", has_subject},     {"tag", has_tag},
    {"status", has_status},
};

static bool is_wanted(const struct call *call, const struct message *message)
{
    for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
        const char *value = call_query(call, filters[i].name);

        if (value && !filters[i].keeps(call, message, value))
            return false;
    }
    return is_indexed(call, message) && call_has_day(call, message->at);
}

static void put_seat(cJSON *object, const char *name,
                     const struct message *message, enum seat seat)
{
    cJSON *list = cJSON_AddArrayToObject(object, name);

    for (size_t i = 0; i < message->recipient_count; i++) {
        const struct seated *who = &message->recipients[i].who;
        cJSON *entry = who->seat == seat ? cJSON_CreateObject() : NULL;

        if (!entry)
            continue;
        cJSON_AddStringToObject(entry, "Email", who->person.address);
        put_text_or_null(entry, "Name", who->person.name);
        cJSON_AddItemToArray(list, entry);
    }
}

static void put_from(cJSON *object, const struct person *from)
{
    char text[NAME_MAX_BYTES + ADDRESS_MAX + 8];

    if (*from->name)
        snprintf(text, sizeof(text), "\"%s\" <%s>", from->name, from->address);
    else
        snprintf(text, sizeof(text), "%s", from->address);
    cJSON_AddStringToObject(object, "From", text);
}

static cJSON *summary(const struct call *call, const struct message *message)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *recipients;

    put_text_or_null(object, "Tag", message->tag);
    cJSON_AddStringToObject(object, "MessageID", message->id);
    cJSON_AddStringToObject(object, "MessageStream", message->stream);
    put_seat(object, "To", message, SEAT_TO);
    put_seat(object, "Cc", message, SEAT_CC);
    put_seat(object, "Bcc", message, SEAT_BCC);
    recipients = cJSON_AddArrayToObject(object, "Recipients");
    for (size_t i = 0; i < message->recipient_count; i++)
        cJSON_AddItemToArray(
            recipients,
            cJSON_CreateString(message->recipients[i].who.person.address));
    put_moment(object, "ReceivedAt", call, message->at);
    put_from(object, &message->from);
    cJSON_AddStringToObject(object, "Subject", message->subject);
    cJSON_AddArrayToObject(object, "Attachments");
    cJSON_AddStringToObject(object, "Status", status_of(call, message));
    cJSON_AddBoolToObject(object, "TrackOpens", false);
    cJSON_AddStringToObject(object, "TrackLinks", "None");
    cJSON_AddObjectToObject(object, "Metadata");
    cJSON_AddBoolToObject(object, "Sandboxed", false);
    return object;
}

struct answer http_messages_list(const struct call *call)
{
    cJSON *object, *list;
    struct page page;
    size_t total = 0;

    if (call_page(call, &page) != 0)
        return answer_fault(UNPROCESSABLE, 700,
                            "'count' (1 to 500) and 'offset' are required.");
    if (call_has(call, QUIRK_BIT(SUBJECT_DEMANDED)) &&
        !call_query(call, "subject"))
        return answer_fault(UNPROCESSABLE, 700,
                            "The 'subject' parameter is required.");
    object = cJSON_CreateObject();
    list = cJSON_CreateArray();
    for (size_t i = call->world->message_count; i-- > 0;) {
        const struct message *message = call->world->messages[i];

        if (!is_wanted(call, message))
            continue;
        if (total >= page.offset && total < page.offset + page.count)
            cJSON_AddItemToArray(list, summary(call, message));
        total++;
    }
    cJSON_AddNumberToObject(object, "TotalCount", (double)total);
    cJSON_AddItemToObject(object, "Messages", list);
    return answer_with(object);
}

static void put_delivery(cJSON *details, const struct message *message,
                         const struct recipient *recipient, enum told_kind kind)
{
    const char *to = recipient->who.person.address;
    char server[HOST_MAX + 4], words[DETAILS_MAX];

    trace_server(server, sizeof(server), to);
    if (kind == TOLD_TRANSIENT)
        snprintf(words, sizeof(words), "%s", PLOT_GREYLISTED);
    else
        snprintf(words, sizeof(words), "smtp;250 2.0.0 Ok: queued as %.8s",
                 message->id);
    cJSON_AddStringToObject(details, "DeliveryMessage", words);
    cJSON_AddStringToObject(details, "DestinationServer", server);
    cJSON_AddStringToObject(details, "DestinationIP", trace_ip(to));
}

static void put_return(cJSON *details, const struct call *call,
                       const struct recipient *recipient)
{
    char words[DETAILS_MAX], id[24];

    plot_fill(words, sizeof(words), recipient->fate->words,
              recipient->who.person.address);
    snprintf(id, sizeof(id), "%lld", recipient->bounce);
    cJSON_AddStringToObject(details, "Summary", words);
    if (call_has(call, QUIRK_BIT(IDS_TURNED)))
        cJSON_AddNumberToObject(details, "BounceID", (double)recipient->bounce);
    else
        cJSON_AddStringToObject(details, "BounceID", id);
}

static void put_event(cJSON *list, const struct call *call,
                      const struct message *message,
                      const struct recipient *recipient,
                      const struct told *told)
{
    static const char *const types[] = {
        [TOLD_DELIVERED] = "Delivered",
        [TOLD_TRANSIENT] = "Transient",
        [TOLD_BOUNCED] = "Bounced",
    };
    cJSON *event = cJSON_CreateObject();
    cJSON *details;

    cJSON_AddStringToObject(event, "Recipient", recipient->who.person.address);
    cJSON_AddStringToObject(event, "Type", types[told->kind]);
    put_moment(event, "ReceivedAt", call, told->at);
    details = cJSON_AddObjectToObject(event, "Details");
    if (told->kind == TOLD_BOUNCED)
        put_return(details, call, recipient);
    else
        put_delivery(details, message, recipient, told->kind);
    cJSON_AddItemToArray(list, event);
}

static const struct message *wanted(const struct call *call,
                                    struct answer *fault)
{
    const struct message *message = world_message(call->world, call->id);

    if (message && !is_indexed(call, message))
        message = NULL;
    if (!message)
        *fault =
            answer_fault(UNPROCESSABLE, 701, "This message does not exist.");
    return message;
}

struct answer http_message_details(const struct call *call)
{
    struct answer answer;
    const struct message *message = wanted(call, &answer);
    cJSON *events;

    if (!message)
        return answer;
    answer = answer_with(summary(call, message));
    put_text_or_null(answer.body, "TextBody",
                     message->text ? message->text : "");
    put_text_or_null(answer.body, "HtmlBody",
                     message->html ? message->html : "");
    cJSON_AddStringToObject(answer.body, "Body", message->raw);
    events = cJSON_AddArrayToObject(answer.body, "MessageEvents");
    for (size_t i = 0; i < message->recipient_count; i++) {
        const struct recipient *recipient = &message->recipients[i];
        struct told told[2];
        size_t count = message_events(message, recipient, call->now, told);

        for (size_t k = 0; k < count; k++)
            put_event(events, call, message, recipient, &told[k]);
    }
    return answer;
}

struct answer http_message_dump(const struct call *call)
{
    struct answer answer;
    const struct message *message = wanted(call, &answer);

    if (!message)
        return answer;
    answer = answer_with(cJSON_CreateObject());
    cJSON_AddStringToObject(answer.body, "Body", message->raw);
    return answer;
}
