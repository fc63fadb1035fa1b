/* SPDX-License-Identifier: MIT */
#include "steps/graph.h"

#include <string.h>

#include "steps/steps.h"
#include "steps/when.h"

static const struct step *const all[] = {
    &step_start,
    &step_who,
    &step_access_api,
    &step_access_smtp,
    &step_mailbox,
    &step_mailbox_closed,
    &step_earlier,
    &step_api_confirm,
    &step_api_send,
    &step_smtp_confirm,
    &step_smtp_send,
    &step_sender,
    &step_sender_confirm,
    &step_sender_send,
    &step_free,
    &step_free_confirm,
    &step_free_send,
    &step_manual,
    &step_ask,
    &step_later,
    &step_wait,
    &step_notice,
    &step_returned,
    &step_copy,
    &step_copy_read,
    &step_history,
    &step_remedy,
    &step_unblock,
    &step_retype,
    &step_unblock_send,
    &step_recheck,
    &step_verdict,
    &step_sender_past,
    &step_letter_recipient,
    &step_letter_domain,
    &step_handover,
    &step_handover_confirm,
    &step_handed,
    &step_contact,
    NULL,
};

const struct step *const *graph_steps(void)
{
    return all;
}

const struct step *graph_find(const char *name)
{
    for (const struct step *const *step = all; *step; step++)
        if (strcmp((*step)->name, name) == 0)
            return *step;
    for (const struct step *const *step = door_steps; *step; step++)
        if (strcmp((*step)->name, name) == 0)
            return *step;
    return NULL;
}

const struct choice *graph_choice(const struct step *step, const char *name)
{
    for (const struct choice *c = step->choices; name && c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static bool fits(const struct edge *edge, const char *choice,
                 const struct trail *trail, const struct settings *settings)
{
    if (edge->choice && strcmp(edge->choice, choice) != 0)
        return false;
    return !edge->when || edge->when(trail, settings);
}

/* A mail may land late: whatever leads to a verdict, each test that was not
 * seen is looked for once more before it. */
static const struct step *look_first(const struct step *to,
                                     const struct trail *trail,
                                     const struct settings *settings)
{
    return to == &step_verdict && trail_step(trail) != &step_recheck &&
                   when_recheck(trail, settings)
               ? &step_recheck
               : to;
}

const struct step *graph_next(const struct trail *trail,
                              const struct settings *settings)
{
    const struct visit *visit = trail_visit(trail);
    const struct edge *edge;

    if (!visit || !visit->choice || !visit->step->edges)
        return NULL;
    for (edge = visit->step->edges; edge->choice || edge->when; edge++)
        if (fits(edge, visit->choice->name, trail, settings))
            return look_first(edge->to, trail, settings);
    return look_first(edge->to, trail, settings); /* "else" ends every list */
}

size_t graph_choices(const struct trail *trail, const struct settings *settings,
                     const struct choice *choices[STEP_CHOICES_MAX])
{
    const struct step *step = trail_step(trail);
    size_t count = 0;

    for (const struct choice *c = step ? step->choices : NULL;
         c && c->name && count < STEP_CHOICES_MAX; c++)
        if (!c->offered || c->offered(trail, settings))
            choices[count++] = c;
    return count;
}

static const struct choice *named(const struct choice *const *choices,
                                  size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!choices[i]->acts && strcmp(choices[i]->name, name) == 0)
            return choices[i];
    return NULL;
}

const struct choice *graph_default(const struct trail *trail,
                                   const struct settings *settings)
{
    const struct visit *visit = trail_visit(trail);
    const struct choice *choices[STEP_CHOICES_MAX], *found = NULL;
    size_t count = graph_choices(trail, settings, choices);

    if (visit && visit->before)
        found = named(choices, count, visit->before->name);
    if (!found && visit && visit->step->prefer)
        found = named(choices, count, visit->step->prefer(trail, settings));
    for (size_t i = 0; !found && i < count; i++)
        if (!choices[i]->acts)
            found = choices[i];
    return found;
}

enum section graph_section(const struct trail *trail)
{
    size_t count;
    const struct visit *visits = trail_visits(trail, &count);

    while (count > 0 && visits[count - 1].step->section == SECTION_SAME)
        count--;
    return count > 0 ? visits[count - 1].step->section : SECTION_OPENING;
}

/* The channel's section that this walk leaves out, once it took the other. */
static bool is_left_out(const struct trail *trail, enum section section)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);
    enum via other = section == SECTION_API    ? VIA_SMTP
                     : section == SECTION_SMTP ? VIA_API
                                               : VIA_NONE;

    for (size_t i = 0; i < count; i++)
        if (attempts[i].via == other)
            return true;
    return false;
}

enum standing graph_standing(const struct trail *trail, enum section section)
{
    enum section present = graph_section(trail);
    size_t count;
    const struct visit *visits = trail_visits(trail, &count);

    if (section == present)
        return STANDING_CURRENT;
    for (size_t i = 0; i < count; i++)
        if (visits[i].step->section == section)
            return STANDING_DONE;
    return section < present || is_left_out(trail, section) ? STANDING_SKIPPED
                                                            : STANDING_TO_COME;
}

void graph_progress(const struct trail *trail, int *step, int *of)
{
    static const int numbers[SECTION_COUNT] = {
        [SECTION_OPENING] = 1, [SECTION_API] = 2,  [SECTION_SMTP] = 2,
        [SECTION_SENDER] = 3,  [SECTION_FREE] = 4, [SECTION_CONTACT] = 5,
    };

    *step = numbers[graph_section(trail)];
    *of = numbers[SECTION_CONTACT];
}
