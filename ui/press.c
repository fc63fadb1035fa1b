/* SPDX-License-Identifier: MIT */
/* What keys do: move, accept, type; the letters are in ui/act.c. */
#include "ui/wizard.h"

#define STRANGE_MAX 3
#define STATUS_INTERRUPTED 130 /* 128 and the number of SIGINT */

/* --- focus --- */

static size_t item_count(const struct wizard *wizard)
{
    return wizard->sheet.field_count + wizard->sheet.choice_count;
}

static void move_to(struct wizard *wizard, size_t item, bool armed)
{
    struct view *view = wizard_view(wizard);
    size_t field;

    if (item >= item_count(wizard))
        return;
    if (wizard_on_field(wizard, &field) && field != item) {
        ask_check(wizard, field);
        wizard->recall = 0;
    }
    view->focus = item;
    view->moved = true;
    view->armed = armed;
}

static void move_by(struct wizard *wizard, int by)
{
    size_t count = item_count(wizard), at = wizard_view(wizard)->focus;

    if (count > 0)
        move_to(wizard, (at + (by > 0 ? 1 : count - 1)) % count, false);
}

static void scroll_to(struct wizard *wizard, int row)
{
    int most = wizard->layout.scroll_most;

    wizard_view(wizard)->scroll = row < 0 ? 0 : row > most ? most : row;
}

static void scroll_by(struct wizard *wizard, int rows)
{
    scroll_to(wizard, wizard->layout.scroll + rows);
}

/* On a page with nothing to choose the arrows read. */
static void arrow(struct wizard *wizard, int by)
{
    if (item_count(wizard) < 2 && wizard->layout.scroll_most > 0)
        scroll_by(wizard, by);
    else
        move_by(wizard, by);
}

static bool move_focus(struct wizard *wizard, const struct press *press)
{
    switch (press->kind) {
    case PRESS_UP:
        arrow(wizard, -1);
        return true;
    case PRESS_DOWN:
        arrow(wizard, 1);
        return true;
    case PRESS_TAB:
        move_by(wizard, 1);
        return true;
    case PRESS_BACKTAB:
        move_by(wizard, -1);
        return true;
    case PRESS_PAGE_UP:
        scroll_by(wizard, -wizard->layout.page);
        return true;
    case PRESS_PAGE_DOWN:
        scroll_by(wizard, wizard->layout.page);
        return true;
    case PRESS_HOME:
        scroll_to(wizard, 0);
        return true;
    case PRESS_END:
        scroll_to(wizard, wizard->layout.scroll_most);
        return true;
    default:
        return false;
    }
}

static bool press_digit(struct wizard *wizard, const struct press *press)
{
    size_t choice = press->code - '1';

    if (press->kind != PRESS_CHAR || press->code < '1' || press->code > '9')
        return false;
    if (choice < wizard->sheet.choice_count)
        move_to(wizard, wizard->sheet.field_count + choice, true);
    return true;
}

/* --- accepting --- */

/* A key held down must not pass two screens, nor accept what has just come to
 * its place by itself. */
static bool is_held(struct wizard *wizard, double now)
{
    bool held = wizard->fresh && now - wizard->last_enter < HELD_SECONDS;

    wizard->last_enter = now;
    if (!held)
        wizard->fresh = false;
    return held || now < wizard->unsettled;
}

static void press_enter(struct wizard *wizard, double now)
{
    size_t field, focus;

    if (is_held(wizard, now))
        return;
    if (wizard_on_field(wizard, &field)) {
        size_t count = wizard->sheet.field_count;

        if (!ask_check(wizard, field))
            return;
        move_to(wizard, field + 1 == count ? ask_default(wizard) : field + 1,
                false);
        if (count > 1) /* a single line is an answer by itself */
            return;
    }
    focus = wizard_view(wizard)->focus - wizard->sheet.field_count;
    if (focus < wizard->offer_count)
        act_accept(wizard, &wizard->offers[focus]);
}

/* --- keys --- */

static void press_break(struct wizard *wizard, double now)
{
    bool again = now - wizard->last_break < BREAK_SECONDS;

    wizard->last_break = now;
    if (again)
        wizard_leave(wizard, STATUS_INTERRUPTED);
    else if (!walk_running(&wizard->walk))
        wizard_open(wizard, &leave_screen);
    else
        act_stop(wizard);
    if (!again)
        wizard_notice(wizard, T_NOTICE_BREAK);
}

static bool press_control(struct wizard *wizard, const struct press *press,
                          double now)
{
    if (press->kind != PRESS_CTRL)
        return false;
    switch (press->code) {
    case 'C':
        press_break(wizard, now);
        return true;
    case 'L':
        term_redraw(&wizard->term);
        return true;
    case 'Z':
        wizard->loop.suspended = true;
        return true;
    default:
        return false;
    }
}

static bool press_field(struct wizard *wizard, const struct press *press)
{
    bool revealed = wizard->revealed;

    if (!form_press(wizard, press))
        return false;
    /* Typing changes no offer. */
    wizard->stale = revealed != wizard->revealed;
    return true;
}

static void press_strange(struct wizard *wizard)
{
    if (++wizard->strange >= STRANGE_MAX)
        wizard_notice(wizard, T_NOTICE_HELP);
}

static bool is_enter(struct wizard *wizard, const struct press *press)
{
    size_t field;

    return press->kind == PRESS_ENTER ||
           (press->kind == PRESS_CHAR && press->code == ' ' &&
            !wizard_on_field(wizard, &field));
}

void press_key(struct wizard *wizard, const struct press *press, double now)
{
    size_t field;

    if (press->kind == PRESS_NONE)
        return;
    wizard->notice[0] = '\0';
    wizard->dirty = wizard->stale = true;
    if (wizard->bare) {
        wizard->bare = false;
        return;
    }
    if (is_enter(wizard, press) && !press->pasted) {
        press_enter(wizard, now);
        return;
    }
    wizard->fresh = false;
    wizard->unsettled = 0;
    if (press_control(wizard, press, now) || press_field(wizard, press))
        return;
    if (press->pasted)
        return;
    if (press->kind == PRESS_ESC)
        act_back(wizard);
    else if (wizard_view(wizard)->screen->any_key) {
        if (!move_focus(wizard, press) && !act_language(wizard, press))
            wizard_close(wizard);
    } else if (wizard_on_field(wizard, &field) && press->kind == PRESS_CHAR)
        return;
    else if (!press_digit(wizard, press) && !move_focus(wizard, press) &&
             !act_letter(wizard, press)) {
        press_strange(wizard);
        return;
    }
    wizard->strange = 0;
}
