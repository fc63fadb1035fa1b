/* SPDX-License-Identifier: MIT */
/* Events: one flat JSON object a line, on cJSON. */
#include "net/event.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "net/line.h"
#include "net/utf8.h"

struct event {
    cJSON *root;
};

/* Takes `root`, also where it fails. */
static struct event *event_of(cJSON *root)
{
    struct event *event = root ? malloc(sizeof(*event)) : NULL;

    if (event)
        event->root = root;
    else
        cJSON_Delete(root);
    return event;
}

struct event *event_new(const char *kind)
{
    struct event *event = event_of(cJSON_CreateObject());

    if (event && !cJSON_AddStringToObject(event->root, "event", kind)) {
        event_free(event);
        return NULL;
    }
    return event;
}

/* No object in it has a name twice, or more names than an event ever has;
 * which of two values counts would depend on the reader. */
static bool names_are_single(const cJSON *value)
{
    size_t count = 0;

    for (const cJSON *item = value->child; item; item = item->next) {
        if (cJSON_IsObject(value)) {
            if (++count > EVENT_MEMBERS_MAX)
                return false;
            for (const cJSON *other = value->child; other != item;
                 other = other->next)
                if (strcmp(other->string, item->string) == 0)
                    return false;
        }
        if (!names_are_single(item))
            return false;
    }
    return true;
}

struct event *event_parse(const char *line, size_t length)
{
    struct event *event = NULL;
    char *copy;

    if (length > EVENT_LINE_MAX || !line_is_sane(line, length, EVENT_DEPTH_MAX))
        return NULL;
    copy = malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, line, length);
    copy[length] = '\0';
    event = event_of(cJSON_ParseWithOpts(copy, NULL, 1));
    free(copy);
    if (event &&
        (!names_are_single(event->root) || !event_text(event, "event"))) {
        event_free(event);
        return NULL;
    }
    return event;
}

struct event *event_copy(const struct event *event)
{
    return event ? event_of(cJSON_Duplicate(event->root, 1)) : NULL;
}

void event_free(struct event *event)
{
    if (event)
        cJSON_Delete(event->root);
    free(event);
}

static const cJSON *member(const struct event *event, const char *key)
{
    return event ? cJSON_GetObjectItemCaseSensitive(event->root, key) : NULL;
}

const char *event_kind(const struct event *event)
{
    const char *kind = event_text(event, "event");

    return kind ? kind : "";
}

bool event_is(const struct event *event, const char *kind)
{
    return strcmp(event_kind(event), kind) == 0;
}

const char *event_text(const struct event *event, const char *key)
{
    return cJSON_GetStringValue(member(event, key));
}

double event_number(const struct event *event, const char *key,
                    double otherwise)
{
    const cJSON *item = member(event, key);

    return cJSON_IsNumber(item) && isfinite(item->valuedouble)
               ? item->valuedouble
               : otherwise;
}

bool event_flag(const struct event *event, const char *key)
{
    return cJSON_IsTrue(member(event, key));
}

bool event_has(const struct event *event, const char *key)
{
    return member(event, key) != NULL;
}

/* Takes `item`. A member keeps its place when it is put again. */
static void put(struct event *event, const char *key, cJSON *item)
{
    bool done = false;

    if (event && item)
        done =
            event_has(event, key)
                ? cJSON_ReplaceItemInObjectCaseSensitive(event->root, key, item)
                : cJSON_AddItemToObject(event->root, key, item);
    if (!done)
        cJSON_Delete(item);
}

void event_put_text(struct event *event, const char *key, const char *text)
{
    if (text)
        event_put_bytes(event, key, text, strlen(text));
    else
        put(event, key, cJSON_CreateNull());
}

void event_put_bytes(struct event *event, const char *key, const char *bytes,
                     size_t length)
{
    size_t kept = length < EVENT_LINE_MAX ? length : EVENT_LINE_MAX;
    size_t size = 4 * kept + 1; /* every byte may become \xNN */
    char *text = malloc(size);

    if (!text)
        return;
    utf8_mend(text, size, bytes, kept);
    put(event, key, cJSON_CreateString(text));
    free(text);
}

void event_put_number(struct event *event, const char *key, double number)
{
    put(event, key, cJSON_CreateNumber(number));
}

