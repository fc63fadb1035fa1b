/* SPDX-License-Identifier: MIT */
/* One line to type into: characters, caret, scrolling, masking. */
#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "ui/keys.h"
#include "ui/show.h"

#define FIELD_CHARS_MAX 8192 /* the header of a mail may be pasted */
#define FIELD_BYTES_MAX (4 * FIELD_CHARS_MAX + 1)

struct field_edit {
    unsigned text[FIELD_CHARS_MAX]; /* Unicode */
    size_t length;
    size_t caret; /* 0 to length */
    size_t first; /* the leftmost that shows */
    bool masked;
    bool lines; /* keeps the ends of lines that are pasted */
};

/* Starts with `value` (UTF-8; what does not fit or could not be typed is left
 * out) and the caret behind it. Memory behind the text is not touched. */
void field_start(struct field_edit *edit, const struct show *show,
                 const char *value, bool masked);

/* Adds text behind what is there, as if it were pasted. */
void field_append(struct field_edit *edit, const struct show *show,
                  const char *value);

/* Takes a key; false where it is none for a field (Enter, Tab, Up, Esc ...).
 * Pasted text is data: newlines (but where `lines` is set) and tabs are blanks,
 * other controls and what nobody sees are dropped. Ctrl-A, Ctrl-E: start, end;
 * Ctrl-U: empties it. */
bool field_press(struct field_edit *edit, const struct show *show,
                 const struct press *press);

/* The value as UTF-8 without blanks around it; returns its bytes. */
size_t field_value(const struct field_edit *edit, char *out, size_t size);

/* What shows in `columns` cells, safe, and the caret's cell in it. Scrolls so
 * that the caret stays in view. */
void field_view(struct field_edit *edit, const struct show *show, int columns,
                char *out, size_t size, int *caret);

/* Empties it in a way that no compiler leaves out; `lines` stays. */
void field_wipe(struct field_edit *edit);

#endif
