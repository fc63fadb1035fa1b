/* SPDX-License-Identifier: MIT */
/* Follows a message at the service until its fate is known. */
#include "net/trx.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/pace.h"
#include "net/trx_call.h"
#include "net/trx_message.h"

#define CODE_NO_SUCH_MESSAGE 701
#define HTTP_TOO_MANY 429
#define PAGE "50"

static const struct pace_step schedule[] = {
    {0.4, 0.5}, {1.4, 1}, {5, 2}, {9, 4}, {17, 8}, {0, 15},
};

struct watch {
    struct trx trx;
    struct pace pace;
    struct trx_answer answer; /* of the last call */
    struct trx_message message;
    struct trx_delivery delivery; /* as it was told last */
    struct ending words;          /* of the bounce, once there is one */
    bool looked;                  /* some look went through */
    bool not_offered;
    struct error err;
};

/* What a look came to. */
enum look { LOOK_BROKEN = -1, LOOK_FAILED, LOOK_NOTHING, LOOK_CHANGED };

/* One GET whose answer must hold the member `list`, where that is given. */
static enum look ask(struct watch *watch, const struct trx_path *path,
                     const char *list)
{
    struct trx_answer *answer = &watch->answer;

    trx_answer_release(answer);
    if (trx_call(&watch->trx, path, NULL, answer, &watch->err) != 0)
        return LOOK_BROKEN;
    if (answer->fault == FAULT_NONE && list &&
        !cJSON_IsArray(json_member(answer->json, list))) {
        answer->fault = FAULT_PROTOCOL;
        answer->code = answer->http;
    }
    if (answer->fault == FAULT_NONE)
        return LOOK_CHANGED;
    if (answer->code == CODE_NO_SUCH_MESSAGE)
        return LOOK_NOTHING;
    watch->not_offered = trx_answer_is_not_offered(answer);
    return LOOK_FAILED;
}

static enum look search(struct watch *watch, const char *subject)
{
    const struct request *request = watch->trx.request;
    struct trx_path path;
    enum look look;

    trx_path_init(&path, "/messages/outbound");
    trx_path_query(&path, "count", PAGE);
    trx_path_query(&path, "offset", "0");
    trx_path_query(&path, "recipient", request->to);
    if (subject)
        trx_path_query(&path, "subject", subject);
    look = ask(watch, &path, "Messages");
    if (look != LOOK_CHANGED)
        return look;
    return trx_message_find(&watch->message, watch->answer.json, request->to,
                            request->subject_code)
               ? LOOK_CHANGED
               : LOOK_NOTHING;
}

/* The service's own papers call `subject` required, its sibling's optional. */
static bool wants_subject(const struct trx_answer *answer)
{
    return answer->http >= 400 && answer->http < 500 &&
           answer->fault == FAULT_REFUSED &&
           strcasestr(answer->words, "subject");
}

/* How the service compares subjects is not known: a code that finds nothing
 * by itself is looked for among all messages to the recipient. */
static enum look find(struct watch *watch)
{
    const struct request *request = watch->trx.request;
    const char *code = request->subject_code;
    enum look look = LOOK_NOTHING;

    if (code[0])
        look = search(watch, code);
    if (look == LOOK_NOTHING) {
        look = search(watch, NULL);
        if (look == LOOK_FAILED && wants_subject(&watch->answer))
            look = code[0] ? LOOK_NOTHING : search(watch, request->subject);
    }
    return look;
}

/* A bounce that cannot be read leaves the event's summary: that the message
 * came back is known already, whatever becomes of this question. */
static enum look fetch_bounce(struct watch *watch)
{
    struct trx_delivery *delivery = &watch->delivery;
    struct trx_answer answer = {0};
    struct trx_bounce bounce;
    struct trx_path path;
    int result;

    trx_bounce_words(delivery->text, &watch->words);
    if (!delivery->bounce_id[0])
        return LOOK_CHANGED;
    trx_path_init(&path, "/bounces");
    trx_path_segment(&path, delivery->bounce_id);
    result = trx_call(&watch->trx, &path, NULL, &answer, &watch->err);
    if (result == 0 && answer.fault == FAULT_NONE &&
        trx_bounce_read(&bounce, answer.json)) {
        if (bounce.details[0])
            trx_bounce_words(bounce.details, &watch->words);
        feed_event(watch->trx.feed, trx_bounce_event(&bounce));
    }
    trx_answer_release(&answer);
    return result == 0 ? LOOK_CHANGED : LOOK_BROKEN;
}

static bool is_news(const struct trx_delivery *old,
                    const struct trx_delivery *now)
{
    return now->status != old->status || strcmp(now->when, old->when) != 0 ||
           strcmp(now->text, old->text) != 0;
}

static enum look read_details(struct watch *watch)
{
    const cJSON *json = watch->answer.json;
    struct trx_delivery now;
    struct trx_message message;

