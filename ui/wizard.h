/* SPDX-License-Identifier: MIT */
/* The wizard: what its parts share. The screens are in ui/ask.c, ui/live.c,
 * ui/summary.c and ui/pages.c; what keys do is in ui/press.c, what they stand
 * for in ui/act.c; ui/lines.c shows the same screens as lines. */
#ifndef UI_WIZARD_H
#define UI_WIZARD_H

#include "steps/guide.h"
#include "steps/report.h"
#include "ui/layout.h"
#include "ui/lines.h"
#include "ui/loop.h"
#include "ui/options.h"
#include "ui/page.h"
#include "ui/print.h"
#include "ui/term.h"
#include "ui/walk.h"

#define VIEWS_MAX 12 /* a step and each page once */
#define HINTS_MAX 12
#define NOTICE_MAX 256

/* Enters closer than this are one key held down. */
#define HELD_SECONDS 0.25
/* Two Ctrl-C within this end the program. */
#define BREAK_SECONDS 2.0
/* At the end of a walk, for the DNS to have its say. */
#define SETTLE_SECONDS 1.0
/* What the tests tell is painted no more often than this. */
#define REPAINT_SECONDS 0.5

struct wizard;

/* What accepting an offer does. */
enum act {
    ACT_CHOOSE, /* the choice of the step */
    ACT_WAIT,
    ACT_STOP,
    ACT_SKIP, /* stops the tests and goes on without them */
    ACT_BACK,
    ACT_REVEAL, /* shows or hides a secret while it is typed */
    ACT_AGAIN,  /* back to the beginning of a section */
    ACT_REPORT,
    ACT_SAVE,
    ACT_SAVE_HTML,
    ACT_SAVE_PDF,
    ACT_SAVE_LIST,
    ACT_PRINT,
    ACT_STOP_PRINT,
    ACT_WAYS,       /* the less usual ways out for the report */
    ACT_DESK,       /* asks whether to print at the person's own desk */
    ACT_DESK_PRINT, /* does it */
    ACT_COPY,
    ACT_PLAIN,
    ACT_CLOSE, /* this screen, back to the one below */
    ACT_LEAVE,
    ACT_COUNT
};

/* A numbered line below the text. */
struct offer {
    enum act act;
    const struct choice *choice; /* of ACT_CHOOSE */
    enum section section;        /* of ACT_AGAIN */
    char label[TELL_TEXT_MAX];
};

/* A kind of screen. */
struct screen {
    /* Says what there is to say: fills the sheet, makes the offers. */
    void (*fill)(struct wizard *wizard, struct sheet *sheet);
    enum text_id help;
    bool once;    /* whatever is chosen closes it first */
    bool any_key; /* every key that means nothing else closes it */
};

extern const struct screen ask_screen, live_screen, summary_screen;
extern const struct screen help_screen, overview_screen, report_screen,
    details_screen, leave_screen, back_screen, desk_screen, ways_screen;

/* A screen that is open, and where one stands on it. */
struct view {
    const struct screen *screen;
    size_t focus; /* fields first, then offers */
    int scroll;
    bool moved; /* the person has moved the focus */
    bool armed; /* it was set by a digit */
};

/* What is touched while one waits at a list of choices stands first, close
 * together; the rest takes no memory until it is needed. */
struct wizard {
    struct options *options;
    struct term term;
    struct layout layout;
    struct sheet sheet;

    struct view views[VIEWS_MAX]; /* the first is the step's, over it pages */
    size_t depth;

    /* To see what has changed. */
    const struct step *step;
    size_t visits;
    bool running, ready;

    double last_enter; /* when Enter came last */
    double unsettled;  /* until then an Enter alone was meant for before */
    bool fresh;        /* the screen changed since an Enter was accepted */
    double last_break; /* when Ctrl-C came last */
    int strange;       /* keys in a row that mean nothing */

    double painted; /* when the tests last caused a paint */
    int second;     /* that the clock shows */
    bool dirty;     /* to be painted */
    bool stale;     /* the sheet is older than the last key */

    bool plain;          /* the walk goes on in lines, not in screens */
    bool able;           /* the terminal can show screens */
    bool viewing;        /* a report alone: closing it leaves */
    bool bare;           /* the report stands without a frame, for the mouse */
    enum text_id passed; /* what became of it on the person's desk */
    bool leaving;
    int status;

    /* The fields of the present step; what stands in them is below. */
    const struct field *fields[STEP_FIELDS_MAX];
    enum text_id problems[STEP_FIELDS_MAX]; /* T_NONE: none */
    size_t field_count;
    bool touched;
    bool revealed; /* secrets show as they are */
    size_t recall; /* which earlier address stands in; 0: none */

    /* What the sheet borrows. */
    struct para para; /* of the body */
    struct page page;
    struct hint hints[HINTS_MAX];
    char notice[NOTICE_MAX];
    char title[TELL_TEXT_MAX];
    size_t offer_count;
    struct offer offers[SHEET_CHOICES_MAX];
    char body[4 * TELL_TEXT_MAX];
    struct line way[TELL_LINES_MAX];

