/* SPDX-License-Identifier: MIT */
/* What came out on a step: what, what it means, what to do, and last the
 * server's own words, which may be long and are for whoever can read them. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "steps/blanks.h"
#include "steps/domains.h"
#include "steps/judge.h"
#include "steps/moment.h"
#include "steps/network.h"
#include "steps/secure.h"
#include "steps/sending.h"
#include "steps/tell.h"
#include "steps/when.h"

#define TESTS_SHOWN 6
#define ADDRESS_LINES (TELL_LINES_MAX - 4) /* with those before them */

/* The lines of a result, being filled. */
struct telling {
    const struct trail *trail;
    const struct settings *settings;
    struct line *lines;
    size_t count;
};

static void say(struct telling *telling, enum state state, enum text_id id,
                const char *const *extra)
{
    struct blanks blanks = {telling->trail, telling->settings, extra};

    if (telling->count == TELL_LINES_MAX || id == T_NONE)
        return;
    telling->lines[telling->count].state = state;
    blanks_fill(telling->lines[telling->count++].text, TELL_TEXT_MAX, text(id),
                &blanks);
}

static void say_number(struct telling *telling, enum text_id id, int number)
{
    char count[16];
    const char *extra[] = {"count", count, NULL};

    snprintf(count, sizeof count, "%d", number);
    say(telling, STATE_NONE, id, extra);
}

static void say_words(struct telling *telling, const char *reply)
{
    const char *extra[] = {"reply", reply, NULL};

    if (*reply)
        say(telling, STATE_NONE, T_SERVER_SAID, extra);
}

enum state tell_cause_state(enum cause cause)
{
    if (cause == CAUSE_ARRIVED)
        return STATE_GOOD;
    if (cause == CAUSE_UNKNOWN)
        return STATE_UNKNOWN;
    return cause_side(cause) == SIDE_WAIT || cause == CAUSE_ARRIVED_IN_SPAM
               ? STATE_WARNING
               : STATE_PROBLEM;
}

static void say_cause(struct telling *telling, enum cause cause,
                      const char *reply)
{
    say(telling, tell_cause_state(cause), cause_meaning(cause), NULL);
    say(telling, STATE_NONE, cause_next(cause), NULL);
    say_words(telling, reply);
}

static void tell_history(struct telling *telling)
{
    const struct history *history = trail_history(telling->trail);
    const char *extra[] = {"meaning", text(cause_meaning(history->cause)),
                           NULL};

    if (!history->known) {
        say_cause(telling, CAUSE_SUPPRESSED, "");
        return;
    }
    if (!history->blocked) {
        say(telling, STATE_UNKNOWN, T_RESULT_NO_HISTORY, NULL);
        return;
    }
    say(telling, STATE_PROBLEM, T_RESULT_BLOCKED, NULL);
    if (history->reply[0])
        say(telling, STATE_NONE, T_RESULT_REBOUND, extra);
    say(telling, STATE_NONE,
        history->can_activate ? T_RESULT_CAN_ACTIVATE
                              : T_RESULT_CANNOT_ACTIVATE,
        NULL);
    say_words(telling, history->reply);
}

/* Where the connection was to blame, why. */
static void say_secure(struct telling *telling, const struct attempt *attempt)
{
    struct secure_words words;

    secure_words(&words, attempt);
    say(telling, STATE_NONE, secure_problem(attempt), words.extra);
}

static void say_failure(struct telling *telling, const struct attempt *attempt)
{
    enum network network = network_of(telling->trail, attempt);

    if (network != NETWORK_UNBLAMED) {
        say(telling, STATE_PROBLEM, network_meaning(network), NULL);
        say(telling, STATE_NONE, network_remedy(network), NULL);
        return;
    }
    say_cause(telling, attempt->cause, attempt->ending.reply);
    if (attempt->retry_after > 0)
        say_number(telling, T_RESULT_RETRY, attempt->retry_after);
    say_secure(telling, attempt);
}

