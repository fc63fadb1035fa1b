/* SPDX-License-Identifier: MIT */
/* The report as plain text. */
#include <stdlib.h>
#include <string.h>

#include "steps/report.h"
#include "ui/paper.h"
#include "ui/show.h"
#include "ui/wrap.h"

#define COLUMNS 78

/* How each kind of line stands on the page. */
static const struct {
    const char *first, *next; /* before its first line, before the others */
    bool spaced, underlined;
} styles[] = {
    [REPORT_HEADING] = {"", "", true, true},
    [REPORT_LINE] = {"", "", false, false},
    [REPORT_ITEM] = {"  - ", "    ", false, false},
    [REPORT_QUOTE] = {"  > ", "  > ", false, false},
};

static void underline(FILE *out, int cells)
{
    while (cells-- > 0)
        fputc('-', out);
    fputc('\n', out);
}

static void print_line(FILE *out, enum report_kind kind, const char *safe)
{
    size_t length = strlen(safe), shown;
    const char *lead = styles[kind].first;
    int columns = COLUMNS - (int)strlen(lead);

    if (styles[kind].spaced)
        fputc('\n', out);
    for (const char *rest = safe; length > 0; lead = styles[kind].next) {
        size_t used = wrap_line(rest, length, columns, &shown);
        fprintf(out, "%s%.*s\n", lead, (int)shown, rest);
        rest += used;
        length -= used;
    }
    if (styles[kind].underlined)
        underline(out, wrap_width(safe, strlen(safe)));
}

static int print_foreign(FILE *out, const struct show *show,
                         enum report_kind kind, const char *text)
{
    size_t length = strlen(text);
    char *safe = malloc(SHOW_SPACE(length));

    if (!safe)
        return -1;
    show_text(show, safe, SHOW_SPACE(length), text, length);
    print_line(out, kind, safe);
    free(safe);
    return 0;
}

int paper_text(FILE *out, const struct trail *trail)
{
    struct report report;
    struct show show;
    int result = 0;

    if (report_build(&report, trail) != 0)
        return -1;
    show_open_paper(&show);
    fprintf(out, "%s\n", text(T_REPORT_TITLE));
    for (size_t i = 0; i < report.count && result == 0; i++)
        result = print_foreign(out, &show, report.lines[i].kind,
                               report.lines[i].text);
    fprintf(out, "\n%s: %s\n", text(T_REPORT_SUPPORT), SUPPORT_ADDRESS);
    show_close(&show);
    report_release(&report);
    return fflush(out) == 0 ? result : -1;
}
