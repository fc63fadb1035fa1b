/* SPDX-License-Identifier: MIT */
#include "net/document.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "net/line.h"
#include "net/utf8.h"

#define NAME_MAX_HERE 64

struct document {
    cJSON *root;
    bool failed;
};

struct document *document_new(void)
{
    struct document *document = calloc(1, sizeof *document);

    if (!document)
        return NULL;
    document->root = cJSON_CreateObject();
    document->failed = !document->root;
    return document;
}

static bool is_index(const char *name)
{
    return name[strspn(name, "0123456789")] == '\0';
}

static cJSON *child(const cJSON *parent, const char *name)
{
    return is_index(name)
               ? cJSON_GetArrayItem(parent, (int)strtol(name, NULL, 10))
               : cJSON_GetObjectItemCaseSensitive(parent, name);
}

/* Gives `item` to its parent; an array only grows at its end. */
static bool adopt(cJSON *parent, const char *name, cJSON *item)
{
    bool taken;

    if (!item)
        return false;
    if (is_index(name))
        taken = cJSON_AddItemToArray(parent, item);
    else if (cJSON_GetObjectItemCaseSensitive(parent, name))
        taken = cJSON_ReplaceItemInObjectCaseSensitive(parent, name, item);
    else
        taken = cJSON_AddItemToObject(parent, name, item);
    if (!taken)
        cJSON_Delete(item);
    return taken;
}

/* The next name of a path; returns what follows it, NULL at the last. */
static const char *take_name(const char *path, char name[NAME_MAX_HERE])
{
    size_t length = strcspn(path, "/");
    size_t kept = length < NAME_MAX_HERE ? length : NAME_MAX_HERE - 1;

    memcpy(name, path, kept);
    name[kept] = '\0';
    return path[length] ? path + length + 1 : NULL;
}

static void put(struct document *document, const char *path, cJSON *item)
{
    char name[NAME_MAX_HERE], next[NAME_MAX_HERE];
    cJSON *place = document->root;
    const char *rest = take_name(path, name);

    while (rest && place) {
        cJSON *down = child(place, name);
        const char *after = take_name(rest, next);
        if (!down) {
            down = is_index(next) ? cJSON_CreateArray() : cJSON_CreateObject();
            if (!adopt(place, name, down))
                down = NULL;
        }
        place = down;
        memcpy(name, next, sizeof name);
        rest = after;
    }
    if (!place)
        cJSON_Delete(item);
    if (!place || !adopt(place, name, item))
        document->failed = true;
}

void document_text(struct document *document, const char *path,
                   const char *text)
{
    size_t length = text ? strlen(text) : 0;
    char *mended;

    if (!document)
        return;
    mended = text ? malloc(4 * length + 1) : NULL; /* a byte may be \xNN */
    if (mended)
        utf8_mend(mended, 4 * length + 1, text, length);
    put(document, path,
        mended ? cJSON_CreateString(mended) : cJSON_CreateNull());
    free(mended);
}

void document_number(struct document *document, const char *path, double number)
{
    if (document)
        put(document, path, cJSON_CreateNumber(number));
}

void document_flag(struct document *document, const char *path, bool flag)
{
    if (document)
        put(document, path, cJSON_CreateBool(flag));
}

void document_array(struct document *document, const char *path)
{
    if (document)
        put(document, path, cJSON_CreateArray());
}

char *document_print(const struct document *document)
{
    return document && !document->failed ? line_print_tall(document->root)
                                         : NULL;
}

char *document_line(const struct document *document)
{
    return document && !document->failed ? line_print(document->root) : NULL;
}

void document_free(struct document *document)
{
    if (!document)
        return;
    cJSON_Delete(document->root);
    free(document);
}
