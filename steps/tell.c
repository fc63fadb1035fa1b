/* SPDX-License-Identifier: MIT */
/* Titles, bodies, choices, the overview and fields. The live panel is in
 * steps/tell_live.c, the results in steps/tell_result.c. */
#include "steps/tell.h"

#include <string.h>
#include <strings.h>

#include "net/syntax.h"
#include "steps/blanks.h"

/* Seconds that one exchange with a server, and a mail on its way, mostly take.
 */
#define EXCHANGE_USUAL 3
#define LOOK_USUAL 20

const char *tell_state(enum state state)
{
    static const enum text_id words[] = {
        [STATE_GOOD] = T_STATE_GOOD,       [STATE_WARNING] = T_STATE_WARNING,
        [STATE_PROBLEM] = T_STATE_PROBLEM, [STATE_UNKNOWN] = T_STATE_UNKNOWN,
        [STATE_SKIPPED] = T_STATE_SKIPPED, [STATE_RUNNING] = T_STATE_RUNNING,
    };

    return text(words[state]);
}

static void fill(const struct trail *trail, const struct settings *settings,
                 enum text_id id, char *out, size_t size)
{
    struct blanks blanks = {trail, settings, NULL};

    blanks_fill(out, size, text(id), &blanks);
}

void tell_title(const struct trail *trail, const struct settings *settings,
                char out[TELL_TEXT_MAX])
{
    fill(trail, settings, trail_step(trail)->title, out, TELL_TEXT_MAX);
}

void tell_body(const struct trail *trail, const struct settings *settings,
               char out[4 * TELL_TEXT_MAX])
{
    fill(trail, settings, trail_step(trail)->body, out, 4 * TELL_TEXT_MAX);
}

void tell_choice(const struct trail *trail, const struct settings *settings,
                 const struct choice *choice, char out[TELL_TEXT_MAX])
{
    fill(trail, settings, choice->label, out, TELL_TEXT_MAX);
}

static enum text_id section_name(enum section section)
{
#define NAME(id) [SECTION_##id] = T_SECTION_##id,
    static const enum text_id names[SECTION_COUNT] = {SECTIONS(NAME)};
#undef NAME

    return names[section];
}

const char *tell_section(const struct trail *trail)
{
    return text(section_name(graph_section(trail)));
}

size_t tell_overview(const struct trail *trail,
                     struct line lines[TELL_LINES_MAX])
{
    static const struct {
        enum state state;
        enum text_id word;
    } standings[] = {
        [STANDING_TO_COME] = {STATE_NONE, T_STANDING_TO_COME},
        [STANDING_CURRENT] = {STATE_RUNNING, T_STANDING_CURRENT},
        [STANDING_DONE] = {STATE_GOOD, T_STANDING_DONE},
        [STANDING_SKIPPED] = {STATE_SKIPPED, T_STANDING_SKIPPED},
    };

    for (int section = 0; section < SECTION_COUNT; section++) {
        enum standing standing = graph_standing(trail, (enum section)section);
        const char *extra[] = {
            "number",   (const char[]){(char)('1' + section), '\0'},
            "section",  text(section_name((enum section)section)),
            "standing", text(standings[standing].word),
            NULL,
        };
        struct blanks blanks = {trail, NULL, extra};
        lines[section].state = standings[standing].state;
        blanks_fill(lines[section].text, TELL_TEXT_MAX,
                    "{number}. {section}: {standing}", &blanks);
    }
    return SECTION_COUNT;
}

/* What a step's tests do one after the other: exchanges with a server, and
 * looking for a mail. */
static const struct {
    int exchanges, looks;
} courses[] = {
    [LIVE_NONE] = {0, 0},        [LIVE_EARLIER] = {1, 0},
    [LIVE_SEND] = {1, 1},        [LIVE_MANUAL] = {0, 0},
    [LIVE_ARRIVAL] = {0, 1},     [LIVE_HISTORY] = {1, 0},
    [LIVE_UNBLOCK] = {2, 1},     [LIVE_RECHECK] = {1, 0},
    [LIVE_SENDER_PAST] = {1, 0},
};

