/* SPDX-License-Identifier: MIT */
/* Reads a return notice that a person has. */
#include "net/notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/dsn_text.h"

static void put(struct event *event, const char *key, const char *text)
{
    event_put_text(event, key, text && text[0] ? text : NULL);
}

static void tell_recipient(struct feed *feed, const struct dsn *dsn,
                           const struct dsn_recipient *recipient)
{
    struct event *event = event_new("return");

    put(event, "recipient", recipient->address);
    put(event, "action", dsn_action_name(recipient->action));
    put(event, "status", recipient->status);
    if (recipient->code)
        event_put_number(event, "code", recipient->code);
    put(event, "reply", recipient->words);
    put(event, "remote", recipient->remote);
    put(event, "reporting", dsn->reporting);
    feed_event(feed, event);
}

static void fill(struct ending *ending, const struct dsn_recipient *worst)
{
    memset(ending, 0, sizeof(*ending));
    ending->outcome = RESULT_UNKNOWN;
    if (!worst)
        return;
    if (worst->action == DSN_DELIVERED)
        ending->outcome = RESULT_PASS;
    if (worst->action == DSN_FAILED || worst->action == DSN_NONE)
        ending->outcome = RESULT_FAULT;
    if (worst->action != DSN_DELIVERED)
        ending->fault = FAULT_REFUSED;
    ending->code = worst->code;
    snprintf(ending->enhanced, sizeof(ending->enhanced), "%s", worst->status);
    snprintf(ending->reply, sizeof(ending->reply), "%s", worst->words);
}

struct event *notice_tell(struct feed *feed, const struct dsn *dsn,
                          const struct request *request, struct ending *ending)
{
    const struct dsn_recipient *worst = dsn_worst(dsn);
    struct event *members = event_new("end");

    for (size_t i = 0; i < dsn->count; i++)
        tell_recipient(feed, dsn, &dsn->recipients[i]);
    fill(ending, worst);
    put(members, "action", worst ? dsn_action_name(worst->action) : NULL);
    put(members, "recipient", worst ? worst->address : NULL);
    put(members, "remote", worst ? worst->remote : NULL);
    put(members, "reporting", dsn->reporting);
    event_put_flag(members, "report", dsn->report);
    event_put_flag(members, "ours", dsn_quotes(dsn, request));
    return members;
}

/* The person says that it is one: then its words are, as they stand. */
static void take_whole(struct dsn *dsn, const struct request *request)
{
    struct dsn_recipient *recipient = &dsn->recipients[0];

    dsn_text_whole(recipient, request->mail, request->mail_length);
    dsn->count = recipient->words[0] != '\0';
}

int notice_probe(const struct request *request, struct feed *feed)
{
    struct dsn *dsn = malloc(sizeof(*dsn));
    struct ending ending;
    struct event *members;

    if (!dsn)
        return -1;
    dsn_read(dsn, request->mail, request->mail_length);
    if (dsn->count == 0)
        take_whole(dsn, request);
    members = notice_tell(feed, dsn, request, &ending);
    feed_end(feed, &ending, members);
    free(dsn);
    return 0;
}
