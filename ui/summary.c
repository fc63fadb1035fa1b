/* SPDX-License-Identifier: MIT */
/* The end of a walk: the verdict, the message for support, the report. */
#include <string.h>

#include "steps/report.h"
#include "ui/wizard.h"

/* What can be copied or read out to support. */
static void add_support(struct page *page, const struct report *report)
{
    page_add(page, (struct para){.look = LOOK_TITLE,
                                 .text = report->support_subject});
    page_gap(page);
    page_add(page, (struct para){.text = report->support_body});
}

/* The message for support, or the text for somebody else. */
static void add_message(struct wizard *wizard)
{
    enum letter letter = wizard->step->letter;
    struct report report;

    if (report_build(&report, wizard->walk.trail) != 0)
        return;
    page_gap(&wizard->page);
    if (letter == LETTER_NONE)
        add_support(&wizard->page, &report);
    else if (report.letters[letter])
        pages_add_report(&wizard->page, &report, report.letters[letter],
                         report_page_end(&report, report.letters[letter]));
    report_release(&report);
}

static void fill(struct wizard *wizard, struct sheet *sheet)
{
    ask_fill_step(wizard, sheet);
    sheet->question = text(T_FRAME_QUESTION);
    if (wizard->step->kind == STEP_PAGE) {
        page_clear(&wizard->page);
        page_add(&wizard->page, (struct para){.text = wizard->body});
        pages_add_saved(wizard);
        add_message(wizard);
        sheet->body = wizard->page.paras;
        sheet->body_count = wizard->page.count;
    }
    wizard_offer(wizard, ACT_REPORT, text(T_OFFER_REPORT));
    wizard_offer(wizard, ACT_SAVE, text(T_OFFER_SAVE));
}

const struct screen summary_screen = {fill, T_AID_SUMMARY, false, false};
