/* SPDX-License-Identifier: MIT */
/* The record to publish in the place of what is published: our include is put
 * into the one that is there, since a second record would void both. */
#ifndef NET_SPF_AMEND_H
#define NET_SPF_AMEND_H

#include <stddef.h>

#include "net/spf.h"

/* Writes one sound record that says what all of `records` say (none at all
 * too) and includes `include` (NULL: nothing more). Words that are there twice
 * stay once. What becomes of everybody else stays what it is, but never "all
 * are welcome": "+all" or nothing becomes "~all", and so does a disagreement.
 * Returns 0; -1 where a record is malformed or the result is longer than SIZE
 * allows: `out` is "" then. */
int spf_amend(char *out, size_t size, const char *const *records, size_t count,
              const char *include);

#endif
