/* SPDX-License-Identifier: MIT */
#include "ui/enclose.h"

#include <stdio.h>

#include "steps/report.h"

static const char *const types[FORMAT_COUNT] = {
    [FORMAT_TEXT] = "text/plain; charset=utf-8",
    [FORMAT_HTML] = "text/html; charset=utf-8",
    [FORMAT_PDF] = "application/pdf",
    [FORMAT_JSON] = "application/json",
};

int enclose_report(struct attachment *document, char **bytes,
                   enum paper_format format, const struct trail *trail,
                   const struct paper *paper)
{
    FILE *out = open_memstream(bytes, &document->length);
    int result = out ? paper_write(out, format, trail, paper) : -1;
    struct report report;

    if (out && fclose(out) != 0)
        result = -1;
    if (result != 0 || report_build(&report, trail) != 0)
        return -1;
    document->bytes = *bytes;
    snprintf(document->name, sizeof(document->name), "nollego-%s%s",
             report.code[0] ? report.code : "0", paper_ending(format));
    snprintf(document->type, sizeof(document->type), "%s", types[format]);
    report_release(&report);
    return 0;
}
