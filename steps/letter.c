/* SPDX-License-Identifier: MIT */
/* Which letters are due, and the one to the recipient's administrator. */
#include "steps/letter.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "steps/domains.h"
#include "steps/letter_parts.h"
#include "steps/reply.h"

/* A gateway by its code or by its name, and where its administrator allows a
 * sender. */
struct gateway {
    const char *code, *name;
    enum text_id where; /* T_NONE: there is nobody to ask */
};

enum {
#define GATEWAY(code, name) GATEWAY_##code,
#define GATEWAY_MX(pattern, code)
#include "assets/gateways.def"
#undef GATEWAY
#undef GATEWAY_MX
    GATEWAY_COUNT
};

static const struct {
    const char *code, *name;
} names[GATEWAY_COUNT] = {
#define GATEWAY(code, name) {#code, name},
#define GATEWAY_MX(pattern, code)
#include "assets/gateways.def"
#undef GATEWAY
#undef GATEWAY_MX
};

static const struct {
    bool known;
    enum text_id where;
} allows[GATEWAY_COUNT] = {
#define ALLOW(code, id) [GATEWAY_##code] = {true, T_##id},
#define NOBODY(code) [GATEWAY_##code] = {true, T_NONE},
#include "assets/allow.def"
#undef ALLOW
#undef NOBODY
};

/* Of several keys a sound one: the others may be of old. */
static bool beats(const struct event *finding, const struct event *other)
{
    return !other || (strcmp(letter_text(finding, "state"), "good") == 0 &&
                      strcmp(letter_text(other, "state"), "good") != 0);
}

const struct event *letter_finding(const struct trail *trail,
                                   const char *subject)
{
    const struct event *findings[DOMAINS_MAX], *best = NULL;

    for (enum domain_side side = 0; side < DOMAIN_SIDES; side++) {
        size_t count = domains_findings(trail, side, findings);

        for (size_t i = 0; i < count; i++)
            if (strcmp(letter_text(findings[i], "subject"), subject) == 0 &&
                beats(findings[i], best))
                best = findings[i];
    }
    return best;
}

const char *letter_text(const struct event *event, const char *key)
{
    const char *text = event ? event_text(event, key) : NULL;

    return text ? text : "";
}

const char *letter_domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return at ? at + 1 : "";
}

/* The newest of the first part: the person's own test. */
static const struct attempt *first_attempt(const struct trail *trail)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    while (count-- > 0)
        if (attempts[count].part == PART_FIRST &&
            attempts[count].sent != OUTCOME_NONE)
            return &attempts[count];
    return NULL;
}

static bool find_gateway(struct gateway *gateway, const char *code,
                         const char *name)
{
    for (size_t i = 0; i < GATEWAY_COUNT; i++)
        if (strcmp(names[i].code, code) == 0 ||
            strcasecmp(names[i].name, name) == 0) {
            gateway->code = names[i].code;
            gateway->name = names[i].name;
            gateway->where = allows[i].known ? allows[i].where : T_ALLOW_PANEL;
            return true;
        }
    return false;
}

/* Who takes the domain's mail, by its mail servers. */
static struct gateway gateway_of(const struct trail *trail)
{
    struct gateway gateway = {"", "", T_ALLOW_GENERAL};

    find_gateway(
        &gateway,
        letter_text(letter_finding(trail, "recipient.gateway"), "code"), "");
    return gateway;
}

/* Whose words a return has: it may come from behind the gateway, or be all
 * that is known. False where they tell nobody else who could be asked. */
static bool find_behind(struct gateway *behind, const struct trail *trail,
                        const struct attempt *first)
{
    struct gateway gateway = gateway_of(trail);
    struct reading reading;

    if (attempt_outcome(first) != OUTCOME_BOUNCED)
        return false;
    reply_read(&reading, first->ending.reply, strlen(first->ending.reply));
    return reading.vendor && find_gateway(behind, "", reading.vendor) &&
           behind->where != T_NONE && strcmp(behind->code, gateway.code) != 0;
}

