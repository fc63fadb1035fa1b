/* SPDX-License-Identifier: MIT */
/* What a server offers in its EHLO reply, RFC 5321 4.1.1.1. */
#ifndef NET_EHLO_H
#define NET_EHLO_H

#include <stdbool.h>
#include <stddef.h>

#define EHLO_LIST_MAX 4096

/* The ways to log in that we can use. */
enum mechanism { MECHANISM_NONE, MECHANISM_PLAIN, MECHANISM_LOGIN };

struct ehlo {
    int lines;
    bool starttls, plain, login;
    char list[EHLO_LIST_MAX]; /* every keyword with its words, ", " between */
    size_t list_length;
};

/* Takes the next line of the reply, its code included, without line end. The
 * first one names the server and offers nothing. */
void ehlo_take(struct ehlo *ehlo, const char *line, size_t length);

/* The best mechanism that is offered and can carry this login. libesmtp's PLAIN
 * copies both into 512 bytes without looking, so longer ones go by LOGIN. */
enum mechanism ehlo_mechanism(const struct ehlo *ehlo, const char *user,
                              const char *password);

/* "PLAIN" or "LOGIN"; NULL for NONE. */
const char *mechanism_name(enum mechanism mechanism);

#endif
