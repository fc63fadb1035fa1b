/* SPDX-License-Identifier: MIT */
/* Which files may go with a message: what is for reading, nothing that runs. */
#include "net/practice/files.h"

#include <stdlib.h>
#include <string.h>

#include "net/practice/base64.h"

static const char *const types[] = {
    "text/plain", "text/html",       "text/csv",
    "image/png",  "application/pdf", "application/json",
};

static const char *member(const cJSON *file, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, name));
}

static bool is_base64(const char *content)
{
    size_t length = strlen(content);
    char *bytes = malloc(length + 1);
    bool result = bytes && base64_read(bytes, length + 1, content, length) >= 0;

    free(bytes);
    return result;
}

static bool is_for_reading(const char *type)
{
    size_t length = strcspn(type, "; ");

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strlen(types[i]) == length && strncmp(type, types[i], length) == 0)
            return true;
    return false;
}

bool files_fit(const cJSON *message)
{
    const cJSON *files =
        cJSON_GetObjectItemCaseSensitive(message, "Attachments");

    for (int i = 0; i < cJSON_GetArraySize(files); i++) {
        const cJSON *file = cJSON_GetArrayItem(files, i);
        const char *content = member(file, "Content");
        const char *type = member(file, "ContentType");

        if (!member(file, "Name") || !content || !type ||
            !is_for_reading(type) || !is_base64(content))
            return false;
    }
    return true;
}