/* For whoever administers the domain: checks, signature, server. */
static void say_checks(struct telling *telling, const struct seen_copy *copy)
{
    const char *none = text(T_SPAM_NOT_TOLD);
    const char *extra[] = {
        "spf",      copy->spf[0] ? copy->spf : none,
        "dkim",     copy->dkim[0] ? copy->dkim : none,
        "dmarc",    copy->dmarc[0] ? copy->dmarc : none,
        "signer",   copy->signer,
        "selector", copy->selector[0] ? copy->selector : none,
        "ip",       copy->ip,
        "tests",    copy->tests,
        NULL,
    };

    if (copy->spf[0] || copy->dkim[0] || copy->dmarc[0])
        say(telling, STATE_NONE, T_SPAM_CHECKS, extra);
    if (copy->tests[0])
        say(telling, STATE_NONE, T_SPAM_TESTS, extra);
    if (copy->signer[0])
        say(telling, STATE_NONE, T_SPAM_SIGNER, extra);
    if (copy->ip[0])
        say(telling, STATE_NONE, T_SPAM_SERVER, extra);
}

/* Why the copy is in spam, and what to mend. */
static void say_spam(struct telling *telling, const struct attempt *attempt)
{
    const struct seen_copy *copy = &attempt->copy;
    bool known = copy->why != SPAM_UNREAD;

    if (!copy->read)
        return;
    say(telling, known ? STATE_PROBLEM : STATE_UNKNOWN, spam_meaning(copy->why),
        NULL);
    say(telling, STATE_NONE, spam_remedy(copy->why), NULL);
    say_checks(telling, copy);
}

static void tell_copy(struct telling *telling)
{
    const struct attempt *last = trail_last(telling->trail);

    if (last)
        say_spam(telling, last);
}

static void tell_attempt(struct telling *telling)
{
    static const struct {
        enum outcome outcome;
        enum state state;
        enum text_id what, next;
    } outcomes[] = {
        {OUTCOME_NONE, STATE_SKIPPED, T_RESULT_STOPPED, T_RESULT_STOPPED_NEXT},
        {OUTCOME_IN_INBOX, STATE_GOOD, T_RESULT_INBOX, T_NONE},
        {OUTCOME_IN_SPAM, STATE_WARNING, T_RESULT_SPAM, T_NONE},
        {OUTCOME_ACCEPTED, STATE_UNKNOWN, T_RESULT_WAITING, T_NONE},
        {OUTCOME_DELIVERED, STATE_UNKNOWN, T_RESULT_WAITING, T_NONE},
        {OUTCOME_NOT_SEEN, STATE_WARNING, T_RESULT_NOT_SEEN,
         T_RESULT_NOT_SEEN_NEXT},
        {OUTCOME_UNKNOWN, STATE_UNKNOWN, T_RESULT_LOST, T_RESULT_LOST_NEXT},
    };
    const struct attempt *last = trail_last(telling->trail);
    enum outcome outcome = last ? attempt_outcome(last) : OUTCOME_NONE;

    if (last && when_history_known(telling->trail, telling->settings))
        tell_history(telling);
    else if (outcome == OUTCOME_REFUSED || outcome == OUTCOME_BOUNCED)
        say_failure(telling, last);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (outcomes[i].outcome == outcome) {
            bool broke_off = outcome == OUTCOME_UNKNOWN && last->http >= 500;

            say(telling, outcomes[i].state,
                broke_off ? T_RESULT_BROKE_OFF : outcomes[i].what, NULL);
            say(telling, STATE_NONE, outcomes[i].next, NULL);
        }
    if (outcome == OUTCOME_IN_SPAM)
        say_spam(telling, last);
    if (last && attempt_contradicts(last))
        say(telling, STATE_WARNING, T_RESULT_CONTRADICTION, NULL);
}

static void tell_earlier(struct telling *telling)
{
    static const struct {
        const char *status;
        enum state state;
        enum text_id id;
    } statuses[] = {
        {"none", STATE_WARNING, T_RESULT_EARLIER_NONE},
        {"delivered", STATE_GOOD, T_RESULT_EARLIER_DELIVERED},
        {"queued", STATE_WARNING, T_RESULT_EARLIER_QUEUED},
        {"transient", STATE_WARNING, T_RESULT_EARLIER_QUEUED},
        {"bounced", STATE_PROBLEM, T_RESULT_EARLIER_BOUNCED},
    };
    const struct history *earlier = trail_earlier(telling->trail);

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(earlier->status, statuses[i].status) == 0)
            say(telling, statuses[i].state, statuses[i].id, NULL);
    if (!earlier->known)
        say(telling, STATE_UNKNOWN, T_RESULT_EARLIER_UNKNOWN, NULL);
    say_words(telling, earlier->reply);
}

