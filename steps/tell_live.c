/* SPDX-License-Identifier: MIT */
/* The live panel: one line for each probe of the present visit. */
#include <stdio.h>
#include <string.h>

#include "steps/blanks.h"
#include "steps/tell.h"

/* What is known of one probe of the visit, from its events. */
struct check {
    enum probe probe;
    const struct attempt *attempt; /* NULL: none */
    const struct event *end;       /* NULL: runs */
    const char *phase;
    const char *sender; /* whose past it is, or NULL */
};

static void say(struct line *line, enum state state, enum text_id id)
{
    line->state = state;
    snprintf(line->text, TELL_TEXT_MAX, "%s", text(id));
}

static enum text_id phase_text(const char *name)
{
    static const struct {
        enum phase phase;
        enum text_id id;
    } texts[] = {
        {PHASE_CONNECT, T_PHASE_CONNECT}, {PHASE_GREETING, T_PHASE_GREETING},
        {PHASE_EHLO, T_PHASE_EHLO},       {PHASE_STARTTLS, T_PHASE_TLS},
        {PHASE_TLS, T_PHASE_TLS},         {PHASE_AUTH, T_PHASE_AUTH},
        {PHASE_MAIL, T_PHASE_MAIL},       {PHASE_RCPT, T_PHASE_RCPT},
        {PHASE_DATA, T_PHASE_DATA},       {PHASE_REQUEST, T_PHASE_DATA},
    };
    enum phase phase = phase_from(name);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].phase == phase)
            return texts[i].id;
    return phase == PHASE_NONE ? T_PHASE_CONNECT : T_PHASE_ANSWER;
}

/* A fault that is not about the mail: the same words for every probe. */
static bool say_fault(struct line *line, const struct ending *ending)
{
    static const struct {
        enum fault fault;
        enum state state;
        enum text_id id;
    } faults[] = {
        {FAULT_NAME, STATE_PROBLEM, T_LIVE_NO_NAME},
        {FAULT_CONNECT, STATE_PROBLEM, T_LIVE_NO_CONNECTION},
        {FAULT_TLS, STATE_PROBLEM, T_LIVE_NO_TLS},
        {FAULT_PROTOCOL, STATE_PROBLEM, T_LIVE_STRANGE},
        {FAULT_FEATURE, STATE_PROBLEM, T_LIVE_FEATURE},
        {FAULT_AUTH, STATE_PROBLEM, T_LIVE_LOGIN},
        {FAULT_TIMEOUT, STATE_PROBLEM, T_LIVE_SILENT},
        {FAULT_DROPPED, STATE_PROBLEM, T_LIVE_DROPPED},
        {FAULT_CANCELLED, STATE_SKIPPED, T_LIVE_STOPPED},
        {FAULT_CRASHED, STATE_UNKNOWN, T_LIVE_BROKE},
    };

    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].fault == ending->fault) {
            say(line, faults[i].state, faults[i].id);
            return true;
        }
    return false;
}

static void tell_send(const struct check *check, const struct ending *ending,
                      struct line *line)
{
    const struct attempt *attempt = check->attempt;
    bool open = attempt && (attempt->sent == OUTCOME_UNKNOWN ||
                            attempt->sent == OUTCOME_ACCEPTED);

    if (ending->outcome == RESULT_PASS)
        say(line, STATE_GOOD, T_LIVE_ACCEPTED);
    else if (ending->outcome == RESULT_UNKNOWN || open)
        say(line, STATE_UNKNOWN, T_LIVE_UNKNOWN);
    else if (!say_fault(line, ending))
        say(line, STATE_PROBLEM, T_LIVE_REFUSED);
}

static bool member_is(const struct event *event, const char *key,
                      const char *value)
{
    const char *text = event_text(event, key);

    return text && strcmp(text, value) == 0;
}

/* The tab of Gmail's inbox, where it is not the first one. */
static enum text_id tab_of(const struct event *end)
{
    static const struct {
        const char *category;
        enum text_id id;
    } tabs[] = {
        {"promotions", T_TAB_PROMOTIONS},
        {"social", T_TAB_SOCIAL},
        {"updates", T_TAB_UPDATES},
        {"forums", T_TAB_FORUMS},
    };

    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++)
        if (member_is(end, "category", tabs[i].category))
            return tabs[i].id;
    return T_NONE;
}

static void tell_found(const struct check *check, struct line *line)
{
    if (member_is(check->end, "where", "spam"))
        say(line, STATE_WARNING, T_LIVE_SPAM);
    else if (member_is(check->end, "where", "other"))
        say(line, STATE_GOOD, T_LIVE_OTHER_FOLDER);
    else
        say(line, STATE_GOOD,
            tab_of(check->end) == T_NONE ? T_LIVE_INBOX : T_LIVE_TAB);
}

