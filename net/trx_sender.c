/* SPDX-License-Identifier: MIT */
/* The returns of one sender: how many, of which kinds, from which domains. */
#include "net/trx_sender.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "net/tally.h"
#include "net/trx_list.h"
#include "net/trx_message.h"

#define DAYS 46 /* the service keeps 45, and its day may begin elsewhere */
#define TOP 10
#define TOP_TEXT 1024

struct sending {
    struct feed *feed;
    const char *sender;
    int count, hard;
    int nameless;          /* returns that do not say whose mail it was */
    struct seen addresses; /* to be taken off the list */
    struct tally kinds, domains;
};

static bool is_hard(const struct trx_bounce *bounce)
{
    return strcmp(bounce->kind, "HardBounce") == 0 ||
           strcmp(bounce->kind, "BadEmailAddress") == 0;
}

static const char *domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return at ? at + 1 : "";
}

static void take(const struct trx_bounce *bounce, void *arg)
{
    struct sending *sending = arg;

    if (!bounce->from[0])
        sending->nameless++;
    if (!trx_address_is(bounce->from, sending->sender))
        return;
    if (sending->count++ < TRX_TOLD_MAX)
        feed_event(sending->feed, trx_bounce_event(bounce));
    sending->hard += is_hard(bounce);
    tally_add(&sending->kinds, bounce->kind[0] ? bounce->kind : "Unknown");
    tally_add(&sending->domains, domain_of(bounce->email));
    if (is_hard(bounce) || bounce->inactive)
        seen_add(&sending->addresses, bounce->email);
}

static void tell_found(struct sending *sending, struct event *members)
{
    char text[TOP_TEXT];

    event_put_number(members, "count", sending->count);
    event_put_number(members, "hard", sending->hard);
    event_put_number(members, "addresses", (double)sending->addresses.count);
    tally_text(&sending->kinds, TALLY_ROWS_MAX, text, sizeof(text));
    event_put_text(members, "kinds", text);
    tally_text(&sending->domains, TOP, text, sizeof(text));
    event_put_text(members, "domains", text);
    if (sending->nameless)
        event_put_number(members, "without_sender", sending->nameless);
}

/* A list that broke off, or that is longer than the service shows. */
static bool is_partial(const struct trx_list *list)
{
    return list->pages > 0 &&
           (list->answer.fault == FAULT_NONE ? !list->whole
                                             : list->answer.lost);
}

static void end(struct sending *sending, const struct trx_list *list)
{
    struct event *members = trx_answer_members(&list->answer);
    bool partial = is_partial(list);
    struct ending ending;

    trx_answer_end(&list->answer, &ending);
    event_put_text(members, "sender", sending->sender);
    if (trx_answer_is_not_offered(&list->answer)) {
        event_put_flag(members, "not_offered", true);
        ending = (struct ending){.outcome = RESULT_UNKNOWN};
    } else if (partial || list->answer.fault == FAULT_NONE) {
        ending = (struct ending){.outcome = RESULT_PASS};
        tell_found(sending, members);
        event_put_flag(members, "partial", partial);
    }
    feed_end(sending->feed, &ending, members);
}

/* The first day that is asked for, in UTC. */
static void first_day(char out[16])
{
    time_t then = time(NULL) - DAYS * 86400;
    struct tm day = {0};

    gmtime_r(&then, &day);
    strftime(out, 16, "%Y-%m-%d", &day);
}

int trx_sender_probe(const struct request *request, struct feed *feed)
{
    struct sending sending = {.feed = feed, .sender = request->sender};
    char since[16];
    struct trx trx;
    struct trx_list list = {.trx = &trx,
                            .address = "",
                            .since = since,
                            .take = take,
                            .arg = &sending};
    int result = 0;

    trx_init(&trx, request, feed, request->limit);
    first_day(since);
    if (trx_key_fits(&trx, &list.answer))
        result = trx_list_read(&list);
    if (result >= 0)
        end(&sending, &list);
    trx_list_release(&list);
    seen_release(&sending.addresses);
    tally_release(&sending.kinds);
    tally_release(&sending.domains);
    return result < 0 ? -1 : 0;
}
