/* SPDX-License-Identifier: MIT */
/* The scenarios as one table. */
#include "net/practice/plot.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/practice/actors.h"
#include "net/practice/people.h"

#define GONE                                                                   \
    "smtp;550 5.1.1 <{to}>: Recipient address rejected: User unknown in "      \
    "virtual mailbox table"
#define FULL "smtp;552 5.2.2 <{to}>: Mailbox full, quota exceeded"

static const struct fate inbox = {.kind = FATE_INBOX};
static const struct fate junk = {.kind = FATE_JUNK};
static const struct fate nowhere = {.kind = FATE_NOWHERE};
static const struct fate later = {.kind = FATE_INBOX, .put_off = true};
static const struct fate no_such_user = {
    .kind = FATE_BOUNCE, .personal = true, .type = BOUNCE_HARD, .words = GONE};
static const struct fate full = {
    .kind = FATE_BOUNCE, .personal = true, .type = BOUNCE_SOFT, .words = FULL};
static const struct fate policy = {
    .kind = FATE_BOUNCE,
    .type = BOUNCE_BLOCKED,
    .words = "smtp;550 5.7.1 <{to}>: Message rejected due to company policy"};

static const struct past marked_contact[] = {
    {12.3, BOUNCE_HARD, PLOT_FROM, PLOT_TO, "Pedido 10482", GONE},
};

/* What the article means by cleaning the list: one sender, many dead ends. */
static const struct past careless_sender[] = {
    {31.6, BOUNCE_HARD, PLOT_FROM, "jperez@empresa.example", "Factura 2217",
     GONE},
    {24.1, BOUNCE_HARD, PLOT_FROM, "ventas@taller.example", "Factura 2217",
     "smtp;550 5.1.2 <{to}>: Host or domain name not found"},
    {17.4, BOUNCE_HARD, PLOT_FROM, "lucia.gomez@empresa.example",
     "Pedido 10482", GONE},
    {9.2, BOUNCE_SOFT, PLOT_FROM, "compras@empresa.example", "Factura 2217",
     FULL},
    {6.8, BOUNCE_HARD, PLOT_FROM, "mruiz@empresa.example", "Pedido 10482",
     GONE},
    {1.5, BOUNCE_HARD, PLOT_FROM, "recepcion@empresa.example", "Factura 2217",
     GONE},
};

/* Fates by [sender is another][recipient is the free mailbox]. */
struct plot {
    const struct fate *fates[2][2];
    unsigned faults;
    const struct past *past;
    size_t past_count;
};

/* clang-format off */
#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define EVERYONE(fate) .fates = {{&(fate), &(fate)}, {&(fate), &(fate)}}
#define COMPANY(fate) .fates = {{&(fate), &inbox}, {&(fate), &inbox}}
#define SENDER(fate) .fates = {{&(fate), &(fate)}, {&inbox, &inbox}}
#define REFUSES(bits) .faults = (bits)
#define PAST(array) .past = (array), .past_count = COUNT(array)

static const struct plot plots[SCENARIO_NONE] = {
    [SCENARIO_ARRIVES] = {EVERYONE(inbox)},
    [SCENARIO_SPAM_FOLDER] = {COMPANY(junk)},
    [SCENARIO_HARD_BOUNCE] = {EVERYONE(inbox), PAST(marked_contact)},
    [SCENARIO_HARD_BOUNCE_SMTP] = {EVERYONE(inbox), PAST(marked_contact)},
    [SCENARIO_SENDER_BLOCKED] = {SENDER(nowhere), PAST(careless_sender)},
    [SCENARIO_CORPORATE_FILTER] = {COMPANY(nowhere)},
    [SCENARIO_CORPORATE_REJECT] = {COMPANY(policy)},
    [SCENARIO_USER_UNKNOWN] = {COMPANY(no_such_user)},
    [SCENARIO_MAILBOX_FULL] = {COMPANY(full)},
    [SCENARIO_GREYLISTED] = {COMPANY(later)},
    /* The service's login is its key: where one is wrong, so is the other.
     * The reverse is left out, so that the history can still be read. */
    [SCENARIO_BAD_KEY] = {EVERYONE(inbox),
                          REFUSES(FAULT_AT_KEY | FAULT_AT_LOGIN)},
    [SCENARIO_SENDER_UNCONFIRMED] = {EVERYONE(inbox), REFUSES(FAULT_AT_SENDER)},
    [SCENARIO_NO_CREDITS] = {EVERYONE(inbox), REFUSES(FAULT_AT_CREDITS)},
    [SCENARIO_BAD_LOGIN] = {EVERYONE(inbox), REFUSES(FAULT_AT_LOGIN)},
    [SCENARIO_NOTHING_ARRIVES] = {EVERYONE(nowhere)},
    [SCENARIO_SILENT] = {EVERYONE(inbox), REFUSES(FAULT_AT_EVERYTHING)},
};
/* clang-format on */

static bool same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

static bool shares_domain(const char *a, const char *b)
{
    return same(person_domain(a), person_domain(b));
}

const struct fate *plot_fate(enum scenario scenario, const char *from,
                             const char *to)
{
    bool other = !same(from, PLOT_FROM);
    bool free = !shares_domain(to, PLOT_TO);
    const struct fate *fate = plots[scenario].fates[other][free];
    const struct actor *actor = actor_find(to, NULL);

    if (actor)
        return &actor->fate;
    return fate->personal && !same(to, PLOT_TO) ? &inbox : fate;
}

unsigned plot_faults(enum scenario scenario)
{
    return plots[scenario].faults;
}

const struct past *plot_past(enum scenario scenario, size_t *count)
{
    *count = plots[scenario].past_count;
    return plots[scenario].past;
}

bool plot_knows_sender(const char *from)
{
    return shares_domain(from, PLOT_FROM);
}

void plot_fill(char *out, size_t size, const char *words, const char *to)
{
    const char *blank = strstr(words, "{to}");

    if (blank)
        snprintf(out, size, "%.*s%s%s", (int)(blank - words), words, to,
                 blank + 4);
    else
        snprintf(out, size, "%s", words);
}