static void tell_imap(const struct check *check, const struct ending *ending,
                      struct line *line)
{
    if (ending->outcome == RESULT_PASS) {
        tell_found(check, line);
    } else if (ending->fault == FAULT_AUTH) {
        say(line, STATE_PROBLEM, T_LIVE_MAILBOX_LOGIN);
    } else if (event_flag(check->end, "similar")) {
        say(line, STATE_UNKNOWN, T_LIVE_SIMILAR);
    } else if (!say_fault(line, ending)) {
        say(line, STATE_WARNING, T_LIVE_NOT_SEEN);
    }
}

struct status_line {
    const char *status;
    enum state state;
    enum text_id now, earlier; /* for an attempt; for the test sent before */
};

static void tell_watch(const struct check *check, const struct ending *ending,
                       struct line *line)
{
    static const struct status_line statuses[] = {
        {"delivered", STATE_GOOD, T_LIVE_DELIVERED, T_LIVE_EARLIER_DELIVERED},
        {"bounced", STATE_PROBLEM, T_LIVE_BOUNCED, T_LIVE_EARLIER_BOUNCED},
        {"transient", STATE_WARNING, T_LIVE_TRANSIENT, T_LIVE_EARLIER_QUEUED},
        {"queued", STATE_WARNING, T_LIVE_QUEUED, T_LIVE_EARLIER_QUEUED},
        {"none", STATE_UNKNOWN, T_LIVE_NO_EVENT, T_LIVE_NO_MESSAGE},
    };

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (member_is(check->end, "status", statuses[i].status)) {
            say(line, statuses[i].state,
                check->attempt ? statuses[i].now : statuses[i].earlier);
            if (ending->fault != FAULT_CANCELLED)
                return;
        }
    if (!say_fault(line, ending))
        say(line, STATE_UNKNOWN, T_LIVE_NOT_TOLD);
}

static void tell_history(const struct check *check, const struct ending *ending,
                         struct line *line)
{
    if (ending->outcome != RESULT_PASS) {
        if (!say_fault(line, ending))
            say(line, STATE_UNKNOWN, T_LIVE_NOT_TOLD);
    } else if (check->sender) {
        say(line, STATE_GOOD, T_LIVE_SENDER_PAST);
    } else if (event_flag(check->end, "blocked")) {
        say(line, STATE_PROBLEM, T_LIVE_BLOCKED);
    } else if (event_number(check->end, "count", 0) > 0) {
        say(line, STATE_WARNING, T_LIVE_BOUNCES);
    } else {
        say(line, STATE_GOOD, T_LIVE_NO_BOUNCES);
    }
}

static void tell_return(const struct check *check, const struct ending *ending,
                        struct line *line)
{
    if (member_is(check->end, "action", "failed"))
        say(line, STATE_PROBLEM, T_LIVE_RETURNED);
    else if (member_is(check->end, "action", "delayed"))
        say(line, STATE_WARNING, T_LIVE_TRANSIENT);
    else if (member_is(check->end, "action", "delivered"))
        say(line, STATE_GOOD, T_LIVE_DELIVERED);
    else if (!say_fault(line, ending))
        say(line, STATE_UNKNOWN,
            check->probe == PROBE_NOTICE ? T_LIVE_NOTICE_WORDS
                                         : T_LIVE_NO_RETURN);
}

static void tell_copy(const struct check *check, const struct ending *ending,
                      struct line *line)
{
    (void)check;
    if (say_fault(line, ending))
        return;
    if (ending->outcome == RESULT_UNKNOWN)
        say(line, STATE_UNKNOWN, T_LIVE_COPY_UNREAD);
    else
        say(line, STATE_GOOD, T_LIVE_COPY_READ);
}

static void tell_activate(const struct check *check,
                          const struct ending *ending, struct line *line)
{
    (void)check;
    if (ending->outcome == RESULT_PASS)
        say(line, STATE_GOOD, T_LIVE_ACTIVATED);
    else if (!say_fault(line, ending))
        say(line, STATE_PROBLEM, T_LIVE_NOT_ACTIVATED);
}

static const struct {
    enum text_id running;
    void (*ended)(const struct check *, const struct ending *, struct line *);
} tellers[PROBE_COUNT] = {
    [PROBE_SMTP] = {T_LIVE_SENDING, tell_send},
    [PROBE_API_SEND] = {T_LIVE_SENDING, tell_send},
    [PROBE_IMAP] = {T_LIVE_IMAP, tell_imap},
    [PROBE_API_WATCH] = {T_LIVE_WATCH, tell_watch},
    [PROBE_API_HISTORY] = {T_LIVE_HISTORY, tell_history},
    [PROBE_API_ACTIVATE] = {T_LIVE_ACTIVATING, tell_activate},
    [PROBE_HEADERS] = {T_LIVE_COPY, tell_copy},
    [PROBE_NOTICE] = {T_LIVE_NOTICE, tell_return},
    [PROBE_IMAP_RETURN] = {T_LIVE_RETURN, tell_return},
};

