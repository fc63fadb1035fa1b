/* SPDX-License-Identifier: MIT */
/* Steps with live tests: what runs, for how long, what came out. */
#include <string.h>

#include "steps/step.h"
#include "ui/say.h"
#include "ui/wizard.h"

/* Where the list of the sender's returns is, before all that it holds. */
static void add_saved(struct wizard *wizard, struct sheet *sheet)
{
    const struct blank blanks[] = {{"path", wizard->list_saved}, {NULL, NULL}};
    struct line *line = wizard->result;
    bool saved = wizard->list_saved[0];

    if ((!saved && !wizard->list_unsaved) ||
        sheet->result_count == TELL_LINES_MAX)
        return;
    memmove(line + 1, line, sheet->result_count * sizeof(*line));
    line->state = saved ? STATE_GOOD : STATE_PROBLEM;
    say_fill(line->text, sizeof(line->text),
             saved ? T_LIST_SAVED : wizard->list_unsaved, blanks);
    sheet->result_count++;
}

static void offer_list(struct wizard *wizard, struct sheet *sheet)
{
    const struct trail *trail = wizard->walk.trail;

    if (wizard->step->shows != SHOWS_SENDER_PAST ||
        trail_sending(trail)->count == 0)
        return;
    add_saved(wizard, sheet);
    wizard_offer(wizard, ACT_SAVE_LIST, text(T_OFFER_SAVE_LIST));
}

static void fill(struct wizard *wizard, struct sheet *sheet)
{
    const struct walk *walk = &wizard->walk;

    ask_fill_step(wizard, sheet);
    sheet->live = wizard->live;
    sheet->live_count = tell_live(walk->trail, walk->settings, wizard->live);
    sheet->question = text(T_FRAME_QUESTION);
    if (!walk_running(walk)) {
        offer_list(wizard, sheet);
        return;
    }
    sheet->seconds = (int)walk_seconds(walk);
    sheet->expected = (int)tell_expected(walk->trail, walk->settings);
    sheet->longest = (int)tell_longest(walk->trail, walk->settings);
    wizard_offer(wizard, ACT_WAIT, text(T_OFFER_WAIT));
    wizard_offer(wizard, ACT_STOP, text(T_OFFER_STOP));
    wizard_offer(wizard, ACT_SKIP, text(T_OFFER_SKIP));
}

const struct screen live_screen = {fill, T_AID_LIVE, false, false};
