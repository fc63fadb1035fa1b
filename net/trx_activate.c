/* SPDX-License-Identifier: MIT */
/* Lifts the block of an address, by the return that caused it. */
#include "net/trx.h"

#include <string.h>

#include "net/trx_bounce.h"
#include "net/trx_call.h"

/* Of the whole time, what is kept for a look at the record. */
#define LOOK_SHARE 0.25

struct lift {
    struct trx trx;
    struct trx_answer answer;
    struct error err;
};

static void bounce_path(struct trx_path *path, const struct lift *lift)
{
    trx_path_init(path, "/bounces");
    trx_path_segment(path, lift->trx.request->bounce_id);
}

/* Whether the return blocks no more, by the service's record. */
static bool is_lifted(struct lift *lift)
{
    struct trx_answer answer;
    struct trx_bounce bounce;
    struct trx_path path;
    bool lifted;

    bounce_path(&path, lift);
    lifted = trx_call(&lift->trx, &path, NULL, &answer, &lift->err) == 0 &&
             answer.fault == FAULT_NONE &&
             trx_bounce_read(&bounce, answer.json) && !bounce.inactive;
    trx_answer_release(&answer);
    return lifted;
}

/* The service refuses, or nothing of the request reached it: the record can
 * only be what it was. */
static bool is_final(const struct trx_answer *answer)
{
    return answer->fault == FAULT_AUTH ||
           (answer->fault == FAULT_REFUSED && answer->http < 500) ||
           (answer->fault != FAULT_NONE && !answer->sent);
}

/* Whether the answer itself says that it is lifted. */
static bool is_told(const struct trx_answer *answer)
{
    struct trx_bounce bounce;

    return answer->fault == FAULT_NONE && trx_answer_is_receipt(answer) &&
           !(trx_bounce_read(&bounce, answer->json) && bounce.inactive);
}

/* An answer that was lost, or that says nothing of the block, leaves it to
 * the record. */
static void settle(struct lift *lift)
{
    struct trx_answer *answer = &lift->answer;

    if (is_final(answer) || is_told(answer))
        return;
    if (is_lifted(lift)) {
        answer->fault = FAULT_NONE;
        answer->code = 0;
    } else if (answer->fault == FAULT_NONE) {
        answer->fault = FAULT_REFUSED;
        answer->code = answer->http;
    }
}

static int ask(struct lift *lift, double seconds)
{
    struct trx_path path;
    int result;

    bounce_path(&path, lift);
    trx_path_segment(&path, "activate");
    lift->trx.until -= seconds * LOOK_SHARE;
    result = trx_put(&lift->trx, &path, &lift->answer, &lift->err);
    lift->trx.until += seconds * LOOK_SHARE;
    if (result == 0)
        settle(lift);
    return result;
}

int api_activate_probe(const struct request *request, struct feed *feed)
{
    struct lift lift = {0};
    struct ending ending;
    int result = 0;

    trx_init(&lift.trx, request, feed, request->limit);
    if (trx_key_fits(&lift.trx, &lift.answer))
        result = ask(&lift, request->limit);
    if (result == 0) {
        struct event *members = trx_answer_members(&lift.answer);

        if (trx_answer_is_not_offered(&lift.answer))
            event_put_flag(members, "not_offered", true);
        trx_answer_end(&lift.answer, &ending);
        feed_end(feed, &ending, members);
    }
    trx_answer_release(&lift.answer);
    return result;
}
