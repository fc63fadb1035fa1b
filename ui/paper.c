/* SPDX-License-Identifier: MIT */
/* The report in its formats: which there are, and what they share. */
#include "ui/paper.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *ending;
    paper_writer *write;
} formats[FORMAT_COUNT] = {
    [FORMAT_TEXT] = {"text", ".txt", paper_text},
    [FORMAT_HTML] = {"html", ".html", paper_html},
#ifdef HAVE_PDF
    [FORMAT_PDF] = {"pdf", ".pdf", paper_pdf},
#endif
    [FORMAT_JSON] = {"json", ".json", paper_json},
};

enum paper_format paper_from(const char *name)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (formats[i].name && strcmp(formats[i].name, name) == 0)
            return (enum paper_format)i;
    return FORMAT_COUNT;
}

const char *paper_ending(enum paper_format format)
{
    return formats[format].ending;
}

void paper_for_terminal(struct paper *paper)
{
    struct show show;

    if (!isatty(STDOUT_FILENO))
        return;
    show_open_terminal(&show);
    paper->ascii = paper->ascii || show.ascii;
    show_close(&show);
}

int paper_write(FILE *out, enum paper_format format, const struct trail *trail,
                const struct paper *paper)
{
    if (formats[format].write(out, trail, paper) != 0)
        return -1;
    return fflush(out) == 0 && !ferror(out) ? 0 : -1;
}

char *paper_shown(const struct show *show, enum report_kind kind,
                  const char *cell)
{
    const char *newline = show->ascii ? "^J" : "\xe2\x90\xa4";
    size_t length = strlen(cell), fill = 0, part;
    char *safe = malloc(SHOW_SPACE(length));

    if (!safe)
        return NULL;
    safe[0] = '\0';
    if (kind == REPORT_QUOTE) {
        show_text(show, safe, SHOW_SPACE(length), cell, length);
        return safe;
    }
    for (; length > 0; cell += part, length -= part) {
        part = strcspn(cell, "\n");
        fill += show_text(show, safe + fill, SHOW_SPACE(part), cell, part);
        if (part == length)
            break;
        memcpy(safe + fill, newline, strlen(newline) + 1);
        fill += strlen(newline);
        part++;
    }
    return safe;
}

const char *paper_language(const struct paper *paper)
{
    return strcmp(paper->lang, "pt_BR") == 0 ? "pt-BR" : paper->lang;
}
