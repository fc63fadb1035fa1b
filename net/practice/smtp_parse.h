/* SPDX-License-Identifier: MIT */
/* The grammar of SMTP, as the side that listens needs it. */
#ifndef NET_PRACTICE_SMTP_PARSE_H
#define NET_PRACTICE_SMTP_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/practice/pile.h"
#include "net/request.h"

/* The arguments of MAIL or RCPT. */
struct smtp_path {
    char address[ADDRESS_MAX]; /* "" is the null path <> */
    unsigned long size;        /* SIZE= (RFC 1870), 0: not given */
};

enum smtp_path_result {
    PATH_GOOD,
    PATH_NO_SYNTAX,  /* not KEYWORD:<...> */
    PATH_NO_ADDRESS, /* what is in the brackets is none */
    PATH_NO_PARAM    /* a parameter that was not offered */
};

/* Reads `text` after the verb; `keyword` is "FROM:" or "TO:". The null path is
 * taken with "FROM:" only. */
enum smtp_path_result smtp_path_read(struct smtp_path *path, const char *text,
                                     const char *keyword);

/* A mail's text on the wire, made plain again (RFC 5321 4.5.2). Only CR LF
 * ends a line, so that a bare LF before a dot cannot end the mail. */
struct smtp_text {
    enum { TEXT_START, TEXT_DOT, TEXT_DOT_CR, TEXT_INSIDE, TEXT_CR } state;
    bool done;
};

/* Takes up to `length` bytes into `out`, none after the last dot's line.
 * Returns how many it has taken; zeroed is the state at the beginning. */
size_t smtp_text_take(struct smtp_text *text, const char *bytes, size_t length,
                      struct pile *out);

#endif
