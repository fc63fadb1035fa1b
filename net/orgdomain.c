/* SPDX-License-Identifier: MIT */
/* Whose a host name is, told from the name alone. */
#include "net/orgdomain.h"

#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What registries of two-letter countries sell names under. */
static const char *const seconds[] = {
    "ac",  "adm", "adv",  "art", "asso", "biz", "co",  "com",    "coop",
    "ed",  "edu", "eng",  "esp", "etc",  "fin", "fm",  "g12",    "gen",
    "go",  "gob", "gouv", "gov", "gub",  "gv",  "ind", "inf",    "info",
    "int", "jus", "k12",  "ltd", "med",  "mil", "mus", "museum", "ne",
    "net", "nhs", "nic",  "nom", "or",   "org", "plc", "pro",    "psi",
    "sch", "srv", "tmp",  "tur", "tv",   "web",
};

/* The bytes of a name, without final dots. */
static size_t length_of(const char *domain)
{
    size_t length = strlen(domain);

    while (length > 0 && domain[length - 1] == '.')
        length--;
    return length;
}

/* Where the label before `end` begins. */
static size_t label_start(const char *domain, size_t end)
{
    while (end > 0 && domain[end - 1] != '.')
        end--;
    return end;
}

static bool is_second(const char *label, size_t length)
{
    for (size_t i = 0; i < COUNT(seconds); i++)
        if (strlen(seconds[i]) == length &&
            strncasecmp(seconds[i], label, length) == 0)
            return true;
    return false;
}

const char *orgdomain(const char *domain)
{
    size_t end = length_of(domain);
    size_t top = label_start(domain, end);
    size_t second = top > 0 ? label_start(domain, top - 1) : 0;

    if (top == 0)
        return domain;
    if (second > 0 && end - top == 2 &&
        is_second(domain + second, top - 1 - second))
        second = label_start(domain, second - 1);
    return domain + second;
}

static bool same(const char *a, const char *b)
{
    size_t length = length_of(a);

    return length > 0 && length == length_of(b) &&
           strncasecmp(a, b, length) == 0;
}

bool orgdomain_same(const char *a, const char *b)
{
    return same(orgdomain(a), orgdomain(b));
}

enum alignment orgdomain_align(const char *domain, const char *from)
{
    if (same(domain, from))
        return ALIGNMENT_STRICT;
    return orgdomain_same(domain, from) ? ALIGNMENT_RELAXED : ALIGNMENT_NONE;
}

bool orgdomain_under(const char *host, const char *suffix)
{
    size_t whole = length_of(host), part = length_of(suffix);

    if (part == 0 || whole < part ||
        strncasecmp(host + whole - part, suffix, part) != 0)
        return false;
    return whole == part || host[whole - part - 1] == '.';
}

const char *alignment_name(enum alignment alignment)
{
    static const char *const names[] = {
        [ALIGNMENT_NONE] = "none",
        [ALIGNMENT_RELAXED] = "relaxed",
        [ALIGNMENT_STRICT] = "strict",
    };

    return names[alignment];
}
