/* SPDX-License-Identifier: MIT */
/* Counts by name. */
#include "net/tally.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct tally_row *add_row(struct tally *tally, const char *name)
{
    struct tally_row *row;

    if (tally->count == TALLY_ROWS_MAX)
        return NULL;
    if (tally->count == tally->room) {
        size_t room = tally->room ? 2 * tally->room : 16;
        struct tally_row *rows = realloc(tally->rows, room * sizeof(*rows));

        if (!rows)
            return NULL;
        tally->rows = rows;
        tally->room = room;
    }
    row = &tally->rows[tally->count++];
    row->count = 0;
    snprintf(row->name, sizeof(row->name), "%s", name);
    return row;
}

void tally_add(struct tally *tally, const char *name)
{
    struct tally_row *row = NULL;

    for (size_t i = 0; i < tally->count && !row; i++)
        if (strncasecmp(tally->rows[i].name, name, TALLY_NAME_MAX - 1) == 0)
            row = &tally->rows[i];
    if (!row)
        row = add_row(tally, name);
    if (row)
        row->count++;
}

static int compare(const void *a, const void *b)
{
    const struct tally_row *x = a, *y = b;

    return x->count != y->count ? (x->count < y->count ? 1 : -1)
                                : strcasecmp(x->name, y->name);
}

static void make_plain(char *name)
{
    for (; *name; name++)
        if (!isascii(*name) ||
            !(isalnum((unsigned char)*name) || *name == '.' || *name == '-'))
            *name = '_';
}

void tally_text(struct tally *tally, size_t most, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    if (tally->count > 0)
        qsort(tally->rows, tally->count, sizeof(*tally->rows), compare);
    for (size_t i = 0; i < tally->count && i < most; i++) {
        char entry[TALLY_NAME_MAX + 16], name[TALLY_NAME_MAX];
        int length;

        memcpy(name, tally->rows[i].name, sizeof(name));
        make_plain(name);
        length = snprintf(entry, sizeof(entry), "%s%s=%d", used ? " " : "",
                          name, tally->rows[i].count);
        if ((size_t)length >= size - used)
            return;
        memcpy(out + used, entry, (size_t)length + 1);
        used += (size_t)length;
    }
}

void tally_release(struct tally *tally)
{
    free(tally->rows);
    memset(tally, 0, sizeof(*tally));
}