void event_put_seconds(struct event *event, double seconds)
{
    long long thousandths = (long long)(seconds * 1000 + 0.5);

    event_put_number(event, "seconds", (double)thousandths / 1000);
}

void event_put_flag(struct event *event, const char *key, bool flag)
{
    put(event, key, cJSON_CreateBool(flag));
}

void event_join(struct event *event, struct event *more)
{
    while (event && more && more->root->child) {
        cJSON *item = cJSON_DetachItemViaPointer(more->root, more->root->child);

        if (event_has(event, item->string) ||
            !cJSON_AddItemToObject(event->root, item->string, item))
            cJSON_Delete(item);
    }
    event_free(more);
}

static void each_text(cJSON *value,
                      char *(*change)(const char *text, void *arg), void *arg)
{
    for (cJSON *item = value->child; item; item = item->next) {
        char *text =
            cJSON_IsString(item) ? change(item->valuestring, arg) : NULL;

        if (text) {
            cJSON_free(item->valuestring);
            item->valuestring = text;
        }
        each_text(item, change, arg);
    }
}

void event_each_text(struct event *event,
                     char *(*change)(const char *text, void *arg), void *arg)
{
    if (event)
        each_text(event->root, change, arg);
}

/* The string with most bytes in `value`; its length in `longest`. */
static cJSON *longest_text(cJSON *value, size_t *longest)
{
    cJSON *found = NULL;

    for (cJSON *item = value->child; item; item = item->next) {
        cJSON *inner = longest_text(item, longest);

        if (inner)
            found = inner;
        if (cJSON_IsString(item) && strlen(item->valuestring) > *longest) {
            *longest = strlen(item->valuestring);
            found = item;
        }
    }
    return found;
}

/* Halves the longest text, at the start of a character. */
static bool shorten(struct event *event)
{
    size_t length = EVENT_TEXT_KEPT;
    cJSON *item = longest_text(event->root, &length);

    if (!item)
        return false;
    for (length /= 2; ((unsigned char)item->valuestring[length] & 0xc0) == 0x80;
         length--)
        continue;
    item->valuestring[length] = '\0';
    return true;
}

char *event_line(const struct event *event)
{
    struct event *shorter = NULL;
    char *line = event ? line_print(event->root) : NULL;

    while (line && strlen(line) >= EVENT_LINE_MAX) {
        free(line);
        line = NULL;
        if (!shorter)
            shorter = event_copy(event);
        if (shorter && shorten(shorter))
            line = line_print(shorter->root);
    }
    event_free(shorter);
    return line;
}

struct event *ending_event(const struct ending *ending)
{
    struct event *event = event_new("end");

    event_put_text(event, "outcome", result_name(ending->outcome));
    event_put_text(event, "fault", fault_name(ending->fault));
    event_put_text(event, "phase", phase_name(ending->phase));
    if (ending->code != 0 || ending->coded)
        event_put_number(event, "code", ending->code);
    else
        event_put_text(event, "code", NULL);
    event_put_text(event, "enhanced",
                   ending->enhanced[0] ? ending->enhanced : NULL);
    event_put_text(event, "reply", ending->reply[0] ? ending->reply : NULL);
    event_put_text(event, "cause", NULL);
    event_put_seconds(event, ending->seconds);
    return event;
}

static void copy_text(char *out, size_t size, const struct event *event,
                      const char *key)
{
    const char *text = event_text(event, key);

    utf8_mend(out, size, text ? text : "", text ? strlen(text) : 0);
}

bool ending_read(struct ending *ending, const struct event *event)
{
    double code = event_number(event, "code", 0);

    memset(ending, 0, sizeof(*ending));
    if (!event_is(event, "end"))
        return false;
    ending->outcome = result_from(event_text(event, "outcome"));
    ending->fault = fault_from(event_text(event, "fault"));
    ending->phase = phase_from(event_text(event, "phase"));
    ending->coded = event_number(event, "code", -1) == 0;
    ending->code = code >= INT_MIN && code <= INT_MAX ? (int)code : 0;
    copy_text(ending->enhanced, sizeof(ending->enhanced), event, "enhanced");
    copy_text(ending->reply, sizeof(ending->reply), event, "reply");
    ending->seconds = event_number(event, "seconds", 0);
    return true;
}
