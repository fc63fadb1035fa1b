/* SPDX-License-Identifier: MIT */
/* A screen as data, before anything is painted. */
#include "ui/frame.h"

#include <stdlib.h>
#include <string.h>

#include "net/utf8.h"
#include "ui/wrap.h"

#define PIECES_FIRST 64
#define TEXT_FIRST 2048

void frame_init(struct frame *frame)
{
    memset(frame, 0, sizeof(*frame));
}

void frame_release(struct frame *frame)
{
    free(frame->pieces);
    free(frame->text);
    frame_init(frame);
}

void frame_clear(struct frame *frame, int columns)
{
    frame->rows = 0;
    frame->columns = columns;
    frame->cursor_row = frame->cursor_column = 0;
    frame->count = frame->used = 0;
    frame->failed = false;
}

static bool has_room(struct frame *frame, size_t length)
{
    if (frame->count == frame->space) {
        size_t space = frame->space > 0 ? 2 * frame->space : PIECES_FIRST;
        void *pieces = realloc(frame->pieces, space * sizeof(*frame->pieces));

        if (!pieces)
            return false;
        frame->pieces = pieces;
        frame->space = space;
    }
    if (frame->used + length > frame->room) {
        size_t room = 2 * (frame->used + length) + TEXT_FIRST;
        char *text = realloc(frame->text, room);

        if (!text)
            return false;
        frame->text = text;
        frame->room = room;
    }
    return true;
}

static void add(struct frame *frame, int row, int column, enum look look,
                size_t length)
{
    frame->pieces[frame->count++] = (struct piece){
        .row = row,
        .column = column,
        .look = look,
        .start = frame->used,
        .length = length,
    };
    frame->used += length;
}

int frame_put(struct frame *frame, int row, int column, enum look look,
              const char *text, size_t length)
{
    if (row >= frame->rows)
        frame->rows = row + 1;
    if (length == 0)
        return 0;
    if (memchr(text, '\n', length))
        length = (size_t)((const char *)memchr(text, '\n', length) - text);
    length = wrap_cut(text, length, frame->columns - column);
    if (length == 0)
        return 0;
    if (!has_room(frame, length)) {
        frame->failed = true;
        return 0;
    }
    memcpy(frame->text + frame->used, text, length);
    add(frame, row, column, look, length);
    return wrap_width(text, length);
}

void frame_fill(struct frame *frame, int row, int column, enum look look,
                char sign, int cells)
{
    if (row >= frame->rows)
        frame->rows = row + 1;
    if (cells > frame->columns - column)
        cells = frame->columns - column;
    if (cells <= 0)
        return;
    if (!has_room(frame, (size_t)cells)) {
        frame->failed = true;
        return;
    }
    memset(frame->text + frame->used, sign, (size_t)cells);
    add(frame, row, column, look, (size_t)cells);
}

int frame_wrap(struct frame *frame, int row, int column, int width,
               enum look look, const char *text, size_t length)
{
    while (length > 0) {
        size_t shown, used = wrap_line(text, length, width, &shown);

        frame_put(frame, row++, column, look, text, shown);
        text += used;
        length -= used;
    }
    return row;
}

void frame_copy(struct frame *frame, const struct frame *other, int from,
                int rows, int to)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct piece *piece = &other->pieces[i];

        if (piece->row >= from && piece->row < from + rows)
            frame_put(frame, piece->row - from + to, piece->column, piece->look,
                      other->text + piece->start, piece->length);
    }
    if (other->cursor_row >= from && other->cursor_row < from + rows) {
        frame->cursor_row = other->cursor_row - from + to;
        frame->cursor_column = other->cursor_column;
    }
}

/* Lays a piece into cells; each holds where its character is in the text. */
static void lay(const struct frame *frame, const struct piece *piece,
                size_t cells[FRAME_COLUMNS_MAX])
{
    const char *text = frame->text + piece->start;
    int column = piece->column;

    for (size_t at = 0; at < piece->length;) {
        size_t used = utf8_take(text + at, piece->length - at, NULL);
        int width = wrap_width(text + at, used > 0 ? used : 1);

        if (width > 0 && column + width <= FRAME_COLUMNS_MAX) {
            cells[column] = piece->start + at + 1;
            for (int i = 1; i < width; i++)
                cells[column + i] = 0;
            column += width;
        }
        at += used > 0 ? used : 1;
    }
}

void frame_row(const struct frame *frame, int row, char *out, size_t size)
{
    size_t cells[FRAME_COLUMNS_MAX] = {0}, fill = 0, end = 0;

    for (size_t i = 0; i < frame->count; i++)
        if (frame->pieces[i].row == row)
            lay(frame, &frame->pieces[i], cells);
    for (int i = 0; i < FRAME_COLUMNS_MAX; i++) {
        const char *at = cells[i] ? frame->text + cells[i] - 1 : " ";
        size_t used = utf8_take(at, cells[i] ? 4 : 1, NULL);

        if (fill + used >= size)
            break;
        memcpy(out + fill, at, used);
        fill += used;
        if (*at != ' ')
            end = fill;
    }
    if (size > 0)
        out[end] = '\0';
}
