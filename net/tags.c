/* SPDX-License-Identifier: MIT */
#include "net/tags.h"

#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && is_blank(**text)) {
        ++*text;
        --*length;
    }
    while (*length > 0 && is_blank((*text)[*length - 1]))
        --*length;
}

static bool is_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool more =
            i > 0 && ((name[i] >= '0' && name[i] <= '9') || name[i] == '_');

        if (!is_alpha(name[i]) && !more)
            return false;
    }
    return length > 0;
}

int tag_next(const char *text, size_t length, size_t *at, struct tag *tag)
{
    const char *item = text + *at, *end, *equals;
    size_t rest = length - *at, width;

    if (rest == 0)
        return 0;
    end = memchr(item, ';', rest);
    width = end ? (size_t)(end - item) : rest;
    *at += width + (end != NULL);
    trim(&item, &width);
    if (width == 0 && *at == length)
        return 0;
    equals = width > 0 ? memchr(item, '=', width) : NULL;
    if (!equals)
        return -1;
    *tag = (struct tag){.name = item,
                        .name_length = (size_t)(equals - item),
                        .value = equals + 1,
                        .value_length = (size_t)(item + width - equals - 1)};
    trim(&tag->name, &tag->name_length);
    trim(&tag->value, &tag->value_length);
    return is_name(tag->name, tag->name_length) ? 1 : -1;
}

bool tag_is(const struct tag *tag, const char *name, bool fold)
{
    return strlen(name) == tag->name_length &&
           (fold ? strncasecmp(tag->name, name, tag->name_length)
                 : strncmp(tag->name, name, tag->name_length)) == 0;
}

bool tag_says(const struct tag *tag, const char *word)
{
    return strlen(word) == tag->value_length &&
           strncasecmp(tag->value, word, tag->value_length) == 0;
}

bool tag_part(const struct tag *tag, char separator, size_t *at,
              const char **part, size_t *length)
{
    const char *end;

    if (*at > tag->value_length)
        return false;
    *part = tag->value + *at;
    *length = tag->value_length - *at;
    end = *length > 0 ? memchr(*part, separator, *length) : NULL;
    if (end)
        *length = (size_t)(end - *part);
    *at += *length + 1;
    trim(part, length);
    return true;
}
