/* SPDX-License-Identifier: MIT */
/* From the code of a finding to words. */
#include <stdio.h>
#include <string.h>

#include "steps/domains.h"
#include "steps/graph.h"
#include "steps/step.h"

#define RESULT_LINES 3 /* of a screen that is about something else, too */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A code of "*" is any other. */
static const struct row {
    const char *subject, *code;
    enum state state;
    enum text_id id;
} rows[] = {
    {"network.dns", "lying", STATE_WARNING, T_DOMAIN_LYING},
    {"network.dns", "*", STATE_WARNING, T_DOMAIN_NO_DNS},

    {"recipient.mx", "mx", STATE_GOOD, T_DOMAIN_TO_MX},
    {"recipient.mx", "implicit", STATE_GOOD, T_DOMAIN_TO_IMPLICIT},
    {"recipient.mx", "literal", STATE_NONE, T_NONE},
    {"recipient.mx", "null_mx", STATE_PROBLEM, T_DOMAIN_TO_NULL_MX},
    {"recipient.mx", "mx_dead", STATE_PROBLEM, T_DOMAIN_TO_DEAD},
    {"recipient.mx", "none", STATE_PROBLEM, T_DOMAIN_TO_NONE},
    {"recipient.mx", "nxdomain", STATE_PROBLEM, T_DOMAIN_TO_MISSING},
    {"recipient.gateway", "other", STATE_NONE, T_DOMAIN_GATEWAY_OTHER},
    {"recipient.gateway", "*", STATE_NONE, T_DOMAIN_GATEWAY},

    {"sender.mx", "mx", STATE_GOOD, T_DOMAIN_FROM_MX},
    {"sender.mx", "implicit", STATE_GOOD, T_DOMAIN_FROM_MX},
    {"sender.mx", "literal", STATE_NONE, T_NONE},
    {"sender.mx", "null_mx", STATE_PROBLEM, T_DOMAIN_FROM_NULL_MX},
    {"sender.mx", "mx_dead", STATE_PROBLEM, T_DOMAIN_FROM_DEAD},
    {"sender.mx", "none", STATE_WARNING, T_DOMAIN_FROM_NONE},
    {"sender.mx", "nxdomain", STATE_PROBLEM, T_DOMAIN_FROM_MISSING},
    {"sender.alignment", "free", STATE_PROBLEM, T_DOMAIN_FREE},
    {"sender.alignment", "possible", STATE_GOOD, T_DOMAIN_OWN},

    {"sender.spf", "sound", STATE_GOOD, T_DOMAIN_SPF_SOUND},
    {"sender.spf", "pass", STATE_GOOD, T_DOMAIN_SPF_PASS},
    {"sender.spf", "fail", STATE_PROBLEM, T_DOMAIN_SPF_FAIL},
    {"sender.spf", "softfail", STATE_PROBLEM, T_DOMAIN_SPF_FAIL},
    {"sender.spf", "neutral", STATE_WARNING, T_DOMAIN_SPF_NEUTRAL},
    {"sender.spf", "none", STATE_WARNING, T_DOMAIN_SPF_NONE},
    {"sender.spf", "no_all", STATE_NONE, T_DOMAIN_SPF_NO_ALL},
    {"sender.spf", "multiple", STATE_PROBLEM, T_DOMAIN_SPF_MULTIPLE},
    {"sender.spf", "lookups", STATE_PROBLEM, T_DOMAIN_SPF_LOOKUPS},
    {"sender.spf", "voids", STATE_PROBLEM, T_DOMAIN_SPF_VOIDS},
    {"sender.spf", "syntax", STATE_PROBLEM, T_DOMAIN_SPF_SYNTAX},
    {"sender.spf", "include", STATE_PROBLEM, T_DOMAIN_SPF_INCLUDE},
    {"sender.spf", "plus_all", STATE_WARNING, T_DOMAIN_SPF_PLUS_ALL},
    {"sender.spf", "permerror", STATE_PROBLEM, T_DOMAIN_SPF_BROKEN},

    {"sender.dmarc", "monitoring", STATE_GOOD, T_DOMAIN_DMARC_MONITORING},
    {"sender.dmarc", "quarantine", STATE_GOOD, T_DOMAIN_DMARC_QUARANTINE},
    {"sender.dmarc", "reject", STATE_GOOD, T_DOMAIN_DMARC_REJECT},
    {"sender.dmarc", "none", STATE_WARNING, T_DOMAIN_DMARC_NONE},
    {"sender.dmarc", "multiple", STATE_PROBLEM, T_DOMAIN_DMARC_MULTIPLE},
    {"sender.dmarc", "no_policy", STATE_WARNING, T_DOMAIN_DMARC_NO_POLICY},

    {"sender.dkim", "key", STATE_GOOD, T_DOMAIN_DKIM_KEY},
    {"sender.dkim", "testing", STATE_WARNING, T_DOMAIN_DKIM_TESTING},
    {"sender.dkim", "revoked", STATE_PROBLEM, T_DOMAIN_DKIM_REVOKED},
    {"sender.dkim", "weak", STATE_PROBLEM, T_DOMAIN_DKIM_WEAK},
    {"sender.dkim", "malformed", STATE_PROBLEM, T_DOMAIN_DKIM_MALFORMED},
    {"sender.dkim", "missing", STATE_PROBLEM, T_DOMAIN_DKIM_MISSING},
    {"sender.dkim", "none", STATE_WARNING, T_DOMAIN_DKIM_NONE},
    {"sender.dkim", "not_found", STATE_UNKNOWN, T_DOMAIN_DKIM_NOT_FOUND},

    {"sender.ptr", "confirmed", STATE_GOOD, T_DOMAIN_PTR_CONFIRMED},
    {"sender.ptr", "none", STATE_PROBLEM, T_DOMAIN_PTR_NONE},
    {"sender.ptr", "unconfirmed", STATE_PROBLEM, T_DOMAIN_PTR_UNCONFIRMED},
};

