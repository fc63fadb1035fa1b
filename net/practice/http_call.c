/* SPDX-License-Identifier: MIT */
/* What the handlers of the API share. */
#include "net/practice/http_call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/moment.h"

#define COUNT_MAX 500
#define WINDOW_MAX 10000

struct answer answer_with(cJSON *body)
{
    return (struct answer){.status = MHD_HTTP_OK, .body = body};
}

struct answer answer_fault(unsigned status, int code, const char *format, ...)
{
    struct answer answer = {.status = status, .body = cJSON_CreateObject()};
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    cJSON_AddNumberToObject(answer.body, "ErrorCode", code);
    cJSON_AddStringToObject(answer.body, "Message", text);
    return answer;
}

bool call_has(const struct call *call, unsigned quirk)
{
    return call->world->quirks & quirk;
}

const char *call_query(const struct call *call, const char *name)
{
    const char *value = MHD_lookup_connection_value(
        call->connection, MHD_GET_ARGUMENT_KIND, name);

    return value && *value ? value : NULL;
}

static int read_count(const char *text, size_t *value)
{
    char *end;
    long number;

    if (!text || *text < '0' || *text > '9')
        return -1;
    errno = 0;
    number = strtol(text, &end, 10);
    if (errno || *end || number > WINDOW_MAX)
        return -1;
    *value = (size_t)number;
    return 0;
}

int call_page(const struct call *call, struct page *page)
{
    if (read_count(call_query(call, "count"), &page->count) != 0 ||
        read_count(call_query(call, "offset"), &page->offset) != 0)
        return -1;
    return page->count >= 1 && page->count <= COUNT_MAX &&
                   page->count + page->offset <= WINDOW_MAX
               ? 0
               : -1;
}

bool call_has_day(const struct call *call, double at)
{
    long day = moment_day(world_calendar(call->world, at));
    const char *from = call_query(call, "fromdate");
    const char *to = call_query(call, "todate");

    return (!from || moment_day_json(from) <= day) &&
           (!to || day <= moment_day_json(to));
}

bool text_holds(const char *text, const char *part)
{
    return strcasestr(text, part) != NULL;
}

bool text_is(const char *text, const char *other)
{
    return strcasecmp(text, other) == 0;
}

void put_text_or_null(cJSON *object, const char *name, const char *text)
{
    if (*text)
        cJSON_AddStringToObject(object, name, text);
    else
        cJSON_AddNullToObject(object, name);
}

void put_moment(cJSON *object, const char *name, const struct call *call,
                double at)
{
    char text[MOMENT_SIZE];

    moment_json(text, world_calendar(call->world, at), 0);
    cJSON_AddStringToObject(object, name, text);
}
