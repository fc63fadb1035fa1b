/* SPDX-License-Identifier: MIT */
#include "steps/judge.h"

#include <string.h>
#include <strings.h>

#include "steps/domains.h"
#include "steps/network.h"

/* The attempts that count: of each part the newest, since a remedy may have
 * been tried between two. */
struct evidence_view {
    const struct attempt *part[PART_COUNT];
    const struct history *history;
    const struct trail *trail;
};

static bool is_seen(const struct attempt *attempt)
{
    enum outcome outcome = attempt ? attempt_outcome(attempt) : OUTCOME_NONE;

    return outcome == OUTCOME_IN_INBOX || outcome == OUTCOME_IN_SPAM;
}

static bool is_outcome(const struct attempt *attempt, enum outcome outcome)
{
    return attempt && attempt_outcome(attempt) == outcome;
}

/* Sure enough for a comparison: by the mailbox, or by the person's word. What a
 * mailbox has not shown may have come since: until the second look it is not
 * certain. */
static enum confidence sight(const struct attempt *attempt)
{
    if (attempt_contradicts(attempt))
        return CONFIDENCE_LOW;
    if (attempt->mailbox == OUTCOME_NOT_SEEN &&
        attempt->event != OUTCOME_BOUNCED && !attempt->looked_again)
        return CONFIDENCE_MEDIUM;
    return attempt->mailbox == OUTCOME_NONE || attempt->similar
               ? CONFIDENCE_MEDIUM
               : CONFIDENCE_HIGH;
}

static enum confidence weaker(enum confidence a, enum confidence b)
{
    return a < b ? a : b;
}

static void conclude(struct verdict *verdict, enum cause cause,
                     enum confidence confidence, const struct attempt *by)
{
    bool stated = by && by->cause == cause;

    verdict->cause = cause;
    verdict->side = stated ? by->side : cause_side(cause);
    verdict->confidence = confidence;
    verdict->attempt = by ? by->id : 0;
}

/* 1. The test itself arrived. */
static bool judge_arrival(struct verdict *verdict,
                          const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    if (!is_seen(first))
        return false;
    conclude(verdict,
             is_outcome(first, OUTCOME_IN_SPAM) ? CAUSE_ARRIVED_IN_SPAM
                                                : CAUSE_ARRIVED,
             sight(first), first);
    return true;
}

/* 2. The service withholds mail from the contact, by its own record. The
 * record alone does not prove that today's mail was withheld, but an unseen
 * mail together with it does. */
static bool judge_suppression(struct verdict *verdict,
                              const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];
    const struct attempt *sender = view->part[PART_SENDER];

    for (int i = 0; i < 2; i++) {
        const struct attempt *attempt = i == 0 ? first : sender;
        if (attempt && attempt->cause == CAUSE_SUPPRESSED) {
            conclude(verdict, CAUSE_SUPPRESSED, CONFIDENCE_HIGH, attempt);
            return true;
        }
    }
    if (!view->history->blocked || !first ||
        is_outcome(first, OUTCOME_REFUSED) || first->event == OUTCOME_BOUNCED ||
        first->event == OUTCOME_DELIVERED)
        return false;
    /* The API would have said so itself; over SMTP only the record shows. */
    conclude(verdict, CAUSE_SUPPRESSED,
             first->via == VIA_SMTP ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
             first);
    return true;
}

/* 3. The test was not accepted: the reply states the cause. */
static bool judge_refusal(struct verdict *verdict,
                          const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    if (!is_outcome(first, OUTCOME_REFUSED))
        return false;
    conclude(verdict, first->cause, first->confidence, first);
    return true;
}

/* Two attempts that were both accepted and differ in nothing but `part`. */
static bool differ_in_sender(const struct attempt *a, const struct attempt *b)
{
    return a->via == b->via && strcasecmp(a->to, b->to) == 0 &&
           strcasecmp(a->from, b->from) != 0;
}

static bool differ_in_recipient(const struct attempt *a,
                                const struct attempt *b)
{
    return a->via == b->via && strcasecmp(a->from, b->from) == 0 &&
           strcasecmp(a->to, b->to) != 0;
}

/* Accepted by the service, and known not to be in the mailbox. */
static bool failed_later(const struct attempt *attempt)
{
    return is_outcome(attempt, OUTCOME_NOT_SEEN) ||
           is_outcome(attempt, OUTCOME_BOUNCED);
}

/* Who changed nothing but one thing, and what that was. */
static void compare(struct verdict *verdict, enum cause cause,
                    const struct attempt *first, const struct attempt *seen)
{
    conclude(verdict, cause, weaker(sight(first), sight(seen)), seen);
    verdict->against = first->id;
    verdict->why = cause == CAUSE_SENDER ? T_FACTOR_SENDER : T_FACTOR_RECIPIENT;
}

/* 4. The comparison, the sender before the recipient's filter: where another
 * sender arrives, the recipient's server takes mail. */
static bool judge_comparison(struct verdict *verdict,
                             const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];
    const struct attempt *sender = view->part[PART_SENDER];
    const struct attempt *free_one = view->part[PART_FREE];

    if (!failed_later(first))
        return false;
    if (is_seen(sender) && differ_in_sender(first, sender)) {
        compare(verdict, CAUSE_SENDER, first, sender);
        return true;
    }
    if (is_seen(free_one) && differ_in_recipient(first, free_one)) {
        compare(verdict, CAUSE_RECIPIENT_FILTER, first, free_one);
        /* Without the other sender both factors are still open. */
        if (!failed_later(sender))
            verdict->confidence =
                weaker(verdict->confidence, CONFIDENCE_MEDIUM);
        return true;
    }
    return false;
}

