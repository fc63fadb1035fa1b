/* SPDX-License-Identifier: MIT */
/* The report's tests: a table of them, then what each step found. */
#include <stdio.h>
#include <string.h>

#include "steps/report_parts.h"
#include "steps/secure.h"

/* More steps than any walk has; a journal may come from anybody. */
#define STEPS_MAX 512

#define WORDS_MAX (REPLY_MAX + 64)

void report_attempts(struct writer *writer)
{
    const char *names[] = {
        text(T_REPORT_COLUMN_TEST),    text(T_REPORT_COLUMN_FROM),
        text(T_REPORT_COLUMN_TO),      text(T_REPORT_COLUMN_VIA),
        text(T_REPORT_COLUMN_OUTCOME), text(T_REPORT_COLUMN_TIME),
    };
    size_t count;
    const struct attempt *attempts = trail_attempts(writer->trail, &count);

    report_say(writer, REPORT_HEADING, T_REPORT_ATTEMPTS, NULL);
    if (count == 0) {
        report_say(writer, REPORT_LINE, T_REPORT_NO_ATTEMPTS, NULL);
        return;
    }
    report_put(writer, REPORT_NAMES, REPORT_CELLS, names);
    for (size_t i = 0; i < count; i++) {
        char id[16], when[REPORT_TIME_MAX];
        const char *cells[] = {
            id,
            attempts[i].from,
            attempts[i].to,
            report_via(attempts[i].via),
            report_outcome(attempt_outcome(&attempts[i])),
            when,
        };

        snprintf(id, sizeof id, "%d", attempts[i].id);
        report_time(writer->trail, attempts[i].time, when);
        report_put(writer, REPORT_ROW, REPORT_CELLS, cells);
    }
}

/* "550 5.1.1 no such user", however much of it the words hold already. */
static void join_reply(char out[WORDS_MAX], const struct ending *ending)
{
    char code[32] = "";

    if (ending->code)
        snprintf(code, sizeof code, "%d%s%s ", ending->code,
                 ending->enhanced[0] ? " " : "", ending->enhanced);
    if (strstr(ending->reply, code))
        code[0] = '\0';
    snprintf(out, WORDS_MAX, "%s%s", code, ending->reply);
}

/* The moment of a probe; of the day of its attempt only the time. */
static void say_when(char out[REPORT_TIME_MAX], const struct trail *trail,
                     const struct event *start)
{
    const struct attempt *attempt =
        trail_attempt(trail, (int)event_number(start, "attempt", 0));
    const char *moment = event_text(start, "time");
    int zone = report_zone(trail);
    struct tm when, sent;

    if (attempt && moment && moment_read(&when, moment, zone) &&
        moment_read(&sent, attempt->time, zone) &&
        when.tm_yday == sent.tm_yday && when.tm_year == sent.tm_year)
        moment_clock(out, moment, zone);
    else
        report_time(trail, moment ? moment : "", out);
}

static const char *safety(const struct event *start)
{
    const char *tls = event_text(start, "tls");

    if (tls && strcmp(tls, "starttls") == 0)
        return " STARTTLS";
    return tls && strcmp(tls, "implicit") == 0 ? " TLS" : "";
}

/* "imap, 18:04:16, imap.example.com:993 TLS, 0.5 s": what is known of when and
 * where a probe worked. */
static void join_place(char out[WORDS_MAX], const struct trail *trail,
                       const struct event *start, const struct ending *ending)
{
    const char *server = event_text(start, "server");
    char when[REPORT_TIME_MAX], seconds[MOMENT_MAX], took[MOMENT_MAX + 8] = "";

    say_when(when, trail, start);
    if (ending) {
        moment_seconds(seconds, ending->seconds);
        snprintf(took, sizeof took, ", %s s", seconds);
    }
    snprintf(out, WORDS_MAX, "%s%s%s%s%s%s%s", event_text(start, "probe"),
             when[0] ? ", " : "", when, server ? ", " : "",
             server ? server : "", safety(start), took);
}

/* One probe: what it found, when and where, the words that it was told. */
static void say_step(struct writer *writer, size_t at)
{
    size_t count;
    const struct event *start = trail_events(writer->trail, &count)[at];
    struct line found;
    const struct event *end = tell_probe(writer->trail, at, &found);
    struct ending ending;
    bool ended = end && ending_read(&ending, end);
    char words[WORDS_MAX];
    const char *extra[] = {"found", found.text, "place", words, NULL};

    if (found.state == STATE_NONE)
        return;
    join_place(words, writer->trail, start, ended ? &ending : NULL);
    report_say(writer, REPORT_ITEM, T_REPORT_STEP, extra);
    if (!ended)
        return;
    join_reply(words, &ending);
    report_quote(writer, words);
}

