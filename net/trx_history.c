/* SPDX-License-Identifier: MIT */
/* The returns of one address: whether it is blocked, and by what words. */
#include "net/trx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/trx_bounce.h"
#include "net/trx_call.h"

#define BOUNCES_MAX 500
#define PAGE 50

/* How well a return tells why the address is blocked. */
enum rank { RANK_NONE, RANK_BLOCKS, RANK_KIND, RANK_WORDS };

struct history {
    struct trx trx;
    const char *address;
    struct trx_answer answer; /* of the last call */
    struct error err;
    char (*seen)[BOUNCE_ID_MAX]; /* ids told, `count` of them */
    int count;
    bool blocked;
    bool may, may_not; /* returns that can and cannot be lifted */
    bool dropped_may;  /* the like, of mails that never left */
    enum rank rank;    /* of `best` */
    struct trx_bounce best;
    char lifts[BOUNCE_ID_MAX]; /* the newest return that can be lifted */
    char lifts_when[BOUNCE_WHEN_MAX];
};

/* A bounce without an id can only be told in the list that holds all. */
static bool is_seen(const struct history *history,
                    const struct trx_bounce *bounce)
{
    for (int i = 0; i < history->count; i++)
        if (bounce->id[0] && strcmp(history->seen[i], bounce->id) == 0)
            return true;
    return false;
}

static enum rank rank_of(const struct trx_bounce *bounce)
{
    static const char *const blocking[] = {"HardBounce", "SpamComplaint",
                                           "ManuallyDeactivated",
                                           "BadEmailAddress"};

    if (bounce->inactive && !bounce->dropped && bounce->details[0])
        return RANK_WORDS;
    for (size_t i = 0; i < sizeof(blocking) / sizeof(blocking[0]); i++)
        if (strcmp(bounce->kind, blocking[i]) == 0 && bounce->details[0])
            return RANK_KIND;
    return bounce->inactive ? RANK_BLOCKS : RANK_NONE;
}

static void note_lift(struct history *history, const struct trx_bounce *bounce)
{
    if (!bounce->inactive || !bounce->can_activate ||
        strcmp(bounce->when, history->lifts_when) < 0)
        return;
    snprintf(history->lifts, sizeof(history->lifts), "%s", bounce->id);
    snprintf(history->lifts_when, sizeof(history->lifts_when), "%s",
             bounce->when);
}

static void weigh(struct history *history, const struct trx_bounce *bounce)
{
    enum rank rank = rank_of(bounce);

    note_lift(history, bounce);
    if (bounce->inactive) {
        history->blocked = true;
        if (bounce->dropped)
            history->dropped_may |= bounce->can_activate;
        else if (bounce->can_activate)
            history->may = true;
        else
            history->may_not = true;
    }
    if (rank > history->rank ||
        (rank == history->rank && rank != RANK_NONE &&
         strcmp(bounce->when, history->best.when) > 0)) {
        history->rank = rank;
        history->best = *bounce;
    }
}

static void take(struct history *history, const cJSON *item, bool inactive)
{
    struct trx_bounce bounce;

    if (history->count == BOUNCES_MAX || !trx_bounce_read(&bounce, item) ||
        strcasecmp(bounce.email, history->address) != 0 ||
        is_seen(history, &bounce) || (inactive && !bounce.id[0]))
        return;
    snprintf(history->seen[history->count++], BOUNCE_ID_MAX, "%s", bounce.id);
    weigh(history, &bounce);
    feed_event(history->trx.feed, trx_bounce_event(&bounce));
}

/* One page; sets `*items` to how many it held. -1: ours, 1: the service did
 * not agree. */
static int read_page(struct history *history, int offset, bool inactive,
                     int *items)
{
    struct trx_answer *answer = &history->answer;
    const cJSON *list, *item;
    struct trx_path path;
    char number[16];

    trx_path_init(&path, "/bounces");
    snprintf(number, sizeof(number), "%d", PAGE);
    trx_path_query(&path, "count", number);
    snprintf(number, sizeof(number), "%d", offset);
    trx_path_query(&path, "offset", number);
    if (inactive)
        trx_path_query(&path, "inactive", "true");
    trx_path_query(&path, "emailFilter", history->address);
    trx_answer_release(answer);
    if (trx_call(&history->trx, &path, NULL, answer, &history->err) != 0)
        return -1;
    list = json_member(answer->json, "Bounces");
    if (answer->fault == FAULT_NONE && !cJSON_IsArray(list)) {
        answer->fault = FAULT_PROTOCOL;
        answer->code = answer->http;
    }
    if (answer->fault != FAULT_NONE)
        return 1;
    *items = cJSON_GetArraySize(list);
    cJSON_ArrayForEach(item, list)
    {
        take(history, item, inactive);
    }
    return 0;
}

static int read_all(struct history *history, bool inactive)
{
    int items = PAGE, result = 0;

    for (int offset = 0; offset < BOUNCES_MAX && items >= PAGE && result == 0;
         offset += PAGE)
        result = read_page(history, offset, inactive, &items);
    return result;
}

/* A dropped mail's own return counts only where no other blocks: it is that
 * other one which can be lifted. */
static bool can_activate(const struct history *history)
{
    if (!history->may && !history->may_not)
        return history->dropped_may;
    return history->may && !history->may_not;
}

static void end(struct history *history)
{
    struct event *members = trx_answer_members(&history->answer);
    struct ending ending;

    trx_answer_end(&history->answer, &ending);
    if (trx_answer_is_not_offered(&history->answer)) {
        event_put_flag(members, "not_offered", true);
        memset(&ending, 0, sizeof(ending));
        ending.outcome = RESULT_UNKNOWN;
    }
    if (history->answer.fault == FAULT_NONE) {
        event_put_flag(members, "blocked", history->blocked);
        event_put_flag(members, "can_activate", can_activate(history));
        event_put_number(members, "count", history->count);
        event_put_text(members, "bounce_id",
                       history->lifts[0] ? history->lifts : NULL);
        event_put_text(members, "kind",
                       history->blocked ? history->best.kind : NULL);
        event_put_text(members, "when",
                       history->blocked ? history->best.when : NULL);
        ending.reply[0] = '\0';
        if (history->blocked) {
            trx_bounce_words(history->best.details, &ending);
            ending.code = 0; /* the service agreed */
            ending.enhanced[0] = '\0';
        }
    }
    feed_end(history->trx.feed, &ending, members);
}

/* Those that block come first: they must not fall off the end of a long
 * history. */
int api_history_probe(const struct request *request, struct feed *feed)
{
    struct history history = {0};
    int result = 0;

    trx_init(&history.trx, request, feed, request->limit);
    history.address = request->address[0] ? request->address : request->to;
    history.seen = calloc(BOUNCES_MAX, sizeof(*history.seen));
    if (!history.seen)
        return -1;
    if (trx_key_fits(&history.trx, &history.answer)) {
        result = read_all(&history, true);
        if (result == 0)
            result = read_all(&history, false);
    }
    if (result >= 0)
        end(&history);
    trx_answer_release(&history.answer);
    free(history.seen);
    return result < 0 ? -1 : 0;
}
