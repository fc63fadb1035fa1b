/* SPDX-License-Identifier: MIT */
/* Bounces: listed, shown, lifted, counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/practice/http_call.h"
#include "net/practice/moment.h"
#include "net/practice/trace.h"

#define SERVER_ID 23

static bool has_type(const struct bounce *bounce, const char *value)
{
    return text_is(bounce_kind(bounce->type)->type, value);
}

static bool has_state(const struct bounce *bounce, const char *value)
{
    return text_is(bounce->inactive ? "true" : "false", value);
}

static bool has_address(const struct bounce *bounce, const char *value)
{
    return text_holds(bounce->to, value);
}

static bool has_tag(const struct bounce *bounce, const char *value)
{
    return text_is(bounce->tag, value);
}

static bool has_message(const struct bounce *bounce, const char *value)
{
    return text_is(bounce->message_id, value);
}

static const struct filter {
    const char *name;
    bool (*keeps)(const struct bounce *bounce, const char *value);
} filters[] = {
    {"type", has_type},           {"inactive", has_state},
    {"emailFilter", has_address}, {"tag", has_tag},
    {"messageID", has_message},
};

static bool is_wanted(const struct call *call, const struct bounce *bounce)
{
    for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
        const char *value = call_query(call, filters[i].name);

        if (value && !filters[i].keeps(bounce, value))
            return false;
    }
    return call_has_day(call, bounce->at);
}

/* What the service itself dropped was never sent, so nothing came back. */
static bool has_dump(const struct bounce *bounce)
{
    return bounce->type != BOUNCE_SMTP_API;
}

static void put_id(cJSON *object, const struct call *call, long long id)
{
    char text[24];

    snprintf(text, sizeof(text), "%lld", id);
    if (call_has(call, QUIRK_BIT(IDS_TURNED)))
        cJSON_AddStringToObject(object, "ID", text);
    else
        cJSON_AddNumberToObject(object, "ID", (double)id);
}

static cJSON *bounce_json(const struct call *call, const struct bounce *bounce)
{
    const struct bounce_kind *kind = bounce_kind(bounce->type);
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "RecordType", "Bounce");
    put_id(object, call, bounce->id);
    cJSON_AddStringToObject(object, "Type", kind->type);
    cJSON_AddNumberToObject(object, "TypeCode", kind->code);
    cJSON_AddStringToObject(object, "Name", kind->name);
    put_text_or_null(object, "Tag", bounce->tag);
    cJSON_AddStringToObject(object, "MessageID", bounce->message_id);
    cJSON_AddNumberToObject(object, "ServerID", SERVER_ID);
    cJSON_AddStringToObject(object, "MessageStream", "outbound");
    cJSON_AddStringToObject(object, "Description", kind->description);
    cJSON_AddStringToObject(object, "Details", bounce->details);
    cJSON_AddStringToObject(object, "Email", bounce->to);
    cJSON_AddStringToObject(object, "From", bounce->from);
    put_moment(object, "BouncedAt", call, bounce->at);
    cJSON_AddBoolToObject(object, "DumpAvailable", has_dump(bounce));
    cJSON_AddBoolToObject(object, "Inactive", bounce->inactive);
    cJSON_AddBoolToObject(object, "CanActivate", kind->lifts);
    cJSON_AddStringToObject(object, "Subject", bounce->subject);
    return object;
}

struct answer http_bounces_list(const struct call *call)
{
    const struct bounces *bounces = &call->world->bounces;
    const struct bounce **seen = NULL;
    cJSON *object, *list;
    struct page page;
    size_t total = 0, count;

    if (call_page(call, &page) != 0)
        return answer_fault(UNPROCESSABLE, 1000,
                            "'count' (1 to 500) and 'offset' are required.");
    seen = calloc(bounces->count + 1, sizeof(*seen));
    if (!seen)
        return (struct answer){0};
    count = bounces_seen(bounces, call->now, seen, bounces->count);
    object = cJSON_CreateObject();
    list = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        if (!is_wanted(call, seen[i]))
            continue;
        if (total >= page.offset && total < page.offset + page.count)
            cJSON_AddItemToArray(list, bounce_json(call, seen[i]));
        total++;
    }
    free(seen);
    cJSON_AddNumberToObject(object, "TotalCount", (double)total);
    cJSON_AddItemToObject(object, "Bounces", list);
    return answer_with(object);
}

static struct bounce *wanted(const struct call *call, struct answer *fault)
{
    char *end;
    long long id = strtoll(call->id, &end, 10);
    struct bounce *bounce =
        *end ? NULL : bounces_find(&call->world->bounces, id, call->now);