    if (!trx_message_read(&message, json)) {
        watch->answer.fault = FAULT_PROTOCOL;
        watch->answer.code = watch->answer.http;
        return LOOK_FAILED;
    }
    snprintf(message.id, sizeof(message.id), "%s", watch->message.id);
    watch->message = message;
    trx_message_delivery(&now, json, watch->trx.request->to);
    if (is_news(&watch->delivery, &now)) {
        watch->delivery = now;
        feed_event(watch->trx.feed, trx_delivery_event(&now));
    }
    return now.status == TRX_BOUNCED ? fetch_bounce(watch) : LOOK_CHANGED;
}

static enum look look(struct watch *watch)
{
    struct trx_path path;
    enum look look = LOOK_CHANGED;

    if (!watch->message.id[0])
        look = find(watch);
    if (look != LOOK_CHANGED)
        return look;
    trx_path_init(&path, "/messages/outbound");
    trx_path_segment(&path, watch->message.id);
    trx_path_segment(&path, "details");
    look = ask(watch, &path, NULL);
    return look == LOOK_CHANGED ? read_details(watch) : look;
}

/* Whether a look that failed may be followed by another: only where one went
 * through before, and nothing is wrong that waiting does not mend. */
static bool passes(const struct watch *watch)
{
    const struct trx_answer *answer = &watch->answer;

    return watch->looked && !watch->not_offered &&
           (answer->lost || answer->fault == FAULT_CONNECT ||
            answer->fault == FAULT_NAME || answer->http == HTTP_TOO_MANY ||
            answer->http >= 500);
}

/* The bounce's text is the remote server's; a delivery's as well. */
static void judge(struct watch *watch, bool failed, struct ending *ending)
{
    memset(ending, 0, sizeof(*ending));
    if (failed && !watch->not_offered) {
        trx_answer_end(&watch->answer, ending);
    } else if (watch->delivery.status == TRX_BOUNCED) {
        *ending = watch->words;
        ending->outcome = RESULT_FAULT;
        ending->fault = FAULT_REFUSED;
        ending->phase = PHASE_ANSWER;
    } else {
        trx_bounce_words(watch->delivery.text, ending);
        ending->outcome = watch->delivery.status == TRX_DELIVERED
                              ? RESULT_PASS
                              : RESULT_UNKNOWN;
    }
}

static void put(struct event *event, const char *key, const char *text)
{
    event_put_text(event, key, text[0] ? text : NULL);
}

/* A status is told only where the service was heard. */
static void end(struct watch *watch, bool failed)
{
    struct event *members = trx_answer_members(&watch->answer);
    const char *status = trx_status_name(watch->delivery.status);
    struct ending ending;

    judge(watch, failed, &ending);
    put(members, "status", watch->looked ? status : "");
    put(members, "message_id", watch->message.id);
    put(members, "subject", watch->message.subject);
    put(members, "from", watch->message.from);
    put(members, "when", watch->message.when);
    if (watch->not_offered)
        event_put_flag(members, "not_offered", true);
    feed_end(watch->trx.feed, &ending, members);
}

/* The seconds to sleep before the next look; -1: that one was the last. Where
 * the service asks to be left alone for longer than there is time, it is. */
static double next_pause(struct watch *watch, double elapsed)
{
    double pause = pace_next(&watch->pace, elapsed);
    double asked = watch->answer.retry_after;

    if (pause < 0 || asked <= pause)
        return pause;
    return elapsed + asked < watch->pace.wait ? asked : -1;
}

/* Looks until there is nothing more to learn. Returns what the last look was;
 * failures that pass are nothing. */
static enum look follow(struct watch *watch)
{
    double began = feed_seconds(watch->trx.feed), pause;
    enum look now;

    for (;;) {
        now = look(watch);
        if (now == LOOK_FAILED && passes(watch))
            now = LOOK_NOTHING;
        if (now == LOOK_BROKEN || now == LOOK_FAILED)
            return now;
        watch->looked = true;
        if (watch->delivery.status >= TRX_DELIVERED)
            return now;
        pause = next_pause(watch, feed_seconds(watch->trx.feed) - began);
        if (pause < 0)
            return now;
        pace_sleep(pause);
    }
}

int api_watch_probe(const struct request *request, struct feed *feed)
{
    struct watch watch = {0};
    enum look last = LOOK_FAILED;

    trx_init(&watch.trx, request, feed, request->wait + request->limit);
    pace_init(&watch.pace, schedule, request->wait);
    snprintf(watch.message.id, sizeof(watch.message.id), "%s",
             request->message_id);
    if (trx_key_fits(&watch.trx, &watch.answer))
        last = follow(&watch);
    if (last != LOOK_BROKEN)
        end(&watch, last == LOOK_FAILED);
    trx_answer_release(&watch.answer);
    return last == LOOK_BROKEN ? -1 : 0;
}
