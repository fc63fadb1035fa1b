/* SPDX-License-Identifier: MIT */
#include "steps/when.h"

#include <string.h>

#include "steps/cause.h"
#include "steps/judge.h"
#include "steps/provider.h"
#include "steps/steps.h"

static bool start_is(const struct trail *trail, const char *choice)
{
    return strcmp(trail_fact(trail, "start"), choice) == 0;
}

enum via when_via(const struct trail *trail, const struct settings *settings)
{
    bool api = settings_has_api(settings), smtp = settings_has_smtp(settings);

    if (smtp && (start_is(trail, "smtp") || !api))
        return VIA_SMTP;
    return api ? VIA_API : VIA_MANUAL;
}

bool when_via_api(const struct trail *trail, const struct settings *settings)
{
    return when_via(trail, settings) == VIA_API;
}

bool when_via_smtp(const struct trail *trail, const struct settings *settings)
{
    return when_via(trail, settings) == VIA_SMTP;
}

bool when_via_manual(const struct trail *trail, const struct settings *settings)
{
    return when_via(trail, settings) == VIA_MANUAL;
}

bool when_has_api(const struct trail *trail, const struct settings *settings)
{
    (void)trail;
    return settings_has_api(settings);
}

bool when_wants_api(const struct trail *trail, const struct settings *settings)
{
    return !settings_has_api(settings) && !start_is(trail, "smtp") &&
           !(start_is(trail, "unknown") && settings_has_smtp(settings));
}

bool when_wants_smtp(const struct trail *trail, const struct settings *settings)
{
    bool login = settings->user[0] && !secret_given(&settings->password);

    return (!settings_has_smtp(settings) || login) && !start_is(trail, "api") &&
           !(start_is(trail, "unknown") && settings_has_api(settings));
}

bool when_typed_access(const struct trail *trail,
                       const struct settings *settings)
{
    bool api = when_via(trail, settings) == VIA_API;
    const char *step = api ? "access_api" : "access_smtp";

    return strcmp(trail_fact(trail, step), "next") == 0;
}

bool when_first(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return trail_part(trail) == PART_FIRST;
}

bool when_sender(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return trail_part(trail) == PART_SENDER;
}

bool when_free(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return trail_part(trail) == PART_FREE;
}

bool when_first_api(const struct trail *trail, const struct settings *settings)
{
    return when_first(trail, settings) && when_via_api(trail, settings);
}

bool when_first_smtp(const struct trail *trail, const struct settings *settings)
{
    return when_first(trail, settings) && when_via_smtp(trail, settings);
}

bool when_free_manual(const struct trail *trail,
                      const struct settings *settings)
{
    return when_free(trail, settings) && when_via_manual(trail, settings);
}

static bool is_shut(const struct trail *trail, const struct settings *settings,
                    bool closed)
{
    const char *address = trail_recipient(trail);
    struct provider provider;

    provider_of(&provider, address);
    return !settings_mailbox(settings, address) &&
           (provider.access == PROVIDER_CLOSED) == closed;
}

bool when_wants_mailbox(const struct trail *trail,
                        const struct settings *settings)
{
    return is_shut(trail, settings, false);
}

bool when_mailbox_closed(const struct trail *trail,
                         const struct settings *settings)
{
    return is_shut(trail, settings, true);
}

/* Without access, or with one that was refused. */
bool when_mailbox_unread(const struct trail *trail,
                         const struct settings *settings)
{
    const struct attempt *last = trail_last(trail);
    struct provider provider;

    (void)settings;
    provider_of(&provider, trail_recipient(trail));
    return last && last->mailbox == OUTCOME_NONE &&
           provider.access != PROVIDER_CLOSED;
}

bool when_asked_before(const struct trail *trail,
                       const struct settings *settings)
{
    size_t count;
    const struct visit *visits = trail_visits(trail, &count);

    (void)settings;
    return count > 1 && visits[count - 2].step == &step_ask;
}

static enum outcome last_outcome(const struct trail *trail)
{
    const struct attempt *last = trail_last(trail);

    return last ? attempt_outcome(last) : OUTCOME_NONE;
}

bool when_stopped(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return last_outcome(trail) == OUTCOME_NONE;
}

bool when_refused(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return last_outcome(trail) == OUTCOME_REFUSED;
}

bool when_refused_login(const struct trail *trail,
                        const struct settings *settings)
{
    return when_refused(trail, settings) &&
           trail_last(trail)->cause == CAUSE_SECURITYERROR;
}

bool when_refused_key(const struct trail *trail,
                      const struct settings *settings)
{
    return when_refused_login(trail, settings) &&
           trail_last(trail)->via == VIA_API;
}

