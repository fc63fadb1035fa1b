/* SPDX-License-Identifier: MIT */
/* One line to type into. */
#include "ui/field.h"

#include <string.h>

#include "net/utf8.h"
#include "ui/wrap.h"

#define MASK '*'

static size_t put_utf8(char out[4], unsigned code)
{
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(marks[bytes > 1 ? bytes : 0] | code);
    return bytes;
}

static void insert(struct field_edit *edit, const struct show *show,
                   unsigned code)
{
    bool line = edit->lines && (code == '\r' || code == '\n');

    if (line)
        code = '\n';
    else if (code == '\r' || code == '\n' || code == '\t' || code == 0xa0)
        code = ' ';
    if ((!line && !show_accepts(show, code)) || edit->length == FIELD_CHARS_MAX)
        return;
    memmove(edit->text + edit->caret + 1, edit->text + edit->caret,
            (edit->length - edit->caret) * sizeof(*edit->text));
    edit->text[edit->caret++] = code;
    edit->length++;
}

static void take_out(struct field_edit *edit, size_t at)
{
    if (at >= edit->length)
        return;
    edit->length--;
    memmove(edit->text + at, edit->text + at + 1,
            (edit->length - at) * sizeof(*edit->text));
    edit->text[edit->length] = 0;
}

void field_append(struct field_edit *edit, const struct show *show,
                  const char *value)
{
    size_t length = strlen(value), used;

    edit->caret = edit->length;
    for (size_t at = 0; at<length; at += used> 0 ? used : 1) {
        unsigned code = 0;

        used = utf8_take(value + at, length - at, &code);
        if (used > 0)
            insert(edit, show, code);
    }
}

void field_start(struct field_edit *edit, const struct show *show,
                 const char *value, bool masked)
{
    edit->length = edit->caret = edit->first = 0;
    edit->masked = masked;
    edit->lines = false;
    field_append(edit, show, value);
}

static bool press_control(struct field_edit *edit, unsigned letter)
{
    bool masked = edit->masked;

    switch (letter) {
    case 'A':
        edit->caret = 0;
        return true;
    case 'E':
        edit->caret = edit->length;
        return true;
    case 'U':
        field_wipe(edit);
        edit->masked = masked;
        return true;
    default:
        return false;
    }
}

bool field_press(struct field_edit *edit, const struct show *show,
                 const struct press *press)
{
    switch (press->kind) {
    case PRESS_CHAR:
        insert(edit, show, press->code);
        return true;
    case PRESS_CTRL:
        return press_control(edit, press->code);
    case PRESS_BACKSPACE:
        if (edit->caret > 0)
            take_out(edit, --edit->caret);
        return true;
    case PRESS_DELETE:
        take_out(edit, edit->caret);
        return true;
    case PRESS_LEFT:
        edit->caret -= edit->caret > 0;
        return true;
    case PRESS_RIGHT:
        edit->caret += edit->caret < edit->length;
        return true;
    case PRESS_HOME:
        edit->caret = 0;
        return true;
    case PRESS_END:
        edit->caret = edit->length;
        return true;
    default:
        return false;
    }
}

size_t field_value(const struct field_edit *edit, char *out, size_t size)
{
    size_t from = 0, to = edit->length, fill = 0;

    while (from < to && edit->text[from] == ' ')
        from++;
    while (to > from && edit->text[to - 1] == ' ')
        to--;
    for (; from < to; from++) {
        char bytes[4];
        size_t count = put_utf8(bytes, edit->text[from]);

        if (fill + count >= size)
            break;
        memcpy(out + fill, bytes, count);
        fill += count;
    }
    if (size > 0)
        out[fill] = '\0';
    return fill;
}

/* What one character shows as; a letter before it lets a mark be a mark. */
static size_t view_char(const struct field_edit *edit, const struct show *show,
                        size_t at, char out[SHOW_SPACE(5)])
{
    char pair[5] = {'x'};
    size_t length;

    if (edit->masked) {
        out[0] = MASK;
        return 1;
    }
    length = show_text(
        show, out, SHOW_SPACE(5), pair,
        1 + put_utf8(pair + 1, edit->text[at] == '\n' ? ' ' : edit->text[at]));
    memmove(out, out + 1, length);
    return length - 1;
}

static int cells_of(const struct field_edit *edit, const struct show *show,
                    size_t at)
{
    char bytes[SHOW_SPACE(5)];

    return wrap_width(bytes, view_char(edit, show, at, bytes));
}

/* Lets `first` follow the caret, and come back where there is room again. */
static void scroll(struct field_edit *edit, const struct show *show,
                   int columns)
{
    size_t least = edit->caret;
    int sum = 1; /* the caret's own cell */

    while (least > 0 && sum + cells_of(edit, show, least - 1) <= columns)
        sum += cells_of(edit, show, --least);
    for (size_t i = edit->caret; i < edit->length && sum <= columns; i++)
        sum += cells_of(edit, show, i);
    if (edit->first < least || sum <= columns)
        edit->first = least;
    if (edit->first > edit->caret)
        edit->first = edit->caret;
}

void field_view(struct field_edit *edit, const struct show *show, int columns,
                char *out, size_t size, int *caret)
{
    size_t fill = 0;
    int sum = 0;

    scroll(edit, show, columns);
    *caret = 0;
    for (size_t i = edit->first; i < edit->length; i++) {
        char bytes[SHOW_SPACE(5)];
        size_t count = view_char(edit, show, i, bytes);
        int cells = wrap_width(bytes, count);

        if (i == edit->caret)
            *caret = sum;
        if (sum + cells > columns || fill + count >= size)
            break;
        if (cells == 0 && i == edit->first)
            continue;
        memcpy(out + fill, bytes, count);
        fill += count;
        sum += cells;
    }
    if (edit->caret == edit->length)
        *caret = sum;
    if (size > 0)
        out[fill] = '\0';
}

void field_wipe(struct field_edit *edit)
{
    explicit_bzero(edit->text, edit->length * sizeof(*edit->text));
    edit->length = edit->caret = edit->first = 0;
    edit->masked = false;
}
