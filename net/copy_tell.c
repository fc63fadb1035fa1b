/* SPDX-License-Identifier: MIT */
/* Tells what a received copy shows, as events. */
#include "net/copy_tell.h"

#include <stdlib.h>
#include <string.h>

/* A text, or null where it is not known. */
static void put(struct event *event, const char *key, const char *text)
{
    event_put_text(event, key, text && text[0] ? text : NULL);
}

static void put_alignment(struct event *event, enum alignment alignment)
{
    event_put_flag(event, "aligned", alignment != ALIGNMENT_NONE);
    event_put_text(event, "alignment", alignment_name(alignment));
}

static void tell_check(struct feed *feed, const struct copy *copy,
                       enum copy_method method)
{
    const struct copy_check *check = &copy->checks[method];
    struct event *event;

    if (!check->result[0])
        return;
    event = event_new("auth");
    put(event, "method", copy_method_name(method));
    put(event, "result", check->result);
    put(event, "domain", check->domain);
    if (method == COPY_DMARC)
        event_put_flag(event, "aligned", copy_is_authentic(copy));
    else if (check->domain[0] && copy->from[0])
        put_alignment(event, check->aligned);
    else
        event_put_text(event, "aligned", NULL);
    if (method == COPY_DKIM)
        put(event, "selector", check->selector);
    put(event, "by", check->by);
    put(event, "reason", check->reason);
    put(event, "note", check->note);
    feed_event(feed, event);
}

static void tell_signature(struct feed *feed,
                           const struct copy_signature *signature)
{
    struct event *event = event_new("signature");

    put(event, "domain", signature->domain);
    put(event, "selector", signature->selector);
    put(event, "result", signature->result);
    put_alignment(event, signature->aligned);
    feed_event(feed, event);
}

static void tell_doubtful(struct feed *feed,
                          const struct copy_doubtful *doubtful)
{
    struct event *event = event_new("doubtful");

    put(event, "by", doubtful->by);
    put(event, "method", doubtful->method);
    put(event, "result", doubtful->result);
    put(event, "domain", doubtful->domain);
    feed_event(feed, event);
}

static void tell_filter(struct feed *feed, const struct filter *filter)
{
    struct event *event = event_new("filter");

    put(event, "name", filter->name);
    put(event, "verdict", filter_verdict_name(filter->verdict));
    if (filter->scored)
        event_put_number(event, "score", filter->score);
    if (filter->limited)
        event_put_number(event, "limit", filter->limit);
    put(event, "tests", filter->tests);
    put(event, "category", filter->cat);
    put(event, "verdict_word", filter->sfv);
    feed_event(feed, event);
}

/* The signature that speaks for the mail: the one of the check. */
static void put_signer(struct event *event, const struct copy *copy)
{
    const struct copy_check *dkim = &copy->checks[COPY_DKIM];
    const struct copy_signature *first =
        copy->signature_count > 0 ? &copy->signatures[0] : NULL;
    bool told = dkim->domain[0] && strcmp(dkim->result, "none") != 0;

    put(event, "signing_domain",
        told    ? dkim->domain
        : first ? first->domain
                : NULL);
    put(event, "selector",
        told    ? dkim->selector
        : first ? first->selector
                : NULL);
}

static void tell_copy(struct feed *feed, const struct copy *copy,
                      enum copy_finding finding)
{
    const struct filter *filter = filter_spam(&copy->filters);
    struct event *event = event_new("copy");

    put(event, "finding", copy_finding_name(finding));
    put(event, "from", copy->from);
    put(event, "return_path", copy->return_path);
    put(event, "receiver", copy->receiver);
    put(event, "ip", copy->ip);
    put(event, "host", copy->border.host);
    put_signer(event, copy);
    put(event, "spf", copy->checks[COPY_SPF].result);
    put(event, "spf_domain", copy->checks[COPY_SPF].domain);
    put(event, "dkim", copy->checks[COPY_DKIM].result);
    put(event, "dmarc", copy->checks[COPY_DMARC].result);
    put(event, "filter", filter ? filter->name : NULL);
    put(event, "tests", filter ? filter->tests : NULL);
    put(event, "raw", copy->raw);
    feed_event(feed, event);
}

enum copy_finding copy_tell(struct feed *feed, const char *header,
                            size_t length, const struct request *request)
{
    const struct copy_ask ask = {request->from, request->to};
    struct copy *copy = calloc(1, sizeof(*copy));
    enum copy_finding finding = COPY_FINDING_UNREAD;

    if (!copy)
        return finding;
    copy_read(copy, header, length, &ask);
    finding = copy_find(copy);
    for (int i = 0; i < COPY_METHOD_COUNT; i++)
        tell_check(feed, copy, (enum copy_method)i);
    for (size_t i = 0; i < copy->signature_count; i++)
        tell_signature(feed, &copy->signatures[i]);
    for (size_t i = 0; i < copy->doubtful_count; i++)
        tell_doubtful(feed, &copy->doubtful[i]);
    for (size_t i = 0; i < copy->filters.count; i++)
        tell_filter(feed, &copy->filters.filters[i]);
    tell_copy(feed, copy, finding);
    free(copy);
    return finding;
}