    enum text_id unsaved; /* why the report could not be saved, or T_NONE */
    enum text_id list_unsaved;
    char saved[PATH_TEXT_MAX];      /* where the report is; "" not saved */
    char list_saved[PATH_TEXT_MAX]; /* the same for the sender's returns */

    struct loop loop;
    struct walk walk;
    struct line result[TELL_LINES_MAX], live[TELL_LINES_MAX];
    struct field_edit edits[STEP_FIELDS_MAX];
    struct field_edit draft; /* what was typed before an earlier address */
    struct print print;      /* of the report */
    struct lines lines;
};

/* --- ui/wizard.c --- */

/* Fills the sheet and the offers anew. */
void wizard_lay(struct wizard *wizard);

/* Takes up what the walk has done: another step, tests that began or ended. */
void wizard_follow(struct wizard *wizard);

/* The view on top. */
struct view *wizard_view(struct wizard *wizard);

/* Opens a screen over the present one, or goes back to it where it is already
 * open below; closes the one on top. */
void wizard_open(struct wizard *wizard, const struct screen *screen);
void wizard_close(struct wizard *wizard);

/* Whether the focus is on a field; which. */
bool wizard_on_field(struct wizard *wizard, size_t *field);

/* Says something in the key bar until the next key. */
void wizard_notice(struct wizard *wizard, enum text_id id);

void wizard_leave(struct wizard *wizard, int status);

/* Takes up a walk that was just opened; goes on with it until the person
 * leaves it. */
void wizard_start(struct wizard *wizard);
void wizard_run(struct wizard *wizard);

/* From screens to lines, or back. */
void wizard_switch(struct wizard *wizard);

/* Adds an offer; `label` may hold foreign text. */
void wizard_offer(struct wizard *wizard, enum act act, const char *label);

/* --- ui/ask.c --- */

/* Title, body, results, fields and choices of the present step. */
void ask_fill_step(struct wizard *wizard, struct sheet *sheet);

/* Takes the values that the step's fields begin with; wipes them. */
void ask_load(struct wizard *wizard);
void ask_wipe(struct wizard *wizard);

/* Gives the fields to the walk. False where one has a problem: it has the
 * focus then. */
bool ask_take(struct wizard *wizard);

/* Gives the walk what has no problem, for when one comes back to it. */
void ask_keep(struct wizard *wizard);

/* Says beside a field what is wrong with what stands in it; false then. One
 * that is empty may still be filled. */
bool ask_check(struct wizard *wizard, size_t field);

/* Where the focus belongs when nobody has moved it. */
size_t ask_focus(struct wizard *wizard);

/* The choice that one would take. */
size_t ask_default(struct wizard *wizard);

/* --- ui/form.c --- */

/* A key that is for the fields; false: none. */
bool form_press(struct wizard *wizard, const struct press *press);

/* Whether there is a secret to type, and an address of before to offer. */
bool form_has_secret(const struct wizard *wizard);
bool form_has_earlier(const struct wizard *wizard);

/* Shows or hides secrets. */
void form_reveal(struct wizard *wizard);

/* --- ui/pages.c --- */

/* Adds to the page whether the report was saved, and where. */
void pages_add_saved(struct wizard *wizard);

/* Adds the lines of a report from one to before another. */
void pages_add_report(struct page *page, const struct report *report,
                      size_t from, size_t end);

/* Adds a line with its state. */
void pages_add_line(struct wizard *wizard, const struct line *line);

/* Begins a screen that asks: its title, what it is about. */
void pages_ask(struct wizard *wizard, struct sheet *sheet, enum text_id title,
               enum text_id body);

/* --- ui/pass.c: ways out for the report --- */

/* Prints on this machine, stops that; by the terminal on the person's own
 * printer, onto the clipboard, or without a frame for the mouse. */
void pass_print(struct wizard *wizard);
void pass_stop(struct wizard *wizard);
void pass_desk_print(struct wizard *wizard);
void pass_desk_copy(struct wizard *wizard);
void pass_plain(struct wizard *wizard);

/* Does what is due; true: what was printed has come to an end. */
bool pass_work(struct wizard *wizard);

/* On the report's screen: what became of it, what can be done with it. */
void pass_add_lines(struct wizard *wizard);
void pass_offer(struct wizard *wizard);

/* --- ui/act.c --- */

/* Whether the walk has come to a report that is in no file yet. */
bool act_unsaved(const struct wizard *wizard);

void act_back(struct wizard *wizard);
void act_stop(struct wizard *wizard);
void act_accept(struct wizard *wizard, const struct offer *offer);

/* Does what a letter (or its double) stands for; false: for nothing now. */
bool act_letter(struct wizard *wizard, const struct press *press);

/* The next language where the key asks for it, which it may on every screen;
 * nothing but the words changes. False: it does not ask. */
bool act_language(struct wizard *wizard, const struct press *press);

/* What each key does, for the help; `plain`: what one may answer in the line
 * mode. Returns how many lines. */
size_t act_keys(struct guide_line lines[GUIDE_MAX], bool plain);

/* The key bar of the view on top. */
void act_hints(struct wizard *wizard, struct sheet *sheet);

/* --- ui/press.c --- */

/* Does what a key means. `now` is the time of job_clock. */
void press_key(struct wizard *wizard, const struct press *press, double now);

#endif