/* The words behind a verdict: for a block those of the return that caused it,
 * not the service's about the block. */
static const char *words_behind(const struct trail *trail,
                                const struct verdict *verdict)
{
    const struct attempt *by = trail_attempt(trail, verdict->attempt);
    const struct history *history = trail_history(trail);

    if (verdict->cause == CAUSE_SUPPRESSED && history->reply[0])
        return history->reply;
    return by && by->ending.outcome != RESULT_PASS ? by->ending.reply : "";
}

/* What tells a test from the others: the sender, the recipient, or both. */
static enum text_id test_text(const struct attempt *attempts, size_t count)
{
    bool sender = false, recipient = false;

    for (size_t i = 1; i < count; i++) {
        sender |= strcasecmp(attempts[i].from, attempts[0].from) != 0;
        recipient |= strcasecmp(attempts[i].to, attempts[0].to) != 0;
    }
    if (sender == recipient)
        return T_RESULT_TEST;
    return sender ? T_RESULT_TEST_FROM : T_RESULT_TEST_TO;
}

/* The tests side by side, so that anybody can follow the comparison. */
static void say_tests(struct telling *telling)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(telling->trail, &count);
    size_t first = count > TESTS_SHOWN ? count - TESTS_SHOWN : 0;

    for (size_t i = first; count > 1 && i < count; i++) {
        const struct attempt *attempt = &attempts[i];
        char id[16];
        const char *extra[] = {
            "id",      id,
            "from",    attempt->from,
            "to",      attempt->to,
            "outcome", text(outcome_text(attempt_outcome(attempt))),
            NULL};

        snprintf(id, sizeof id, "%d", attempt->id);
        say(telling, attempt_contradicts(attempt) ? STATE_WARNING : STATE_NONE,
            test_text(attempts, count), extra);
    }
}

static void tell_verdict(struct telling *telling)
{
#define NAME(id, word) [SIDE_##id] = T_SIDE_##id,
    static const enum text_id sides[] = {SIDES(NAME)};
#undef NAME
    static const enum text_id words[] = {
        [CONFIDENCE_LOW] = T_CONFIDENCE_LOW,
        [CONFIDENCE_MEDIUM] = T_CONFIDENCE_MEDIUM,
        [CONFIDENCE_HIGH] = T_CONFIDENCE_HIGH,
    };
    struct verdict verdict;

    judge(&verdict, telling->trail);
    const char *extra[] = {"side", text(sides[verdict.side]), "confidence",
                           text(words[verdict.confidence]), NULL};
    say(telling, tell_cause_state(verdict.cause), cause_meaning(verdict.cause),
        NULL);
    if (verdict.why != T_NONE)
        say(telling, STATE_NONE, verdict.why, NULL);
    for (int i = 0; i < VERDICT_NEXT_MAX && verdict.next[i] != T_NONE; i++)
        say(telling, STATE_NONE, verdict.next[i], NULL);
    if (verdict.cause != CAUSE_ARRIVED)
        say(telling, STATE_NONE, T_RESULT_SIDE, extra);
    say_tests(telling);
    say_words(telling, words_behind(telling->trail, &verdict));
    if (trail_attempt(telling->trail, verdict.attempt))
        say_secure(telling, trail_attempt(telling->trail, verdict.attempt));
}

static void tell_unblock(struct telling *telling)
{
    if (trail_history(telling->trail)->lift == OUTCOME_REFUSED) {
        say(telling, STATE_PROBLEM, T_RESULT_NOT_LIFTED, NULL);
        say(telling, STATE_NONE, T_RESULT_CANNOT_ACTIVATE, NULL);
    } else {
        tell_attempt(telling);
    }
}

