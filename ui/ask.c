/* SPDX-License-Identifier: MIT */
/* Steps that ask: choices and fields. */
#include <string.h>

#include "ui/wizard.h"

static const struct field *field_at(const struct wizard *wizard, size_t at)
{
    return wizard->fields[at];
}

void ask_wipe(struct wizard *wizard)
{
    /* The others were never written; memory that is not touched costs none. */
    for (size_t i = 0; i < wizard->field_count; i++) {
        field_wipe(&wizard->edits[i]);
        wizard->problems[i] = T_NONE;
    }
    wizard->field_count = wizard->recall = 0;
    wizard->touched = wizard->revealed = false;
}

void ask_load(struct wizard *wizard)
{
    const struct walk *walk = &wizard->walk;

    ask_wipe(wizard);
    wizard->field_count =
        tell_fields(walk->trail, walk->settings, wizard->fields);
    for (size_t i = 0; i < wizard->field_count; i++) {
        const struct field *field = field_at(wizard, i);

        field_start(&wizard->edits[i], &wizard->term.show,
                    tell_field_value(walk->trail, walk->settings, field),
                    field->kind == FIELD_SECRET);
        wizard->edits[i].lines = field->kind == FIELD_BLOCK;
    }
}

/* A secret that was given before may stay as it is. */
static bool is_kept(const struct wizard *wizard, size_t at)
{
    const struct field *field = field_at(wizard, at);

    return field->kind == FIELD_SECRET && wizard->edits[at].length == 0 &&
           settings_gives(wizard->walk.settings,
                          trail_recipient(wizard->walk.trail), field->key);
}

/* What was written of it: all of the rest is as it was. */
static void wipe(char *value)
{
    explicit_bzero(value, strlen(value));
}

bool ask_take(struct wizard *wizard)
{
    char value[FIELD_BYTES_MAX];
    size_t bad = wizard->field_count;

    for (size_t i = wizard->field_count; i > 0; i--) {
        const struct field *field = field_at(wizard, i - 1);

        field_value(&wizard->edits[i - 1], value, sizeof(value));
        wizard->problems[i - 1] =
            is_kept(wizard, i - 1)
                ? T_NONE
                : tell_field_problem(wizard->walk.trail, field, value);
        if (wizard->problems[i - 1] != T_NONE)
            bad = i - 1;
        wipe(value);
    }
    for (size_t i = 0; bad == wizard->field_count && i < bad; i++) {
        field_value(&wizard->edits[i], value, sizeof(value));
        if (!is_kept(wizard, i) &&
            walk_fill(&wizard->walk, field_at(wizard, i), value) != 0)
            wizard->problems[bad = i] = T_FIELD_REFUSED;
        wipe(value);
    }
    if (bad < wizard->field_count)
        wizard_view(wizard)->focus = bad;
    return bad == wizard->field_count;
}

bool ask_check(struct wizard *wizard, size_t field)
{
    char value[FIELD_BYTES_MAX];

    if (field_value(&wizard->edits[field], value, sizeof(value)) == 0)
        return true;
    wizard->problems[field] =
        tell_field_problem(wizard->walk.trail, field_at(wizard, field), value);
    /* Its domain is looked up while the person types on. */
    if (wizard->problems[field] == T_NONE &&
        domains_concern(field_at(wizard, field)->key))
        walk_fill(&wizard->walk, field_at(wizard, field), value);
    wipe(value);
    return wizard->problems[field] == T_NONE;
}

void ask_keep(struct wizard *wizard)
{
    char value[FIELD_BYTES_MAX];

    for (size_t i = 0; i < wizard->field_count; i++) {
        const struct field *field = field_at(wizard, i);

        field_value(&wizard->edits[i], value, sizeof(value));
        if (field->kind != FIELD_SECRET &&
            tell_field_problem(wizard->walk.trail, field, value) == T_NONE)
            walk_fill(&wizard->walk, field, value);
        wipe(value);
    }
}

size_t ask_default(struct wizard *wizard)
{
    const struct choice *wanted =
        graph_default(wizard->walk.trail, wizard->walk.settings);

    for (size_t i = 0; i < wizard->offer_count; i++)
        if (wizard->offers[i].choice == wanted)
            return wizard->field_count + i;
    return wizard->field_count;
}

size_t ask_focus(struct wizard *wizard)
{
    for (size_t i = 0; i < wizard->field_count; i++)
        if (wizard->edits[i].length == 0 && !is_kept(wizard, i) &&
            !field_at(wizard, i)->optional)
            return i;
    return ask_default(wizard);
}

static void fill_fields(struct wizard *wizard, struct sheet *sheet)
{
    sheet->field_count = wizard->field_count;
    for (size_t i = 0; i < wizard->field_count; i++) {
        const struct field *field = field_at(wizard, i);
        enum text_id problem = wizard->problems[i];

        sheet->fields[i] = (struct sheet_field){
            .label = text(field->label),
            .hint = text(is_kept(wizard, i) ? T_FRAME_KEPT : field->hint),
            .problem = problem == T_NONE ? NULL : text(problem),
            .edit = &wizard->edits[i],
        };
    }
}

static void offer_choices(struct wizard *wizard)
{
    const struct choice *choices[STEP_CHOICES_MAX];
    const struct walk *walk = &wizard->walk;
    size_t count = graph_choices(walk->trail, walk->settings, choices);
    char label[TELL_TEXT_MAX];

    for (size_t i = 0; i < count; i++) {
        tell_choice(walk->trail, walk->settings, choices[i], label);
        wizard_offer(wizard, ACT_CHOOSE, label);
        wizard->offers[wizard->offer_count - 1].choice = choices[i];
    }
}

void ask_fill_step(struct wizard *wizard, struct sheet *sheet)
{
    const struct trail *trail = wizard->walk.trail;
    const struct settings *settings = wizard->walk.settings;

    tell_title(trail, settings, wizard->title);
    tell_body(trail, settings, wizard->body);
    wizard->para = (struct para){.text = wizard->body};
    sheet->title = wizard->title;
    sheet->body = &wizard->para;
    sheet->body_count = *wizard->body != '\0';
    fill_fields(wizard, sheet);
    if (walk_running(&wizard->walk))
        return;
    sheet->result = wizard->result;
    sheet->result_count = tell_result(trail, settings, wizard->result);
    offer_choices(wizard);
    if (form_has_secret(wizard) && !wizard->plain)
        wizard_offer(wizard, ACT_REVEAL,
                     text(wizard->revealed ? T_OFFER_HIDE : T_OFFER_REVEAL));
}

const struct screen ask_screen = {ask_fill_step, T_AID_ASK, false, false};