    if (!bounce)
        *fault =
            answer_fault(UNPROCESSABLE, 1001, "This bounce does not exist.");
    return bounce;
}

/* The notice as the recipient's server wrote it (RFC 3464). */
static void put_notice(cJSON *object, const char *name, const struct call *call,
                       const struct bounce *bounce)
{
    char server[HOST_MAX + 4], date[MOMENT_SIZE];
    struct pile text;
    char *notice;

    trace_server(server, sizeof(server), bounce->to);
    moment_mail(date, world_calendar(call->world, bounce->at));
    pile_init(&text, LETTER_MAX);
    if (has_dump(bounce))
        pile_format(&text,
                    "From: MAILER-DAEMON@%s\r\nTo: %s\r\nDate: %s\r\n"
                    "Subject: Undelivered Mail Returned to Sender\r\n"
                    "Content-Type: message/delivery-status\r\n\r\n"
                    "Reporting-MTA: dns; %s\r\n\r\n"
                    "Final-Recipient: rfc822; %s\r\nAction: failed\r\n"
                    "Diagnostic-Code: %s\r\n",
                    server, bounce->from, date, server, bounce->to,
                    bounce->details);
    notice = pile_take(&text, NULL);
    cJSON_AddStringToObject(object, name, notice ? notice : "");
    free(notice);
}

static cJSON *wrap(cJSON *bounce)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(object, "Bounces");

    cJSON_AddNumberToObject(object, "TotalCount", 1);
    cJSON_AddItemToArray(list, bounce);
    return object;
}

struct answer http_bounce_show(const struct call *call)
{
    struct answer answer;
    const struct bounce *bounce = wanted(call, &answer);

    if (!bounce)
        return answer;
    answer = answer_with(bounce_json(call, bounce));
    put_notice(answer.body, "Content", call, bounce);
    if (call_has(call, QUIRK_BIT(BOUNCE_WRAPPED)))
        answer.body = wrap(answer.body);
    return answer;
}

struct answer http_bounce_dump(const struct call *call)
{
    struct answer answer;
    const struct bounce *bounce = wanted(call, &answer);

    if (!bounce)
        return answer;
    answer = answer_with(cJSON_CreateObject());
    put_notice(answer.body, "Body", call, bounce);
    return answer;
}

struct answer http_bounce_activate(const struct call *call)
{
    struct answer answer;
    struct bounce *bounce = wanted(call, &answer);

    if (!bounce)
        return answer;
    if (!bounce_kind(bounce->type)->lifts)
        return answer_fault(UNPROCESSABLE, 1003,
                            "This bounce cannot be activated.");
    bounces_activate(&call->world->bounces, bounce->to, call->now);
    answer = answer_with(cJSON_CreateObject());
    cJSON_AddStringToObject(answer.body, "Message", "OK");
    cJSON_AddItemToObject(answer.body, "Bounce", bounce_json(call, bounce));
    return answer;
}

static void put_count(cJSON *list, const char *type, const char *name,
                      size_t count)
{
    cJSON *entry = cJSON_CreateObject();

    if (type)
        cJSON_AddStringToObject(entry, "Type", type);
    cJSON_AddStringToObject(entry, "Name", name);
    cJSON_AddNumberToObject(entry, "Count", (double)count);
    cJSON_AddItemToArray(list, entry);
}

/* How many of a type there are; BOUNCE_COUNT stands for all. */
static size_t count_of(const struct call *call, enum bounce_type type)
{
    const struct bounces *bounces = &call->world->bounces;
    size_t count = 0;

    for (size_t i = 0; i < bounces->count; i++)
        count += bounces->items[i].at <= call->now &&
                 (type == BOUNCE_COUNT || bounces->items[i].type == type);
    return count;
}

struct answer http_delivery_stats(const struct call *call)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *list = cJSON_CreateArray();

    cJSON_AddNumberToObject(
        object, "InactiveMails",
        (double)bounces_inactive(&call->world->bounces, call->now));
    put_count(list, NULL, "All", count_of(call, BOUNCE_COUNT));
    for (int type = 0; type < BOUNCE_COUNT; type++) {
        const struct bounce_kind *kind = bounce_kind((enum bounce_type)type);
        size_t count = count_of(call, (enum bounce_type)type);

        if (count)
            put_count(list, kind->type, kind->name, count);
    }
    cJSON_AddItemToObject(object, "Bounces", list);
    return answer_with(object);
}
