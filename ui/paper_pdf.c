/* SPDX-License-Identifier: MIT */
/* The report as PDF: drawn by a caged child, which alone loads what draws. */
#include <dlfcn.h>
#include <langinfo.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "net/job.h"
#include "net/place.h"
#include "ui/paper.h"
#include "ui/pdf.h"

#define SECONDS_MAX 20.0

_Static_assert((int)PDF_KIND_COUNT == (int)REPORT_KIND_COUNT &&
                   (int)PDF_VERDICT == (int)REPORT_VERDICT &&
                   (int)PDF_ROW == (int)REPORT_ROW && PDF_CELLS == REPORT_CELLS,
               "the kinds of both are the same");

/* What the child gets, and where its bytes are gathered. */
struct drawing {
    struct pdf_sheet sheet;
    char module[PATH_TEXT_MAX];
    FILE *out;
    bool done, failed;
};

static int draw_body(int out, void *arg)
{
    const struct drawing *drawing = arg;
    void *module = dlopen(drawing->module, RTLD_NOW | RTLD_LOCAL);
    pdf_entry *entry = NULL;

    /* POSIX lets a function travel as an object pointer, C does not. */
    if (module)
        *(void **)&entry = dlsym(module, PDF_ENTRY);
    return entry ? entry(&drawing->sheet, out) : EX_SOFTWARE;
}

static int digit(char sign)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = sign ? strchr(digits, sign) : NULL;

    return at ? (int)(at - digits) : -1;
}

static void hear(struct event *event, void *arg)
{
    struct drawing *drawing = arg;
    const char *hex = event_text(event, "hex");
    const char *outcome = event_text(event, "outcome");

    if (event_is(event, "end"))
        drawing->done = outcome && strcmp(outcome, "pass") == 0;
    if (!event_is(event, "paper"))
        return;
    for (; hex && hex[0]; hex += 2) {
        int high = digit(hex[0]), low = high < 0 ? -1 : digit(hex[1]);

        if (low < 0) {
            drawing->failed = true;
            return;
        }
        putc(high << 4 | low, drawing->out);
    }
}

static int run(struct drawing *drawing)
{
    struct error err;
    struct job job;

    if (job_start(&job, draw_body, drawing, SECONDS_MAX, false, hear, drawing,
                  &err) != 0)
        return -1;
    while (job_running(&job)) {
        struct pollfd fd = {.fd = job_descriptor(&job), .events = POLLIN};

        poll(&fd, 1, (int)(job_left(&job) * 1000) + 1);
        job_work(&job);
    }
    job_release(&job);
    return drawing->done && !drawing->failed ? 0 : -1;
}

/* All of it or nothing: half a PDF is none. */
static int draw(struct drawing *drawing, FILE *out)
{
    char *bytes = NULL;
    size_t length;
    int result;

    drawing->out = open_memstream(&bytes, &length);
    if (!drawing->out)
        return -1;
    result = run(drawing);
    if (fclose(drawing->out) != 0 ||
        (result == 0 && fwrite(bytes, 1, length, out) != length))
        result = -1;
    free(bytes);
    return result;
}

/* Letter where the locale's country uses it: its sheets are shorter. */
static bool is_letter(const struct paper *paper)
{
    locale_t locale;
    bool letter;

    if (paper->size != PAPER_BY_LOCALE)
        return paper->size == PAPER_LETTER;
    locale = newlocale(LC_PAPER_MASK, "", (locale_t)0);
    if (!locale)
        return false;
    letter = (int)(intptr_t)nl_langinfo_l(_NL_PAPER_HEIGHT, locale) == 279;
    freelocale(locale);
    return letter;
}

static enum pdf_tone tone_of(enum state state)
{
    return state == STATE_GOOD      ? PDF_GOOD
           : state == STATE_WARNING ? PDF_WARNING
           : state == STATE_PROBLEM ? PDF_PROBLEM
                                    : PDF_UNKNOWN;
}

/* The lines of the report, made safe here: the child only draws. */
static int fill_lines(struct pdf_sheet *sheet, const struct report *report)
{
    struct show show;
    int result = 0;

    sheet->lines = calloc(report->count, sizeof(*sheet->lines));
    if (!sheet->lines)
        return -1;
    sheet->count = report->count;
    show_open_paper(&show);
    for (size_t i = 0; i < report->count; i++) {
        const struct report_line *line = &report->lines[i];

        sheet->lines[i].kind = (enum pdf_kind)line->kind;
        sheet->lines[i].count = line->count;
        for (size_t k = 0; k < line->count; k++)
            if (!(sheet->lines[i].cells[k] =
                      paper_shown(&show, line->kind, line->cells[k])))
                result = -1;
    }
    show_close(&show);
    return result;
}

static void free_lines(struct pdf_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        for (size_t k = 0; k < sheet->lines[i].count; k++)
            free(sheet->lines[i].cells[k]);
    free(sheet->lines);
}

int paper_pdf(FILE *out, const struct trail *trail, const struct paper *paper)
{
    char folder[PATH_TEXT_MAX - sizeof(PDF_MODULE) - 1], title[128];
    struct drawing drawing = {.out = NULL};
    struct pdf_sheet *sheet = &drawing.sheet;
    struct report report;
    int result = -1;

    if (place_modules(folder, sizeof(folder), NULL) != 0 ||
        report_build(&report, trail) != 0)
        return -1;
    snprintf(drawing.module, sizeof(drawing.module), "%s/%s", folder,
             PDF_MODULE);
    snprintf(title, sizeof(title), "%s %s", text(T_REPORT_TITLE), report.code);
    sheet->width = is_letter(paper) ? 612.0 : 595.28;
    sheet->height = is_letter(paper) ? 792.0 : 841.89;
    sheet->tone = tone_of(report.state);
    sheet->title = sheet->foot = title;
    sheet->creator = PACKAGE_STRING;
    sheet->lang = paper_language(paper);
    sheet->created = report.begun;
    sheet->of = text(T_REPORT_PAGE_OF);
    if (fill_lines(sheet, &report) == 0)
        result = draw(&drawing, out);
    free_lines(sheet);
    report_release(&report);
    return result;
}