/* The steps of an attempt, or with 0 those of none; how many. */
static size_t say_steps(struct writer *writer, int attempt, size_t left)
{
    size_t count, said = 0;
    const struct event *const *events = trail_events(writer->trail, &count);

    for (size_t i = 0; i < count && said < left; i++)
        if (event_is(events[i], "start") &&
            (int)event_number(events[i], "attempt", 0) == attempt) {
            say_step(writer, i);
            said++;
        }
    return said;
}

static void say_witness(struct writer *writer, enum text_id id,
                        enum outcome outcome)
{
    if (outcome != OUTCOME_NONE)
        report_fact(writer, id, report_outcome(outcome));
}

static void say_secure(struct writer *writer, const struct attempt *attempt)
{
    struct secure_words words;

    secure_words(&words, attempt);
    report_say(writer, REPORT_ITEM, secure_problem(attempt), words.extra);
    if (!attempt->certificate.subject[0])
        return;
    report_say(writer, REPORT_ITEM, T_SECURE_CERTIFICATE, words.extra);
    report_say(writer, REPORT_ITEM, T_SECURE_REVOCATION, NULL);
}

static void say_code(struct writer *writer, const struct attempt *attempt)
{
    char code[48] = "";

    if (attempt->ending.code || attempt->ending.coded)
        snprintf(code, sizeof code, "%d%s%s", attempt->ending.code,
                 attempt->ending.enhanced[0] ? " " : "",
                 attempt->ending.enhanced);
    report_fact(writer, T_REPORT_CODE, code);
    if (attempt->cause != CAUSE_UNKNOWN)
        report_fact(writer, T_REPORT_MEANING,
                    text(cause_meaning(attempt->cause)));
}

/* What the receiver wrote into the header of the copy, for both domains'
 * administrators; its own field in full for support. */
static void say_copy(struct writer *writer, const struct attempt *attempt)
{
    const struct seen_copy *copy = &attempt->copy;
    char signer[2 * HOST_MAX + 2];

    if (!copy->read)
        return;
    if (attempt_outcome(attempt) == OUTCOME_IN_SPAM)
        report_fact(writer, T_REPORT_COPY, text(spam_meaning(copy->why)));
    report_fact(writer, T_REPORT_COPY_SPF, copy->spf);
    report_fact(writer, T_REPORT_COPY_DKIM, copy->dkim);
    report_fact(writer, T_REPORT_COPY_DMARC, copy->dmarc);
    snprintf(signer, sizeof signer, "%s%s%s", copy->signer,
             copy->selector[0] ? ", " : "", copy->selector);
    report_fact(writer, T_REPORT_COPY_SIGNER, signer);
    report_fact(writer, T_REPORT_COPY_PATH, copy->return_path);
    report_fact(writer, T_REPORT_COPY_SERVER, copy->ip);
    report_fact(writer, T_REPORT_COPY_TESTS, copy->tests);
    report_quote(writer, copy->raw);
}

static void say_attempt(struct writer *writer, const struct attempt *attempt)
{
    char id[16], when[REPORT_TIME_MAX];
    const char *extra[] = {"id", id, "when", when, NULL};

    snprintf(id, sizeof id, "%d", attempt->id);
    report_time(writer->trail, attempt->time, when);
    report_say(writer, REPORT_PART, T_REPORT_ATTEMPT, extra);
    report_fact(writer, T_REPORT_SUBJECT, attempt->subject);
    report_fact(writer, T_REPORT_MESSAGE_ID, attempt->message_id);
    report_fact(writer, T_REPORT_TOKEN, attempt->token);
    say_witness(writer, T_REPORT_EVENT, attempt->event);
    say_witness(writer, T_REPORT_MAILBOX, attempt->mailbox);
    report_fact(writer, T_REPORT_FOLDER, attempt->folder);
    say_witness(writer, T_REPORT_PERSON, attempt->person);
    report_fact(writer, T_REPORT_RETURNED_BY, attempt->reporting);
    say_code(writer, attempt);
    say_secure(writer, attempt);
    say_copy(writer, attempt);
}

void report_steps(struct writer *writer)
{
    size_t count, left = STEPS_MAX;
    const struct attempt *attempts = trail_attempts(writer->trail, &count);

    report_say(writer, REPORT_HEADING, T_REPORT_STEPS, NULL);
    for (size_t i = 0; i < count; i++) {
        say_attempt(writer, &attempts[i]);
        left -= say_steps(writer, attempts[i].id, left);
    }
    report_say(writer, REPORT_PART, T_REPORT_LOOKUPS, NULL);
    if (say_steps(writer, 0, left) == 0)
        report_say(writer, REPORT_LINE, T_REPORT_PAST_NONE, NULL);
}
