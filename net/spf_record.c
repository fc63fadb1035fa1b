/* SPDX-License-Identifier: MIT */
#include "net/spf_record.h"

#include <string.h>
#include <strings.h>

#include "net/spf_macro.h"

#define VERSION_LENGTH 6

#define KIND_WORD(id, word, asks) word,
#define KIND_ASKS(id, word, asks) asks,
#define FLAW_WORD(id, word) word,
static const char *const kind_words[] = {SPF_KINDS(KIND_WORD)};
static const bool kind_asks[] = {SPF_KINDS(KIND_ASKS)};
static const char *const flaw_words[] = {SPF_FAULTS(FLAW_WORD)};

bool spf_kind_asks(enum spf_kind kind)
{
    return kind_asks[kind];
}

const char *spf_kind_word(enum spf_kind kind)
{
    return kind_words[kind];
}

const char *spf_flaw_word(enum spf_flaw flaw)
{
    return flaw_words[flaw];
}

bool spf_record_is(const char *text, size_t length)
{
    return length >= VERSION_LENGTH &&
           strncasecmp(text, "v=spf1", VERSION_LENGTH) == 0 &&
           (length == VERSION_LENGTH || text[VERSION_LENGTH] == ' ');
}

/* Letters of ASCII alone, whatever the locale. */
static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_visible(char c)
{
    return c > 0x20 && c < 0x7f;
}

/* toplabel: letters, digits, hyphens inside, and not digits alone. */
static bool is_toplabel(const char *text, size_t length)
{
    bool only_digits = true;

    for (size_t i = 0; i < length; i++) {
        bool edge = i == 0 || i == length - 1;

        if (!is_alpha(text[i]) && !is_digit(text[i]) &&
            (text[i] != '-' || edge))
            return false;
        only_digits = only_digits && is_digit(text[i]);
    }
    return length > 0 && !only_digits;
}

/* Where the last macro ends; 0: there is none. */
static size_t last_macro_end(const char *text, size_t length)
{
    size_t end = 0, i = 0;

    while (i < length) {
        size_t step = 1;

        if (text[i] == '%') {
            step = spf_macro_length(text + i, length - i, false);
            end = i + step;
        }
        i += step;
    }
    return end;
}

/* domain-spec: it ends in a macro, or in a dot and a toplabel. */
static enum spf_flaw check_domain(const char *text, size_t length)
{
    size_t end = length, dot, macro;

    if (length == 0)
        return SPF_FAULT_NO_DOMAIN;
    if (spf_macro_span(text, length, false) < length)
        return SPF_FAULT_MACRO;
    macro = last_macro_end(text, length);
    if (macro == length)
        return SPF_FAULT_NONE;
    if (text[end - 1] == '.')
        end--;
    for (dot = end; dot > macro && text[dot - 1] != '.'; dot--)
        ;
    if (dot <= macro || !is_toplabel(text + dot, end - dot))
        return SPF_FAULT_BAD_DOMAIN;
    return SPF_FAULT_NONE;
}

/* Takes "/digits" off the end, the way the grammar reads it: from the right.
 * Returns how many bytes remain; `*bits` where there was one. */
static size_t take_prefix(const char *text, size_t length, unsigned *bits,
                          enum spf_flaw *flaw)
{
    size_t start = length;
    unsigned value = 0;

    while (start > 0 && is_digit(text[start - 1]))
        start--;
    if (start == length || start == 0 || text[start - 1] != '/')
        return length;
    if (length - start > 3 || (text[start] == '0' && length - start > 1))
        *flaw = SPF_FAULT_PREFIX;
    for (size_t i = start; i < length && *flaw == SPF_FAULT_NONE; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    if (value > *bits)
        *flaw = SPF_FAULT_PREFIX;
    *bits = value;
    return start - 1;
}

/* [ip4-cidr-length] ["/" ip6-cidr-length] */
static size_t take_dual(const char *text, size_t length, struct spf_term *term,
                        enum spf_flaw *flaw)
{
    unsigned bits = 128;
    size_t rest = take_prefix(text, length, &bits, flaw);