static const struct {
    const char *subject;
    enum text_id what;
} things[] = {
    {"recipient.mx", T_DOMAIN_WHAT_MX},  {"sender.mx", T_DOMAIN_WHAT_MX},
    {"sender.spf", T_DOMAIN_WHAT_SPF},   {"sender.dmarc", T_DOMAIN_WHAT_DMARC},
    {"sender.dkim", T_DOMAIN_WHAT_DKIM}, {"sender.ptr", T_DOMAIN_WHAT_PTR},
};

static const struct {
    const char *code;
    enum text_id why;
} reasons[] = {
    {"timeout", T_DOMAIN_WHY_SILENT},
    {"unreachable", T_DOMAIN_WHY_NOBODY},
    {"servfail", T_DOMAIN_WHY_SERVFAIL},
    {"refused", T_DOMAIN_WHY_REFUSED},
    {"bogus", T_DOMAIN_WHY_STRANGE},
    {"unasked", T_DOMAIN_WHY_UNASKED},
    {"badname", T_DOMAIN_WHY_BADNAME},
    {"contradiction", T_DOMAIN_WHY_CONTRADICTION},
    {"lying", T_DOMAIN_WHY_LYING},
};

static bool member_is(const struct event *event, const char *key,
                      const char *value)
{
    const char *text = event_text(event, key);

    return text && strcmp(text, value) == 0;
}

static enum text_id thing_of(const struct event *finding)
{
    for (size_t i = 0; i < COUNT(things); i++)
        if (member_is(finding, "subject", things[i].subject))
            return things[i].what;
    return T_NONE;
}

static enum text_id reason_of(const struct event *finding)
{
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (member_is(finding, "code", reasons[i].code))
            return reasons[i].why;
    return T_DOMAIN_WHY_STRANGE;
}

static const struct row *row_of(const struct event *finding)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (member_is(finding, "subject", rows[i].subject) &&
            (*rows[i].code == '*' || member_is(finding, "code", rows[i].code)))
            return &rows[i];
    return NULL;
}

/* The values of a sentence's blanks are the finding's own members. */
struct values {
    const struct event *finding;
    char number[24];
};

static const char *look_up(const char *name, const void *arg)
{
    struct values *values = (struct values *)arg;
    const char *value = event_text(values->finding, name);

    if (strcmp(name, "what") == 0)
        return text(thing_of(values->finding));
    if (strcmp(name, "why") == 0)
        return text(reason_of(values->finding));
    if (value || !event_has(values->finding, name))
        return value;
    snprintf(values->number, sizeof values->number, "%.6g",
             event_number(values->finding, name, 0));
    return values->number;
}

static void say(struct line *line, enum state state, enum text_id id,
                const struct event *finding)
{
    struct values values = {.finding = finding};

    line->state = state;
    text_fill(line->text, TELL_TEXT_MAX, text(id), look_up, &values);
}