/* The causes on the recipient's side that an administrator can lift. */
bool letter_wants_recipient(const struct trail *trail,
                            const struct verdict *verdict)
{
    const struct attempt *first = first_attempt(trail);

    /* What the service refused never came to them. */
    return verdict->side == SIDE_RECIPIENT &&
           verdict->cause != CAUSE_MAILBOXFULL &&
           verdict->cause != CAUSE_SUSPEND && first &&
           attempt_outcome(first) != OUTCOME_REFUSED &&
           gateway_of(trail).where != T_NONE;
}

bool letter_for_recipient(const struct trail *trail,
                          const struct settings *settings)
{
    struct verdict verdict;

    (void)settings;
    judge(&verdict, trail);
    return letter_wants_recipient(trail, &verdict);
}

bool letter_for_domain(const struct trail *trail,
                       const struct settings *settings)
{
    struct verdict verdict;

    (void)settings;
    judge(&verdict, trail);
    return letter_wants_domain(trail, &verdict);
}

/* What happened to the mail, in one sentence. */
static enum text_id complaint(const struct attempt *attempt)
{
    switch (attempt_outcome(attempt)) {
    case OUTCOME_BOUNCED:
        return T_LETTER_RETURNED;
    case OUTCOME_IN_SPAM:
        return T_LETTER_IN_SPAM;
    default:
        return T_LETTER_UNSEEN;
    }
}

static void say_elsewhere(struct writer *writer, const struct attempt *first)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(writer->trail, &count);
    const char *domain = letter_domain_of(first->to);

    for (size_t i = 0; i < count; i++) {
        enum outcome outcome = attempt_outcome(&attempts[i]);
        char time[REPORT_TIME_MAX];
        const char *extra[] = {"when", time, NULL};

        if ((outcome != OUTCOME_IN_INBOX && outcome != OUTCOME_IN_SPAM) ||
            strcasecmp(letter_domain_of(attempts[i].to), domain) == 0)
            continue;
        report_time(writer->trail, attempts[i].time, time);
        report_say(writer, REPORT_LINE, T_LETTER_ELSEWHERE, extra);
        return;
    }
}

/* The domain whose signature a received copy has shown. */
static const char *signer_of(const struct trail *trail)
{
    return letter_text(report_event(trail, "copy"), "signing_domain");
}

static void say_request(struct writer *writer, const struct attempt *first)
{
    const char *signer = signer_of(writer->trail);
    const char *extra[] = {"signer", signer, "from", first->from, NULL};

    report_say(writer, REPORT_HEADING, T_LETTER_ASK, NULL);
    report_say(writer, REPORT_LINE, T_LETTER_WANTED, NULL);
    report_say(writer, REPORT_ITEM, T_LETTER_ASK_SEARCH, NULL);
    report_say(writer, REPORT_ITEM, T_LETTER_ASK_RELEASE, NULL);
    if (signer[0])
        report_say(writer, REPORT_ITEM, T_LETTER_ASK_DKIM, extra);
    report_say(writer, REPORT_ITEM, T_LETTER_ASK_ADDRESS, extra);
    report_say(writer, REPORT_ITEM, T_LETTER_ASK_NO_IP, NULL);
    if (strcasecmp(letter_domain_of(first->from),
                   letter_domain_of(first->to)) == 0)
        report_say(writer, REPORT_ITEM, T_LETTER_ASK_GREETING, NULL);
}

static void say_gateway(struct writer *writer, const struct gateway *gateway)
{
    const char *extra[] = {"vendor", gateway->name, NULL};

    report_say(writer, REPORT_HEADING,
               gateway->name[0] ? T_LETTER_WHERE : T_LETTER_WHERE_FILTER,
               extra);
    report_say(writer, REPORT_LINE, gateway->where, extra);
}

