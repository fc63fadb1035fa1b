/* SPDX-License-Identifier: MIT */
/* JSON: what is let in, and how it is written. */
#ifndef NET_LINE_H
#define NET_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

/* Whether `text` may be given to cJSON, which is laxer than RFC 8259: valid
 * UTF-8, no control bytes but blanks between tokens, no NUL in a string in
 * any spelling, brackets at most `depth` deep, first sign a brace. */
bool line_is_sane(const char *text, size_t length, int depth);

/* The value on one line, from malloc; NULL without memory. Control signs and
 * those that change the direction of text are escapes; numbers are written
 * the same in every locale, whole ones without a fraction. */
char *line_print(const cJSON *value);

/* The same with a line for each member, for people. */
char *line_print_tall(const cJSON *value);

#endif
