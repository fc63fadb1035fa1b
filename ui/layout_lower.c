/* SPDX-License-Identifier: MIT */
/* The lower half of a screen: fields, the question, numbered choices. */
#include <stdio.h>
#include <string.h>

#include "ui/layout_parts.h"
#include "ui/wrap.h"

#define FIELD_COLUMN 2
#define FIELD_CELLS 60
#define CHOICE_COLUMN 5
#define MARKER "> "

struct ask {
    struct layout *layout;
    const struct sheet *sheet;
    const struct level *level;
    int width;
    int row;
};

static bool has_focus(const struct ask *ask, size_t item)
{
    return ask->sheet->focus == item;
}

static void put_text(struct ask *ask, int column, enum look look,
                     const char *words)
{
    layout_safe(ask->layout, ask->sheet, words);
    ask->row =
        frame_wrap(&ask->layout->lower, ask->row, column, ask->width - column,
                   look, ask->layout->safe, ask->layout->length);
}

static void put_entry(struct ask *ask, const struct sheet_field *field,
                      bool focus)
{
    struct frame *lower = &ask->layout->lower;
    int room = ask->width - FIELD_COLUMN, caret, cells;
    char view[FIELD_BYTES_MAX];

    if (room > FIELD_CELLS)
        room = FIELD_CELLS;
    if (room < 1)
        room = 1;
    field_view(field->edit, ask->sheet->show, room, view, sizeof(view), &caret);
    if (focus)
        frame_put(lower, ask->row, 0, LOOK_FOCUS, MARKER, 1);
    cells = frame_put(lower, ask->row, FIELD_COLUMN, LOOK_FIELD, view,
                      strlen(view));
    frame_fill(lower, ask->row, FIELD_COLUMN + cells, LOOK_FIELD, ' ',
               room - cells);
    if (focus) {
        lower->cursor_row = ask->row;
        lower->cursor_column = FIELD_COLUMN + caret;
    }
    ask->row++;
}

static void put_field(struct ask *ask, size_t item)
{
    const struct sheet_field *field = &ask->sheet->fields[item];
    bool focus = has_focus(ask, item);

    if (focus)
        ask->layout->focus_top = ask->row;
    put_text(ask, 0, LOOK_PLAIN, field->label);
    if (!ask->level->brief)
        put_text(ask, FIELD_COLUMN, LOOK_PLAIN, field->hint);
    put_entry(ask, field, focus);
    if (field->problem) {
        put_text(ask, FIELD_COLUMN, LOOK_PROBLEM, text(T_FRAME_PROBLEM));
        put_text(ask, FIELD_COLUMN, LOOK_PLAIN, field->problem);
    }
    if (focus)
        ask->layout->focus_bottom = ask->row;
}

/* "> 1. Continuar": the marker and the number alone are reversed, so that a
 * move costs little on a slow line. */
static void put_choice(struct ask *ask, size_t choice)
{
    struct frame *lower = &ask->layout->lower;
    bool focus = has_focus(ask, ask->sheet->field_count + choice);
    char number[32];

    snprintf(number, sizeof(number), "%s%zu.", focus ? MARKER : "  ",
             choice + 1);
    frame_put(lower, ask->row, 0, focus ? LOOK_FOCUS : LOOK_PLAIN, number,
              strlen(number));
    if (focus) {
        lower->cursor_row = ask->row;
        lower->cursor_column = 0;
        ask->layout->focus_top = ask->row;
    }
    put_text(ask, CHOICE_COLUMN, LOOK_PLAIN, ask->sheet->choices[choice]);
    if (focus)
        ask->layout->focus_bottom = ask->row;
}

static void put_focused(struct ask *ask)
{
    size_t focus = ask->sheet->focus;

    if (focus < ask->sheet->field_count)
        put_field(ask, focus);
    else if (focus - ask->sheet->field_count < ask->sheet->choice_count)
        put_choice(ask, focus - ask->sheet->field_count);
}

void layout_lower(struct layout *layout, const struct sheet *sheet,
                  const struct level *level, int width)
{
    struct ask ask = {layout, sheet, level, width, 0};

    frame_clear(&layout->lower, width);
    layout->focus_top = 0;
    layout->focus_bottom = 1;
    if (level->small) {
        put_focused(&ask);
        return;
    }
    for (size_t i = 0; i < sheet->field_count; i++) {
        put_field(&ask, i);
        ask.row += level->ask_gap;
    }
    if (*sheet->question && !level->terse)
        put_text(&ask, 0, LOOK_PLAIN, sheet->question);
    for (size_t i = 0; i < sheet->choice_count; i++)
        put_choice(&ask, i);
}
