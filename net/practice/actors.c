/* SPDX-License-Identifier: MIT */
/* The actors as a table. */
#include "net/practice/actors.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TLD ".test"
#define CODE_DIGITS 4

/* Words as servers of different makes say them. */
#define BOUNCES(what, said)                                                    \
    MANNER_USUAL,                                                              \
    {                                                                          \
        .kind = FATE_BOUNCE, .type = BOUNCE_##what, .words = said              \
    }
#define ARRIVES(how)                                                           \
    how,                                                                       \
    {                                                                          \
        .kind = FATE_INBOX                                                     \
    }

/* clang-format off */
static const struct actor actors[] = {
    {"ok", ARRIVES(MANNER_USUAL)},
    {"hard", BOUNCES(HARD, "smtp;550 5.1.1 <{to}>: user unknown")},
    {"nodomain", BOUNCES(HARD, "smtp;550 5.1.2 <{to}>: no such domain")},
    {"soft", BOUNCES(SOFT, "smtp;452 4.2.2 <{to}>: mailbox full")},
    {"blocked", BOUNCES(BLOCKED, "smtp;554 5.7.1 Service unavailable; client "
                                 "host blocked using a block list")},
    {"spam", BOUNCES(SPAM, "smtp;554 5.7.1 Message identified as spam")},
    {"thousand",
     MANNER_USUAL,
     {.kind = FATE_BOUNCE, .type = BOUNCE_HARD, .before = 999,
      .words = "smtp;550 5.1.1 <{to}>: user unknown"}},
    {"complaint", BOUNCES(COMPLAINT, "")},
    {"manual", BOUNCES(MANUAL, "")},
    {"dmarc", BOUNCES(DMARC, "smtp;550 5.7.26 Unauthenticated email from {to} "
                             "is not accepted due to domain's DMARC policy")},
    {"dns", BOUNCES(DNS, "smtp;450 4.4.6 mail for {to} loops back to myself")},
    {"delay", MANNER_USUAL, {.kind = FATE_INBOX, .put_off = true}},
    {"queued", MANNER_USUAL, {.kind = FATE_QUEUED}},
    {"noevent", MANNER_USUAL, {.kind = FATE_UNTOLD}},
    {"delayedmsg", ARRIVES(MANNER_NO_CODE)},
    {"html403", ARRIVES(MANNER_PAGE)},
    {"slow", ARRIVES(MANNER_SLOW)},
    {"drop", ARRIVES(MANNER_DROP)},
};
/* clang-format on */

static const struct actor refuser = {"e", ARRIVES(MANNER_REFUSE)};

/* The number behind the e of e405, or 0. */
static int read_code(const char *name, size_t length)
{
    if (length < 2 || length > 1 + CODE_DIGITS || (name[0] | 0x20) != 'e' ||
        strspn(name + 1, "0123456789") != length - 1)
        return 0;
    return (int)strtol(name + 1, NULL, 10);
}

const struct actor *actor_find(const char *address, int *code)
{
    size_t length = strlen(address), name = strcspn(address, "@");
    int number;

    if (code)
        *code = 0;
    if (length < sizeof(TLD) || name == length ||
        strcasecmp(address + length - (sizeof(TLD) - 1), TLD) != 0)
        return NULL;
    number = read_code(address, name);
    if (number > 0) {
        if (code)
            *code = number;
        return &refuser;
    }
    for (size_t i = 0; i < sizeof(actors) / sizeof(*actors); i++)
        if (strlen(actors[i].name) == name &&
            strncasecmp(actors[i].name, address, name) == 0)
            return &actors[i];
    return NULL;
}
