/* SPDX-License-Identifier: MIT */
/* The language of a PDF document, which cairo does not write. */
#ifndef UI_PDF_LANG_H
#define UI_PDF_LANG_H

#include <stddef.h>

/* A file in memory, from malloc. */
struct pdf_bytes {
    char *bytes;
    size_t length, room;
};

/* -1 without memory. */
int pdf_bytes_add(struct pdf_bytes *file, const char *bytes, size_t length);

/* Appends an update (ISO 32000-1, 7.5.6) whose catalogue names the language,
 * a BCP 47 word. Leaves a file as it is whose form it does not know; -1
 * without memory. */
int pdf_lang_put(struct pdf_bytes *file, const char *lang);

#endif
