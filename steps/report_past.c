/* SPDX-License-Identifier: MIT */
/* The report's history, what could not be told, and by what it was made. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "steps/report_parts.h"
#include "steps/sending.h"

#define COUNTS_MAX 2048

static void say_earlier(struct writer *writer)
{
    static const struct {
        const char *status;
        enum text_id id;
    } statuses[] = {
        {"none", T_RESULT_EARLIER_NONE},
        {"delivered", T_RESULT_EARLIER_DELIVERED},
        {"queued", T_RESULT_EARLIER_QUEUED},
        {"transient", T_RESULT_EARLIER_QUEUED},
        {"bounced", T_RESULT_EARLIER_BOUNCED},
    };
    const struct history *earlier = trail_earlier(writer->trail);
    char when[REPORT_TIME_MAX];

    if (!earlier->known)
        return;
    report_say(writer, REPORT_PART, T_REPORT_EARLIER, NULL);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(earlier->status, statuses[i].status) == 0)
            report_say(writer, REPORT_LINE, statuses[i].id, NULL);
    report_time(writer->trail, earlier->when, when);
    report_fact(writer, T_REPORT_COLUMN_TIME, when);
    report_quote(writer, earlier->reply);
}

static void say_history(struct writer *writer)
{
    const struct history *history = trail_history(writer->trail);
    char when[REPORT_TIME_MAX];

    if (!history->known)
        return;
    report_say(writer, REPORT_PART, T_REPORT_HISTORY, NULL);
    report_number(writer, T_REPORT_HISTORY_COUNT, history->count);
    report_answer(writer, T_REPORT_BLOCKED, history->blocked);
    if (history->blocked)
        report_answer(writer, T_REPORT_CAN_LIFT, history->can_activate);
    if (history->lift != OUTCOME_NONE)
        report_fact(writer, T_REPORT_LIFTED,
                    text(history->lift == OUTCOME_ACCEPTED
                             ? T_LIVE_ACTIVATED
                             : T_LIVE_NOT_ACTIVATED));
    report_time(writer->trail, history->when, when);
    report_fact(writer, T_REPORT_WHEN, when);
    if (history->kind[0])
        report_fact(writer, T_REPORT_KIND, sending_kind(history->kind));
    if (history->reply[0])
        report_fact(writer, T_REPORT_MEANING,
                    text(cause_meaning(history->cause)));
    report_quote(writer, history->reply);
}

static void say_sending(struct writer *writer)
{
    const struct sending *sending = trail_sending(writer->trail);
    const char *extra[] = {"address", sending->sender, NULL};
    char words[COUNTS_MAX];

    if (!sending->known)
        return;
    report_say(writer, REPORT_PART, T_REPORT_SENDER, extra);
    report_number(writer, T_REPORT_SENDER_COUNT, sending->count);
    report_number(writer, T_REPORT_SENDER_HARD, sending->hard);
    report_number(writer, T_REPORT_SENDER_CLEAN, sending->addresses);
    sending_kinds(sending->kinds, words, sizeof words);
    report_fact(writer, T_REPORT_SENDER_KINDS, words);
    sending_domains(sending->domains, words, sizeof words);
    report_fact(writer, T_REPORT_SENDER_DOMAINS, words);
    if (sending->partial)
        report_say(writer, REPORT_LINE, T_REPORT_SENDER_PARTIAL, NULL);
}

void report_past(struct writer *writer)
{
    size_t before;

    report_say(writer, REPORT_HEADING, T_REPORT_PAST, NULL);
    before = writer->report->count;
    say_earlier(writer);
    say_history(writer);
    say_sending(writer);
    if (writer->report->count == before)
        report_say(writer, REPORT_LINE, T_REPORT_PAST_NONE, NULL);
}

static bool nobody_looked(const struct attempt *attempt)
{
    return attempt->sent == OUTCOME_ACCEPTED &&
           attempt->event != OUTCOME_BOUNCED &&
           attempt->mailbox == OUTCOME_NONE && attempt->person == OUTCOME_NONE;
}

static void say_open(struct writer *writer, const struct attempt *attempt)
{
    char id[16];
    const char *extra[] = {"id", id, "address", attempt->to, NULL};

    snprintf(id, sizeof id, "%d", attempt->id);
    if (attempt->sent == OUTCOME_UNKNOWN)
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_SENT, extra);
    if (nobody_looked(attempt))
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_ARRIVED, extra);
    if (attempt->similar)
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_SIMILAR, extra);
    if (attempt_contradicts(attempt))
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_WITNESSES, extra);
}

void report_gaps(struct writer *writer)
{
    const struct trail *trail = writer->trail;
    size_t count, before;
    const struct attempt *attempts = trail_attempts(trail, &count);

    report_say(writer, REPORT_HEADING, T_REPORT_GAPS, NULL);
    before = writer->report->count;
    if (writer->report->verdict.cause == CAUSE_UNKNOWN)
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_CAUSE, NULL);
    for (size_t i = 0; i < count; i++)
        say_open(writer, &attempts[i]);
    if (!trail_earlier(trail)->known)
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_EARLIER, NULL);
    if (!trail_history(trail)->known && *trail_fact(trail, "to"))
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_HISTORY, NULL);
    if (writer->report->verdict.cause == CAUSE_SENDER &&
        !trail_sending(trail)->known)
        report_say(writer, REPORT_ITEM, T_REPORT_GAP_SENDER, NULL);
    if (writer->report->count == before)
        report_say(writer, REPORT_LINE, T_REPORT_GAPS_NONE, NULL);
}

static void say_limits(struct writer *writer, const struct event *session)
{
    static const struct {
        enum text_id name;
        const char *key;
    } limits[] = {{T_REPORT_LIMIT, "limit"}, {T_REPORT_WAIT, "wait"}};

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        double seconds = event_number(session, limits[i].key, -1);
        char words[32];

        snprintf(words, sizeof words, "%.6g s", seconds);
        if (seconds >= 0)
            report_fact(writer, limits[i].name, words);
    }
}

void report_version(struct writer *writer)
{
    const struct event *session = report_event(writer->trail, "session");
    const char *version = session ? event_text(session, "version") : NULL;
    const char *begun = session ? event_text(session, "time") : NULL;
    char words[REPORT_TIME_MAX + 16];

    report_say(writer, REPORT_HEADING, T_REPORT_VERSION, NULL);
    report_fact(writer, T_REPORT_CODE_NAME, writer->report->code);
    report_fact(writer, T_REPORT_CAUSE,
                cause_word(writer->report->verdict.cause));
    report_time(writer->trail, begun ? begun : "", words);
    report_fact(writer, T_REPORT_BEGUN, words);
    snprintf(words, sizeof words, "nollego %.40s", version ? version : "");
    if (version)
        report_fact(writer, T_REPORT_WALK_VERSION, words);
    report_fact(writer, T_REPORT_OWN_VERSION, PACKAGE_STRING);
    report_fact(writer, T_REPORT_PRACTICE_CASE,
                trail_fact(writer->trail, "practice"));
    if (session)
        say_limits(writer, session);
}
