/* SPDX-License-Identifier: MIT */
/* One value of the command line or the configuration, checked and put into
 * its place. */
#ifndef UI_TAKE_H
#define UI_TAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/request.h"
#include "steps/text.h"

#define LIMIT_LEAST 0.1
#define SECONDS_MOST 3600.0
#define DAYS_MOST 3650

/* Puts `value` into `place`, which has `size` bytes and the type named beside
 * each function. Returns T_NONE, or what is wrong: a sentence with the blanks
 * {option} and {value}. The place is as it was then, a secret empty. */
typedef enum text_id take(void *place, size_t size, const char *value);

take take_flag;        /* bool: true, `value` is not looked at */
take take_yes;         /* bool: yes, no */
take take_text;        /* char[]: UTF-8 without control signs */
take take_word;        /* char[]: visible ASCII, no blank */
take take_token;       /* char[]: letters, digits, hyphens */
take take_address;     /* char[]: one @, nothing that ends an address */
take take_server;      /* struct endpoint: HOST[:PORT]; 465 and 993: TLS */
take take_resolver;    /* struct endpoint: ADDRESS[:PORT] */
take take_ip;          /* char[]: IPv4 or IPv6 */
take take_selector;    /* char[]: labels of letters, digits, - and _ */
take take_tls;         /* enum tls_mode: none, starttls, implicit */
take take_url;         /* char[]: https, or http to this machine */
take take_limit;       /* double: LIMIT_LEAST to SECONDS_MOST */
take take_wait;        /* double: 0 to SECONDS_MOST */
take take_days;        /* int: 0 to DAYS_MOST */
take take_lang;        /* char[]: es, en, pt_BR */
take take_columns;     /* int: the width of a text */
take take_paper;       /* enum paper_size: a4, letter */
take take_via;         /* char[]: api, smtp */
take take_secret;      /* struct secret: the value itself */
take take_secret_file; /* struct secret: first line of the file, "-" stdin */
take take_file;        /* char[]: a file that can be read */
take take_input;       /* char[]: the same, or "-" for standard input */

/* Whether `problem` lies in the data (65), not in how it is used (64). */
bool take_is_data(enum text_id problem);

/* Whether it may be spoken to as it is: without TLS only on this machine. */
bool take_is_safe(const struct endpoint *endpoint);

#endif
