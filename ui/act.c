/* SPDX-License-Identifier: MIT */
/* What can be done. Every function has a letter; the key bar and the letters
 * come from the same sentences, so that each language has its own. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "net/utf8.h"
#include "ui/keep.h"
#include "ui/wizard.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define RANK_HIDDEN 9 /* a second letter, not in the key bar */

static bool can_back(struct wizard *wizard)
{
    return wizard->depth > 1 || trail_can_back(wizard->walk.trail);
}

static bool can_stop(struct wizard *wizard)
{
    return walk_running(&wizard->walk);
}

/* What is stopped now may have gone out, and is not looked for any more. */
static bool is_sending(struct wizard *wizard)
{
    enum live live = wizard->step->live;

    return can_stop(wizard) && (live == LIVE_SEND || live == LIVE_UNBLOCK);
}

static void back(struct wizard *wizard)
{
    ask_keep(wizard);
    walk_back(&wizard->walk);
}

void act_back(struct wizard *wizard)
{
    if (wizard->depth > 1)
        wizard_close(wizard);
    else if (is_sending(wizard))
        wizard_open(wizard, &back_screen);
    else if (can_back(wizard))
        back(wizard);
}

static void skip(struct wizard *wizard)
{
    struct walk *walk = &wizard->walk;

    walk_stop(walk);
    walk_choose(walk, graph_default(walk->trail, walk->settings));
}

void act_stop(struct wizard *wizard)
{
    walk_stop(&wizard->walk);
}

static bool is_top(struct wizard *wizard, const struct screen *screen)
{
    return wizard_view(wizard)->screen == screen;
}

static bool can_leave(struct wizard *wizard)
{
    return !is_top(wizard, &leave_screen);
}

static bool can_overview(struct wizard *wizard)
{
    return can_leave(wizard) && !wizard->walk.idle &&
           !is_top(wizard, &overview_screen);
}

static bool can_report(struct wizard *wizard)
{
    return can_leave(wizard) && !wizard->walk.idle &&
           !is_top(wizard, &report_screen);
}

bool act_unsaved(const struct wizard *wizard)
{
    return !wizard->saved[0] && !wizard->walk.idle &&
           (wizard->step->kind == STEP_SUMMARY || walk_at_end(&wizard->walk));
}

static void leave(struct wizard *wizard)
{
    if (can_stop(wizard) || act_unsaved(wizard))
        wizard_open(wizard, &leave_screen);
    else
        wizard_leave(wizard, STATUS_ARRIVED);
}

static void leave_now(struct wizard *wizard)
{
    wizard_leave(wizard, STATUS_ARRIVED);
}

static bool on_leaving(struct wizard *wizard)
{
    return !can_leave(wizard);
}

static void help(struct wizard *wizard)
{
    wizard_open(wizard, &help_screen);
}

static void overview(struct wizard *wizard)
{
    wizard_open(wizard, &overview_screen);
}

static void report(struct wizard *wizard)
{
    wizard_open(wizard, &report_screen);
}

static bool has_details(struct wizard *wizard)
{
    return can_leave(wizard) && !is_top(wizard, &details_screen) &&
           tell_transcript(wizard->walk.trail, 0, wizard->way) > 0;
}

static void details(struct wizard *wizard)
{
    wizard_open(wizard, &details_screen);
}

/* A terminal that cannot show screens has no other way. */
static bool can_switch(struct wizard *wizard)
{
    return can_leave(wizard) && wizard->able;
}

static bool always(struct wizard *wizard)
{
    (void)wizard;
    return true;
}

static void next_language(struct wizard *wizard)
{
    char *lang = wizard->options->lang;

    snprintf(lang, sizeof(wizard->options->lang), "%s",
             text_next_language(lang));
    wizard->options->lang_chosen = true;
    text_language(lang);
    walk_language(&wizard->walk, lang);
    wizard_notice(wizard, T_NOTICE_LANGUAGE);
}

