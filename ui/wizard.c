/* SPDX-License-Identifier: MIT */
/* The wizard: one loop, one screen at a time. */
#include "ui/wizard.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/judge.h"
#include "steps/resume.h"
#include "ui/begin.h"
#include "ui/rescue.h"
#include "ui/say.h"
#include "ui/thrift.h"

static const struct screen *screen_of(const struct step *step)
{
    static const struct screen *const screens[] = {
        [STEP_ASK] = &ask_screen,         [STEP_FORM] = &ask_screen,
        [STEP_LIVE] = &live_screen,       [STEP_PAGE] = &summary_screen,
        [STEP_SUMMARY] = &summary_screen,
    };

    /* A page in the middle of the walk may have tests of its own. */
    if (step->live != LIVE_NONE)
        return &live_screen;
    if (step->kind == STEP_PAGE && step->edges && step->letter == LETTER_NONE)
        return &ask_screen;
    return screens[step->kind];
}

/* --- views --- */

struct view *wizard_view(struct wizard *wizard)
{
    return &wizard->views[wizard->depth - 1];
}

void wizard_open(struct wizard *wizard, const struct screen *screen)
{
    size_t depth = 1;

    while (depth < wizard->depth && wizard->views[depth].screen != screen)
        depth++;
    if (depth == VIEWS_MAX)
        return;
    if (depth == wizard->depth)
        wizard->views[depth] = (struct view){.screen = screen};
    wizard->depth = depth + 1;
    wizard->fresh = wizard->dirty = true;
}

void wizard_close(struct wizard *wizard)
{
    if (wizard->depth > 1)
        wizard->depth--;
    if (wizard->viewing && wizard->depth == 1) {
        wizard->viewing = false;
        wizard_leave(wizard, STATUS_ARRIVED);
    }
    wizard->fresh = wizard->dirty = true;
}

void wizard_leave(struct wizard *wizard, int status)
{
    wizard->leaving = true;
    wizard->status = status;
}

void wizard_notice(struct wizard *wizard, enum text_id id)
{
    snprintf(wizard->notice, sizeof(wizard->notice), "%s", text(id));
}

bool wizard_on_field(struct wizard *wizard, size_t *field)
{
    *field = wizard_view(wizard)->focus;
    return wizard->depth == 1 && *field < wizard->field_count;
}

/* --- what is said --- */

void wizard_offer(struct wizard *wizard, enum act act, const char *label)
{
    struct offer *offer = &wizard->offers[wizard->offer_count];
    struct sheet *sheet = &wizard->sheet;

    if (wizard->offer_count == SHEET_CHOICES_MAX)
        return;
    offer->act = act;
    offer->choice = NULL;
    snprintf(offer->label, sizeof(offer->label), "%s", label);
    sheet->choices[wizard->offer_count++] = offer->label;
    sheet->choice_count = wizard->offer_count;
}

static void fill_header(struct wizard *wizard, struct sheet *sheet)
{
    const struct walk *walk = &wizard->walk;

    sheet->show = &wizard->term.show;
    sheet->section = tell_section(walk->trail);
    sheet->badge = walk->settings->practice[0] ? text(T_FRAME_PRACTICE) : "";
    graph_progress(walk->trail, &sheet->step, &sheet->of);
    sheet->way = wizard->way;
    sheet->way_count = tell_overview(walk->trail, wizard->way);
}

void wizard_lay(struct wizard *wizard)
{
    struct sheet *sheet = &wizard->sheet;
    struct view *view = wizard_view(wizard);
    size_t items;

    wizard->stale = false;
    memset(sheet, 0, sizeof(*sheet));
    sheet->seconds = -1;
    sheet->question = "";
    wizard->offer_count = 0;
    view->screen->fill(wizard, sheet);
    items = sheet->field_count + sheet->choice_count;
    if (view->focus >= items)
        view->focus = items > 0 ? items - 1 : 0;
    sheet->focus = view->focus;
    sheet->scroll = view->scroll;
    sheet->notice = wizard->notice[0] ? wizard->notice : NULL;
    act_hints(wizard, sheet);
    fill_header(wizard, sheet);
}

static void paint(struct wizard *wizard)
{
    struct term *term = &wizard->term;
    size_t field;

    wizard_lay(wizard);
    layout_sheet(&wizard->layout, &wizard->sheet, term->rows, term->columns);
    wizard_view(wizard)->scroll = wizard->layout.scroll;
    term_paint(term, &wizard->layout.screen, wizard_on_field(wizard, &field));
    wizard->second = (int)walk_seconds(&wizard->walk);
    wizard->painted = job_clock();
    wizard->dirty = false;
}

/* --- the walk --- */

