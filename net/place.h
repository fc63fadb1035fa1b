/* SPDX-License-Identifier: MIT */
/* Where our own files are, told from the running program's own place. */
#ifndef NET_PLACE_H
#define NET_PLACE_H

#include <stddef.h>

#include "net/error.h"

/* The private module of probes: beside the program in the build tree, else
 * where `make install` puts it, below the same root (DESTDIR included).
 * Nothing else is searched, no environment is read. -1 where it is not there. */
int place_module(char *path, size_t size, struct error *err);

/* The folder of the message catalogues, by the same rule. */
int place_locale(char *path, size_t size, struct error *err);

#endif