/* In the order of the key bar. The letter is the first of the hint. */
static const struct deed {
    enum text_id hint, aid; /* in the key bar, in the help */
    int rank;               /* see struct hint */
    enum press_kind also;
    bool (*offered)(struct wizard *);
    void (*run)(struct wizard *);
} deeds[] = {
    {T_HINT_BACK, T_AID_BACK_KEY, 0, PRESS_LEFT, can_back, act_back},
    {T_HINT_STOP, T_AID_STOP, 1, PRESS_NONE, can_stop, act_stop},
    {T_HINT_HELP, T_AID_HELP, 0, PRESS_HELP, always, help},
    {T_HINT_DETAILS, T_AID_LINES, 5, PRESS_NONE, has_details, details},
    {T_HINT_STEPS, T_AID_STEPS, 6, PRESS_NONE, can_overview, overview},
    {T_HINT_REPORT, T_AID_REPORT_KEY, 3, PRESS_NONE, can_report, report},
    {T_HINT_LANGUAGE, T_AID_LANGUAGE, 4, PRESS_LANGUAGE, always, next_language},
    {T_HINT_LINES, T_AID_SWITCH, 7, PRESS_NONE, can_switch, wizard_switch},
    {T_HINT_YES, T_NONE, 0, PRESS_NONE, on_leaving, leave_now},
    {T_HINT_QUIT, T_AID_QUIT, 0, PRESS_NONE, can_leave, leave},
    {T_HINT_QUIT, T_NONE, RANK_HIDDEN, PRESS_NONE, on_leaving, leave_now},
    {T_HINT_HELP_LETTER, T_NONE, RANK_HIDDEN, PRESS_NONE, always, help},
};

static unsigned letter_of(const struct deed *deed)
{
    const char *words = text(deed->hint);
    unsigned code = 0;

    utf8_take(words, strlen(words), &code);
    return code;
}

static unsigned upper(unsigned code)
{
    return code < 0x80 ? (unsigned)toupper((int)code) : code;
}

static bool asks_for(const struct press *press, const struct deed *deed)
{
    if (press->kind == PRESS_CHAR)
        return upper(press->code) == upper(letter_of(deed));
    return press->kind != PRESS_NONE && press->kind == deed->also;
}

bool act_letter(struct wizard *wizard, const struct press *press)
{
    for (size_t i = 0; i < COUNT(deeds); i++) {
        const struct deed *deed = &deeds[i];

        if (!asks_for(press, deed) || !deed->offered(wizard))
            continue;
        deed->run(wizard);
        return true;
    }
    return false;
}

bool act_language(struct wizard *wizard, const struct press *press)
{
    for (size_t i = 0; i < COUNT(deeds); i++)
        if (deeds[i].run == next_language && asks_for(press, &deeds[i])) {
            next_language(wizard);
            return true;
        }
    return false;
}

static void choose(struct wizard *wizard, const struct choice *choice)
{
    bool at_end = walk_at_end(&wizard->walk);

    if (choice->leaves) {
        wizard_leave(wizard, STATUS_ARRIVED);
        return;
    }
    if (!choice->skips && !ask_take(wizard))
        return;
    walk_choose(&wizard->walk, choice);
    if (at_end)
        wizard_leave(wizard, STATUS_ARRIVED);
}

/* Where it is stands on the report's screen. */
static void save(struct wizard *wizard, enum paper_format format)
{
    wizard->unsaved = keep_report(wizard->walk.trail, format,
                                  &wizard->options->paper, wizard->saved);
    if (wizard->plain)
        lines_saved(wizard);
    else
        report(wizard);
    wizard_view(wizard)->scroll = 0;
}

static void save_text(struct wizard *wizard)
{
    save(wizard, FORMAT_TEXT);
}

static void save_html(struct wizard *wizard)
{
    save(wizard, FORMAT_HTML);
}

static void save_pdf(struct wizard *wizard)
{
    save(wizard, FORMAT_PDF);
}

static void save_list(struct wizard *wizard)
{
    wizard->list_unsaved = keep_list(
        wizard->walk.trail, &wizard->options->paper, wizard->list_saved);
    wizard_view(wizard)->scroll = 0;
}

static void wait_on(struct wizard *wizard)
{
    wizard_notice(wizard, T_NOTICE_WAIT);
}

static void ask_desk(struct wizard *wizard)
{
    wizard_open(wizard, &desk_screen);
}

static void other_ways(struct wizard *wizard)
{
    wizard_open(wizard, &ways_screen);
}

