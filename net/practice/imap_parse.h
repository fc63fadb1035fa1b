/* SPDX-License-Identifier: MIT */
/* The grammar of IMAP4rev1 (RFC 3501, 9), as far as a reader's client uses
 * it. A command is one run of bytes in which literals stand as on the wire:
 * {length} CR LF and the bytes. */
#ifndef NET_PRACTICE_IMAP_PARSE_H
#define NET_PRACTICE_IMAP_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#define IMAP_COMMAND_MAX 8192 /* bytes of a command with its literals */
#define IMAP_TEXT_MAX 512     /* bytes of one string, with a NUL */

/* What is still to be read. Each function below either takes what it names
 * and returns true, or returns false and takes nothing that matters. */
struct cursor {
    const char *at, *end;
};

bool cursor_is_end(const struct cursor *cursor);

/* One given sign; a word of letters, compared without case, that is followed
 * by no further atom sign. */
bool cursor_sign(struct cursor *cursor, char sign);
bool cursor_word(struct cursor *cursor, const char *word);

/* An atom, a string (quoted or literal), either of them, or either with the
 * wildcards of LIST. Strings hold no NUL. */
bool cursor_atom(struct cursor *cursor, char *out, size_t size);
bool cursor_string(struct cursor *cursor, char *out, size_t size);
bool cursor_astring(struct cursor *cursor, char *out, size_t size);
bool cursor_pattern(struct cursor *cursor, char *out, size_t size);

/* A set of numbers: "1", "2:4,7", "3:*". */
bool cursor_set(struct cursor *cursor, char *out, size_t size);
bool cursor_number(struct cursor *cursor, unsigned long *number);

/* Whether a set as read above holds `number`, where `*` is `last`. */
bool set_has(const char *set, unsigned long number, unsigned long last);

/* Whether a line ends in a literal's length, {n} or {n+} (RFC 7888). */
bool literal_at_end(const char *line, size_t length, size_t *count,
                    bool *waits);

/* Whether `name`, which holds no slash, fits a pattern of LIST: both `*` and
 * `%` stand for anything. */
bool pattern_fits(const char *pattern, const char *name);

#endif
