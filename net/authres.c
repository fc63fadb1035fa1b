/* SPDX-License-Identifier: MIT */
/* Reads an Authentication-Results field, as receivers really write it. */
#include "net/authres.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A bounded text being written. */
struct text {
    char *out;
    size_t size, length;
};

static void add(struct text *text, char c)
{
    if (text->length + 1 < text->size)
        text->out[text->length++] = c;
    text->out[text->length] = '\0';
}

static void lower(char *word)
{
    for (; *word; word++)
        *word = (char)tolower((unsigned char)*word);
}

/* Over a comment at `at`, which may nest and may never end; what stands in it
 * goes to `note` where that is wanted. */
static const char *take_comment(const char *at, struct text *note)
{
    int depth = 0;

    do {
        if (*at == '\\' && at[1])
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')')
            depth--;
        if (note && depth > 0 && !(depth == 1 && *at == '('))
            add(note, *at);
        at++;
    } while (*at && depth > 0);
    return at;
}

/* Over blanks and comments, each of which is set off in `note`. */
static const char *skip(const char *at, struct text *note)
{
    while (*at == ' ' || *at == '(') {
        if (*at == ' ') {
            at++;
            continue;
        }
        if (note && note->length > 0)
            add(note, ' ');
        at = take_comment(at, note);
    }
    return at;
}

static const char *take_quoted(const char *at, struct text *value)
{
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1])
            at++;
        add(value, *at);
    }
    return *at ? at + 1 : at;
}

/* A word up to a blank, a comment or one of `ends`; what is quoted belongs to
 * it, as in "john doe"@example.com. */
static const char *take_word(const char *at, const char *ends, char *out,
                             size_t size)
{
    struct text word = {out, size, 0};

    out[0] = '\0';
    while (*at && *at != ' ' && *at != '(' && !strchr(ends, *at)) {
        if (*at == '"') {
            at = take_quoted(at, &word);
            continue;
        }
        add(&word, *at++);
    }
    return at;
}

/* To the end of the present segment. */
static const char *skip_segment(const char *at)
{
    char dropped[2];

    while (*at && *at != ';') {
        if (*at == '(' || *at == ' ')
            at = skip(at, NULL);
        else
            at = take_word(at, ";", dropped, sizeof(dropped));
    }
    return at;
}

/* One name=value with what blanks and comments there may be. False, and `at`
 * over the word, where it is none. */
static bool take_pair(const char **at, char name[AUTHRES_WORD_MAX], char *value,
                      size_t size, struct text *note)
{
    *at = take_word(*at, "=;", name, AUTHRES_WORD_MAX);
    *at = skip(*at, note);
    lower(name);
    if (**at != '=')
        return false;
    *at = skip(*at + 1, note);
    *at = take_word(*at, ";", value, size);
    return name[0] != '\0' && value[0] != '\0';
}

/* "i=1;" before the authserv-id is what ARC adds (RFC 8617 4.1.1). */
static const char *take_instance(const char *at, int *instance)
{
    char name[AUTHRES_WORD_MAX], value[AUTHRES_WORD_MAX];
    const char *start = skip(at, NULL), *end = start;

    if (!take_pair(&end, name, value, sizeof(value), NULL) ||
        strcmp(name, "i") != 0)
        return at;
    *instance = (int)strtol(value, NULL, 10);
    end = skip(end, NULL);
    return *end == ';' ? end + 1 : end;
}

void authres_open(struct authres *field, const char *body)
{
    const char *start, *end;

    *field = (struct authres){.at = body};
    field->at = take_instance(body, &field->instance);
    start = skip(field->at, NULL);
    end = take_word(start, "=;", field->id, sizeof(field->id));
    end = skip(end, NULL);
    /* Microsoft leaves the authserv-id out: the first word is a method's. */
    if (*end == '=') {
        field->id[0] = '\0';
        field->at = start;
        return;
    }
    lower(field->id);
    field->at = skip_segment(end);
}

static void take_property(struct authres_result *result, const char *name,
                          const char *value)
{
    struct authres_property *property;

    if (strcmp(name, "reason") == 0) {
        snprintf(result->reason, sizeof(result->reason), "%s", value);
        return;
    }
    if (result->count == AUTHRES_PROPERTIES_MAX)
        return;
    property = &result->properties[result->count++];
    snprintf(property->name, sizeof(property->name), "%s", name);
    snprintf(property->value, sizeof(property->value), "%s", value);
}

/* The segment at `at` as a result; false where it holds none. */
static bool read_segment(const char **at, struct authres_result *result)
{
    char name[AUTHRES_WORD_MAX], value[AUTHRES_VALUE_MAX];
    struct text note = {result->note, sizeof(result->note), 0};

    memset(result, 0, sizeof(*result));
    *at = skip(*at, NULL);
    if (!take_pair(at, result->method, result->result, sizeof(result->result),
                   &note))
        return false;
    result->method[strcspn(result->method, "/")] = '\0'; /* its version */
    lower(result->result);
    for (*at = skip(*at, &note); **at && **at != ';'; *at = skip(*at, &note))
        if (take_pair(at, name, value, sizeof(value), &note))
            take_property(result, name, value);
    return result->method[0] != '\0';
}

bool authres_next(struct authres *field, struct authres_result *result)
{
    while (*field->at) {
        const char *at = field->at;
        bool is_result;

        if (*at == ';')
            at++;
        is_result = read_segment(&at, result);
        field->at = skip_segment(at);
        if (is_result)
            return true;
    }
    return false;
}

const char *authres_property(const struct authres_result *result,
                             const char *name)
{
    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->properties[i].name, name) == 0)
            return result->properties[i].value;
    return "";
}