static void enter_step(struct wizard *wizard)
{
    wizard->views[0] = (struct view){.screen = screen_of(wizard->step)};
    wizard->depth = 1;
    ask_load(wizard);
    wizard_lay(wizard);
    wizard->views[0].focus = ask_focus(wizard);
    wizard->fresh = true;
}

/* The focus goes to what one would do next, unless the person moved it. */
static void aim(struct wizard *wizard)
{
    struct view *view = &wizard->views[0];
    size_t depth = wizard->depth;

    wizard->depth = 1;
    wizard_lay(wizard);
    wizard->depth = depth;
    if (!view->moved)
        view->focus = ask_focus(wizard);
}

/* A test has ended: what was offered while it ran is gone. */
static void end_tests(struct wizard *wizard)
{
    wizard->unsettled = job_clock() + HELD_SECONDS;
    aim(wizard);
    wizard->views[0].armed = false;
}

void wizard_follow(struct wizard *wizard)
{
    const struct walk *walk = &wizard->walk;
    bool running = walk_running(walk), was = wizard->running;
    size_t visits;

    trail_visits(walk->trail, &visits);
    wizard->running = running;
    if (visits != wizard->visits || trail_step(walk->trail) != wizard->step) {
        wizard->visits = visits;
        wizard->step = trail_step(walk->trail);
        enter_step(wizard);
        wizard->dirty = true;
    } else if (was != running) {
        end_tests(wizard);
        wizard->dirty = true;
    } else if (walk->ready && !wizard->ready && !wizard->touched) {
        /* The practice world has just said what to offer. */
        ask_load(wizard);
        aim(wizard);
        wizard->dirty = true;
    }
    wizard->ready = walk->ready;
}

/* --- the loop --- */

static void take_signals(struct wizard *wizard)
{
    struct loop *loop = &wizard->loop;

    if (loop->gone || loop->ended_by)
        wizard_leave(wizard, 128 + (loop->ended_by ? loop->ended_by : SIGHUP));
    if (loop->resized)
        term_resize(&wizard->term);
    if (loop->suspended && !wizard->leaving) {
        term_leave(&wizard->term);
        loop_stop(loop);
        term_resize(&wizard->term);
    } else if (loop->continued) {
        term_leave(&wizard->term);
    }
    if (loop->resized || loop->suspended || loop->continued)
        wizard->dirty = true;
    loop->resized = loop->suspended = loop->continued = false;
}

static void take_keys(struct wizard *wizard)
{
    struct press press;

    while (!wizard->leaving && !wizard->plain &&
           loop_key(&wizard->loop, &press)) {
        press_key(wizard, &press, job_clock());
        wizard_follow(wizard);
        if (wizard->stale)
            wizard_lay(wizard);
    }
}

/* Seconds until the clock on the screen, or what the tests told, is due. */
static double until_paint(const struct wizard *wizard, bool news)
{
    double now = job_clock();
    double running = walk_seconds(&wizard->walk);
    double tick = wizard->running ? 1 - (running - (int)running) : -1;
    double wait = wizard->painted + REPAINT_SECONDS - now;

    if (!news)
        return tick;
    return wait > 0 ? wait : 0;
}

static double sooner(double a, double b)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return a < b ? a : b;
}

/* What the tests tell waits for its time; keys and endings are shown at once.
 */
static bool is_due(const struct wizard *wizard, bool news)
{
    if (wizard->dirty)
        return true;
    if (news && job_clock() >= wizard->painted + REPAINT_SECONDS)
        return true;
    return wizard->running &&
           (int)walk_seconds(&wizard->walk) != wizard->second;
}

/* Seconds until a test, or the printer, has had its time; -1: none runs. */
static double until_due(const struct wizard *wizard)
{
    return sooner(walk_left(&wizard->walk), print_running(&wizard->print)
                                                ? job_left(&wizard->print.job)
                                                : -1);
}

static void run_screens(struct wizard *wizard)
{
    struct pollfd fds[WALK_POLLS_MAX + 1];
    bool news = false;

    paint(wizard);
    thrift();
    while (!wizard->leaving && !wizard->plain) {
        size_t count = walk_polls(&wizard->walk, fds);

        if (print_running(&wizard->print))
            fds[count++] =
                (struct pollfd){job_descriptor(&wizard->print.job), POLLIN, 0};

        loop_wait(&wizard->loop, fds, count,
                  sooner(until_due(wizard), until_paint(wizard, news)));
        take_keys(wizard);
        take_signals(wizard);
        if (wizard->leaving || wizard->plain)
            break;
        news |= walk_work(&wizard->walk);
        if (pass_work(wizard))
            wizard->dirty = true;
        wizard_follow(wizard);
        if (wizard->bare || !is_due(wizard, news))
            continue;
        paint(wizard);
        news = false;
    }
}

/* --- screens and lines --- */

/* Takes the terminal over where it can show screens; else the walk goes on in
 * lines. */
