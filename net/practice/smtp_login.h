/* SPDX-License-Identifier: MIT */
/* The dialogue of AUTH (RFC 4954), with PLAIN and LOGIN. */
#ifndef NET_PRACTICE_SMTP_LOGIN_H
#define NET_PRACTICE_SMTP_LOGIN_H

#include "net/practice/base64.h"
#include "net/practice/lines.h"

enum smtp_login {
    LOGIN_READ,
    LOGIN_GARBLED,  /* not what the mechanism says, or too long */
    LOGIN_GIVEN_UP, /* the client wrote "*" */
    LOGIN_FOREIGN,  /* another mechanism */
    LOGIN_GONE      /* the connection has ended */
};

/* Reads user and password; `args` is what follows the word AUTH. */
enum smtp_login smtp_login_read(struct login *login, struct lines *lines,
                                const char *args);

#endif
