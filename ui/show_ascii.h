/* SPDX-License-Identifier: MIT */
/* The nearest ASCII of letters and signs outside it. */
#ifndef UI_SHOW_ASCII_H
#define UI_SHOW_ASCII_H

/* "a" for U+00E1, "" for what is left out, NULL where there is no near one;
 * at most SHOW_ASCII_MAX characters, and never more than twice the bytes that
 * the character has in UTF-8. */
#define SHOW_ASCII_MAX 5
const char *show_ascii(unsigned code);

#endif
