/* SPDX-License-Identifier: MIT */
/* The one type that holds a password or a key. */
#ifndef NET_SECRET_H
#define NET_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"

#define SECRET_MAX 512

/* `text` ends in NUL; `length` counts bytes. All zero means "not given". */
struct secret {
    size_t length;
    char text[SECRET_MAX];
};

/* Takes a key or password as people paste it: blanks and one pair of quotes
 * around it are dropped. Returns -1 where it is too long, is not UTF-8 or
 * holds control bytes; `secret` is then empty. */
int secret_set(struct secret *secret, const char *text, size_t length,
               struct error *err);

/* Reads the first line of a file ("-" is standard input) as a secret. */
int secret_read(struct secret *secret, const char *path, struct error *err);

bool secret_given(const struct secret *secret);

/* Overwrites it with zeros in a way that no compiler leaves out. */
void secret_clear(struct secret *secret);

#endif
