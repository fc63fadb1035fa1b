/* SPDX-License-Identifier: MIT */
/* Foreign text on its way out: nothing that moves a cursor, hides or turns. */
#include "tests/fuzz/fuzz.h"
#include "ui/show.h"

static void check_safe(const struct show *show, const char *out, size_t length)
{
    for (size_t at = 0; at < length;) {
        unsigned code = 0;
        size_t used = utf8_take(out + at, length - at, &code);

        HOLDS(used > 0);
        HOLDS(code == '\n' || (code >= 0x20 && code != 0x7f));
        HOLDS(!show->ascii || code < 0x80);
        HOLDS(code < 0x80 || code > 0x9f);
        HOLDS(code < 0x200b || code > 0x200f);
        HOLDS(code < 0x2028 || code > 0x202e);
        HOLDS(code < 0x2066 || code > 0x2069);
        HOLDS(code != 0xfeff && code != 0x61c && code < 0xe0000);
        at += used;
    }
}

static void try_show(const struct show *show, const char *in, size_t length,
                     size_t cut)
{
    size_t size = SHOW_SPACE(length);
    char *out = malloc(size), *again = malloc(size);
    size_t made, kept;

    if (!out || !again)
        abort();
    made = show_text(show, out, size, in, length);
    HOLDS(made < size && strlen(out) == made);
    check_safe(show, out, made);

    /* Safe text stays what it is, and a small room gets the beginning. */
    kept = show_text(show, again, size, out, made);
    HOLDS(kept == made && memcmp(out, again, made) == 0);
    kept = show_text(show, again, cut < size ? cut : size, in, length);
    HOLDS(kept < cut || (cut == 0 && kept == 0));
    HOLDS(memcmp(out, again, kept) == 0);
    check_safe(show, again, kept);
    free(again);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct show ascii = {.ascii = true};
    static struct show paper;

    if (!paper.locale)
        show_open_paper(&paper);
    HOLDS(paper.locale);
    if (size == 0)
        return 0;
    try_show(&paper, (const char *)data + 1, size - 1, data[0]);
    try_show(&ascii, (const char *)data + 1, size - 1, data[0]);
    return 0;
}
