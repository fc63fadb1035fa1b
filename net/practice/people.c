/* SPDX-License-Identifier: MIT */
/* Addresses, read and checked. */
#include "net/practice/people.h"

#include <ctype.h>
#include <string.h>

#define LOCAL_BYTES 64
#define DOMAIN_BYTES 255
#define LABEL_BYTES 63

static bool local_is_good(const char *local, size_t length)
{
    if (length == 0 || length > LOCAL_BYTES || local[0] == '.' ||
        local[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char sign = (unsigned char)local[i];

        if (!isalnum(sign) && !strchr("!#$%&'*+-/=?^_`{|}~.", sign))
            return false;
        if (sign == '.' && local[i + 1] == '.')
            return false;
    }
    return true;
}

static bool label_is_good(const char *label, size_t length)
{
    if (length == 0 || length > LABEL_BYTES || label[0] == '-' ||
        label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)label[i]) && label[i] != '-')
            return false;
    return true;
}

static bool domain_is_good(const char *domain)
{
    size_t labels = 0;

    if (strlen(domain) > DOMAIN_BYTES)
        return false;
    for (;; domain++) {
        size_t length = strcspn(domain, ".");

        if (!label_is_good(domain, length))
            return false;
        labels++;
        domain += length;
        if (!*domain)
            return labels > 1;
    }
}

const char *person_domain(const char *address)
{
    const char *at = strrchr(address, '@');

    return at ? at + 1 : "";
}

bool person_is_address(const char *address)
{
    const char *at = strrchr(address, '@');

    return at && local_is_good(address, (size_t)(at - address)) &&
           domain_is_good(at + 1);
}

/* The first of `signs` that is not in quotes, or the end. */
static const char *unquoted(const char *text, const char *end,
                            const char *signs)
{
    bool quoted = false;

    for (; text < end; text++) {
        if (quoted && *text == '\\' && text + 1 < end)
            text++;
        else if (*text == '"')
            quoted = !quoted;
        else if (!quoted && strchr(signs, *text))
            break;
    }
    return text;
}

/* Where this entry of the list ends; a comma in angle brackets is no end. */
static const char *entry_end(const char *text)
{
    const char *end = text + strlen(text);
    const char *sign = unquoted(text, end, ",<");

    if (*sign == '<')
        sign = unquoted(sign, end, ">");
    return unquoted(sign, end, ",");
}

/* Whether all of it had room. */
static bool trimmed(char *out, size_t size, const char *from, const char *to)
{
    size_t length;

    while (from < to && isspace((unsigned char)*from))
        from++;
    while (to > from && isspace((unsigned char)to[-1]))
        to--;
    length = (size_t)(to - from) < size - 1 ? (size_t)(to - from) : size - 1;
    memcpy(out, from, length);
    out[length] = '\0';
    return length == (size_t)(to - from);
}

/* Takes the quotes and their backslashes off a name. */
static void unquote(char *name)
{
    char *out = name;

    for (const char *in = name; *in; in++) {
        if (*in == '"')
            continue;
        if (*in == '\\' && in[1])
            in++;
        *out++ = (char)(*in == '"' || *in == '\\' ? '\'' : *in);
    }
    *out = '\0';
}

static bool split(struct person *person, const char *text, const char *end)
{
    const char *open = unquoted(text, end, "<");
    const char *close;

    person->name[0] = '\0';
    if (open == end)
        return trimmed(person->address, sizeof(person->address), text, end);
    trimmed(person->name, sizeof(person->name), text, open);
    unquote(person->name);
    close = memchr(open, '>', (size_t)(end - open));
    return trimmed(person->address, sizeof(person->address), open + 1,
                   close ? close : end) &&
           close;
}

const char *person_read(struct person *person, const char *text)
{
    const char *end = entry_end(text);

    if (!split(person, text, end) || !person_is_address(person->address))
        return NULL;
    return *end ? end + 1 : end;
}
