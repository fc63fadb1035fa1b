/* SPDX-License-Identifier: MIT */
/* The report as one HTML file: no script, nothing from elsewhere, for the
 * screen in light and dark, and for paper. */
#include <stdlib.h>
#include <string.h>

#include "ui/paper.h"
#include "ui/report_css.h"

/* Nothing may be loaded or run, whatever a mistake of ours let through. */
#define POLICY                                                                 \
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "         \
    "form-action 'none'"

/* What lines of one kind stand in together. */
enum frame { FRAME_NONE, FRAME_LIST, FRAME_FACTS, FRAME_TABLE };

static const struct {
    const char *open, *close;
} frames[] = {
    [FRAME_NONE] = {"", ""},
    [FRAME_LIST] = {"<ul>\n", "</ul>\n"},
    [FRAME_FACTS] = {"<dl>\n", "</dl>\n"},
    [FRAME_TABLE] = {"<table>\n", "</tbody>\n</table>\n"},
};

/* Before the first cell, between two, after the last. */
static const struct style {
    enum frame frame;
    const char *before, *between, *after;
} styles[REPORT_KIND_COUNT] = {
    [REPORT_PAGE] = {FRAME_NONE, "<article>\n<h1>", "", "</h1>\n"},
    [REPORT_HEADING] = {FRAME_NONE, "<h2>", "", "</h2>\n"},
    [REPORT_PART] = {FRAME_NONE, "<h3>", "", "</h3>\n"},
    [REPORT_VERDICT] = {FRAME_NONE, NULL, "</strong> ", "</p>\n"},
    [REPORT_LINE] = {FRAME_NONE, "<p>", "", "</p>\n"},
    [REPORT_ITEM] = {FRAME_LIST, "<li>", "", "</li>\n"},
    [REPORT_FACT] = {FRAME_FACTS, "<div><dt>", "</dt> <dd>", "</dd></div>\n"},
    [REPORT_QUOTE] = {FRAME_NONE, "<pre>", "", "</pre>\n"},
    [REPORT_NAMES] = {FRAME_TABLE, "<thead><tr><th scope=\"col\">",
                      "</th> <th scope=\"col\">",
                      "</th></tr></thead>\n<tbody>\n"},
    [REPORT_ROW] = {FRAME_TABLE, "<tr><th scope=\"row\">", "</th> <td>",
                    "</td></tr>\n"},
};

static const char *const classes[] = {
    [STATE_NONE] = "unknown",    [STATE_GOOD] = "good",
    [STATE_WARNING] = "warning", [STATE_PROBLEM] = "problem",
    [STATE_UNKNOWN] = "unknown", [STATE_SKIPPED] = "unknown",
    [STATE_RUNNING] = "unknown",
};

/* The document being written. */
struct page_html {
    FILE *out;
    struct show show;
    enum state state; /* of the verdict */
    enum frame frame; /* that is open */
    bool begun;       /* an article is open */
    bool failed;
};

/* Safe in an element and in a quoted attribute. */
static void put_escaped(FILE *out, const char *text)
{
    static const char signs[] = "&<>\"'";
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;",
                                        "&#39;"};

    while (*text) {
        size_t plain = strcspn(text, signs);

        fwrite(text, 1, plain, out);
        text += plain;
        if (*text)
            fputs(names[strchr(signs, *text++) - signs], out);
    }
}

static void put_cell(struct page_html *page, enum report_kind kind,
                     const char *cell)
{
    char *safe = paper_shown(&page->show, kind, cell);

    if (safe)
        put_escaped(page->out, safe);
    else
        page->failed = true;
    free(safe);
}

static void enter(struct page_html *page, enum frame frame)
{
    if (frame == page->frame)
        return;
    fputs(frames[page->frame].close, page->out);
    fputs(frames[frame].open, page->out);
    page->frame = frame;
}

static void put_line(struct page_html *page, const struct report_line *line)
{
    const struct style *style = &styles[line->kind];

    enter(page, style->frame);
    if (line->kind == REPORT_PAGE && page->begun)
        fputs("</article>\n", page->out);
    page->begun = true;
    if (line->kind == REPORT_VERDICT)
        fprintf(page->out, "<p class=\"verdict %s\"><strong>",
                classes[page->state]);
    else
        fputs(style->before, page->out);
    for (size_t i = 0; i < line->count; i++) {
        const char *between = style->between;

        if (line->kind == REPORT_ROW && i > 1)
            between = "</td> <td>";
        fputs(i > 0 ? between : "", page->out);
        put_cell(page, line->kind, line->cells[i]);
    }
    fputs(style->after, page->out);
}

static void put_head(struct page_html *page, const struct report *report,
                     const struct paper *paper)
{
    fprintf(page->out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
            "<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
            "<meta name=\"generator\" content=\"%s\">\n<title>",
            paper_language(paper), POLICY, PACKAGE_STRING);
    put_cell(page, REPORT_PAGE, report->lines[0].cells[0]);
    if (report->code[0]) {
        putc(' ', page->out);
        put_cell(page, REPORT_PAGE, report->code);
    }
    fputs("</title>\n<style>\n", page->out);
    for (size_t i = 0; report_css[i]; i++)
        fputs(report_css[i], page->out);
    fputs("</style>\n</head>\n<body>\n<main>\n", page->out);
}

int paper_html(FILE *out, const struct trail *trail, const struct paper *paper)
{
    struct page_html page = {.out = out};
    struct report report;

    if (report_build(&report, trail) != 0)
        return -1;
    show_open_paper(&page.show);
    page.state = report.state;
    put_head(&page, &report, paper);
    for (size_t i = 0; i < report.count; i++)
        put_line(&page, &report.lines[i]);
    enter(&page, FRAME_NONE);
    fputs("</article>\n</main>\n</body>\n</html>\n", out);
    show_close(&page.show);
    report_release(&report);
    return page.failed ? -1 : 0;
}
