/* SPDX-License-Identifier: MIT */
/* Lifts the block of an address, by the return that caused it. */
#include "net/trx.h"

#include <string.h>

#include "net/trx_bounce.h"
#include "net/trx_call.h"

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

/* An answer that was lost, or one that the service broke off, says nothing
 * about the block: the record does. */
static void settle(struct lift *lift)
{
    struct trx_answer *answer = &lift->answer;

    if ((answer->lost || answer->http >= 500) && is_lifted(lift))
        answer->fault = FAULT_NONE;
}

int api_activate_probe(const struct request *request, struct feed *feed)
{
    struct lift lift = {0};
    struct ending ending;
    struct trx_path path;
    int result = 0;

    trx_init(&lift.trx, request, feed, request->limit);
    if (trx_key_fits(&lift.trx, &lift.answer)) {
        bounce_path(&path, &lift);
        trx_path_segment(&path, "activate");
        result = trx_put(&lift.trx, &path, &lift.answer, &lift.err);
    }
    if (result == 0) {
        settle(&lift);
        trx_answer_end(&lift.answer, &ending);
        feed_end(feed, &ending, trx_answer_members(&lift.answer));
    }
    trx_answer_release(&lift.answer);
    return result;
}