static double course(const struct trail *trail, double exchange, double look)
{
    enum live live = trail_step(trail)->live;

    return courses[live].exchanges * exchange + courses[live].looks * look;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

double tell_expected(const struct trail *trail, const struct settings *settings)
{
    return course(trail, least(settings->limit, EXCHANGE_USUAL),
                  least(settings->wait, LOOK_USUAL));
}

double tell_longest(const struct trail *trail, const struct settings *settings)
{
    return course(trail, settings->limit, settings->wait);
}

const char *tell_field_value(const struct trail *trail,
                             const struct settings *settings,
                             const struct field *field)
{
    const struct {
        const char *key, *value;
    } offers[] = {
        {"from", settings->from},
        {"to", settings->to},
        {"other_from", settings->other_from},
        {"free_to", settings->free_to},
        {"server", settings->smtp.host},
        {"user", settings->user},
    };
    const char *typed = trail_fact(trail, field->key);

    /* A secret is not kept; a confirmation is typed each time. */
    if (field->kind == FIELD_SECRET || strcmp(field->key, "retype") == 0)
        return "";
    for (size_t i = 0; !*typed && i < sizeof offers / sizeof *offers; i++)
        if (strcmp(offers[i].key, field->key) == 0)
            return offers[i].value;
    return typed;
}

/* The grammar's flaws in the person's words. */
static enum text_id address_problem(const char *value)
{
    static const enum text_id texts[ADDRESS_FLAW_COUNT] = {
        [ADDRESS_EMPTY] = T_FIELD_EMPTY,
        [ADDRESS_LONG] = T_FIELD_LONG,
        [ADDRESS_CONTROL] = T_FIELD_SIGNS,
        [ADDRESS_BLANK] = T_FIELD_BLANK,
        [ADDRESS_BRACKET] = T_FIELD_SIGNS,
        [ADDRESS_ROUTE] = T_FIELD_SIGNS,
        [ADDRESS_LIST] = T_FIELD_LIST,
        [ADDRESS_NO_AT] = T_FIELD_NO_AT,
        [ADDRESS_LOCAL_EMPTY] = T_FIELD_NO_AT,
        [ADDRESS_LOCAL_LONG] = T_FIELD_LONG,
        [ADDRESS_LOCAL_DOTS] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_SIGN] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_QUOTES] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_FOREIGN] = T_FIELD_LOCAL,
        [ADDRESS_DOMAIN_EMPTY] = T_FIELD_NO_AT,
        [ADDRESS_DOMAIN_LONG] = T_FIELD_LONG,
        [ADDRESS_DOMAIN_LABEL] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_SIGN] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_FOREIGN] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_LITERAL] = T_FIELD_DOMAIN,
    };

    return texts[syntax_address(value, strlen(value))];
}

static enum text_id server_problem(const char *value)
{
    struct endpoint endpoint = {.port = 587};
    struct error err;

    return endpoint_parse(&endpoint, value, &err) == 0 ? T_NONE
                                                       : T_FIELD_SERVER;
}

static enum text_id secret_problem(const char *value)
{
    struct secret secret;
    struct error err;
    int set = secret_set(&secret, value, strlen(value), &err);

    secret_clear(&secret);
    return set == 0 ? T_NONE : T_FIELD_SECRET;
}

/* The other sender must be another one, or the comparison proves nothing. */
static enum text_id same_problem(const struct trail *trail,
                                 const struct field *field, const char *value)
{
    if (strcmp(field->key, "other_from") == 0 &&
        strcasecmp(value, trail_fact(trail, "from")) == 0)
        return T_FIELD_SAME_SENDER;
    if (strcmp(field->key, "retype") == 0 && trail_last(trail) &&
        strcasecmp(value, trail_last(trail)->to) != 0)
        return T_FIELD_OTHER_ADDRESS;
    if (strcmp(field->key, "free_to") == 0 &&
        strcasecmp(value, trail_fact(trail, "to")) == 0)
        return T_FIELD_SAME_RECIPIENT;
    return T_NONE;
}

enum text_id tell_field_problem(const struct trail *trail,
                                const struct field *field, const char *value)
{
    enum text_id id = T_NONE;

    if (!*value)
        return field->optional ? T_NONE : T_FIELD_EMPTY;
    if (field->kind == FIELD_ADDRESS)
        id = address_problem(value);
    if (field->kind == FIELD_SERVER)
        id = server_problem(value);
    if (field->kind == FIELD_SECRET)
        id = secret_problem(value);
    if (field->kind == FIELD_ADDRESS && id == T_NONE)
        id = same_problem(trail, field, value);
    return id;
}

size_t tell_transcript(const struct trail *trail, size_t from,
                       struct line lines[TELL_LINES_MAX])
{
    const struct visit *visit = trail_visit(trail);
    size_t count, filled = 0;
    const struct event *const *events = trail_events(trail, &count);

    for (size_t i = visit ? visit->first_event : count;
         i < count && filled < TELL_LINES_MAX; i++) {
        const char *line = event_text(events[i], "text");
        if (!event_is(events[i], "line") || !line)
            continue;
        if (from > 0) {
            from--;
            continue;
        }
        const char *who = event_text(events[i], "from");
        struct blanks blanks = {
            trail, NULL,
            (const char *const[]){"who",
                                  who && strcmp(who, "us") == 0 ? ">" : "<",
                                  "line", line, NULL}};
        lines[filled].state = STATE_NONE;
        blanks_fill(lines[filled++].text, TELL_TEXT_MAX, "{who} {line}",
                    &blanks);
    }
    return filled;
}
