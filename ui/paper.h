/* SPDX-License-Identifier: MIT */
/* The report in its formats; each says the same facts. */
#ifndef UI_PAPER_H
#define UI_PAPER_H

#include <stdio.h>

#include "steps/trail.h"

/* Plain UTF-8 text, 78 columns, every foreign text made safe. */
int paper_text(FILE *out, const struct trail *trail);

/* The JSON document that scripts rely on ("schema": 1). */
int paper_json(FILE *out, const struct trail *trail);

/* The list of the sender's returns, for a spreadsheet: comma-separated values
 * (RFC 4180) in UTF-8 with a row of names, every foreign text made safe, and
 * none a formula. */
int paper_csv(FILE *out, const struct trail *trail);

#endif
