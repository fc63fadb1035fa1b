/* SPDX-License-Identifier: MIT */
/* The header and the key bar. */
#include <stdio.h>
#include <string.h>

#include "ui/layout_parts.h"
#include "ui/wrap.h"

#define TEXT_MAX 256

int layout_cells(struct layout *layout, const struct sheet *sheet,
                 const char *words)
{
    layout_safe(layout, sheet, words);
    return wrap_width(layout->safe, layout->length);
}

static void put_bar_text(struct layout *layout, const struct sheet *sheet,
                         int row, int column, int most, const char *words)
{
    layout_safe(layout, sheet, words);
    frame_put(&layout->screen, row, column, LOOK_BAR, layout->safe,
              wrap_cut(layout->safe, layout->length, most));
}

/* What stands at the right, and the cells that it takes. */
static int put_progress(struct layout *layout, const struct sheet *sheet,
                        enum text_id id, char out[2 * TEXT_MAX])
{
    char progress[TEXT_MAX] = "";

    if (sheet->of > 0)
        layout_count(progress, sizeof(progress), id, sheet->step, sheet->of);
    snprintf(out, 2 * TEXT_MAX, "%s%s%s", sheet->badge,
             *sheet->badge && *progress ? "  " : "", progress);
    return layout_cells(layout, sheet, out);
}

/* Whole words of it in so many cells. */
static void put_section(struct layout *layout, const struct sheet *sheet,
                        int room)
{
    size_t shown = 0;

    layout_safe(layout, sheet, sheet->section);
    wrap_line(layout->safe, layout->length, room > 0 ? room : 1, &shown);
    if (room > 0)
        frame_put(&layout->screen, 0, 1, LOOK_BAR, layout->safe, shown);
}

void layout_header(struct layout *layout, const struct sheet *sheet)
{
    int columns = layout->screen.columns, cells;
    char right[2 * TEXT_MAX];

    cells = put_progress(layout, sheet, T_FRAME_PROGRESS, right);
    if (layout_cells(layout, sheet, sheet->section) > columns - cells - 4)
        cells = put_progress(layout, sheet, T_FRAME_PROGRESS_SHORT, right);
    frame_fill(&layout->screen, 0, 0, LOOK_BAR, ' ', columns);
    put_section(layout, sheet, columns - cells - 4);
    if (cells + 2 <= columns)
        put_bar_text(layout, sheet, 0, columns - cells - 1, cells, right);
}

/* The hints from `first` on, up to that rank, joined; of the first `bare` only
 * the keys. */
static void join_hints(const struct sheet *sheet, size_t first, int rank,
                       size_t bare, char out[TEXT_MAX])
{
    size_t fill = 0;

    out[0] = '\0';
    for (size_t i = first; i < sheet->hint_count; i++) {
        const char *words = text(sheet->hints[i].text);
        bool key = bare > 0;
        size_t length = key ? strcspn(words, " ") : strlen(words);

        if (sheet->hints[i].rank > rank || fill + length + 3 > TEXT_MAX)
            continue;
        bare -= key;
        fill += (size_t)snprintf(out + fill, TEXT_MAX - fill, "%s%.*s",
                                 fill > 0 ? "  " : "", (int)length, words);
    }
}

static void choose_hints(struct layout *layout, const struct sheet *sheet,
                         int room, char out[TEXT_MAX])
{
    int rank = 0;

    for (size_t i = 0; i < sheet->hint_count; i++)
        rank = sheet->hints[i].rank > rank ? sheet->hints[i].rank : rank;
    for (; rank > 0; rank--) {
        join_hints(sheet, 0, rank, 0, out);
        if (layout_cells(layout, sheet, out) <= room)
            return;
    }
    for (size_t bare = 0; bare <= sheet->hint_count; bare++) {
        join_hints(sheet, 0, 0, bare, out);
        if (layout_cells(layout, sheet, out) <= room)
            return;
    }
}

/* Help and leaving stay in sight beside it, where they fit. */
static void put_notice(struct layout *layout, const struct sheet *sheet,
                       int row, int room)
{
    int cells = layout_cells(layout, sheet, sheet->notice) + 2;
    char words[TEXT_MAX];

    put_bar_text(layout, sheet, row, 1, room, sheet->notice);
    join_hints(sheet, 1, 0, 0, words);
    if (cells + layout_cells(layout, sheet, words) <= room)
        put_bar_text(layout, sheet, row, 1 + cells, room - cells, words);
}

/* The last column of the last row stays empty: some terminals scroll there. */
void layout_key_bar(struct layout *layout, const struct sheet *sheet, int row)
{
    int columns = layout->screen.columns - 1;
    char words[TEXT_MAX];

    frame_fill(&layout->screen, row, 0, LOOK_BAR, ' ', columns);
    if (sheet->notice) {
        put_notice(layout, sheet, row, columns - 1);
        return;
    }
    choose_hints(layout, sheet, columns - 1, words);
    put_bar_text(layout, sheet, row, 1, columns - 1, words);
}
