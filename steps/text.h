/* SPDX-License-Identifier: MIT */
/* From an id to a sentence in the person's language, with its blanks filled. */
#ifndef STEPS_TEXT_H
#define STEPS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* One id for each entry of the assets, which hold the Spanish: the walk, the
 * causes, the frame of the screens, the command line. */
#define TEXT(id, spanish) T_##id,
enum text_id {
    T_NONE,
#include "assets/sentences.def"
    T_COUNT
};
#undef TEXT

/* Where the catalogues are; NULL leaves Spanish only. */
void text_open(const char *locale_folder);

/* Whether it is one of "es", "en" and "pt_BR". */
bool text_has_language(const char *language);

/* One of them; takes effect at once. */
void text_language(const char *language);

/* The one after it, round and round. */
const char *text_next_language(const char *language);

/* The sentence, UTF-8; "" for T_NONE. Valid until the language changes. */
const char *text(enum text_id id);

/* Gives the value of a blank, or NULL where it has none. */
typedef const char *text_lookup(const char *name, const void *arg);

/* Writes `pattern` with each {name} replaced by its value (nothing where there
 * is none). Values are not read again for blanks. Never cuts a character;
 * always ends in NUL. Returns the bytes written. */
size_t text_fill(char *out, size_t size, const char *pattern,
                 text_lookup *lookup, const void *arg);

#endif