/* The addresses to take off, as many as the screen has lines for. */
static void say_addresses(struct telling *telling)
{
    struct returned returns[RETURNS_MAX];
    size_t count = sending_returns(telling->trail, returns, RETURNS_MAX);
    int left = trail_sending(telling->trail)->addresses;

    for (size_t i = 0; i < count && telling->count < ADDRESS_LINES; i++) {
        char day[MOMENT_MAX];
        const char *extra[] = {"address", returns[i].address,
                               "kind",    sending_kind(returns[i].kind),
                               "when",    day,
                               NULL};

        moment_day(day, returns[i].when);
        if (!returns[i].leaves || returns[i].again)
            continue;
        say(telling, STATE_NONE, T_RESULT_SENDER_ADDRESS, extra);
        left--;
    }
    if (left > 0)
        say_number(telling, T_RESULT_SENDER_MORE, left);
}

static void tell_sender_past(struct telling *telling)
{
    const struct sending *sending = trail_sending(telling->trail);
    char count[16], hard[16], kinds[TELL_TEXT_MAX], domains[TELL_TEXT_MAX];
    const char *extra[] = {"count", count,     "hard",  hard, "kinds",
                           kinds,   "domains", domains, NULL};

    if (!sending->known) {
        say(telling, STATE_UNKNOWN, T_RESULT_SENDER_UNKNOWN, NULL);
        return;
    }
    if (sending->count == 0) {
        say(telling, STATE_UNKNOWN, T_RESULT_SENDER_NONE, NULL);
        return;
    }
    snprintf(count, sizeof count, "%d", sending->count);
    snprintf(hard, sizeof hard, "%d", sending->hard);
    sending_kinds(sending->kinds, kinds, sizeof kinds);
    sending_domains(sending->domains, domains, sizeof domains);
    say(telling, sending->hard ? STATE_PROBLEM : STATE_WARNING,
        sending->partial ? T_RESULT_SENDER_AT_LEAST : T_RESULT_SENDER_COUNT,
        extra);
    say(telling, STATE_NONE, T_RESULT_SENDER_KINDS, extra);
    say(telling, STATE_NONE, T_RESULT_SENDER_DOMAINS, extra);
    if (sending->addresses > 0) {
        say_number(telling, T_RESULT_SENDER_CLEAN, sending->addresses);
        say_addresses(telling);
    }
}

static void tell_rechecked(struct telling *telling)
{
    say(telling, STATE_GOOD, T_RESULT_RECHECKED, NULL);
}

static void tell_handover(struct telling *telling)
{
    const struct attempt *handover = trail_handover(telling->trail);

    if (!handover)
        return;
    if (handover->sent == OUTCOME_ACCEPTED) {
        say(telling, STATE_GOOD, T_HANDED_SENT, NULL);
        say(telling, STATE_NONE, T_HANDED_SENT_NEXT, NULL);
        return;
    }
    if (handover->sent == OUTCOME_UNKNOWN)
        say(telling, STATE_UNKNOWN, T_HANDED_OPEN, NULL);
    else
        say(telling, STATE_PROBLEM, T_HANDED_NOT, NULL);
    say(telling, STATE_NONE, T_HANDED_NEXT, NULL);
    say_words(telling, handover->ending.reply);
}

size_t tell_result(const struct trail *trail, const struct settings *settings,
                   struct line lines[TELL_LINES_MAX])
{
    static void (*const tellers[])(struct telling *) = {
        [SHOWS_EARLIER] = tell_earlier,
        [SHOWS_ATTEMPT] = tell_attempt,
        [SHOWS_HISTORY] = tell_history,
        [SHOWS_RECHECK] = tell_rechecked,
        [SHOWS_VERDICT] = tell_verdict,
        [SHOWS_UNBLOCK] = tell_unblock,
        [SHOWS_SENDER_PAST] = tell_sender_past,
        [SHOWS_COPY] = tell_copy,
        [SHOWS_HANDOVER] = tell_handover,
    };
    const struct step *step = trail_step(trail);
    struct telling telling = {trail, settings, lines, 0};

    if (step->shows != SHOWS_NOTHING)
        tellers[step->shows](&telling);
    return telling.count + domains_result(trail, lines + telling.count,
                                          TELL_LINES_MAX - telling.count);
}
