/* SPDX-License-Identifier: MIT */
/* Gives a sheet its places for a window of any size. */
#include "ui/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/layout_parts.h"
#include "ui/say.h"
#include "ui/wrap.h"

#define FULL_ROWS 12
#define FULL_COLUMNS 40
#define SMALL_ROWS 5
#define SMALL_COLUMNS 20
#define ANCHOR_ROWS 24 /* questions stay here in taller windows */
#define TEXT_LEAST 2   /* rows to read above choices that leave no room */
#define WAY_FROM 120
#define WAY_COLUMN 82
#define WAY_TEXT_COLUMN 92
#define TEXT_MAX 256

/* From all that one may wish to what must be. */
static const struct level levels[] = {
    {.head_gap = true, .panel_gap = true, .result_gap = true, .ask_gap = true},
    {.panel_gap = true, .result_gap = true, .ask_gap = true},
    {.panel_gap = true, .ask_gap = true},
    {.panel_gap = true},
    {.brief = false},
    {.brief = true},
    {.brief = true, .folded = true},
    {.brief = true, .folded = true, .bare = true},
    {.brief = true, .folded = true, .bare = true, .terse = true},
};

#define LEVELS (sizeof(levels) / sizeof(*levels))

static const struct level small_level = {.bare = true, .small = true};

void layout_init(struct layout *layout)
{
    memset(layout, 0, sizeof(*layout));
}

void layout_release(struct layout *layout)
{
    frame_release(&layout->screen);
    frame_release(&layout->upper);
    frame_release(&layout->lower);
    free(layout->safe);
    layout_init(layout);
}

void layout_safe(struct layout *layout, const struct sheet *sheet,
                 const char *text)
{
    size_t length = strlen(text);

    layout->length = 0;
    if (SHOW_SPACE(length) > layout->room) {
        char *safe = realloc(layout->safe, SHOW_SPACE(length));

        if (!safe) {
            layout->screen.failed = true;
            return;
        }
        layout->safe = safe;
        layout->room = SHOW_SPACE(length);
    }
    layout->length =
        show_text(sheet->show, layout->safe, layout->room, text, length);
}

void layout_count(char *out, size_t size, enum text_id id, int a, int b)
{
    char first[16], second[16];
    const struct blank blanks[] = {{"a", first}, {"b", second}, {NULL, NULL}};

    snprintf(first, sizeof(first), "%d", a);
    snprintf(second, sizeof(second), "%d", b);
    say_fill(out, size, id, blanks);
}

bool layout_has_panel(const struct sheet *sheet)
{
    return sheet->live_count > 0 || sheet->result_count > 0 ||
           sheet->seconds >= 0;
}

static int text_width(int columns)
{
    int width = columns >= 60 ? columns - 4 : columns - 1;

    if (width > LAYOUT_TEXT_COLUMNS)
        width = LAYOUT_TEXT_COLUMNS;
    return width > 0 ? width : 1;
}

static void put_page(struct layout *layout, const struct sheet *sheet, int row,
                     int width)
{
    int pages = (layout->scroll_most + layout->page - 1) / layout->page + 1;
    int page = (layout->scroll + layout->page - 1) / layout->page + 1;
    char words[TEXT_MAX];
    int cells;

    layout_count(words, sizeof(words), T_FRAME_PAGE, page, pages);
    cells = layout_cells(layout, sheet, words);
    if (cells + SMALL_COLUMNS > width) {
        layout_count(words, sizeof(words), T_FRAME_PAGE_SHORT, page, pages);
        cells = layout_cells(layout, sheet, words);
    }
    frame_put(&layout->screen, row, width - cells - 1, LOOK_PLAIN, " ", 1);
    frame_put(&layout->screen, row, width - cells, LOOK_PLAIN, layout->safe,
              layout->length);
}

/* The title stays, the rest scrolls under it. */
static void put_upper(struct layout *layout, const struct sheet *sheet, int top,
                      int rows, int width)
{
    int title = layout->title_rows < rows - 1 ? layout->title_rows : 0;
    int rest = layout->upper.rows - title;

    layout->page = rows > title ? rows - title : 1;
    layout->scroll_most = rest > layout->page ? rest - layout->page : 0;
    layout->scroll = sheet->scroll < layout->scroll_most ? sheet->scroll
                                                         : layout->scroll_most;
    if (layout->scroll < 0)
        layout->scroll = 0;
    frame_copy(&layout->screen, &layout->upper, 0, title, top);
    frame_copy(&layout->screen, &layout->upper, title + layout->scroll,
               rows - title, top + title);
    if (layout->scroll_most > 0 && rows > 0)
        put_page(layout, sheet, top, width);
}

/* As much of it as fits, the focused item always in it. */
static void put_lower(struct layout *layout, int top, int rows)
{
    int from = 0;

    if (layout->focus_bottom > rows)
        from = layout->focus_bottom - rows;
    if (from > layout->focus_top)
        from = layout->focus_top;
    if (layout->lower.cursor_row >= from + rows)
        from = layout->lower.cursor_row - rows + 1;
    frame_copy(&layout->screen, &layout->lower, from, rows, top);
}