static void say_where(struct writer *writer, const struct attempt *first)
{
    struct gateway gateway = gateway_of(writer->trail), behind;
    bool more = find_behind(&behind, writer->trail, first);

    if (gateway.name[0] || !more)
        say_gateway(writer, &gateway);
    if (more)
        say_gateway(writer, &behind);
}

static void say_attempt(struct writer *writer, const struct attempt *attempt)
{
    char id[16], time[REPORT_TIME_MAX];
    const char *extra[] = {"id", id, NULL};

    snprintf(id, sizeof id, "%d", attempt->id);
    report_time(writer->trail, attempt->time, time);
    report_say(writer, REPORT_PART, T_LETTER_TEST, extra);
    report_fact(writer, T_LETTER_FROM, attempt->from);
    report_fact(writer, T_LETTER_TO, attempt->to);
    report_fact(writer, T_LETTER_TIME, time);
    report_fact(writer, T_LETTER_SUBJECT, attempt->subject);
    report_fact(writer, T_LETTER_MESSAGE_ID, attempt->message_id);
    report_fact(writer, T_LETTER_TOKEN, attempt->token);
    /* Else the words are the service's own. */
    if (attempt_outcome(attempt) == OUTCOME_BOUNCED &&
        attempt->ending.reply[0]) {
        report_say(writer, REPORT_LINE, T_LETTER_REPLY, NULL);
        report_quote(writer, attempt->ending.reply);
    }
}

/* Every test that did not reach an inbox of that organisation. */
static void say_attempts(struct writer *writer, const struct attempt *first)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(writer->trail, &count);
    const char *domain = letter_domain_of(first->to);

    for (size_t i = 0; i < count; i++)
        if (attempts[i].sent != OUTCOME_NONE &&
            attempt_outcome(&attempts[i]) != OUTCOME_IN_INBOX &&
            strcasecmp(letter_domain_of(attempts[i].to), domain) == 0)
            say_attempt(writer, &attempts[i]);
}

static void say_facts(struct writer *writer, const struct attempt *first)
{
    const struct trail *trail = writer->trail;
    const struct event *copy = report_event(trail, "copy");

    report_say(writer, REPORT_HEADING, T_LETTER_FACTS, NULL);
    report_fact(writer, T_LETTER_SIGNER, signer_of(trail));
    report_fact(writer, T_LETTER_RETURN_PATH,
                letter_domain_of(letter_text(copy, "return_path")));
    report_fact(writer, T_LETTER_SERVER, letter_text(copy, "ip"));
    report_fact(
        writer, T_LETTER_MX,
        letter_text(letter_finding(trail, "recipient.gateway"), "host"));
    say_attempts(writer, first);
}

void letter_to_recipient(struct writer *writer, const struct verdict *verdict)
{
    const struct attempt *first = first_attempt(writer->trail);
    const char *extra[] = {"domain", letter_domain_of(first->to),
                           "from",   first->from,
                           "to",     first->to,
                           NULL};

    (void)verdict;
    report_say(writer, REPORT_PAGE, T_LETTER_TO_RECIPIENT, extra);
    report_say(writer, REPORT_LINE, T_LETTER_GREETING, NULL);
    report_say(writer, REPORT_LINE, complaint(first), extra);
    say_elsewhere(writer, first);
    say_request(writer, first);
    say_where(writer, first);
    say_facts(writer, first);
    report_say(writer, REPORT_LINE, T_LETTER_THANKS, NULL);
}

void report_letters(struct writer *writer)
{
    const struct verdict *verdict = &writer->report->verdict;

    if (letter_wants_recipient(writer->trail, verdict)) {
        writer->report->letters[LETTER_RECIPIENT] = writer->report->count;
        letter_to_recipient(writer, verdict);
    }
    if (letter_wants_domain(writer->trail, verdict)) {
        writer->report->letters[LETTER_DOMAIN] = writer->report->count;
        letter_to_domain(writer, verdict);
    }
}
