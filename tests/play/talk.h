/* SPDX-License-Identifier: MIT */
/* What the server's side of a conversation says and hears. */
#ifndef TESTS_PLAY_TALK_H
#define TESTS_PLAY_TALK_H

#include "tests/play/script.h"

#define TALK_LINE 4096 /* bytes of a line, NUL included */

/* All are false where the other side has left. */

/* Says so many bytes. */
bool talk_push(struct stage *stage, const char *bytes, size_t length);

/* Says the text with each TAG the tag: as a line, as a line byte by byte, or
 * alone with its escapes resolved. */
bool talk_say(struct stage *stage, const char *text);
bool talk_say_bytewise(struct stage *stage, const char *text);
bool talk_say_raw(struct stage *stage, const char *text);

/* Hears one line without its end; `*whole` where it ends in CRLF. */
bool talk_hear(struct stage *stage, char line[TALK_LINE], bool *whole);

/* The same for a line that must be a command's. */
bool talk_hear_command(struct stage *stage, char line[TALK_LINE]);

/* Copies `text` with its escapes resolved; returns the bytes. `out` needs the
 * room of `text`. */
size_t talk_unescape(char *out, const char *text);

/* Notes the step that found something else; `found` may be NULL. */
void talk_miss(struct stage *stage, const char *what, const char *found);

#endif
