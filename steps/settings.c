/* SPDX-License-Identifier: MIT */
#include "steps/settings.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SUBMISSION_PORT 587 /* RFC 6409 */

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    snprintf(settings->api_url, sizeof settings->api_url, "%s", SERVICE_URL);
    settings->smtp.port = SUBMISSION_PORT;
    settings->smtp.tls = TLS_STARTTLS;
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

const struct mailbox *settings_mailbox(const struct settings *settings,
                                       const char *address)
{
    for (int i = 0; i < settings->mailbox_count; i++)
        if (strcasecmp(settings->mailboxes[i].address, address) == 0)
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
