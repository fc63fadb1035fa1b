/* SPDX-License-Identifier: MIT */
/* The upper half of a screen: title, body, panel of tests, result. */
#include <string.h>

#include "ui/layout_parts.h"
#include "ui/wrap.h"

#define STATE_COLUMNS 10 /* room for the word before a line */
#define WIDE_COLUMNS 56  /* from here on the words are set in */
#define BAR_CELLS 24
#define TEXT_MAX 128

struct panel {
    struct layout *layout;
    const struct sheet *sheet;
    const struct level *level;
    int width;
    int row;
};

enum look layout_look(enum state state)
{
    static const enum look looks[] = {
        [STATE_NONE] = LOOK_PLAIN,      [STATE_GOOD] = LOOK_GOOD,
        [STATE_WARNING] = LOOK_WARNING, [STATE_PROBLEM] = LOOK_PROBLEM,
        [STATE_UNKNOWN] = LOOK_UNKNOWN, [STATE_SKIPPED] = LOOK_PLAIN,
        [STATE_RUNNING] = LOOK_RUNNING,
    };

    return looks[state];
}

static void put_rule(struct panel *panel, enum text_id heading)
{
    struct layout *layout = panel->layout;
    int cells;

    layout_safe(layout, panel->sheet, text(heading));
    cells = frame_put(&layout->upper, panel->row, 0, LOOK_PLAIN, layout->safe,
                      layout->length);
    frame_fill(&layout->upper, panel->row++, cells + 1, LOOK_PLAIN, '-',
               panel->width - cells - 1);
}

/* Where the words of states stand, and the text beside them. */
static int state_column(const struct panel *panel)
{
    return panel->width >= WIDE_COLUMNS ? 2 : 0;
}

static int text_column(const struct panel *panel)
{
    return panel->level->small ? 0 : state_column(panel) + STATE_COLUMNS;
}

static void put_line(struct panel *panel, enum state state, const char *words)
{
    struct layout *layout = panel->layout;
    int column = text_column(panel);

    if (state != STATE_NONE) {
        layout_safe(layout, panel->sheet, tell_state(state));
        frame_put(&layout->upper, panel->row, state_column(panel),
                  layout_look(state), layout->safe, layout->length);
        panel->row += panel->level->small;
    }
    layout_safe(layout, panel->sheet, words);
    panel->row =
        frame_wrap(&layout->upper, panel->row, column, panel->width - column,
                   LOOK_PLAIN, layout->safe, layout->length);
}

static void put_count(struct panel *panel, int column, enum text_id id, int a,
                      int b)
{
    struct layout *layout = panel->layout;
    char words[TEXT_MAX];

    layout_count(words, sizeof(words), id, a, b);
    layout_safe(layout, panel->sheet, words);
    frame_put(&layout->upper, panel->row++, column, LOOK_PLAIN, layout->safe,
              layout->length);
}

/* "########........  6 s de unos 10 s", and what is left: the numbers move,
 * the rest hardly ever does. */
static void put_clock(struct panel *panel)
{
    const struct sheet *sheet = panel->sheet;
    int column = text_column(panel), gone = sheet->seconds;
    bool late = gone > sheet->expected;

    if (sheet->expected > 0 && !panel->level->bare) {
        int done = late ? BAR_CELLS : BAR_CELLS * gone / sheet->expected;

        frame_fill(&panel->layout->upper, panel->row, column, LOOK_PLAIN, '#',
                   done);
        frame_fill(&panel->layout->upper, panel->row, column + done, LOOK_PLAIN,
                   '.', BAR_CELLS - done);
        column += BAR_CELLS + 2;
    }
    put_count(panel, column,
              sheet->expected == 0 ? T_FRAME_CLOCK
              : late               ? T_FRAME_CLOCK_LATE
                                   : T_FRAME_CLOCK_OF,
              gone, sheet->expected);
    if (sheet->longest >= gone && sheet->longest > 0 && !panel->level->bare)
        put_count(panel, text_column(panel), T_FRAME_LEFT,
                  sheet->longest - gone, 0);
}

/* A check that went well, with the lines that go on with it. */
static bool is_folded(const struct panel *panel, size_t at)
{
    const struct line *live = panel->sheet->live;

    while (at > 0 && live[at].state == STATE_NONE)
        at--;
    return panel->level->folded && live[at].state == STATE_GOOD;
}

static void put_folded(struct panel *panel)
{
    char words[TEXT_MAX];
    int good = 0;

    for (size_t i = 0; i < panel->sheet->live_count; i++)
        good += panel->sheet->live[i].state == STATE_GOOD;
    if (!panel->level->folded || good == 0)
        return;
    layout_count(words, sizeof(words),
                 good == 1 ? T_FRAME_CHECK : T_FRAME_CHECKS, good, 0);
    put_line(panel, STATE_GOOD, words);
}

