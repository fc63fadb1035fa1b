/* SPDX-License-Identifier: MIT */
/* The screens that lie over a step: help, the overview, the report, the
 * dialogue of a test, leaving. */
#include "steps/report.h"
#include "ui/layout_parts.h"
#include "ui/say.h"
#include "ui/wizard.h"

#define STATE_COLUMN 10
#define TRANSCRIPT_MAX 1000

static void begin(struct wizard *wizard, struct sheet *sheet,
                  enum text_id title)
{
    page_clear(&wizard->page);
    sheet->title = text(title);
}

static void end(struct wizard *wizard, struct sheet *sheet)
{
    sheet->body = wizard->page.paras;
    sheet->body_count = wizard->page.count;
    wizard_offer(wizard, ACT_CLOSE, text(T_OFFER_CLOSE));
}

static void add_guide(struct page *page, const struct guide_line *lines,
                      size_t count)
{
    static const struct para styles[] = {
        [GUIDE_HEADING] = {.look = LOOK_TITLE},
        [GUIDE_TEXT] = {.look = LOOK_PLAIN},
        [GUIDE_WORD] = {.indent = 2, .mark = "-"},
    };

    for (size_t i = 0; i < count; i++) {
        struct para para = styles[lines[i].kind];

        if (lines[i].kind == GUIDE_HEADING)
            page_gap(page);
        para.text = text(lines[i].text);
        page_add(page, para);
    }
}

static void add_keys(struct page *page, const struct screen *below, bool plain)
{
    bool answers = plain && below->help == T_AID_ASK;
    const struct guide_line head[] = {
        {GUIDE_HEADING, T_AID_KEYS_TITLE},
        {GUIDE_TEXT, answers ? T_LINES_AID_ASK : below->help}};
    struct guide_line lines[GUIDE_MAX];

    add_guide(page, head, sizeof(head) / sizeof(*head));
    add_guide(page, lines, act_keys(lines, plain));
}

/* Of the step, or of a page over it, which has no words of its own. */
static void fill_help(struct wizard *wizard, struct sheet *sheet)
{
    const struct step *step = wizard->depth == 2 ? wizard->step : NULL;
    struct guide_line lines[GUIDE_MAX];
    struct page *page = &wizard->page;

    begin(wizard, sheet, T_AID_TITLE);
    if (step)
        add_guide(page, lines, guide_step(step, lines));
    add_keys(page, wizard->views[wizard->depth - 2].screen, wizard->plain);
    add_guide(page, lines, guide_words(step, lines));
    end(wizard, sheet);
}

static void add_line(struct page *page, const struct line *line)
{
    page_add(page, (struct para){
                       .look = layout_look(line->state),
                       .column = STATE_COLUMN,
                       .mark = tell_state(line->state),
                       .text = line->text,
                   });
}

/* Back to a section that is done, to repeat it or change what was said. */
static void offer_sections(struct wizard *wizard)
{
    const struct trail *trail = wizard->walk.trail;
    char label[TELL_TEXT_MAX];

    for (int id = 0; id < SECTION_COUNT && !walk_running(&wizard->walk); id++) {
        enum section section = (enum section)id;
        const struct blank blanks[] = {{"section", tell_section_name(section)},
                                       {NULL, NULL}};

        if (graph_standing(trail, section) != STANDING_DONE)
            continue;
        say_fill(label, sizeof(label), T_OFFER_AGAIN, blanks);
        wizard_offer(wizard, ACT_AGAIN, label);
        wizard->offers[wizard->offer_count - 1].section = section;
    }
}

static void fill_overview(struct wizard *wizard, struct sheet *sheet)
{
    const struct trail *trail = wizard->walk.trail;
    size_t count = tell_overview(trail, wizard->way);

    begin(wizard, sheet, T_OVERVIEW_TITLE);
    for (size_t i = 0; i < count; i++)
        add_line(&wizard->page, &wizard->way[i]);
    count = tell_attempts(trail, wizard->way);
    if (count > 0) {
        page_gap(&wizard->page);
        page_add(&wizard->page, (struct para){.look = LOOK_TITLE,
                                              .text = text(T_REPORT_ATTEMPTS)});
    }
    for (size_t i = 0; i < count; i++)
        add_line(&wizard->page, &wizard->way[i]);
    end(wizard, sheet);
    offer_sections(wizard);
}

void pages_add_line(struct wizard *wizard, const struct line *line)
{
    add_line(&wizard->page, line);
}

void pages_add_saved(struct wizard *wizard)
{
    struct line line = {.state = STATE_NONE};

    if (wizard->saved[0]) {
        const struct blank blanks[] = {{"path", wizard->saved}, {NULL, NULL}};

        line.state = STATE_GOOD;
        say_fill(line.text, sizeof(line.text), T_REPORT_SAVED, blanks);
    } else if (wizard->unsaved) {
        line.state = STATE_PROBLEM;
        say_fill(line.text, sizeof(line.text), wizard->unsaved, NULL);
    }
    if (line.state == STATE_NONE)
        return;
    add_line(&wizard->page, &line);
    page_gap(&wizard->page);
}