bool when_suppressed(const struct trail *trail, const struct settings *settings)
{
    const struct attempt *last = trail_last(trail);
    bool to_contact = last && last->part != PART_FREE;

    (void)settings;
    if (!last)
        return false;
    if (last->cause == CAUSE_SUPPRESSED)
        return true;
    return to_contact && trail_history(trail)->blocked &&
           attempt_outcome(last) == OUTCOME_NOT_SEEN;
}

/* A complaint is the contact's own word: nobody here may overrule it. */
bool when_can_lift(const struct trail *trail, const struct settings *settings)
{
    const struct history *history = trail_history(trail);

    return when_suppressed(trail, settings) && history->blocked &&
           history->can_activate && history->bounce_id[0] &&
           strcmp(history->kind, "SpamComplaint") != 0;
}

bool when_history_known(const struct trail *trail,
                        const struct settings *settings)
{
    return when_suppressed(trail, settings) && trail_history(trail)->known;
}

bool when_not_lifted(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return trail_history(trail)->lift == OUTCOME_REFUSED;
}

bool when_sender_blamed(const struct trail *trail,
                        const struct settings *settings)
{
    struct verdict verdict;

    judge(&verdict, trail);
    return verdict.cause == CAUSE_SENDER && settings_has_api(settings);
}

bool when_lost(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return last_outcome(trail) == OUTCOME_UNKNOWN;
}

bool when_seen(const struct trail *trail, const struct settings *settings)
{
    enum outcome outcome = last_outcome(trail);

    (void)settings;
    return outcome == OUTCOME_IN_INBOX || outcome == OUTCOME_IN_SPAM;
}

bool when_must_ask(const struct trail *trail, const struct settings *settings)
{
    const struct attempt *last = trail_last(trail);

    (void)settings;
    return last && last->person == OUTCOME_NONE &&
           (last->mailbox == OUTCOME_NONE || last->similar) &&
           last->event != OUTCOME_BOUNCED &&
           (last->sent == OUTCOME_ACCEPTED || last->sent == OUTCOME_UNKNOWN);
}

bool when_delayed(const struct trail *trail, const struct settings *settings)
{
    const struct attempt *last = trail_last(trail);

    (void)settings;
    return last && last->delayed && !when_bounced(trail, settings) &&
           !when_seen(trail, settings);
}

bool when_bounced(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    return last_outcome(trail) == OUTCOME_BOUNCED;
}

/* Causes about the sender's name, the reputation or a filter: another sender
 * or another mailbox may fare better, so that comparing tells more. */
static bool is_comparable(enum cause cause)
{
    switch (cause) {
    case CAUSE_UNKNOWN:
    case CAUSE_FILTERED:
    case CAUSE_BLOCKED:
    case CAUSE_BADREPUTATION:
    case CAUSE_REQUIREPTR:
    case CAUSE_AUTHFAILURE:
    case CAUSE_REJECTED:
    case CAUSE_SPAMDETECTED:
    case CAUSE_POLICYVIOLATION:
        return true;
    default:
        return false;
    }
}

bool when_dead(const struct trail *trail, const struct settings *settings)
{
    return when_bounced(trail, settings) &&
           !is_comparable(trail_last(trail)->cause);
}

bool when_waiting(const struct trail *trail, const struct settings *settings)
{
    (void)settings;
    enum outcome outcome = last_outcome(trail);

    return outcome == OUTCOME_ACCEPTED || outcome == OUTCOME_DELIVERED ||
           outcome == OUTCOME_NOT_SEEN || outcome == OUTCOME_UNKNOWN;
}

bool when_free_failed(const struct trail *trail,
                      const struct settings *settings)
{
    return when_free(trail, settings) &&
           (when_refused(trail, settings) || when_dead(trail, settings));
}

bool when_look_again(const struct attempt *attempt,
                     const struct settings *settings)
{
    enum outcome outcome = attempt_outcome(attempt);

    return !attempt->looked_again &&
           (outcome == OUTCOME_ACCEPTED || outcome == OUTCOME_DELIVERED ||
            outcome == OUTCOME_NOT_SEEN || outcome == OUTCOME_UNKNOWN) &&
           (settings_mailbox(settings, attempt->to) ||
            settings_has_api(settings));
}

bool when_recheck(const struct trail *trail, const struct settings *settings)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count; i++)
        if (when_look_again(&attempts[i], settings))
            return true;
    return false;
}

bool when_seen_recheck(const struct trail *trail,
                       const struct settings *settings)
{
    return when_seen(trail, settings) && when_recheck(trail, settings);
}
