/* SPDX-License-Identifier: MIT */
/* Paths and dots. */
#include "net/practice/smtp_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/people.h"

static bool param_is_known(struct smtp_path *path, const char *param,
                           size_t length)
{
    if (length > 5 && length < 16 && strncasecmp(param, "SIZE=", 5) == 0) {
        char *end;

        path->size = strtoul(param + 5, &end, 10);
        return isdigit((unsigned char)param[5]) && end == param + length;
    }
    return (length == 13 && strncasecmp(param, "BODY=8BITMIME", 13) == 0) ||
           (length == 9 && strncasecmp(param, "BODY=7BIT", 9) == 0) ||
           (length > 5 && strncasecmp(param, "AUTH=", 5) == 0);
}

static bool params_are_known(struct smtp_path *path, const char *text)
{
    while (*text) {
        size_t blank = strspn(text, " ");
        size_t length = strcspn(text + blank, " ");

        if (length && (!blank || !param_is_known(path, text + blank, length)))
            return false;
        text += blank + length;
    }
    return true;
}

enum smtp_path_result smtp_path_read(struct smtp_path *path, const char *text,
                                     const char *keyword)
{
    bool sender = strcmp(keyword, "FROM:") == 0;
    const char *close;
    size_t length;

    *path = (struct smtp_path){.size = 0};
    if (strncasecmp(text, keyword, strlen(keyword)) != 0)
        return PATH_NO_SYNTAX;
    text += strlen(keyword);
    text += strspn(text, " ");
    close = strchr(text, '>');
    if (*text != '<' || !close)
        return PATH_NO_SYNTAX;
    length = (size_t)(close - text) - 1;
    if (length >= sizeof(path->address))
        return PATH_NO_ADDRESS;
    memcpy(path->address, text + 1, length);
    path->address[length] = '\0';
    if (!(sender && length == 0) && !person_is_address(path->address))
        return PATH_NO_ADDRESS;
    return params_are_known(path, close + 1) ? PATH_GOOD : PATH_NO_PARAM;
}

static void take(struct smtp_text *text, char byte, struct pile *out)
{
    if (text->state == TEXT_START && byte == '.') {
        text->state = TEXT_DOT;
    } else if (text->state == TEXT_DOT && byte == '\r') {
        text->state = TEXT_DOT_CR;
    } else if (text->state == TEXT_DOT_CR && byte == '\n') {
        text->done = true;
    } else {
        bool after_cr = text->state == TEXT_CR || text->state == TEXT_DOT_CR;

        if (text->state == TEXT_DOT_CR)
            pile_add(out, "\r", 1);
        pile_add(out, &byte, 1);
        if (byte == '\r')
            text->state = TEXT_CR;
        else
            text->state = after_cr && byte == '\n' ? TEXT_START : TEXT_INSIDE;
    }
}

size_t smtp_text_take(struct smtp_text *text, const char *bytes, size_t length,
                      struct pile *out)
{
    size_t count = 0;

    while (count < length && !text->done)
        take(text, bytes[count++], out);
    return count;
}
