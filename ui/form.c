/* SPDX-License-Identifier: MIT */
/* What keys do in the fields of a form. */
#include "ui/wizard.h"

bool form_has_secret(const struct wizard *wizard)
{
    for (size_t i = 0; i < wizard->field_count; i++)
        if (wizard->fields[i]->kind == FIELD_SECRET)
            return true;
    return false;
}

void form_reveal(struct wizard *wizard)
{
    wizard->revealed = !wizard->revealed;
    for (size_t i = 0; i < wizard->field_count; i++)
        wizard->edits[i].masked =
            wizard->fields[i]->kind == FIELD_SECRET && !wizard->revealed;
}

bool form_has_earlier(const struct wizard *wizard)
{
    const char *addresses[TELL_ADDRESSES_MAX];

    for (size_t i = 0; i < wizard->field_count; i++)
        if (wizard->fields[i]->kind == FIELD_ADDRESS)
            return tell_addresses(wizard->walk.trail, addresses) > 0;
    return false;
}

/* Puts the next earlier address into the field, or the next later one; behind
 * the latest stands what was typed. */
static bool recall(struct wizard *wizard, size_t field, int by)
{
    const char *addresses[TELL_ADDRESSES_MAX];
    size_t count = tell_addresses(wizard->walk.trail, addresses);
    struct field_edit *edit = &wizard->edits[field];

    if (wizard->fields[field]->kind != FIELD_ADDRESS)
        return false;
    if (by > 0 ? wizard->recall == count : wizard->recall == 0)
        return true;
    if (wizard->recall == 0)
        wizard->draft = *edit;
    wizard->recall += by > 0 ? 1 : (size_t)-1;
    if (wizard->recall == 0)
        *edit = wizard->draft;
    else
        field_start(edit, &wizard->term.show, addresses[wizard->recall - 1],
                    false);
    return true;
}

static bool press_control(struct wizard *wizard, const struct press *press,
                          size_t field)
{
    if (press->kind != PRESS_CTRL || press->pasted)
        return false;
    if (press->code == 'P' || press->code == 'N')
        return recall(wizard, field, press->code == 'P' ? 1 : -1);
    if (press->code != 'R' || !form_has_secret(wizard))
        return false;
    form_reveal(wizard);
    return true;
}

bool form_press(struct wizard *wizard, const struct press *press)
{
    size_t field;

    if (!wizard_on_field(wizard, &field))
        return false;
    if (!press_control(wizard, press, field)) {
        if (!field_press(&wizard->edits[field], &wizard->term.show, press))
            return false;
        wizard->recall = 0;
    }
    wizard->problems[field] = T_NONE;
    wizard->touched = true;
    return true;
}
