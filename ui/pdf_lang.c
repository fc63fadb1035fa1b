/* SPDX-License-Identifier: MIT */
/* The language of a PDF document, as an update at the file's end. */
#include "ui/pdf_lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MORE 65536

int pdf_bytes_add(struct pdf_bytes *file, const char *bytes, size_t length)
{
    if (file->room - file->length <= length) {
        size_t room = file->length + length + MORE;
        char *more = realloc(file->bytes, room);

        if (!more)
            return -1;
        file->bytes = more;
        file->room = room;
    }
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
    file->bytes[file->length] = '\0';
    return 0;
}

/* The last place of `word` in the file, or NULL. */
static const char *find_last(const struct pdf_bytes *file, const char *word)
{
    size_t length = strlen(word);

    for (size_t at = file->length; at >= length; at--)
        if (memcmp(file->bytes + at - length, word, length) == 0)
            return file->bytes + at - length;
    return NULL;
}

/* The number behind a name of the trailer, or -1. */
static long trailer_number(const char *trailer, const char *name)
{
    const char *at = strstr(trailer, name);

    return at ? strtol(at + strlen(name), NULL, 10) : -1;
}

static int add_text(struct pdf_bytes *file, const char *text)
{
    return pdf_bytes_add(file, text, strlen(text));
}

/* The catalogue once more, with the language before its end. */
static int add_update(struct pdf_bytes *file, const char *catalog, long root,
                      const char *lang)
{
    const char *trailer = find_last(file, "trailer");
    long size = trailer_number(trailer, "/Size ");
    long info = trailer_number(trailer, "/Info ");
    long before = trailer_number(trailer, "startxref\n");
    size_t place = file->length;
    char *copy, text[512];
    int result = -1;

    copy = strdup(catalog);
    if (!copy)
        return -1;
    *strstr(copy, "endobj") = '\0';
    *strrchr(copy, '>') = '\0';
    copy[strlen(copy) - 1] = '\0';
    snprintf(text, sizeof(text),
             "   /Lang (%.20s)\n   /MarkInfo << /Marked true >>\n"
             "   /ViewerPreferences << /DisplayDocTitle true "
             ">>\n>>\nendobj\nxref\n%ld 1\n%010zu 00000 n \n"
             "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n"
             "   /Prev %ld\n>>\nstartxref\n",
             lang, root, place, size, root, info, before);
    if (add_text(file, copy) == 0) {
        size_t xref = file->length + (size_t)(strstr(text, "xref") - text);

        result = add_text(file, text);
        snprintf(text, sizeof(text), "%zu\n%%%%EOF\n", xref);
        result = result == 0 ? add_text(file, text) : -1;
    }
    free(copy);
    return result;
}

int pdf_lang_put(struct pdf_bytes *file, const char *lang)
{
    const char *trailer = find_last(file, "trailer");
    long root = trailer ? trailer_number(trailer, "/Root ") : -1;
    const char *catalog;
    char head[64];

    snprintf(head, sizeof(head), "\n%ld 0 obj\n<< /Type /Catalog", root);
    catalog = root > 0 ? find_last(file, head) : NULL;
    if (!catalog || !strstr(catalog, ">>\nendobj") ||
        !strstr(trailer, "startxref\n") || !strstr(trailer, "/Info "))
        return 0;
    return add_update(file, catalog + 1, root, lang);
}