/* The causes of a return that are about the address itself: no comparison
 * makes them truer. */
static bool is_about_address(enum cause cause)
{
    switch (cause) {
    case CAUSE_USERUNKNOWN:
    case CAUSE_HOSTUNKNOWN:
    case CAUSE_NOTACCEPT:
    case CAUSE_MAILBOXFULL:
    case CAUSE_SUSPEND:
        return true;
    default:
        return false;
    }
}

/* 6. It came back, and the words say why. */
static bool judge_return(struct verdict *verdict,
                         const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    if (!is_outcome(first, OUTCOME_BOUNCED))
        return false;
    conclude(verdict, first->cause, first->confidence, first);
    return true;
}

/* Taken by the service, and the recipient's domain takes no mail at all: no
 * comparison makes that truer. What some server has taken is another matter. */
static bool judge_domain(struct verdict *verdict,
                         const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];
    enum cause cause =
        first ? domains_cause(view->trail, first->to) : CAUSE_UNKNOWN;

    if (cause == CAUSE_UNKNOWN || first->event == OUTCOME_DELIVERED ||
        !(is_outcome(first, OUTCOME_NOT_SEEN) ||
          is_outcome(first, OUTCOME_ACCEPTED)))
        return false;
    conclude(verdict, cause, CONFIDENCE_MEDIUM, first);
    return true;
}

static bool judge_address(struct verdict *verdict,
                          const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    return first && is_about_address(first->cause) &&
           judge_return(verdict, view);
}

/* 5. A server on the way asked to wait: that is no refusal, and what others'
 * mails did meanwhile proves nothing. */
static bool judge_delay(struct verdict *verdict,
                        const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    if (!first || !first->delayed || first->event != OUTCOME_NONE ||
        is_outcome(first, OUTCOME_REFUSED))
        return false;
    conclude(verdict, first->cause, CONFIDENCE_MEDIUM, first);
    verdict->side = SIDE_WAIT;
    verdict->why = T_FACTOR_DELAY;
    return true;
}

/* 7. Nobody knows whether it went out: our line to the service was lost. */
static bool judge_loss(struct verdict *verdict,
                       const struct evidence_view *view)
{
    const struct attempt *first = view->part[PART_FIRST];

    if (!is_outcome(first, OUTCOME_UNKNOWN))
        return false;
    conclude(verdict, first->cause, CONFIDENCE_LOW, first);
    return true;
}

/* What proves most comes first. */
static bool (*const judges[])(struct verdict *,
                              const struct evidence_view *) = {
    judge_arrival, judge_suppression, judge_refusal, judge_address, judge_delay,
    judge_domain,  judge_comparison,  judge_return,  judge_loss,
};

/* Witnesses that do not agree leave any verdict open. */
static void doubt_witnesses(struct verdict *verdict, const struct attempt *by)
{
    if (!by || !attempt_contradicts(by))
        return;
    verdict->confidence = CONFIDENCE_LOW;
    verdict->why = T_RESULT_CONTRADICTION;
}

/* The copy itself says what to mend, and whose turn that is. */
static void blame_copy(struct verdict *verdict, const struct seen_copy *copy)
{
    if (copy->why == SPAM_UNREAD)
        return;
    verdict->side = spam_side(copy->why);
    verdict->why = spam_meaning(copy->why);
    verdict->next[0] = spam_remedy(copy->why);
}

/* Our own network is recognised first: then nobody else is to blame. */
static void blame_network(struct verdict *verdict, const struct trail *trail)
{
    enum network network =
        network_of(trail, trail_attempt(trail, verdict->attempt));

    if (network == NETWORK_UNBLAMED)
        return;
    verdict->cause = CAUSE_NETWORKERROR;
    verdict->side = SIDE_YOU;
    verdict->why = network_meaning(network);
    verdict->next[0] = network_remedy(network);
}

void judge(struct verdict *verdict, const struct trail *trail)
{
    struct evidence_view view = {.history = trail_history(trail),
                                 .trail = trail};
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count; i++)
        if (attempts[i].sent != OUTCOME_NONE)
            view.part[attempts[i].part] = &attempts[i];
    memset(verdict, 0, sizeof *verdict);
    conclude(verdict, CAUSE_UNKNOWN, CONFIDENCE_LOW, NULL);
    for (size_t i = 0; i < sizeof judges / sizeof *judges; i++)
        if (judges[i](verdict, &view))
            break;
    verdict->next[0] = cause_next_for(verdict->cause, verdict->side);
    doubt_witnesses(verdict, trail_attempt(trail, verdict->attempt));
    if (verdict->cause == CAUSE_ARRIVED_IN_SPAM)
        blame_copy(verdict, &view.part[PART_FIRST]->copy);
    blame_network(verdict, trail);
}

int judge_status(const struct verdict *verdict)
{
    if (verdict->cause == CAUSE_ARRIVED)
        return 0;
    return verdict->cause == CAUSE_UNKNOWN ? 2 : 1;
}
