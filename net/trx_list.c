/* SPDX-License-Identifier: MIT */
/* Reads the list of bounces. */
#include "net/trx_list.h"

#include <stdio.h>
#include <string.h>

#define PAGE_MOST 500 /* the service's own limit */
#define PAGE_LEAST 25

static void list_path(struct trx_path *path, const struct trx_list *list,
                      int count, int offset)
{
    char number[16];

    trx_path_init(path, "/bounces");
    snprintf(number, sizeof(number), "%d", count);
    trx_path_query(path, "count", number);
    snprintf(number, sizeof(number), "%d", offset);
    trx_path_query(path, "offset", number);
    if (list->inactive)
        trx_path_query(path, "inactive", "true");
    if (list->address[0])
        trx_path_query(path, "emailFilter", list->address);
    if (list->since[0])
        trx_path_query(path, "fromdate", list->since);
}

/* What has no id can only be known in the list that holds all. */
static bool is_new(struct trx_list *list, const struct trx_bounce *bounce)
{
    return bounce->id[0] ? seen_add(&list->seen, bounce->id) : !list->inactive;
}

static void take_page(struct trx_list *list, const cJSON *bounces)
{
    struct trx_bounce bounce;
    const cJSON *item;

    cJSON_ArrayForEach(item, bounces)
    {
        if (trx_bounce_read(&bounce, item) && is_new(list, &bounce))
            list->take(&bounce, list->arg);
    }
}

/* Whether the page is the last one again: then the service does not look at
 * the offset. Takes note of what it begins with. */
static bool is_again(struct trx_list *list, const cJSON *bounces)
{
    char first[BOUNCE_ID_MAX];
    bool again =
        json_word(cJSON_GetArrayItem(bounces, 0), "ID", first, sizeof(first)) &&
        strcmp(first, list->first) == 0;

    memcpy(list->first, first, sizeof(first));
    return again;
}

/* One page; `*items` is how many it held, 0 also where it was one again. */
static int read_page(struct trx_list *list, int count, int offset, int *items)
{
    struct trx_answer *answer = &list->answer;
    const cJSON *bounces;
    struct trx_path path;

    list_path(&path, list, count, offset);
    trx_answer_release(answer);
    if (trx_call(list->trx, &path, NULL, answer, &list->err) != 0)
        return -1;
    bounces = json_member(answer->json, "Bounces");
    if (answer->fault == FAULT_NONE && !cJSON_IsArray(bounces)) {
        answer->fault = FAULT_PROTOCOL;
        answer->code = answer->http;
    }
    if (answer->fault != FAULT_NONE)
        return 1;
    *items = is_again(list, bounces) ? 0 : cJSON_GetArraySize(bounces);
    if (*items > 0)
        take_page(list, bounces);
    list->pages++;
    return 0;
}

/* A page larger than we take is asked for in smaller ones. */
static bool is_too_large(const struct trx_list *list, int count)
{
    return list->answer.cut && count > PAGE_LEAST;
}

int trx_list_read(struct trx_list *list)
{
    int count = PAGE_MOST, offset = 0, items, result;

    list->whole = false;
    list->first[0] = '\0';
    while (offset < TRX_WINDOW) {
        if (count > TRX_WINDOW - offset)
            count = TRX_WINDOW - offset;
        result = read_page(list, count, offset, &items);
        if (result == 1 && is_too_large(list, count)) {
            count /= 2;
            continue;
        }
        if (result != 0)
            return result;
        offset += items;
        list->whole = items < count;
        if (list->whole)
            return 0;
    }
    return 0;
}

void trx_list_release(struct trx_list *list)
{
    trx_answer_release(&list->answer);
    seen_release(&list->seen);
}
