/* SPDX-License-Identifier: MIT */
/* Keeps the report, or a list, as a file of its own. */
#ifndef UI_KEEP_H
#define UI_KEEP_H

#include "ui/paper.h"

/* Writes the report of a walk into a new file where the person is, or at home
 * where that cannot be written: whole or not at all, readable by its owner
 * only, never over a file that is there. `path` (PATH_TEXT_MAX bytes) gets
 * where it is, or "". Returns T_NONE where it is kept, else the sentence that
 * says why not. */
enum text_id keep_report(const struct trail *trail, enum paper_format format,
                         const struct paper *paper, char *path);

/* The same for the list of the sender's returns. */
enum text_id keep_list(const struct trail *trail, const struct paper *paper,
                       char *path);

#endif
