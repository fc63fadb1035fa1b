/* SPDX-License-Identifier: MIT */
#include "steps/settings.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "steps/provider.h"

#define SUBMISSION_PORT 587 /* RFC 6409 */
#define IPP_PORT 631
#define DNS_PORT 53          /* RFC 1035 */
#define SUBMISSIONS_PORT 465 /* RFC 8314 */
#define GROUPS_LENGTH 19     /* of "abcd efgh ijkl mnop" */

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    snprintf(settings->api_url, sizeof settings->api_url, "%s", SERVICE_URL);
    settings->smtp.port = SUBMISSION_PORT;
    settings->smtp.tls = TLS_STARTTLS;
    settings->dns.port = DNS_PORT;
    settings->printer.server.port = IPP_PORT;
    settings->limit = LIMIT_USUAL;
    settings->wait = WAIT_USUAL;
    settings->keep_days = 90;
}

bool settings_has_api(const struct settings *settings)
{
    return secret_given(&settings->api_key);
}

bool settings_has_smtp(const struct settings *settings)
{
    return settings->smtp.host[0] != '\0';
}

/* What is filled, and for the mailbox fields, whose it is. */
struct filling {
    struct settings *settings;
    const char *address, *value;
};

static int copy(char *out, size_t size, const char *value)
{
    return snprintf(out, size, "%s", value) < (int)size ? 0 : -1;
}

static int fill_secret(struct secret *secret, const char *value)
{
    return secret_set(secret, value, strlen(value), NULL);
}

static int fill_key(const struct filling *filling)
{
    return fill_secret(&filling->settings->api_key, filling->value);
}

static int fill_password(const struct filling *filling)
{
    return fill_secret(&filling->settings->password, filling->value);
}

/* On port 465 TLS comes first (RFC 8314 3.3); elsewhere STARTTLS does. */
static int fill_server(const struct filling *filling)
{
    struct endpoint server = {.port = SUBMISSION_PORT};

    if (endpoint_parse(&server, filling->value, NULL) != 0)
        return -1;
    server.tls = server.port == SUBMISSIONS_PORT ? TLS_IMPLICIT : TLS_STARTTLS;
    filling->settings->smtp = server;
    return 0;
}

static int fill_user(const struct filling *filling)
{
    struct settings *settings = filling->settings;

    return copy(settings->user, sizeof settings->user, filling->value);
}

static struct mailbox *find_typed(struct settings *settings,
                                  const char *address)
{
    for (int i = 0; i < settings->mailbox_count; i++)
        if (settings->mailboxes[i].typed &&
            strcasecmp(settings->mailboxes[i].address, address) == 0)
            return &settings->mailboxes[i];
    return NULL;
}

/* That of the address, a new one where there is none; NULL where all are
 * taken. */
static struct mailbox *take_mailbox(const struct filling *filling)
{
    struct settings *settings = filling->settings;
    struct mailbox *mailbox = find_typed(settings, filling->address);

    if (mailbox || settings->mailbox_count == MAILBOXES_MAX)
        return mailbox;
    mailbox = &settings->mailboxes[settings->mailbox_count++];
    *mailbox = (struct mailbox){.typed = true};
    copy(mailbox->address, sizeof mailbox->address, filling->address);
    return mailbox;
}

static int fill_mail_server(const struct filling *filling)
{
    struct mailbox *mailbox = take_mailbox(filling);

    if (!mailbox)
        return -1;
    /* What is offered again has no port, and may stay as it was. */
    return strcasecmp(mailbox->imap.host, filling->value) == 0
               ? 0
               : provider_endpoint(&mailbox->imap, filling->value);
}

static int fill_mail_user(const struct filling *filling)
{
    struct mailbox *mailbox = take_mailbox(filling);

    return mailbox ? copy(mailbox->user, sizeof mailbox->user, filling->value)
                   : -1;
}

/* Gmail shows a password for programs in four groups of letters, and takes it
 * as one word. */
static int fill_mail_password(const struct filling *filling)
{
    struct mailbox *mailbox = take_mailbox(filling);
    char word[GROUPS_LENGTH + 1] = "";
    const char *value = filling->value;
    bool grouped = strlen(value) == GROUPS_LENGTH;
    int set;

    for (size_t i = 0; grouped && i < GROUPS_LENGTH; i++)
        grouped =
            i % 5 == 4 ? value[i] == ' ' : value[i] >= 'a' && value[i] <= 'z';
    for (size_t i = 0, length = 0; grouped && i < GROUPS_LENGTH; i++)
        if (value[i] != ' ')
            word[length++] = value[i];
    set =
        mailbox ? fill_secret(&mailbox->password, grouped ? word : value) : -1;
    explicit_bzero(word, sizeof word);
    return set;
}

int settings_fill(struct settings *settings, const char *address,
                  const char *key, const char *value)
{
    static const struct {
        const char *key;
        int (*fill)(const struct filling *);
    } fills[] = {
        {"api_key", fill_key},
        {"password", fill_password},
        {"server", fill_server},
        {"user", fill_user},
        {"mail_server", fill_mail_server},
        {"mail_user", fill_mail_user},
        {"mail_password", fill_mail_password},
    };
    const struct filling filling = {settings, address, value};

    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        if (strcmp(fills[i].key, key) == 0)
            return fills[i].fill(&filling);
    return 0;
}

bool settings_gives(const struct settings *settings, const char *address,
                    const char *key)
{
    if (strcmp(key, "api_key") == 0)
        return secret_given(&settings->api_key);
    if (strcmp(key, "mail_password") == 0)
        return settings_mailbox(settings, address) != NULL;
    return strcmp(key, "password") == 0 && secret_given(&settings->password);
}

const char *settings_offer(const struct settings *settings, const char *address,
                           const char *key)
{
    const struct mailbox *mailbox = settings_mailbox(settings, address);
    struct provider provider;

    if (strcmp(key, "mail_user") == 0)
        return mailbox ? mailbox->user : "";
    if (strcmp(key, "mail_server") != 0)
        return "";
    provider_of(&provider, address);
    return mailbox ? mailbox->imap.host : provider.host;
}

void settings_skip(struct settings *settings, const char *address,
                   const char *key)
{
    struct mailbox *mailbox = find_typed(settings, address);

    if (!mailbox || strcmp(key, "mail_password") != 0)
        return;
    secret_clear(&mailbox->password);
    *mailbox = settings->mailboxes[--settings->mailbox_count];
    explicit_bzero(&settings->mailboxes[settings->mailbox_count],
                   sizeof *mailbox);
}

static bool opens(const struct mailbox *mailbox, const char *address)
{
    return (!mailbox->typed || secret_given(&mailbox->password)) &&
           (strcasecmp(mailbox->address, address) == 0 ||
            strcmp(mailbox->address, ANY_ADDRESS) == 0);
}

/* What the person typed comes first: it may mend what is configured. */
const struct mailbox *settings_mailbox(const struct settings *settings,
                                       const char *address)
{
    const struct mailbox *found = NULL;

    for (int i = 0; i < settings->mailbox_count; i++) {
        const struct mailbox *mailbox = &settings->mailboxes[i];

        if (opens(mailbox, address) && (!found || mailbox->typed))
            found = mailbox;
    }
    return found;
}

void settings_clear(struct settings *settings)
{
    secret_clear(&settings->api_key);
    secret_clear(&settings->password);
    for (int i = 0; i < settings->mailbox_count; i++)
        secret_clear(&settings->mailboxes[i].password);
}