static void put_way(struct layout *layout, const struct sheet *sheet)
{
    struct frame *screen = &layout->screen;
    int row = 2;

    if (screen->columns < WAY_FROM || sheet->way_count == 0)
        return;
    layout_safe(layout, sheet, text(T_FRAME_WAY));
    frame_put(screen, row++, WAY_COLUMN, LOOK_TITLE, layout->safe,
              layout->length);
    for (size_t i = 0; i < sheet->way_count && row < FULL_ROWS - 1; i++) {
        layout_safe(layout, sheet, tell_state(sheet->way[i].state));
        frame_put(screen, row, WAY_COLUMN, layout_look(sheet->way[i].state),
                  layout->safe, layout->length);
        layout_safe(layout, sheet, sheet->way[i].text);
        frame_put(screen, row++, WAY_TEXT_COLUMN, LOOK_PLAIN, layout->safe,
                  layout->length);
    }
}

/* The first level that fits into `rows`, or the last one. A page of text has
 * nothing to give but its blank rows: it scrolls. */
static const struct level *choose_level(struct layout *layout,
                                        const struct sheet *sheet, int rows,
                                        int width)
{
    bool gives = layout_has_panel(sheet) || sheet->field_count > 0;

    for (size_t i = 0; i < LEVELS; i++) {
        const struct level *level = &levels[i];
        const struct level *next = i + 1 < LEVELS ? level + 1 : NULL;

        layout_upper(layout, sheet, level, width);
        layout_lower(layout, sheet, level, width);
        if (layout->upper.rows + layout->lower.rows + level->head_gap +
                level->ask_gap <=
            rows)
            return level;
        if (!next || (next->brief && !gives))
            return level;
    }
    return &levels[LEVELS - 1];
}

/* Where the choices begin. A panel of tests grows and shrinks; what one chooses
 * stays where it is meanwhile. */
static int lower_top(const struct layout *layout, const struct sheet *sheet,
                     const struct level *level, int top, int end)
{
    int below = top + layout->upper.rows + level->ask_gap;
    int anchor =
        (end < ANCHOR_ROWS - 1 ? end : ANCHOR_ROWS - 1) - layout->lower.rows;

    return layout_has_panel(sheet) && anchor > below ? anchor : below;
}

static void lay_full(struct layout *layout, const struct sheet *sheet, int rows,
                     int width)
{
    const struct level *level = choose_level(layout, sheet, rows - 2, width);
    int top = 1 + level->head_gap, end = rows - 1;
    int split = lower_top(layout, sheet, level, top, end);
    int text_rows = layout->upper.rows, lower = layout->lower.rows;

    if (split + lower > end) {
        int least = layout->title_rows + TEXT_LEAST;

        if (text_rows > least)
            text_rows = least;
        if (lower > end - top - text_rows)
            lower = end - top - text_rows;
        text_rows = end - top - lower - (rows >= ANCHOR_ROWS);
        split = end - lower;
    }
    layout_header(layout, sheet);
    put_way(layout, sheet);
    put_upper(layout, sheet, top, text_rows, width);
    put_lower(layout, split, lower);
    layout_key_bar(layout, sheet, end);
}

static void lay_small(struct layout *layout, const struct sheet *sheet,
                      int rows, int width)
{
    static const struct hint hints[] = {
        {T_HINT_HELP, 0}, {T_HINT_QUIT, 0}, {T_FRAME_SMALL, 1}};
    struct sheet small = *sheet;
    int lower;

    small.hints = hints;
    small.hint_count = sizeof(hints) / sizeof(*hints);
    layout_upper(layout, sheet, &small_level, width);
    layout_lower(layout, sheet, &small_level, width);
    lower = layout->lower.rows < rows - 3 ? layout->lower.rows : rows - 3;
    put_upper(layout, sheet, 0, rows - 1 - lower, width);
    put_lower(layout, rows - 1 - lower, lower);
    layout_key_bar(layout, &small, rows - 1);
}

/* The word that counts, and where one stands. */
static void lay_tiny(struct layout *layout, const struct sheet *sheet, int rows,
                     int width)
{
    const char *word = sheet->title;
    int top;

    for (size_t i = sheet->live_count; i > 0; i--)
        if (sheet->live[i - 1].state != STATE_NONE) {
            word = tell_state(sheet->live[i - 1].state);
            break;
        }
    for (size_t i = sheet->result_count; i > 0; i--)
        if (sheet->result[i - 1].state != STATE_NONE)
            word = tell_state(sheet->result[i - 1].state);
    layout_safe(layout, sheet, word);
    top = frame_put(&layout->screen, 0, 0, LOOK_TITLE, layout->safe,
                    layout->length);
    layout_lower(layout, sheet, &small_level, width);
    if (rows > 1)
        put_lower(layout, 1, rows - 1);
    else if (top < width)
        layout->screen.cursor_column = top;
}

void layout_sheet(struct layout *layout, const struct sheet *sheet, int rows,
                  int columns)
{
    int width = text_width(columns);

    frame_clear(&layout->screen, columns);
    layout->scroll = layout->scroll_most = 0;
    layout->page = 1;
    if (rows >= FULL_ROWS && columns >= FULL_COLUMNS)
        lay_full(layout, sheet, rows, width);
    else if (rows >= SMALL_ROWS && columns >= SMALL_COLUMNS)
        lay_small(layout, sheet, rows, width);
    else
        lay_tiny(layout, sheet, rows, width);
    layout->screen.rows = rows;
}
