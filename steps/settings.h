/* SPDX-License-Identifier: MIT */
/* What the live tests may use: servers, keys, mailboxes, limits. Filled from
 * the configuration, the options, the practice world and the person's own
 * fields; never written anywhere. */
#ifndef STEPS_SETTINGS_H
#define STEPS_SETTINGS_H

#include <stdbool.h>

#include "net/request.h"

#define MAILBOXES_MAX 8
#define LIMIT_USUAL 20 /* seconds */
#define WAIT_USUAL 120
#define SERVICE_URL "https://api.trx.icommarketing.com"

/* The server of every address: in practice each has its mailbox. */
#define ANY_ADDRESS "*"

/* A mailbox that the wizard may look into. */
struct mailbox {
    char address[ADDRESS_MAX]; /* or ANY_ADDRESS */
    struct endpoint imap;
    char user[ADDRESS_MAX]; /* empty: the address */
    struct secret password;
    bool typed; /* by the person, in this walk */
};

struct settings {
    char api_url[URL_MAX];
    struct secret api_key;
    struct endpoint smtp;
    char user[ADDRESS_MAX];
    struct secret password;
    struct endpoint dns;              /* host empty: the system's own servers */
    char spf_include[HOST_MAX];       /* what SPF should include, or "" */
    char dkim_selector[SELECTOR_MAX]; /* where our key should be, or "" */
    struct mailbox mailboxes[MAILBOXES_MAX];
    int mailbox_count;
    char ca_file[PATH_TEXT_MAX];
    bool smtp_settled; /* the server is not the person's to say */
    double limit;
    double wait;
    /* Offered in the fields; empty: nothing to offer. */
    char via[8], from[ADDRESS_MAX], to[ADDRESS_MAX];
    char other_from[ADDRESS_MAX], free_to[ADDRESS_MAX];
    struct printer printer;
    int keep_days; /* older sessions are removed; 0: none */
    char practice[32]; /* scenario, or empty: the real world */
};

/* Defaults: the service's URL, port 587 with STARTTLS, 20 s, 120 s,
 * port 53 for a DNS server. */
void settings_init(struct settings *settings);

bool settings_has_api(const struct settings *settings);
bool settings_has_smtp(const struct settings *settings);

/* Takes what the person typed in a field: "api_key", "password", "server",
 * "user", and for the mailbox of `address` "mail_server", "mail_user",
 * "mail_password"; other keys are no setting and change nothing. -1: it is
 * none. */
int settings_fill(struct settings *settings, const char *address,
                  const char *key, const char *value);

/* Whether the secret of that key, "api_key", "password" or, for `address`,
 * "mail_password", is known already. */
bool settings_gives(const struct settings *settings, const char *address,
                    const char *key);

/* What the mailbox fields offer for that address: what was typed before, else
 * what its provider is known to use, else "". */
const char *settings_offer(const struct settings *settings, const char *address,
                           const char *key);

/* The person would rather not fill that field: what was typed before for the
 * mailbox of the address is forgotten; other keys keep what they have. */
void settings_skip(struct settings *settings, const char *address,
                   const char *key);

/* The mailbox of an address, compared without case, or NULL where there is
 * none that can be looked into. */
const struct mailbox *settings_mailbox(const struct settings *settings,
                                       const char *address);

/* Wipes every secret. */
void settings_clear(struct settings *settings);

#endif
