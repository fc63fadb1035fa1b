/* SPDX-License-Identifier: MIT */
/* The report in its formats; each says the same facts. */
#ifndef UI_PAPER_H
#define UI_PAPER_H

#include <stdio.h>

#include "steps/report.h"
#include "ui/show.h"

#define PAPER_COLUMNS 80 /* of text, where nothing else is asked for */
#define PAPER_COLUMNS_MIN 20
#define PAPER_COLUMNS_MAX 1000

enum paper_format {
    FORMAT_TEXT,
    FORMAT_HTML,
    FORMAT_PDF,
    FORMAT_JSON,
    FORMAT_COUNT
};

enum paper_size { PAPER_BY_LOCALE, PAPER_A4, PAPER_LETTER };

/* How it shall look. */
struct paper {
    int columns;          /* text: at most these; 0: PAPER_COLUMNS */
    bool ascii;           /* text: no byte above 0x7f */
    enum paper_size size; /* PDF */
    const char *lang;     /* "es", "en", "pt_BR", of the words in force */
    bool clipboard;       /* the terminal may be asked to copy it */
};

/* The format of a name, or FORMAT_COUNT; PDF only where we are built with it.
 */
enum paper_format paper_from(const char *name);

/* ".txt" and so on. */
const char *paper_ending(enum paper_format format);

/* Standard output may be a terminal that has only ASCII. */
void paper_for_terminal(struct paper *paper);

/* Writes the report of a walk and flushes; every foreign text is made safe.
 * -1 where it cannot be written or there is no memory. */
int paper_write(FILE *out, enum paper_format format, const struct trail *trail,
                const struct paper *paper);

/* The list of the sender's returns, for a spreadsheet: values with semicolons
 * (else RFC 4180) in UTF-8 with its mark and a row of names, every foreign text
 * made safe, and none a formula. */
int paper_csv(FILE *out, const struct trail *trail);

/* --- each format; called by paper_write --- */

typedef int paper_writer(FILE *out, const struct trail *trail,
                         const struct paper *paper);
paper_writer paper_text, paper_html, paper_pdf, paper_json;

/* A cell of the report as safe text, from malloc; NULL without memory. Only
 * words of others keep their lines: elsewhere a newline is made visible, so
 * that nothing foreign begins a line of ours. */
char *paper_shown(const struct show *show, enum report_kind kind,
                  const char *cell);

/* The language of `lang` as BCP 47 has it: "pt-BR". */
const char *paper_language(const struct paper *paper);

#endif
