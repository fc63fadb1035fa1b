/* SPDX-License-Identifier: MIT */
/* The sender's returns as a list for a spreadsheet: the values of RFC 4180,
 * none of which a spreadsheet takes for a formula. Between them stands a
 * semicolon, as Excel has it in nearly all countries of our readers, where the
 * comma belongs to numbers; before all a byte order mark, without which Excel
 * takes UTF-8 for something older. A line "sep=;" would help the few others,
 * but is a row of data to every other program. */
#include <stdlib.h>
#include <string.h>

#include "steps/sending.h"
#include "steps/text.h"
#include "ui/paper.h"
#include "ui/show.h"

/* With one of these a cell begins that is reckoned; the apostrophe makes it
 * text. */
#define FORMULA "=+-@\t\r\n"

#define SEPARATOR ";"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct sheet_writer {
    FILE *out;
    struct show show;
    bool failed;
};

static void put_quoted(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void put_cell(struct sheet_writer *writer, const char *text, bool last)
{
    size_t length = strlen(text);
    char *safe = malloc(SHOW_SPACE(length) + 1);

    if (!safe) {
        writer->failed = true;
        return;
    }
    safe[0] = '\'';
    show_text(&writer->show, safe + 1, SHOW_SPACE(length), text, length);
    /* What is shown may begin otherwise than what was said. */
    if (*text && (strchr(FORMULA, *text) || strchr(FORMULA, safe[1])))
        put_quoted(writer->out, safe);
    else if (strpbrk(safe + 1, "\"," SEPARATOR "\r\n"))
        put_quoted(writer->out, safe + 1);
    else
        fputs(safe + 1, writer->out);
    fputs(last ? "\r\n" : SEPARATOR, writer->out);
    free(safe);
}

static void put_row(struct sheet_writer *writer, const char *const *cells,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_cell(writer, cells[i], i + 1 == count);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void put_return(struct sheet_writer *writer,
                       const struct returned *returned)
{
    const char *cells[] = {
        returned->address,
        text(returned->leaves ? T_YES : T_NO),
        sending_kind(returned->kind),
        returned->when,
        returned->details,
        text(returned->inactive ? T_YES : T_NO),
        returned->subject,
    };

    put_row(writer, cells, COUNT(cells));
}

int paper_csv(FILE *out, const struct trail *trail)
{
    const char *names[] = {
        text(T_LIST_ADDRESS), text(T_LIST_LEAVES),  text(T_LIST_KIND),
        text(T_LIST_WHEN),    text(T_LIST_DETAILS), text(T_LIST_INACTIVE),
        text(T_LIST_SUBJECT),
    };
    struct returned *returns = calloc(RETURNS_MAX, sizeof(*returns));
    struct sheet_writer writer = {.out = out};
    size_t count;

    if (!returns)
        return -1;
    show_open_paper(&writer.show);
    fputs(BYTE_ORDER_MARK, out);
    count = sending_returns(trail, returns, RETURNS_MAX);
    put_row(&writer, names, COUNT(names));
    for (size_t i = 0; i < count; i++)
        put_return(&writer, &returns[i]);
    show_close(&writer.show);
    free(returns);
    return fflush(out) == 0 && !ferror(out) && !writer.failed ? 0 : -1;
}