    if (rest == length)
        return length;
    if (rest > 0 && text[rest - 1] == '/') {
        term->prefix6 = bits;
        return take_prefix(text, rest - 1, &term->prefix4, flaw);
    }
    if (bits > 32)
        *flaw = SPF_FAULT_PREFIX;
    term->prefix4 = bits;
    return rest;
}

/* ":" domain-spec, or nothing where `optional`. */
static enum spf_flaw read_spec(struct spf_term *term, const char *value,
                               size_t length, bool optional)
{
    if (length == 0)
        return optional ? SPF_FAULT_NONE : SPF_FAULT_NO_DOMAIN;
    if (value[0] != ':')
        return SPF_FAULT_ARGUMENT;
    term->spec = value + 1;
    term->spec_length = length - 1;
    return check_domain(term->spec, term->spec_length);
}

static enum spf_flaw read_dual(struct spf_term *term, const char *value,
                               size_t length)
{
    enum spf_flaw flaw = SPF_FAULT_NONE, spec;
    size_t rest = take_dual(value, length, term, &flaw);

    spec = read_spec(term, value, rest, true);
    return spec != SPF_FAULT_NONE ? spec : flaw;
}

static enum spf_flaw read_network(struct spf_term *term, const char *value,
                                  size_t length)
{
    bool four = term->kind == SPF_IP4;
    unsigned *bits = four ? &term->prefix4 : &term->prefix6;
    enum spf_flaw flaw = SPF_FAULT_NONE;
    size_t rest = take_prefix(value, length, bits, &flaw);
    struct spf_ip network;
    char text[64];

    if (rest < 2 || value[0] != ':' || rest > sizeof(text))
        return SPF_FAULT_ADDRESS;
    memcpy(text, value + 1, rest - 1);
    text[rest - 1] = '\0';
    if (!spf_ip_read(&network, text) || network.size != (four ? 4 : 16))
        return SPF_FAULT_ADDRESS;
    term->network = network;
    return flaw;
}

/* What stands behind the name of a mechanism. */
static enum spf_flaw read_value(struct spf_term *term, const char *value,
                                size_t length)
{
    switch (term->kind) {
    case SPF_ALL:
        return length == 0 ? SPF_FAULT_NONE : SPF_FAULT_ARGUMENT;
    case SPF_A:
    case SPF_MX:
        return read_dual(term, value, length);
    case SPF_IP4:
    case SPF_IP6:
        return read_network(term, value, length);
    case SPF_PTR:
        return read_spec(term, value, length, true);
    case SPF_INCLUDE:
    case SPF_EXISTS:
        return read_spec(term, value, length, false);
    default:
        return SPF_FAULT_UNKNOWN;
    }
}

static enum spf_kind kind_of(const char *name, size_t length,
                             enum spf_kind first, enum spf_kind end)
{
    for (enum spf_kind kind = first; kind < end; kind++)
        if (strlen(kind_words[kind]) == length &&
            strncasecmp(kind_words[kind], name, length) == 0)
            return kind;
    return end;
}

static enum spf_flaw read_mechanism(struct spf_term *term)
{
    const char *name = term->text;
    size_t length = term->length, end = 0;

    term->qualifier = '+';
    if (strchr("+-~?", name[0])) {
        term->qualifier = *name++;
        length--;
    }
    while (end < length && name[end] != ':' && name[end] != '/')
        end++;
    term->kind = kind_of(name, end, SPF_ALL, SPF_REDIRECT);
    if (term->kind == SPF_REDIRECT)
        return SPF_FAULT_UNKNOWN;
    return read_value(term, name + end, length - end);
}

/* The length of a modifier's name, where the word is one: name "=" ... */
static size_t modifier_name(const char *text, size_t length)
{
    size_t end = 0;

    while (end < length &&
           (is_alpha(text[end]) ||
            (end > 0 && text[end] != '\0' &&
             (is_digit(text[end]) || strchr("-_.", text[end])))))
        end++;
    return end > 0 && end < length && text[end] == '=' ? end : 0;
}

static enum spf_flaw read_modifier(struct spf_term *term, size_t name)
{
    const char *value = term->text + name + 1;
    size_t length = term->length - name - 1;

    term->kind = kind_of(term->text, name, SPF_REDIRECT, SPF_OTHER);
    term->spec = value;
    term->spec_length = length;
    if (term->kind != SPF_OTHER)
        return check_domain(value, length);
    return spf_macro_span(value, length, false) < length ? SPF_FAULT_MACRO
                                                         : SPF_FAULT_NONE;
}

static enum spf_flaw read_term(struct spf_term *term)
{
    size_t name;

    for (size_t i = 0; i < term->length; i++)
        if (!is_visible(term->text[i]))
            return SPF_FAULT_SIGN;
    name = modifier_name(term->text, term->length);
    return name > 0 ? read_modifier(term, name) : read_mechanism(term);
}

int spf_record_next(const char *text, size_t length, size_t *at,
                    struct spf_term *term, enum spf_flaw *flaw)
{
    size_t i = *at < VERSION_LENGTH ? VERSION_LENGTH : *at, start;

    while (i < length && text[i] == ' ')
        i++;
    start = i;
    while (i < length && text[i] != ' ')
        i++;
    *at = i;
    if (start >= length)
        return 0;
    *term = (struct spf_term){.text = text + start,
                              .length = i - start,
                              .prefix4 = 32,
                              .prefix6 = 128};
    *flaw = read_term(term);
    return *flaw == SPF_FAULT_NONE ? 1 : -1;
}

enum spf_flaw spf_record_check(const char *text, size_t length,
                               struct spf_term *term)
{
    enum spf_flaw flaw = SPF_FAULT_NONE;
    bool seen[SPF_KIND_COUNT] = {false};
    size_t at = 0;

    while (spf_record_next(text, length, &at, term, &flaw) > 0) {
        bool once = term->kind == SPF_REDIRECT || term->kind == SPF_EXP;

        if (once && seen[term->kind])
            return SPF_FAULT_TWICE;
        seen[term->kind] = true;
    }
    return flaw;
}

bool spf_record_find(const char *text, size_t length, enum spf_kind kind,
                     struct spf_term *term)
{
    enum spf_flaw flaw;
    struct spf_term next;
    bool found = false;
    size_t at = 0;

    while (spf_record_next(text, length, &at, &next, &flaw) > 0)
        if (next.kind == kind) {
            *term = next;
            found = true;
        }
    return found;
}
