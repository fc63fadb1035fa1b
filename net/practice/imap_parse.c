/* SPDX-License-Identifier: MIT */
/* A cursor over one IMAP command. */
#include "net/practice/imap_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool cursor_is_end(const struct cursor *cursor)
{
    return cursor->at == cursor->end;
}

bool cursor_sign(struct cursor *cursor, char sign)
{
    if (cursor_is_end(cursor) || *cursor->at != sign)
        return false;
    cursor->at++;
    return true;
}

static bool is_atom_sign(char sign)
{
    return sign > ' ' && sign < 0x7f && !strchr("(){%*\"\\]", sign);
}

bool cursor_word(struct cursor *cursor, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(cursor->end - cursor->at) < length ||
        strncasecmp(cursor->at, word, length) != 0)
        return false;
    if (cursor->at + length < cursor->end && is_atom_sign(cursor->at[length]) &&
        cursor->at[length] != '[')
        return false;
    cursor->at += length;
    return true;
}

/* A run of atom signs and of those in `more`. */
static bool take_run(struct cursor *cursor, const char *more, char *out,
                     size_t size)
{
    size_t length = 0;

    while (cursor->at + length < cursor->end &&
           (is_atom_sign(cursor->at[length]) ||
            (cursor->at[length] && strchr(more, cursor->at[length]))))
        length++;
    if (length == 0 || length >= size)
        return false;
    memcpy(out, cursor->at, length);
    out[length] = '\0';
    cursor->at += length;
    return true;
}

bool cursor_atom(struct cursor *cursor, char *out, size_t size)
{
    return take_run(cursor, "", out, size);
}

static bool take_quoted(struct cursor *cursor, char *out, size_t size)
{
    const char *at = cursor->at + 1;
    size_t length = 0;

    for (; at < cursor->end && *at != '"'; at++) {
        if (*at == '\\' && ++at == cursor->end)
            return false;
        if (!*at || *at == '\r' || *at == '\n' || length + 1 >= size)
            return false;
        out[length++] = *at;
    }
    if (at == cursor->end)
        return false;
    out[length] = '\0';
    cursor->at = at + 1;
    return true;
}

static bool take_literal(struct cursor *cursor, char *out, size_t size)
{
    const char *feed =
        memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
    size_t count;
    bool waits;

    if (!feed || feed[-1] != '\r' ||
        !literal_at_end(cursor->at, (size_t)(feed - cursor->at) - 1, &count,
                        &waits) ||
        count >= size || count > (size_t)(cursor->end - feed - 1) ||
        memchr(feed + 1, '\0', count))
        return false;
    memcpy(out, feed + 1, count);
    out[count] = '\0';
    cursor->at = feed + 1 + count;
    return true;
}

bool cursor_string(struct cursor *cursor, char *out, size_t size)
{
    if (cursor_is_end(cursor))
        return false;
    if (*cursor->at == '"')
        return take_quoted(cursor, out, size);
    return *cursor->at == '{' && take_literal(cursor, out, size);
}

bool cursor_astring(struct cursor *cursor, char *out, size_t size)
{
    return cursor_string(cursor, out, size) || take_run(cursor, "]", out, size);
}

bool cursor_pattern(struct cursor *cursor, char *out, size_t size)
{
    return cursor_string(cursor, out, size) ||
           take_run(cursor, "%*]", out, size);
}

bool cursor_number(struct cursor *cursor, unsigned long *number)
{
    unsigned long value = 0;
    const char *at = cursor->at;

    for (; at < cursor->end && isdigit((unsigned char)*at); at++) {
        if (at - cursor->at == 9)
            return false;
        value = value * 10 + (unsigned long)(*at - '0');
    }
    if (at == cursor->at)
        return false;
    cursor->at = at;
    *number = value;
    return true;
}

static bool take_limit(struct cursor *cursor)
{
    unsigned long number;

    return cursor_sign(cursor, '*') ||
           (cursor_number(cursor, &number) && number > 0);
}

bool cursor_set(struct cursor *cursor, char *out, size_t size)
{
    const char *start = cursor->at;
    size_t length;

    do {
        if (!take_limit(cursor) ||
            (cursor_sign(cursor, ':') && !take_limit(cursor)))
            return false;
    } while (cursor_sign(cursor, ','));
    length = (size_t)(cursor->at - start);
    if (length >= size)
        return false;
    memcpy(out, start, length);
    out[length] = '\0';
    return true;
}

static unsigned long read_limit(const char **at, unsigned long last)
{
    char *end;
    unsigned long number;

    if (**at == '*') {
        (*at)++;
        return last;
    }
    number = strtoul(*at, &end, 10);
    *at = end;
    return number;
}

bool set_has(const char *set, unsigned long number, unsigned long last)
{
    while (*set) {
        unsigned long from = read_limit(&set, last);
        unsigned long to = from;

        if (*set == ':') {
            set++;
            to = read_limit(&set, last);
        }
        if ((from <= number && number <= to) ||
            (to <= number && number <= from))
            return true;
        if (*set != ',')
            break;
        set++;
    }
    return false;
}

bool literal_at_end(const char *line, size_t length, size_t *count, bool *waits)
{
    struct cursor cursor;
    unsigned long number;

    if (length < 3 || line[length - 1] != '}')
        return false;
    cursor.at = cursor.end = line + length - 1;
    while (cursor.at > line && *cursor.at != '{')
        cursor.at--;
    if (!cursor_sign(&cursor, '{') || !cursor_number(&cursor, &number))
        return false;
    *waits = !cursor_sign(&cursor, '+');
    *count = number;
    return cursor_is_end(&cursor);
}

bool pattern_fits(const char *pattern, const char *name)
{
    const char *star = NULL, *resume = NULL;

    while (*name) {
        if (*pattern == '*' || *pattern == '%') {
            star = ++pattern;
            resume = name;
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star;
            name = ++resume;
        } else {
            return false;
        }
    }
    pattern += strspn(pattern, "*%");
    return !*pattern;
}
