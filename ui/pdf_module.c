/* SPDX-License-Identifier: MIT */
/* The only door of paper.so: draws a report and tells its bytes as events. */
#include <cairo-pdf.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "ui/pdf_draw.h"
#include "ui/pdf_lang.h"

#define PIECE 16384

/* The module is built with everything hidden but this. */
__attribute__((visibility("default"))) pdf_entry nollego_paper;

static cairo_status_t keep(void *arg, const unsigned char *bytes,
                           unsigned length)
{
    return pdf_bytes_add(arg, (const char *)bytes, length) == 0
               ? CAIRO_STATUS_SUCCESS
               : CAIRO_STATUS_NO_MEMORY;
}

static void name(cairo_surface_t *surface, const struct pdf_sheet *sheet)
{
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } data[] = {
        {CAIRO_PDF_METADATA_TITLE, sheet->title},
        {CAIRO_PDF_METADATA_CREATOR, sheet->creator},
        {CAIRO_PDF_METADATA_CREATE_DATE, sheet->created},
        {CAIRO_PDF_METADATA_MOD_DATE, sheet->created},
    };

    for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
        if (*data[i].value)
            cairo_pdf_surface_set_metadata(surface, data[i].key, data[i].value);
}

/* Draws all into `file` (NULL: only to count); how many pages, or -1. */
static int draw(const struct pdf_sheet *sheet, struct pdf_bytes *file,
                int pages)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        file ? keep : NULL, file, sheet->width, sheet->height);

    /* Plain objects, to which the language can be added. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    name(surface, sheet);
    pages = pdf_draw(surface, sheet, pages);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        pages = -1;
    cairo_surface_destroy(surface);
    return pages;
}

static void tell(FILE *out, const struct pdf_bytes *file)
{
    for (size_t at = 0; at < file->length; at++) {
        if (at % PIECE == 0)
            fprintf(out, "%s{\"event\":\"paper\",\"hex\":\"",
                    at > 0 ? "\"}\n" : "");
        fprintf(out, "%02x", (unsigned char)file->bytes[at]);
    }
    fputs("\"}\n{\"event\":\"end\",\"outcome\":\"pass\",\"seconds\":0}\n", out);
}

int nollego_paper(const struct pdf_sheet *sheet, int out)
{
    struct pdf_bytes file = {NULL, 0, 0};
    FILE *stream = fdopen(out, "w");
    int pages, status = EX_SOFTWARE;

    /* Fontconfig may want to write its cache, which the cage does not let. */
    signal(SIGXFSZ, SIG_IGN);
    pages = stream ? draw(sheet, NULL, 0) : -1;
    if (pages > 0 && draw(sheet, &file, pages) == pages &&
        pdf_lang_put(&file, sheet->lang) == 0) {
        tell(stream, &file);
        status = fflush(stream) == 0 ? EX_OK : EX_IOERR;
    }
    free(file.bytes);
    return status;
}
