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

void layout_header(struct layout *layout, const struct sheet *sheet)
{
    char progress[TEXT_MAX] = "", right[2 * TEXT_MAX];
    int columns = layout->screen.columns, cells;

    if (sheet->of > 0)
        layout_count(progress, sizeof(progress), T_FRAME_PROGRESS, sheet->step,
                     sheet->of);
    snprintf(right, sizeof(right), "%s%s%s", sheet->badge,
             *sheet->badge && *progress ? "  " : "", progress);
    cells = layout_cells(layout, sheet, right);
    frame_fill(&layout->screen, 0, 0, LOOK_BAR, ' ', columns);
    put_bar_text(layout, sheet, 0, 1, columns - cells - 4, sheet->section);
    if (cells + 2 <= columns)
        put_bar_text(layout, sheet, 0, columns - cells - 1, cells, right);
}

/* The hints from `first` on, up to that rank, joined; only their keys where
 * `keys`. */
static void join_hints(const struct sheet *sheet, size_t first, int rank,
                       bool keys, char out[TEXT_MAX])
{
    size_t fill = 0;

    out[0] = '\0';
    for (size_t i = first; i < sheet->hint_count; i++) {
        const char *words = text(sheet->hints[i].text);
        size_t length = keys ? strcspn(words, " ") : strlen(words);

        if (sheet->hints[i].rank > rank || fill + length + 3 > TEXT_MAX)
            continue;
        fill += (size_t)snprintf(out + fill, TEXT_MAX - fill, "%s%.*s",
                                 fill > 0 ? (keys ? " " : "  ") : "",
                                 (int)length, words);
    }
}

static void choose_hints(struct layout *layout, const struct sheet *sheet,
                         int room, char out[TEXT_MAX])
{
    int rank = 0;

    for (size_t i = 0; i < sheet->hint_count; i++)
        rank = sheet->hints[i].rank > rank ? sheet->hints[i].rank : rank;
    for (; rank >= 0; rank--) {
        join_hints(sheet, 0, rank, false, out);
        if (layout_cells(layout, sheet, out) <= room)
            return;
    }
    join_hints(sheet, 0, 0, true, out);
}

/* Help and leaving stay in sight beside it, where they fit. */
static void put_notice(struct layout *layout, const struct sheet *sheet,
                       int row, int room)
{
    int cells = layout_cells(layout, sheet, sheet->notice) + 2;
    char words[TEXT_MAX];

    put_bar_text(layout, sheet, row, 1, room, sheet->notice);
    join_hints(sheet, 1, 0, false, words);
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
