/* SPDX-License-Identifier: MIT */
/* Steps with live tests: what runs, for how long, what came out. */
#include "ui/wizard.h"

static void fill(struct wizard *wizard, struct sheet *sheet)
{
    const struct walk *walk = &wizard->walk;

    ask_fill_step(wizard, sheet);
    sheet->live = wizard->live;
    sheet->live_count = tell_live(walk->trail, walk->settings, wizard->live);
    sheet->question = text(T_FRAME_QUESTION);
    if (!walk_running(walk))
        return;
    sheet->seconds = (int)walk_seconds(walk);
    sheet->expected = (int)tell_expected(walk->trail, walk->settings);
    wizard_offer(wizard, ACT_WAIT, text(T_OFFER_WAIT));
    wizard_offer(wizard, ACT_STOP, text(T_OFFER_STOP));
}

const struct screen live_screen = {fill, T_AID_LIVE, false};
