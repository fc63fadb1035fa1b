/* SPDX-License-Identifier: MIT */
/* What happens in each scenario: to a mail on its way, at the service's door,
 * and before the walk began. */
#ifndef NET_PRACTICE_PLOT_H
#define NET_PRACTICE_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "net/practice/scenarios.h"

/* The people of the practice world; all domains are reserved (RFC 2606). */
#define PLOT_FROM "avisos@tienda.example"
#define PLOT_OTHER_FROM "facturas@tienda.example"
#define PLOT_TO "ana@empresa.example"
#define PLOT_FREE_TO "ana.prueba@gmail.example"
#define PLOT_USER "tienda"

/* Types of bounces that this world has, of those in the service's list: id,
 * code, type, name, description, whether it deactivates the contact, whether
 * that can be lifted. */
#define BOUNCE_TYPES(X)                                                        \
    X(HARD, 1, "HardBounce", "Hard bounce",                                    \
      "The server was unable to deliver your message (ex: unknown user, "      \
      "mailbox not found).",                                                   \
      true, true)                                                              \
    X(DNS, 256, "DnsError", "DNS error",                                       \
      "A temporary DNS error.", false, false)                                  \
    X(SPAM, 512, "SpamNotification", "Spam notification",                      \
      "The message was delivered, but was either blocked by the user, or "     \
      "classified as spam, bulk mail, or had rejected content.",               \
      false, false)                                                            \
    X(SOFT, 4096, "SoftBounce", "Soft bounce",                                 \
      "Unable to temporarily deliver message (i.e. mailbox full, account "     \
      "disabled, exceeds quota, out of disk space).",                          \
      false, false)                                                            \
    X(COMPLAINT, 100001, "SpamComplaint", "Spam complaint",                    \
      "The subscriber explicitly marked this message as spam.", true, false)   \
    X(MANUAL, 100002, "ManuallyDeactivated", "Manually deactivated",           \
      "The email was manually deactivated.", true, true)                       \
    X(BLOCKED, 100006, "Blocked", "ISP block",                                 \
      "Blocked from this ISP due to content or blacklisting.", false, false)   \
    X(SMTP_API, 100007, "SMTPApiError", "SMTP API error",                      \
      "An error occurred while accepting an email through the SMTP API.",      \
      false, false)                                                            \
    X(DMARC, 100009, "DMARCPolicy", "DMARC policy",                            \
      "Email rejected due DMARC policy.", false, false)

#define BOUNCE_ENUM(id, code, type, name, description, blocks, lifts)          \
    BOUNCE_##id,
enum bounce_type { BOUNCE_TYPES(BOUNCE_ENUM) BOUNCE_COUNT };

enum fate_kind {
    FATE_INBOX,
    FATE_JUNK,
    FATE_NOWHERE, /* the recipient's server took it, no folder shows it */
    FATE_QUEUED,  /* it never leaves the service */
    FATE_UNTOLD,  /* it leaves, and is never heard of again */
    FATE_BOUNCE
};

/* What becomes of a mail for one recipient. */
struct fate {
    enum fate_kind kind;
    bool personal;         /* it is about this address, not about its domain */
    bool put_off;          /* greylisted once before */
    enum bounce_type type; /* of a bounce */
    unsigned before;       /* so many like it come to light with it */
    const char *words;     /* the remote server's, "{to}" is the address */
};

#define PLOT_GREYLISTED "smtp;451 4.7.1 Greylisted, please try again later"

/* What the service itself refuses, as bits. */
#define FAULT_AT_KEY 1u         /* the API key */
#define FAULT_AT_LOGIN 2u       /* the SMTP login */
#define FAULT_AT_SENDER 4u      /* PLOT_FROM is not confirmed */
#define FAULT_AT_CREDITS 8u     /* the account may not send any more */
#define FAULT_AT_EVERYTHING 16u /* it says nothing where a mail goes in */

/* A bounce from before the walk. */
struct past {
    double days_ago;
    enum bounce_type type;
    const char *from, *to, *subject, *words;
};

/* The fate of a mail: an actor's own (actors.h). Else recipients in the domain
 * of PLOT_TO share its fate unless it is personal, all others count as the
 * free mailbox, all senders but PLOT_FROM as the other sender. */
const struct fate *plot_fate(enum scenario scenario, const char *from,
                             const char *to);

/* The bits above. */
unsigned plot_faults(enum scenario scenario);

/* The bounces from before, oldest first. */
const struct past *plot_past(enum scenario scenario, size_t *count);

/* Whether a sender is registered with the account. */
bool plot_knows_sender(const char *from);

/* Writes `words` with "{to}" filled in. */
void plot_fill(char *out, size_t size, const char *words, const char *to);

#endif
