/* SPDX-License-Identifier: MIT */
/* JSON from a server: cJSON behind a check of size, depth and NULs. */
#include "net/json.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/utf8.h"

#define BLANKS " \t\r\n"
#define EXACT_MAX 9007199254740992.0 /* 2^53: all whole numbers up to it */

/* cJSON of Debian 12 may look a few bytes past the end (CVE-2023-53154). */
#define SLACK 8

/* Where a string is being read, what stands at `s` and cannot stay: a NUL or
 * its escape. Returns the bytes that it took. */
static size_t mend_nul(char *s)
{
    if (*s == '\0') {
        *s = '?';
        return 1;
    }
    if (s[0] != '\\')
        return 1;
    if (strncmp(s + 1, "u0000", 5) == 0)
        memcpy(s + 2, "fffd", 4);
    return s[1] ? 2 : 1;
}

static bool is_bounded(char *text, size_t length)
{
    bool quoted = false;
    int depth = 0;

    for (size_t i = 0; i < length;) {
        char c = text[i];

        if (c == '"')
            quoted = !quoted;
        else if (quoted) {
            i += mend_nul(text + i);
            continue;
        } else if ((c == '{' || c == '[') && ++depth > JSON_DEPTH_MAX)
            return false;
        else if (c == '}' || c == ']')
            depth--;
        else if (c >= '\0' && c < ' ' && !memchr(BLANKS, c, strlen(BLANKS)))
            return false; /* a blank to cJSON */
        i++;
    }
    return true;
}

cJSON *json_read(const char *bytes, size_t length)
{
    const char *end = NULL;
    cJSON *value = NULL;
    char *copy;

    if (!bytes || length == 0 || length > JSON_MAX)
        return NULL;
    copy = calloc(1, length + SLACK);
    if (!copy)
        return NULL;
    memcpy(copy, bytes, length);
    if (is_bounded(copy, length))
        value = cJSON_ParseWithLengthOpts(copy, length + 1, &end, 0);
    if (value && ((!cJSON_IsObject(value) && !cJSON_IsArray(value)) ||
                  (size_t)(end - copy) + strspn(end, BLANKS) != length)) {
        cJSON_Delete(value);
        value = NULL;
    }
    free(copy);
    return value;
}

bool json_is_cut(const char *bytes, size_t length)
{
    bool quoted = false;
    size_t depth = 0, at = 0;

    while (at < length && strchr(BLANKS, bytes[at]) && bytes[at])
        at++;
    if (at == length || bytes[at] != '{')
        return false;
    for (; at < length; at++) {
        char c = bytes[at];

        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']') && --depth == 0)
            return false;
    }
    return true;
}

void json_free(cJSON *value)
{
    cJSON_Delete(value);
}

const cJSON *json_member(const cJSON *object, const char *key)
{
    return cJSON_IsObject(object)
               ? cJSON_GetObjectItemCaseSensitive(object, key)
               : NULL;
}

bool json_doubled(const cJSON *object, const char *key)
{
    const cJSON *item = json_member(object, key);

    for (item = item ? item->next : NULL; item; item = item->next)
        if (strcmp(item->string, key) == 0)
            return true;
    return false;
}

const char *json_text(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(json_member(object, key));
}

void json_copy(char *out, size_t size, const cJSON *object, const char *key)
{
    const char *text = json_text(object, key);

    utf8_mend(out, size, text ? text : "", text ? strlen(text) : 0);
}

static bool is_whole(const cJSON *item)
{
    double value = cJSON_IsNumber(item) ? item->valuedouble : EXACT_MAX;

    return value > -EXACT_MAX && value < EXACT_MAX &&
           value == (double)(long long)value;
}

static bool is_text(const char *s)
{
    size_t left = strlen(s), used;

    for (; left > 0; s += used, left -= used) {
        used = utf8_take(s, left, NULL);
        if (used == 0)
            return false;
    }
    return true;
}

bool json_word(const cJSON *object, const char *key, char *out, size_t size)
{
    const cJSON *item = json_member(object, key);
    const char *text = cJSON_GetStringValue(item);
    int length = -1;

    if (text && is_text(text))
        length = snprintf(out, size, "%s", text);
    else if (is_whole(item))
        length = snprintf(out, size, "%.0f", item->valuedouble);
    if (length > 0 && (size_t)length < size)
        return true;
    out[0] = '\0';
    return false;
}

bool json_whole(const cJSON *object, const char *key, int *out)
{
    char word[24], *end;
    long value;

    if (!json_word(object, key, word, sizeof(word)))
        return false;
    value = strtol(word, &end, 10);
    if (*end || word[0] == '+' || strchr(BLANKS, word[0]) || value < INT_MIN ||
        value > INT_MAX)
        return false;
    *out = (int)value;
    return true;
}

bool json_flag(const cJSON *object, const char *key)
{
    const cJSON *item = json_member(object, key);
    const char *text = cJSON_GetStringValue(item);

    return cJSON_IsTrue(item) || (text && strcasecmp(text, "true") == 0);
}
