/* SPDX-License-Identifier: MIT */
/* Where our own files are, told from the running program's own place. */
#ifndef NET_PLACE_H
#define NET_PLACE_H

#include <stddef.h>

#include "net/error.h"

/* The folder of the private modules of probes: the program's own in the build
 * tree, else where `make install` puts them, below the same root (DESTDIR
 * included). Nothing else is searched, no environment is read. -1 where one of
 * them is not there. */
int place_modules(char *folder, size_t size, struct error *err);

/* The folder of the message catalogues, by the same rule. */
int place_locale(char *path, size_t size, struct error *err);

#endif
