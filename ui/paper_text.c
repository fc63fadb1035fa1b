/* SPDX-License-Identifier: MIT */
/* The report as plain text, of any width and in ASCII where asked for. */
#include <stdlib.h>
#include <string.h>

#include "ui/paper.h"
#include "ui/wrap.h"

#define GAP 2          /* cells between two columns */
#define INDENT "     " /* of what a row goes on with */
#define TABLE_INDENT (int)(sizeof INDENT - 1)

/* How each kind of line stands on the page. What may hold foreign text never
 * begins a line at the margin, where it could be taken for a heading. */
static const struct style {
    const char *first, *next; /* before its first line, before the others */
    int above;                /* empty lines before it */
    char under;               /* what it is underlined with, or 0 */
} styles[REPORT_KIND_COUNT] = {
    [REPORT_PAGE] = {"", "  ", 2, '='},
    [REPORT_HEADING] = {"", "  ", 1, '-'},
    [REPORT_PART] = {"", "  ", 1, 0},
    [REPORT_VERDICT] = {"", "  ", 0, 0},
    [REPORT_LINE] = {"", "", 0, 0},
    [REPORT_ITEM] = {"- ", "  ", 0, 0},
    [REPORT_FACT] = {"  ", "    ", 0, 0},
    [REPORT_QUOTE] = {"  > ", "  > ", 0, 0},
};

/* A page being written. */
struct sheet_text {
    FILE *out;
    const struct report *report;
    struct show show;
    int columns;
    size_t next; /* the line of the report to be written */
    bool begun;  /* something stands above */
    bool failed;
};

static void repeat(FILE *out, char sign, int cells)
{
    while (cells-- > 0)
        putc(sign, out);
}

static char *shown(struct sheet_text *sheet, const struct report_line *line,
                   size_t cell)
{
    char *safe = paper_shown(&sheet->show, line->kind, line->cells[cell]);

    if (!safe)
        sheet->failed = true;
    return safe;
}

/* Wraps `safe`; the first line begins with `first`, the others with `next`. */
static void print_wrapped(struct sheet_text *sheet, const char *safe,
                          const char *first, const char *next)
{
    size_t length = strlen(safe), used, part;
    const char *lead = first;

    do {
        used =
            wrap_line(safe, length, sheet->columns - (int)strlen(lead), &part);
        fprintf(sheet->out, "%s%.*s\n", lead, (int)part, safe);
        safe += used;
        length -= used;
        lead = next;
    } while (length > 0);
}

/* All cells of a line as one text: "name: value". */
static char *joined(struct sheet_text *sheet, const struct report_line *line)
{
    char *both = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&both, &size);

    if (!out) {
        sheet->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < line->count; i++) {
        char *safe = shown(sheet, line, i);

        fprintf(out, "%s%s", i > 0 ? ": " : "", safe ? safe : "");
        free(safe);
    }
    if (fclose(out) != 0)
        sheet->failed = true;
    return both;
}

static void print_line(struct sheet_text *sheet, const struct report_line *line)
{
    const struct style *style = &styles[line->kind];
    char *safe = joined(sheet, line);
    int cells = safe ? wrap_width(safe, strlen(safe)) : 0;

    if (!safe)
        return;
    if (sheet->begun)
        repeat(sheet->out, '\n', style->above);
    print_wrapped(sheet, safe, style->first, style->next);
    if (style->under) {
        repeat(sheet->out, style->under,
               cells < sheet->columns ? cells : sheet->columns);
        putc('\n', sheet->out);
    }
    free(safe);
}

/* A table: as many columns beside each other as there is room for, the others
 * below, so that no cell is cut. */
struct table {
    const struct report_line *lines; /* the names, then the rows */
    size_t count;
    int widths[REPORT_CELLS];
    bool breaks[REPORT_CELLS]; /* the column begins a line */
};

static void measure(struct sheet_text *sheet, struct table *table)
{
    int at = 0;

    for (size_t i = 0; i < table->count; i++)
        for (size_t k = 0; k < table->lines[i].count; k++) {
            char *safe = shown(sheet, &table->lines[i], k);
            int width = safe ? wrap_width(safe, strlen(safe)) : 0;

            if (width > table->widths[k])
                table->widths[k] = width;
            free(safe);
        }
    for (size_t k = 0; k < table->lines[0].count; k++) {
        if (k > 0 && at + table->widths[k] > sheet->columns) {
            table->breaks[k] = true;
            at = TABLE_INDENT;
        }
        at += table->widths[k] + GAP;
    }
}

static void print_row(struct sheet_text *sheet, const struct table *table,
                      const struct report_line *row)
{
    int pad = 0;

    for (size_t k = 0; k < row->count; k++) {
        char *safe = shown(sheet, row, k);
        bool begins = k == 0 || table->breaks[k];
        bool last = k + 1 == row->count || table->breaks[k + 1];

        if (!safe)
            return;
        if (begins)
            pad = k > 0 ? TABLE_INDENT : 0;
        if (begins && last)
            print_wrapped(sheet, safe, k > 0 ? INDENT : "", INDENT);
        else
            fprintf(sheet->out, "%*s%s%s", pad, "", safe, last ? "\n" : "");
        pad = table->widths[k] - wrap_width(safe, strlen(safe)) + GAP;
        free(safe);
    }
}

/* The line below the names. */
static void print_rule(struct sheet_text *sheet, const struct table *table)
{
    int cells = 0, most = 0;

    for (size_t k = 0; k < table->lines[0].count; k++) {
        cells = table->breaks[k] ? TABLE_INDENT : cells + (k > 0 ? GAP : 0);
        cells += table->widths[k];
        most = cells > most ? cells : most;
    }
    repeat(sheet->out, '-', most < sheet->columns ? most : sheet->columns);
    putc('\n', sheet->out);
}

static void print_table(struct sheet_text *sheet)
{
    struct table table = {.lines = &sheet->report->lines[sheet->next]};

    do
        table.count++;
    while (sheet->next + table.count < sheet->report->count &&
           table.lines[table.count].kind == REPORT_ROW);
    measure(sheet, &table);
    for (size_t i = 0; i < table.count; i++) {
        print_row(sheet, &table, &table.lines[i]);
        if (i == 0)
            print_rule(sheet, &table);
    }
    sheet->next += table.count;
}

int paper_text(FILE *out, const struct trail *trail, const struct paper *paper)
{
    struct report report;
    struct sheet_text sheet = {
        .out = out,
        .report = &report,
        .columns = paper->columns ? paper->columns : PAPER_COLUMNS,
    };

    if (report_build(&report, trail) != 0)
        return -1;
    show_open_paper(&sheet.show);
    sheet.show.ascii = paper->ascii;
    while (sheet.next < report.count && !sheet.failed) {
        if (report.lines[sheet.next].kind == REPORT_NAMES)
            print_table(&sheet);
        else
            print_line(&sheet, &report.lines[sheet.next++]);
        sheet.begun = true;
    }
    show_close(&sheet.show);
    report_release(&report);
    return sheet.failed ? -1 : 0;
}
