/* SPDX-License-Identifier: MIT */
#include "steps/world.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "steps/clock.h"

static void take_server(struct endpoint *endpoint, const struct event *event,
                        const char *key)
{
    const char *text = event_text(event, key);

    if (text && endpoint_parse(endpoint, text, NULL) == 0)
        endpoint->tls = TLS_NONE;
}

static void take_text(char *out, size_t size, const struct event *event,
                      const char *key)
{
    const char *value = event_text(event, key);

    if (value && out[0] == '\0')
        snprintf(out, size, "%s", value);
}

static void take_secret(struct secret *secret, const struct event *event,
                        const char *key)
{
    const char *value = event_text(event, key);

    if (value)
        secret_set(secret, value, strlen(value), NULL);
}

/* Every address has its mailbox in the practice world. */
static void take_mailbox(struct settings *settings, const struct event *ready)
{
    struct mailbox *mailbox = &settings->mailboxes[0];

    memset(mailbox, 0, sizeof *mailbox);
    snprintf(mailbox->address, sizeof mailbox->address, ANY_ADDRESS);
    take_server(&mailbox->imap, ready, "imap");
    take_secret(&mailbox->password, ready, "mailbox_password");
    settings->mailbox_count = 1;
}

bool world_take(struct settings *settings, const struct event *event)
{
    const char *url = event_text(event, "api_url");

    if (!event_is(event, "ready") || !url)
        return false;
    snprintf(settings->api_url, sizeof settings->api_url, "%s", url);
    take_secret(&settings->api_key, event, "api_key");
    take_server(&settings->smtp, event, "smtp");
    settings->user[0] = '\0';
    take_text(settings->user, sizeof settings->user, event, "user");
    take_secret(&settings->password, event, "password");
    take_server(&settings->dns, event, "dns");
    take_text(settings->via, sizeof settings->via, event, "via");
    take_text(settings->from, sizeof settings->from, event, "from");
    take_text(settings->to, sizeof settings->to, event, "to");
    take_text(settings->other_from, sizeof settings->other_from, event,
              "other_from");
    take_text(settings->free_to, sizeof settings->free_to, event, "free_to");
    take_mailbox(settings, event);
    return true;
}

size_t world_handed(struct handed *handed, const struct trail *trail)
{
    size_t count, filled = 0;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count; i++) {
        const struct attempt *attempt = &attempts[i];
        struct handed *mail = &handed[filled];

        if (attempt->via == VIA_MANUAL || (attempt->sent != OUTCOME_ACCEPTED &&
                                           attempt->sent != OUTCOME_UNKNOWN))
            continue;
        filled++;
        snprintf(mail->from, sizeof mail->from, "%s", attempt->from);
        snprintf(mail->to, sizeof mail->to, "%s", attempt->to);
        snprintf(mail->token, sizeof mail->token, "%s", attempt->token);
        snprintf(mail->subject, sizeof mail->subject, "%s", attempt->subject);
        mail->smtp = attempt->via == VIA_SMTP;
        if (!mail->smtp)
            snprintf(mail->id, sizeof mail->id, "%s", attempt->message_id);
        mail->ago = difftime(time(NULL), (time_t)clock_read(attempt->time));
    }
    return filled;
}
