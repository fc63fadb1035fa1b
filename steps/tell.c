/* SPDX-License-Identifier: MIT */
/* Titles, bodies, choices and the overview. Fields are in steps/tell_field.c,
 * the live panel in steps/tell_live.c, the results in steps/tell_result.c. */
#include "steps/tell.h"

#include <string.h>
#include <time.h>

#include "steps/blanks.h"
#include "steps/clock.h"
#include "steps/domains.h"
#include "steps/handover.h"
#include "steps/steps.h"

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
    char clock[TELL_TEXT_MAX], subject[SUBJECT_MAX] = "", message[BODY_MAX];
    const char *extra[] = {"clock", clock, "heading", subject, "message",
                           message, NULL};
    struct blanks blanks = {trail, settings, extra};

    clock_say(clock, sizeof clock, trail, settings, (double)time(NULL));
    message[0] = '\0';
    if (trail_step(trail) == &step_handover_confirm) {
        handover_subject(trail, subject);
        handover_text(trail, message);
    }
    blanks_fill(out, 4 * TELL_TEXT_MAX, text(trail_step(trail)->body), &blanks);
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

const char *tell_section_name(enum section section)
{
    return text(section_name(section));
}

const char *tell_section(const struct trail *trail)
{
    return tell_section_name(graph_section(trail));
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
    return filled + domains_records(trail, from, lines + filled,
                                    TELL_LINES_MAX - filled);
}
