/* SPDX-License-Identifier: MIT */
#include "net/spf_macro.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define VALUE_MAX                                                              \
    1024 /* bytes of one letter's meaning; what is over is cut                 \
          */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_literal(char c, bool explanation)
{
    return (c > 0x20 && c < 0x7f && c != '%') || (explanation && c == ' ');
}

static bool is_delimiter(char c)
{
    return c != '\0' && strchr(".-+,/_=", c) != NULL;
}

static bool is_letter(char c, bool explanation)
{
    return c != '\0' &&
           strchr(explanation ? "slodiphcrtvSLODIPHCRTV" : "slodiphvSLODIPHV",
                  c) != NULL;
}

/* One macro in braces, taken apart. */
struct macro {
    char letter;
    unsigned keep; /* right-hand parts; 0: all */
    bool reverse;
    const char *delimiters;
    size_t delimiter_count;
};

/* How many parts to keep; past VALUE_MAX there can be no more. */
static size_t read_keep(struct macro *macro, const char *text, size_t length)
{
    size_t i = 0;
    unsigned keep = 0;

    for (; i < length && is_digit(text[i]); i++)
        if (keep <= VALUE_MAX)
            keep = keep * 10 + (unsigned)(text[i] - '0');
    macro->keep = keep;
    return i;
}

/* Behind the "%{": the length up to and with the brace, 0 if malformed. */
static size_t read_braces(struct macro *macro, const char *text, size_t length,
                          bool explanation)
{
    size_t i = 1, digits;

    if (length < 2 || !is_letter(text[0], explanation))
        return 0;
    *macro = (struct macro){.letter = text[0]};
    digits = read_keep(macro, text + i, length - i);
    if (digits > 0 && macro->keep == 0)
        return 0;
    i += digits;
    if (i < length && (text[i] == 'r' || text[i] == 'R')) {
        macro->reverse = true;
        i++;
    }
    macro->delimiters = text + i;
    while (i < length && is_delimiter(text[i]))
        i++;
    macro->delimiter_count = (size_t)(text + i - macro->delimiters);
    return i < length && text[i] == '}' ? i + 1 : 0;
}

size_t spf_macro_length(const char *text, size_t length, bool explanation)
{
    struct macro macro;
    size_t braces;

    if (length < 2)
        return 0;
    if (text[1] == '%' || text[1] == '_' || text[1] == '-')
        return 2;
    if (text[1] != '{')
        return 0;
    braces = read_braces(&macro, text + 2, length - 2, explanation);
    return braces > 0 ? braces + 2 : 0;
}

size_t spf_macro_span(const char *text, size_t length, bool explanation)
{
    size_t i = 0;

    while (i < length) {
        size_t step = is_literal(text[i], explanation) ? 1 : 0;

        if (text[i] == '%')
            step = spf_macro_length(text + i, length - i, explanation);
        if (step == 0)
            break;
        i += step;
    }
    return i;
}

bool spf_macro_uses(const char *text, size_t length, const char *letters)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%')
            continue;
        if (i + 2 < length && text[i + 1] == '{' &&
            strchr(letters, tolower((unsigned char)text[i + 2])))
            return true;
        i++;
    }
    return false;
}

/* A string that keeps one of its sides when it grows too long. */
struct sink {
    char *out;
    size_t size, length;
    bool right;
};

static void put(struct sink *sink, char c)
{
    if (sink->length + 1 >= sink->size) {
        size_t half = sink->size / 2;

        if (!sink->right)
            return;
        memmove(sink->out, sink->out + half, sink->length - half);
        sink->length -= half;
    }
    sink->out[sink->length++] = c;
}

static void put_escaped(struct sink *sink, char c)
{
    static const char hex[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;

    if (isalnum(byte) || strchr("-._~", c)) {
        put(sink, c);
        return;
    }
    put(sink, '%');
    put(sink, hex[byte >> 4]);
    put(sink, hex[byte & 15]);
}

static void value_of(char out[VALUE_MAX], char letter,
                     const struct spf_facts *facts)
{
    char ip[SPF_REVERSE_MAX];
    const char *value = "unknown";

    switch (tolower((unsigned char)letter)) {
    case 's':
        value = facts->sender;
        break;
    case 'l':
        value = facts->local;
        break;
    case 'o':
        value = facts->origin;
        break;
    case 'd':
        value = facts->domain;
        break;
    case 'h':
        value = facts->helo;
        break;
    case 'v':
        value = facts->ip.size == 4 ? "in-addr" : "ip6";
        break;
    case 'i':
        spf_ip_dotted(ip, &facts->ip);
        value = ip;
        break;
    case 'c':
        spf_ip_text(ip, &facts->ip);
        value = ip;
        break;
    case 'p':
        value = facts->validated ? facts->validated : value;
        break;
    case 't':
        snprintf(ip, sizeof(ip), "%lld", (long long)time(NULL));
        value = ip;
        break;
    default: /* r: the receiver has no name here */
        break;
    }
    snprintf(out, VALUE_MAX, "%s", value);
}

/* Ends each part of the value with a NUL; where each begins. */
static size_t split(unsigned short starts[VALUE_MAX], char *value,
                    const struct macro *macro)
{
    const char *delimiters = macro->delimiters;
    size_t width = macro->delimiter_count, count = 1;

    if (width == 0) {
        delimiters = ".";
        width = 1;
    }
    starts[0] = 0;
    for (size_t i = 0; value[i]; i++)
        if (memchr(delimiters, value[i], width)) {
            value[i] = '\0';
            starts[count++] = (unsigned short)(i + 1);
        }
    return count;
}

static void put_macro(struct sink *sink, const struct macro *macro,
                      const struct spf_facts *facts)
{
    bool escape = isupper((unsigned char)macro->letter);
    unsigned short starts[VALUE_MAX];
    char value[VALUE_MAX];
    size_t count, first = 0;

    value_of(value, macro->letter, facts);
    count = split(starts, value, macro);
    if (macro->keep > 0 && macro->keep < count)
        first = count - macro->keep;
    for (size_t i = first; i < count; i++) {
        const char *part = value + starts[macro->reverse ? count - 1 - i : i];

        if (i > first)
            put(sink, '.');
        for (; *part; part++)
            (escape ? put_escaped : put)(sink, *part);
    }
}

/* The two-byte ones: %% %_ %- */
static void put_short(struct sink *sink, char c)
{
    const char *meaning = c == '%' ? "%" : c == '_' ? " " : "%20";

    for (; *meaning; meaning++)
        put(sink, *meaning);
}

void spf_macro_expand(char *out, size_t size, const char *text, size_t length,
                      const struct spf_facts *facts, bool explanation)
{
    struct sink sink = {.out = out, .size = size, .right = !explanation};
    struct macro macro;

    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%') {
            put(&sink, text[i]);
        } else if (i + 1 < length && text[i + 1] != '{') {
            put_short(&sink, text[++i]);
        } else if (i + 2 < length) {
            size_t braces =
                read_braces(&macro, text + i + 2, length - i - 2, explanation);

            if (braces > 0)
                put_macro(&sink, &macro, facts);
            i += 1 + braces;
        }
    }
    out[sink.length] = '\0';
}

void spf_macro_shorten(char *name)
{
    size_t length = strlen(name);
    char *from = name;

    if (length > 0 && name[length - 1] == '.')
        name[--length] = '\0';
    while (strlen(from) >= DNS_NAME_MAX - 2) {
        char *dot = strchr(from, '.');

        if (!dot)
            break;
        from = dot + 1;
    }
    memmove(name, from, strlen(from) + 1);
}