/* clang-format off */
/* What an offer does that needs nothing else to be known. */
static void (*const runs[ACT_COUNT])(struct wizard *) = {
    [ACT_WAIT] = wait_on,
    [ACT_STOP] = act_stop,
    [ACT_SKIP] = skip,
    [ACT_BACK] = back,
    [ACT_REVEAL] = form_reveal,
    [ACT_REPORT] = report,
    [ACT_SAVE] = save_text,
    [ACT_SAVE_HTML] = save_html,
    [ACT_SAVE_PDF] = save_pdf,
    [ACT_SAVE_LIST] = save_list,
    [ACT_PRINT] = pass_print,
    [ACT_STOP_PRINT] = pass_stop,
    [ACT_WAYS] = other_ways,
    [ACT_DESK] = ask_desk,
    [ACT_DESK_PRINT] = pass_desk_print,
    [ACT_COPY] = pass_desk_copy,
    [ACT_PLAIN] = pass_plain,
    [ACT_CLOSE] = wizard_close,
    [ACT_LEAVE] = leave_now,
};
/* clang-format on */

void act_accept(struct wizard *wizard, const struct offer *offer)
{
    if (wizard_view(wizard)->screen->once && offer->act != ACT_CLOSE)
        wizard_close(wizard);
    if (offer->act == ACT_AGAIN)
        walk_back_to(&wizard->walk, offer->section);
    else if (offer->act != ACT_CHOOSE)
        runs[offer->act](wizard);
    else if (offer->choice->acts && !wizard_view(wizard)->armed)
        wizard_notice(wizard, T_NOTICE_DIGIT);
    else
        choose(wizard, offer->choice);
}

size_t act_keys(struct guide_line lines[GUIDE_MAX], bool plain)
{
    static const enum text_id before[][3] = {
        {T_AID_ENTER, T_AID_ARROWS, T_AID_DIGITS},
        {T_LINES_AID_NUMBER, T_LINES_AID_ENTER, T_LINES_AID_BACK},
    };
    static const enum text_id after[][3] = {
        {T_AID_FIELD_KEYS, T_AID_PAGES, T_AID_REDRAW},
        {T_LINES_AID_ASIDE, T_LINES_AID_AGAIN, T_LINES_AID_BREAK},
    };
    size_t count = 0;

    for (size_t i = 0; i < COUNT(before[plain]); i++)
        lines[count++] = (struct guide_line){GUIDE_WORD, before[plain][i]};
    for (size_t i = 0; i < COUNT(deeds); i++)
        if (deeds[i].aid != T_NONE)
            lines[count++] = (struct guide_line){GUIDE_WORD, deeds[i].aid};
    for (size_t i = 0; i < COUNT(after[plain]); i++)
        lines[count++] = (struct guide_line){GUIDE_WORD, after[plain][i]};
    return count;
}

static void add_hint(struct wizard *wizard, struct sheet *sheet,
                     enum text_id id, int rank)
{
    if (sheet->hint_count < HINTS_MAX)
        wizard->hints[sheet->hint_count++] = (struct hint){id, rank};
}

void act_hints(struct wizard *wizard, struct sheet *sheet)
{
    sheet->hints = wizard->hints;
    sheet->hint_count = 0;
    if (wizard_view(wizard)->screen->any_key) {
        add_hint(wizard, sheet, T_HINT_ANY, 0);
        add_hint(wizard, sheet, T_HINT_PAGES, 1);
        return;
    }
    /* The same for fields and choices of a form, so that a move costs little
     * and nobody reads the bar anew. */
    if (sheet->field_count > 0) {
        add_hint(wizard, sheet, T_HINT_ENTER_FIELD, 1);
        add_hint(wizard, sheet, T_HINT_TAB, 2);
        add_hint(wizard, sheet, T_HINT_ESC, 0);
        add_hint(wizard, sheet, T_HINT_F1, 0);
        add_hint(wizard, sheet, T_HINT_F2, 3);
        add_hint(wizard, sheet, T_HINT_LEAVE_FIELD, 0);
        if (form_has_secret(wizard))
            add_hint(wizard, sheet, T_HINT_REVEAL, 2);
        if (form_has_earlier(wizard))
            add_hint(wizard, sheet, T_HINT_EARLIER, 2);
        return;
    }
    add_hint(wizard, sheet, T_HINT_ENTER, 2);
    add_hint(wizard, sheet, T_HINT_MOVE, 7);
    for (size_t i = 0; i < COUNT(deeds); i++)
        if (deeds[i].rank < RANK_HIDDEN && deeds[i].offered(wizard))
            add_hint(wizard, sheet, deeds[i].hint, deeds[i].rank);
}