void domains_tell(const struct event *finding, struct line *line)
{
    const struct row *row = row_of(finding);

    line->state = STATE_NONE;
    line->text[0] = '\0';
    if (member_is(finding, "state", "unknown") && thing_of(finding) != T_NONE &&
        !member_is(finding, "code", "not_found"))
        say(line, STATE_UNKNOWN, T_DOMAIN_UNKNOWN, finding);
    else if (row && !(member_is(finding, "state", "unknown") &&
                      member_is(finding, "subject", "recipient.gateway")))
        say(line, row->state, row->id, finding);
}

/* --- what a step shows --- */

/* What a section is about. */
static bool is_about(const struct trail *trail, enum domain_side side)
{
    enum section section = graph_section(trail);

    return (section == SECTION_SENDER && side == DOMAIN_SENDER) ||
           (section == SECTION_FREE && side == DOMAIN_RECIPIENT);
}

static bool shows_all(const struct trail *trail)
{
    const struct step *step = trail_step(trail);

    return step->kind == STEP_FORM && step->shows == SHOWS_NOTHING;
}

static bool shows_problems(const struct trail *trail)
{
    enum shows shows = trail_step(trail)->shows;

    return shows == SHOWS_EARLIER || shows == SHOWS_VERDICT;
}

/* Adds the lines of one grade, the worst come first. */
static size_t add_lines(const struct event *const *findings, size_t count,
                        enum state state, struct line *lines, size_t room)
{
    size_t filled = 0;

    for (size_t i = 0; i < count && filled < room; i++) {
        domains_tell(findings[i], &lines[filled]);
        filled += lines[filled].text[0] && lines[filled].state == state;
    }
    return filled;
}

static size_t add_problems(const struct event *const *findings, size_t count,
                           struct line *lines, size_t room)
{
    size_t filled = add_lines(findings, count, STATE_PROBLEM, lines, room);

    return filled + add_lines(findings, count, STATE_WARNING, lines + filled,
                              room - filled);
}

static size_t add_all(const struct event *const *findings, size_t count,
                      struct line *lines, size_t room)
{
    size_t filled = add_problems(findings, count, lines, room);

    filled +=
        add_lines(findings, count, STATE_NONE, lines + filled, room - filled);
    if (filled == 0)
        filled = add_lines(findings, count, STATE_UNKNOWN, lines, room);
    if (filled == 0 && count > 0 && room > 0)
        say(&lines[filled++], STATE_GOOD, T_DOMAIN_ALL_WELL, findings[0]);
    return filled;
}

size_t domains_result(const struct trail *trail, struct line *lines,
                      size_t room)
{
    const struct event *findings[DOMAINS_MAX];
    size_t filled = 0;

    if (room > RESULT_LINES)
        room = RESULT_LINES;
    for (int i = 0; i < DOMAIN_SIDES; i++) {
        enum domain_side side = (enum domain_side)i;
        size_t count = domains_findings(trail, side, findings);
        if (shows_all(trail) && is_about(trail, side))
            filled += add_all(findings, count, lines + filled, room - filled);
        else if (shows_problems(trail))
            filled += add_lines(findings, count, STATE_PROBLEM, lines + filled,
                                room - filled);
    }
    return filled;
}

/* --- the records --- */

static size_t add_records(const char *data, size_t *skip, struct line *lines,
                          size_t room)
{
    size_t filled = 0;

    while (data && *data && filled < room) {
        size_t length = strcspn(data, "\n");
        if (*skip > 0) {
            (*skip)--;
        } else {
            lines[filled].state = STATE_NONE;
            snprintf(lines[filled++].text, TELL_TEXT_MAX, "%.*s", (int)length,
                     data);
        }
        data += length + (data[length] == '\n');
    }
    return filled;
}

size_t domains_records(const struct trail *trail, size_t from,
                       struct line *lines, size_t room)
{
    const struct event *findings[DOMAINS_MAX];
    size_t filled = 0;

    for (int i = 0; i < DOMAIN_SIDES; i++) {
        enum domain_side side = (enum domain_side)i;
        size_t count = domains_findings(trail, side, findings);
        if (!is_about(trail, side) && !shows_problems(trail))
            continue;
        for (size_t k = 0; k < count; k++)
            /* Its records are those of the mail servers. */
            if (!member_is(findings[k], "subject", "recipient.gateway"))
                filled += add_records(event_text(findings[k], "data"), &from,
                                      lines + filled, room - filled);
    }
    return filled;
}
