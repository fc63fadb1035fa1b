/* SPDX-License-Identifier: MIT */
/* The report as a file that goes with something: to a printer, to support. */
#ifndef UI_ENCLOSE_H
#define UI_ENCLOSE_H

#include "net/request.h"
#include "ui/paper.h"

/* Writes the report of a walk into memory: `document` borrows it from `bytes`,
 * which the caller frees in either case. -1 without memory, or where the
 * format cannot be written. */
int enclose_report(struct attachment *document, char **bytes,
                   enum paper_format format, const struct trail *trail,
                   const struct paper *paper);

#endif
