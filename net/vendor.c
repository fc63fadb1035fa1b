/* SPDX-License-Identifier: MIT */
#include "net/vendor.h"

#include <string.h>
#include <strings.h>

enum {
#define GATEWAY(code, name) VENDOR_##code,
#define GATEWAY_MX(pattern, code)
#include "assets/gateways.def"
#undef GATEWAY
#undef GATEWAY_MX
};

static const struct vendor vendors[] = {
#define GATEWAY(code, name) {#code, name},
#define GATEWAY_MX(pattern, code)
#include "assets/gateways.def"
#undef GATEWAY
#undef GATEWAY_MX
};

static const struct {
    const char *pattern;
    size_t vendor;
} rows[] = {
#define GATEWAY(code, name)
#define GATEWAY_MX(pattern, code) {pattern, VENDOR_##code},
#include "assets/gateways.def"
#undef GATEWAY
#undef GATEWAY_MX
};

static const char *const freemail[] = {
#define FREEMAIL(pattern) pattern,
#include "assets/freemail.def"
#undef FREEMAIL
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static size_t labels_of(const char *name)
{
    size_t labels = 1;

    while ((name = strchr(name, '.')) != NULL) {
        labels++;
        name++;
    }
    return labels;
}

static const char *skip_labels(const char *name, size_t labels)
{
    while (labels-- > 0)
        name = strchr(name, '.') + 1;
    return name;
}

/* Label by label, both of as many of them. */
static bool same_labels(const char *name, const char *pattern)
{
    for (;;) {
        size_t size = strcspn(name, "."), wanted = strcspn(pattern, ".");
        bool any = wanted == 1 && *pattern == '*';

        if (!any && (size != wanted || strncasecmp(name, pattern, size) != 0))
            return false;
        if (!name[size] || !pattern[wanted])
            return name[size] == pattern[wanted];
        name += size + 1;
        pattern += wanted + 1;
    }
}

static bool ends_in(const char *name, const char *pattern)
{
    size_t labels = labels_of(name), wanted = labels_of(pattern);

    return labels >= wanted &&
           same_labels(skip_labels(name, labels - wanted), pattern);
}

const struct vendor *vendor_of_host(const char *host)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ends_in(host, rows[i].pattern))
            return &vendors[rows[i].vendor];
    return NULL;
}

const struct vendor *vendor_row(size_t row, const char **pattern)
{
    if (row >= COUNT(rows))
        return NULL;
    *pattern = rows[row].pattern;
    return &vendors[rows[row].vendor];
}

/* "yahoo.*" is yahoo.es and yahoo.com.ar. */
static bool is_free_as(const char *domain, const char *pattern)
{
    size_t stem = strlen(pattern) - 1;

    if (pattern[stem] != '*')
        return strcasecmp(domain, pattern) == 0;
    return strncasecmp(domain, pattern, stem) == 0 && domain[stem] &&
           labels_of(domain + stem) <= 2;
}

bool vendor_is_freemail(const char *domain)
{
    for (size_t i = 0; i < COUNT(freemail); i++)
        if (is_free_as(domain, freemail[i]))
            return true;
    return false;
}
