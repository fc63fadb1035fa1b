/* SPDX-License-Identifier: MIT */
#include "steps/settings.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SUBMISSION_PORT 587 /* RFC 6409 */
#define IPP_PORT 631
#define DNS_PORT 53          /* RFC 1035 */
#define SUBMISSIONS_PORT 465 /* RFC 8314 */

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    snprintf(settings->api_url, sizeof settings->api_url, "%s", SERVICE_URL);
    settings->smtp.port = SUBMISSION_PORT;
    settings->smtp.tls = TLS_STARTTLS;
    settings->dns.port = DNS_PORT;
    settings->printer.server.port = IPP_PORT;
    settings->limit = 20;
    settings->wait = 120;
}

bool settings_has_api(const struct settings *settings)
{
    return secret_given(&settings->api_key);
}

bool settings_has_smtp(const struct settings *settings)
{
    return settings->smtp.host[0] != '\0';
}

static int fill_key(struct settings *settings, const char *value)
{
    return secret_set(&settings->api_key, value, strlen(value), NULL);
}

static int fill_password(struct settings *settings, const char *value)
{
    return secret_set(&settings->password, value, strlen(value), NULL);
}

/* On port 465 TLS comes first (RFC 8314 3.3); elsewhere STARTTLS does. */
static int fill_server(struct settings *settings, const char *value)
{
    struct endpoint server = {.port = SUBMISSION_PORT};

    if (endpoint_parse(&server, value, NULL) != 0)
        return -1;
    server.tls = server.port == SUBMISSIONS_PORT ? TLS_IMPLICIT : TLS_STARTTLS;
    settings->smtp = server;
    return 0;
}

static int fill_user(struct settings *settings, const char *value)
{
    return snprintf(settings->user, sizeof settings->user, "%s", value) <
                   (int)sizeof settings->user
               ? 0
               : -1;
}

int settings_fill(struct settings *settings, const char *key, const char *value)
{
    static const struct {
        const char *key;
        int (*fill)(struct settings *, const char *);
    } fills[] = {
        {"api_key", fill_key},
        {"password", fill_password},
        {"server", fill_server},
        {"user", fill_user},
    };

    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        if (strcmp(fills[i].key, key) == 0)
            return fills[i].fill(settings, value);
    return 0;
}

bool settings_gives(const struct settings *settings, const char *key)
{
    if (strcmp(key, "api_key") == 0)
        return secret_given(&settings->api_key);
    return strcmp(key, "password") == 0 && secret_given(&settings->password);
}

const struct mailbox *settings_mailbox(const struct settings *settings,
                                       const char *address)
{
    for (int i = 0; i < settings->mailbox_count; i++)
        if (strcasecmp(settings->mailboxes[i].address, address) == 0 ||
            strcmp(settings->mailboxes[i].address, ANY_ADDRESS) == 0)
            return &settings->mailboxes[i];
    return NULL;
}

void settings_clear(struct settings *settings)
{
    secret_clear(&settings->api_key);
    secret_clear(&settings->password);
    for (int i = 0; i < settings->mailbox_count; i++)
        secret_clear(&settings->mailboxes[i].password);
}