static void put_live(struct panel *panel)
{
    const struct sheet *sheet = panel->sheet;
    bool clock = sheet->seconds >= 0;

    if (sheet->live_count == 0 && !clock)
        return;
    panel->row += panel->level->panel_gap;
    put_rule(panel, T_FRAME_LIVE);
    put_folded(panel);
    for (size_t i = 0; i < sheet->live_count; i++)
        if (!is_folded(panel, i))
            put_line(panel, sheet->live[i].state, sheet->live[i].text);
    if (clock)
        put_clock(panel);
}

static void put_result(struct panel *panel)
{
    const struct sheet *sheet = panel->sheet;

    if (sheet->result_count == 0)
        return;
    panel->row += panel->level->result_gap;
    put_rule(panel, T_FRAME_RESULT);
    for (size_t i = 0; i < sheet->result_count; i++)
        put_line(panel, sheet->result[i].state, sheet->result[i].text);
}

static void put_para(struct panel *panel, const struct para *para)
{
    struct layout *layout = panel->layout;
    int column = para->indent, cells = 0;

    if (para->mark) {
        layout_safe(layout, panel->sheet, para->mark);
        cells = frame_put(&layout->upper, panel->row, column, para->look,
                          layout->safe, layout->length);
    }
    if (cells > 0)
        column += cells + 1;
    if (para->column > column)
        column = para->column;
    if (column > panel->width / 2) {
        column = para->indent;
        panel->row += cells > 0;
    }
    layout_safe(layout, panel->sheet, para->text);
    if (layout->length == 0)
        panel->row++;
    panel->row = frame_wrap(
        &layout->upper, panel->row, column, panel->width - column,
        para->mark ? LOOK_PLAIN : para->look, layout->safe, layout->length);
}

/* Its first row, and that there is more. */
static void put_brief(struct panel *panel)
{
    struct layout *layout = panel->layout;
    size_t shown = 0, used;
    int cells = wrap_width(text(T_FRAME_MORE), strlen(text(T_FRAME_MORE)));

    layout_safe(layout, panel->sheet, panel->sheet->body[0].text);
    used = wrap_line(layout->safe, layout->length, panel->width - cells - 2,
                     &shown);
    cells = frame_put(&layout->upper, panel->row, 0, LOOK_PLAIN, layout->safe,
                      shown);
    if (used < layout->length || panel->sheet->body_count > 1) {
        layout_safe(layout, panel->sheet, text(T_FRAME_MORE));
        frame_put(&layout->upper, panel->row, cells + 2, LOOK_PLAIN,
                  layout->safe, layout->length);
    }
    panel->row++;
}

static void put_body(struct panel *panel)
{
    const struct sheet *sheet = panel->sheet;

    if (sheet->body_count == 0)
        return;
    if (panel->level->brief) {
        put_brief(panel);
        return;
    }
    for (size_t i = 0; i < sheet->body_count; i++)
        put_para(panel, &sheet->body[i]);
}

/* In a small window the verdict is what counts, else the running test, else
 * what there is to read. */
static void put_essence(struct panel *panel)
{
    const struct sheet *sheet = panel->sheet;

    for (size_t i = 0; i < sheet->result_count; i++)
        put_line(panel, sheet->result[i].state, sheet->result[i].text);
    if (sheet->result_count == 0 && sheet->live_count > 0) {
        const struct line *last = &sheet->live[sheet->live_count - 1];

        put_line(panel, last->state, last->text);
    }
    if (sheet->seconds >= 0)
        put_clock(panel);
    if (panel->row == panel->layout->title_rows)
        put_body(panel);
}

/* Where there is hardly room for a verdict, its heading may be cut. */
static void put_title(struct panel *panel)
{
    struct layout *layout = panel->layout;

    layout_safe(layout, panel->sheet, panel->sheet->title);
    if (panel->level->small && panel->sheet->result_count > 0)
        layout->length = wrap_cut(layout->safe, layout->length, panel->width);
    panel->row = frame_wrap(&layout->upper, 0, 0, panel->width, LOOK_TITLE,
                            layout->safe, layout->length);
    layout->title_rows = panel->row;
}

void layout_upper(struct layout *layout, const struct sheet *sheet,
                  const struct level *level, int width)
{
    struct panel panel = {layout, sheet, level, width, 0};

    frame_clear(&layout->upper, width);
    layout->upper.cursor_row = -1;
    put_title(&panel);
    if (level->small) {
        put_essence(&panel);
        return;
    }
    if (!level->terse || !layout_has_panel(sheet))
        put_body(&panel);
    if (!level->terse || sheet->result_count == 0)
        put_live(&panel);
    put_result(&panel);
    if (layout->upper.rows < panel.row)
        layout->upper.rows = panel.row;
}