static void open_screens(struct wizard *wizard)
{
    struct term *term = &wizard->term;
    struct error err;

    if (term->screen)
        return;
    if (term_open(term, wizard->options->colour, &err) == 0)
        keys_init(&wizard->loop.keys, term->escape, term->show.ascii);
    else
        wizard->plain = true;
}

void wizard_switch(struct wizard *wizard)
{
    wizard->plain = !wizard->plain;
    wizard->dirty = true;
    if (wizard->plain) {
        term_leave(&wizard->term);
        lines_forget(wizard);
    } else {
        open_screens(wizard);
    }
}

static void close_screens(struct wizard *wizard)
{
    if (wizard->term.screen)
        term_close(&wizard->term);
}

void wizard_start(struct wizard *wizard)
{
    wizard->leaving = false;
    wizard->status = STATUS_ARRIVED;
    wizard->step = NULL;
    wizard->running = false;
    wizard->ready = wizard->walk.ready;
    lines_restart(&wizard->lines);
    wizard_follow(wizard);
}

void wizard_run(struct wizard *wizard)
{
    while (!wizard->leaving)
        if (wizard->plain)
            lines_run(wizard);
        else
            run_screens(wizard);
}

/* --- from the command line --- */

static bool is_over(const struct wizard *wizard)
{
    return wizard->step->kind == STEP_SUMMARY ||
           wizard->step->letter != LETTER_NONE || walk_at_end(&wizard->walk);
}

/* At the end of a walk its verdict counts, else that the person left. */
static int final_status(const struct wizard *wizard)
{
    struct verdict verdict;

    if (wizard->status != STATUS_ARRIVED || !is_over(wizard))
        return wizard->status;
    judge(&verdict, wizard->walk.trail);
    return judge_status(&verdict);
}

/* Once the screen is gone, what is to be known. */
static void say_goodbye(const struct wizard *wizard)
{
    const struct blank saved[] = {{"path", wizard->saved}, {NULL, NULL}};
    const struct blank list[] = {{"path", wizard->list_saved}, {NULL, NULL}};
    const struct blank kept[] = {{"path", wizard->walk.journal.path},
                                 {NULL, NULL}};

    if (wizard->list_saved[0])
        say_line(stdout, T_LIST_SAVED, list);
    if (wizard->saved[0])
        say_line(stdout, T_REPORT_SAVED, saved);
    if (walk_is_kept(&wizard->walk))
        say_line(stdout, T_LEFT_KEPT, kept);
    else if (resume_begun(wizard->walk.trail))
        say_line(stdout, T_LEAVE_UNKEPT, NULL);
}

static int complain(enum text_id id, const struct error *err)
{
    const struct blank blanks[] = {{"value", err->text}, {NULL, NULL}};

    say_line(stderr, id, blanks);
    return STATUS_OURS;
}

/* Without a signal: the person, or the end of the input. */
static bool left_by_will(const struct wizard *wizard)
{
    return wizard->status < 128;
}

static int walk_through(struct wizard *wizard)
{
    wizard_start(wizard);
    wizard_run(wizard);
    if (left_by_will(wizard)) {
        /* The report of a whole walk shall not depend on who was quicker. */
        if (is_over(wizard))
            walk_settle(&wizard->walk, SETTLE_SECONDS);
        walk_leave(&wizard->walk, is_over(wizard));
    }
    return final_status(wizard);
}

static int walk_screens(struct wizard *wizard)
{
    struct error err = {""}, why;
    int status;

    show_open_terminal(&wizard->term.show);
    wizard->able = rescue_check(&why) == 0;
    wizard->plain = wizard->options->plain || !wizard->able;
    if (!wizard->plain)
        open_screens(wizard);
    status = begin_walk(wizard, &err);
    if (status < 0)
        status = walk_through(wizard);
    close_screens(wizard);
    if (err.text[0])
        return complain(T_OURS_START, &err);
    if (!wizard->loop.gone && wizard->walk.trail)
        say_goodbye(wizard);
    walk_close(&wizard->walk);
    return status;
}

int wizard_command(struct options *options)
{
    struct wizard *wizard = calloc(1, sizeof(*wizard));
    struct error err = {""};
    int status;

    if (!wizard || loop_open(&wizard->loop, 0, false, &err) != 0) {
        free(wizard);
        return complain(T_OURS_START, &err);
    }
    wizard->options = options;
    wizard->depth = 1;
    wizard->last_break = wizard->last_enter = -BREAK_SECONDS;
    layout_init(&wizard->layout);
    status = walk_screens(wizard);
    ask_wipe(wizard);
    print_release(&wizard->print);
    page_release(&wizard->page);
    lines_release(&wizard->lines);
    layout_release(&wizard->layout);
    loop_close(&wizard->loop);
    free(wizard);
    return status;
}
