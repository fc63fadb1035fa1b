/* SPDX-License-Identifier: MIT */
/* Reads the plain words of a return notice, as qmail, Exim, Exchange and older
 * servers write them. */
#ifndef NET_DSN_TEXT_H
#define NET_DSN_TEXT_H

#include "net/dsn.h"

/* Finds addresses that were not reached and what was said of them. */
void dsn_text_read(struct dsn *dsn, const char *text);

/* Takes some words for those of a notice, all of them. */
void dsn_text_whole(struct dsn_recipient *recipient, const char *text,
                    size_t length);

/* Where the copy of the mail begins that the words end with, or NULL. */
const char *dsn_text_copy(const char *text);

/* The reply code that some words quote first, or 0. */
int dsn_text_code(const char *words);

/* The first status such as "5.1.1" in some words; "" where there is none. */
void dsn_text_status(char out[16], const char *words);

#endif
