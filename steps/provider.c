/* SPDX-License-Identifier: MIT */
#include "steps/provider.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define IMAPS_PORT 993
#define IMAP_PORT 143

#define T_ACCESS_AT_OUTLOOK T_NONE /* there is no way in */

#define PROVIDER(id, how) ID_##id,
#define PROVIDER_DOMAIN(pattern, id, host)
enum id {
#include "assets/providers.def"
    ID_OTHER
};
#undef PROVIDER
#undef PROVIDER_DOMAIN

#define PROVIDER(id, how)                                                      \
    [ID_##id] = {PROVIDER_##how, T_ACCESS_AT_##id, T_WHERE_AT_##id},
#define PROVIDER_DOMAIN(pattern, id, host)
static const struct {
    enum provider_access access;
    enum text_id how, where;
} providers[] = {
#include "assets/providers.def"
    [ID_OTHER] = {PROVIDER_PASSWORD, T_ACCESS_AT_OTHER, T_WHERE_AT_OTHER},
};
#undef PROVIDER
#undef PROVIDER_DOMAIN

#define PROVIDER(id, how)
#define PROVIDER_DOMAIN(pattern, id, host) {pattern, ID_##id, host},
static const struct {
    const char *pattern;
    enum id id;
    const char *host;
} domains[] = {
#include "assets/providers.def"
};
#undef PROVIDER
#undef PROVIDER_DOMAIN

/* A * at the end of the pattern stands for one label or two. */
static bool fits(const char *domain, const char *pattern)
{
    const char *star = strchr(pattern, '*'), *dot;

    if (!star)
        return strcasecmp(domain, pattern) == 0;
    if (strncasecmp(domain, pattern, (size_t)(star - pattern)) != 0)
        return false;
    domain += star - pattern;
    dot = strchr(domain, '.');
    return *domain && (!dot || (dot > domain && dot[1] && dot[1] != '.' &&
                                !strchr(dot + 1, '.')));
}

void provider_of(struct provider *provider, const char *address)
{
    const char *at = strrchr(address, '@');
    enum id id = ID_OTHER;

    *provider = (struct provider){.host = "", .port = IMAPS_PORT};
    for (size_t i = 0;
         at && id == ID_OTHER && i < sizeof domains / sizeof *domains; i++)
        if (fits(at + 1, domains[i].pattern)) {
            id = domains[i].id;
            provider->host = domains[i].host;
        }
    provider->access = providers[id].access;
    provider->how = providers[id].how;
    provider->where = providers[id].where;
}

int provider_endpoint(struct endpoint *endpoint, const char *text)
{
    struct endpoint read = {.port = IMAPS_PORT};

    if (endpoint_parse(&read, text, NULL) != 0)
        return -1;
    read.tls = read.port == IMAP_PORT ? TLS_STARTTLS : TLS_IMPLICIT;
    *endpoint = read;
    return 0;
}
