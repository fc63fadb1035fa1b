/* SPDX-License-Identifier: MIT */
/* The returns of one address: whether it is blocked, and by what words. */
#include "net/trx.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/trx_list.h"
#include "net/trx_sender.h"

/* How well a return tells why the address is blocked. */
enum rank { RANK_NONE, RANK_BLOCKS, RANK_KIND, RANK_WORDS };

struct history {
    struct feed *feed;
    const char *address;
    int count;
    bool blocked;
    bool may, may_not; /* returns that can and cannot be lifted */
    bool dropped_may;  /* the like, of mails that never left */
    enum rank rank;    /* of `best` */
    struct trx_bounce best;
    char lifts[BOUNCE_ID_MAX]; /* the newest return that can be lifted */
    char lifts_when[BOUNCE_WHEN_MAX];
};

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

/* The service looks for addresses that hold ours, too. */
static void take(const struct trx_bounce *bounce, void *arg)
{
    struct history *history = arg;

    if (strcasecmp(bounce->email, history->address) != 0)
        return;
    if (history->count++ < TRX_TOLD_MAX)
        feed_event(history->feed, trx_bounce_event(bounce));
    weigh(history, bounce);
}

/* A dropped mail's own return counts only where no other blocks: it is that
 * other one which can be lifted. */
static bool can_activate(const struct history *history)
{
    if (!history->may && !history->may_not)
        return history->dropped_may;
    return history->may && !history->may_not;
}

static void tell_found(const struct history *history, struct ending *ending,
                       struct event *members)
{
    const char *kind = history->blocked ? history->best.kind : NULL;
    const char *when = history->blocked ? history->best.when : NULL;

    event_put_flag(members, "blocked", history->blocked);
    event_put_flag(members, "can_activate", can_activate(history));
    event_put_number(members, "count", history->count);
    event_put_text(members, "bounce_id",
                   history->lifts[0] ? history->lifts : NULL);
    event_put_text(members, "kind", kind);
    event_put_text(members, "when", when);
    ending->reply[0] = '\0';
    if (history->blocked)
        trx_bounce_words(history->best.details, ending);
    ending->code = 0; /* the service agreed */
    ending->enhanced[0] = '\0';
}

static void end(const struct history *history, const struct trx_answer *answer)
{
    struct event *members = trx_answer_members(answer);
    struct ending ending;

    trx_answer_end(answer, &ending);
    if (trx_answer_is_not_offered(answer)) {
        event_put_flag(members, "not_offered", true);
        ending = (struct ending){.outcome = RESULT_UNKNOWN};
    }
    if (answer->fault == FAULT_NONE)
        tell_found(history, &ending, members);
    feed_end(history->feed, &ending, members);
}

/* Those that block must not fall off the end of a list without end. */
static int read_all(struct trx_list *list)
{
    int result = trx_list_read(list);

    if (result == 0 && !list->whole) {
        list->inactive = true;
        result = trx_list_read(list);
    }
    return result;
}

int api_history_probe(const struct request *request, struct feed *feed)
{
    struct history history = {.feed = feed};
    struct trx trx;
    struct trx_list list = {
        .trx = &trx, .since = "", .take = take, .arg = &history};
    int result = 0;

    if (request->sender[0])
        return trx_sender_probe(request, feed);
    trx_init(&trx, request, feed, request->limit);
    history.address = request->address[0] ? request->address : request->to;
    list.address = history.address;
    if (trx_key_fits(&trx, &list.answer))
        result = read_all(&list);
    if (result >= 0)
        end(&history, &list.answer);
    trx_list_release(&list);
    return result < 0 ? -1 : 0;
}
