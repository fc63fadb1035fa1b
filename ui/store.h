/* SPDX-License-Identifier: MIT */
/* A new file that is there whole or not at all, for its owner's eyes only, and
 * never over anything that is there: no file, link, device or folder. */
#ifndef UI_STORE_H
#define UI_STORE_H

#include <stdbool.h>
#include <stdio.h>

#include "steps/settings.h"

struct store {
    FILE *out;                  /* where to write; NULL: nothing is open */
    char hidden[PATH_TEXT_MAX]; /* its name until it is whole */
};

/* Opens a hidden file in the folder where `path` shall stand. -1 with errno
 * where that is not possible. */
int store_begin(struct store *store, const char *path);

/* Waits for the disk, then gives it its name, in the same folder. -1 with errno
 * where that is not possible: after EEXIST another name may be tried. */
int store_end(struct store *store, const char *path);

/* Whether errno says that there is no room left for a file. */
bool store_was_full(void);

/* Removes what has got no name; may be called in any case. */
void store_drop(struct store *store);

#endif