/* What was stopped because its answer could change nothing any more. */
static bool is_needless(const struct check *check, const struct ending *ending)
{
    const struct attempt *attempt = check->attempt;

    return ending->fault == FAULT_CANCELLED && attempt &&
           (attempt->mailbox == OUTCOME_IN_INBOX ||
            attempt->mailbox == OUTCOME_IN_SPAM ||
            attempt->event == OUTCOME_BOUNCED);
}

static void tell_check(const struct trail *trail,
                       const struct settings *settings,
                       const struct check *check, struct line *line)
{
    char pattern[TELL_TEXT_MAX], count[16];
    struct ending ending;

    if (!check->end || !ending_read(&ending, check->end))
        say(line, STATE_RUNNING, tellers[check->probe].running);
    else if (is_needless(check, &ending))
        say(line, STATE_SKIPPED, T_LIVE_NEEDLESS);
    else
        tellers[check->probe].ended(check, &ending, line);
    snprintf(pattern, sizeof pattern, "%s", line->text);
    snprintf(count, sizeof count, "%d",
             (int)event_number(check->end, "count", 0));
    const char *folder = event_text(check->end, "folder");
    const char *extra[] = {
        "phase",
        text(phase_text(check->phase)),
        "count",
        count,
        "code",
        check->attempt ? check->attempt->subject_code : "",
        "folder",
        folder ? folder : "",
        "tab",
        text(tab_of(check->end)),
        "address",
        check->sender    ? check->sender
        : check->attempt ? check->attempt->to
                         : trail_fact(trail, "to"),
        NULL,
    };
    struct blanks blanks = {trail, settings, extra};
    blanks_fill(line->text, TELL_TEXT_MAX, pattern, &blanks);
}

/* The check that an event belongs to: the newest of its probe and attempt. */
static struct check *find_check(struct check *checks, size_t count,
                                const struct event *event)
{
    const char *name = event_text(event, "probe");
    enum probe probe = name ? probe_from(name) : PROBE_COUNT;
    int attempt = (int)event_number(event, "attempt", 0);

    while (count-- > 0)
        if (checks[count].probe == probe &&
            (checks[count].attempt ? checks[count].attempt->id : 0) == attempt)
            return &checks[count];
    return NULL;
}

static bool add_check(const struct trail *trail, struct check *check,
                      const struct event *event)
{
    const char *name = event_text(event, "probe");
    enum probe probe = name ? probe_from(name) : PROBE_COUNT;

    if (probe == PROBE_COUNT || !tellers[probe].ended)
        return false;
    *check = (struct check){
        .probe = probe,
        .attempt = trail_attempt(trail, (int)event_number(event, "attempt", 0)),
        .sender = event_text(event, "sender"),
    };
    return true;
}

size_t tell_live(const struct trail *trail, const struct settings *settings,
                 struct line lines[TELL_LINES_MAX])
{
    struct check checks[TELL_LINES_MAX];
    const struct visit *visit = trail_visit(trail);
    size_t event_count, count = 0;
    const struct event *const *events = trail_events(trail, &event_count);

    for (size_t i = visit ? visit->first_event : event_count; i < event_count;
         i++) {
        struct check *check = find_check(checks, count, events[i]);
        if (event_is(events[i], "start") && count < TELL_LINES_MAX)
            count += add_check(trail, &checks[count], events[i]);
        else if (check && event_is(events[i], "phase"))
            check->phase = event_text(events[i], "phase");
        else if (check && event_is(events[i], "end"))
            check->end = events[i];
    }
    for (size_t i = 0; i < count; i++)
        tell_check(trail, settings, &checks[i], &lines[i]);
    return count;
}

const struct event *tell_probe(const struct trail *trail, size_t start,
                               struct line *line)
{
    size_t count;
    const struct event *const *events = trail_events(trail, &count);
    struct check check;

    line->state = STATE_NONE;
    line->text[0] = '\0';
    if (start >= count || !add_check(trail, &check, events[start]))
        return NULL;
    for (size_t i = start + 1; i < count && !check.end; i++)
        if (find_check(&check, 1, events[i])) {
            if (event_is(events[i], "start"))
                break;
            if (event_is(events[i], "end"))
                check.end = events[i];
        }
    tell_check(trail, NULL, &check, line);
    return check.end;
}