/* What stands between two cells of a line. */
static const char *between(enum report_kind kind)
{
    return kind == REPORT_NAMES || kind == REPORT_ROW ? ", " : ": ";
}

void pages_add_report(struct page *page, const struct report *report,
                      size_t from, size_t end)
{
    static const struct para styles[REPORT_KIND_COUNT] = {
        [REPORT_PAGE] = {.look = LOOK_TITLE},
        [REPORT_HEADING] = {.look = LOOK_TITLE},
        [REPORT_PART] = {.look = LOOK_TITLE},
        [REPORT_ITEM] = {.indent = 2, .mark = "-"},
        [REPORT_FACT] = {.indent = 2},
        [REPORT_QUOTE] = {.indent = 2, .mark = ">"},
    };

    for (size_t i = from; i < end; i++) {
        const struct report_line *line = &report->lines[i];
        struct para para = styles[line->kind];
        char text[4 * TELL_TEXT_MAX];
        size_t used = 0;

        if (para.look == LOOK_TITLE && i > from)
            page_gap(page);
        for (size_t k = 0; k < line->count && used < sizeof(text); k++)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
                                     k > 0 ? between(line->kind) : "",
                                     line->cells[k]);
        para.text = text;
        page_add(page, para);
    }
}

static void fill_report(struct wizard *wizard, struct sheet *sheet)
{
    struct report report;

    begin(wizard, sheet, T_REPORT_TITLE);
    pass_add_lines(wizard);
    pages_add_saved(wizard);
    if (report_build(&report, wizard->walk.trail) == 0) {
        pages_add_report(&wizard->page, &report, 1, report.count);
        report_release(&report);
    }
    end(wizard, sheet);
    wizard_offer(wizard, ACT_SAVE, text(T_OFFER_SAVE));
    pass_offer(wizard);
}

/* "> sent", "< received": what is too long goes on beside the sign. */
static void add_dialogue(struct page *page, const char *line)
{
    static const char *const signs[] = {">", "<"};
    struct para para = {.text = line};

    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (line[0] == signs[i][0] && line[1] == ' ') {
            para.mark = signs[i];
            para.text = line + 2;
        }
    page_add(page, para);
}

static void fill_details(struct wizard *wizard, struct sheet *sheet)
{
    struct line lines[TELL_LINES_MAX];
    size_t from = 0, count;

    begin(wizard, sheet, T_DETAILS_TITLE);
    do {
        count = tell_transcript(wizard->walk.trail, from, lines);
        for (size_t i = 0; i < count; i++)
            add_dialogue(&wizard->page, lines[i].text);
        from += count;
    } while (count > 0 && from < TRANSCRIPT_MAX);
    if (from == 0)
        page_add(&wizard->page, (struct para){.text = text(T_DETAILS_NONE)});
    end(wizard, sheet);
}

void pages_ask(struct wizard *wizard, struct sheet *sheet, enum text_id title,
               enum text_id body)
{
    begin(wizard, sheet, title);
    page_add(&wizard->page, (struct para){.text = text(body)});
    sheet->body = wizard->page.paras;
    sheet->body_count = wizard->page.count;
}

static void fill_leave(struct wizard *wizard, struct sheet *sheet)
{
    bool running = walk_running(&wizard->walk);
    bool unsaved = !running && act_unsaved(wizard);

    pages_ask(wizard, sheet, T_LEAVE_TITLE,
              running   ? T_LEAVE_RUNNING
              : unsaved ? T_LEAVE_UNSAVED
                        : T_LEAVE_BODY);
    wizard_offer(wizard, ACT_CLOSE, text(T_LEAVE_NO));
    wizard_offer(wizard, ACT_LEAVE, text(T_LEAVE_YES));
    if (unsaved)
        wizard_offer(wizard, ACT_SAVE, text(T_OFFER_SAVE));
}

static void fill_back(struct wizard *wizard, struct sheet *sheet)
{
    pages_ask(wizard, sheet, T_BACK_TITLE, T_BACK_BODY);
    wizard_offer(wizard, ACT_CLOSE, text(T_BACK_NO));
    wizard_offer(wizard, ACT_BACK, text(T_BACK_YES));
}

const struct screen help_screen = {fill_help, T_AID_PAGE, false, true};
const struct screen overview_screen = {fill_overview, T_AID_PAGE, false, false};
const struct screen report_screen = {fill_report, T_AID_REPORT, false, false};
const struct screen details_screen = {fill_details, T_AID_DETAILS, false,
                                      false};
const struct screen leave_screen = {fill_leave, T_AID_LEAVE, false, false};
const struct screen back_screen = {fill_back, T_AID_BACK, false, false};
