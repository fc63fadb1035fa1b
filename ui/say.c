/* SPDX-License-Identifier: MIT */
/* One sentence of the assets onto standard output or error, blanks filled. */
#include "ui/say.h"

#include <string.h>

#include "ui/show.h"

static const char *value_of(const char *name, const void *arg)
{
    const struct blank *blank = arg;

    for (; blank && blank->name; blank++)
        if (strcmp(blank->name, name) == 0)
            return blank->value;
    return NULL;
}

size_t say_fill(char *out, size_t size, enum text_id id,
                const struct blank *blanks)
{
    return text_fill(out, size, text(id), value_of, blanks);
}

size_t say_into(char *out, size_t size, enum text_id id,
                const struct blank *blanks)
{
    char sentence[SENTENCE_MAX];
    struct show show;
    size_t length = say_fill(sentence, sizeof(sentence), id, blanks);

    show_open_terminal(&show);
    length = show_text(&show, out, size, sentence, length);
    show_close(&show);
    return length;
}

void say(FILE *out, enum text_id id, const struct blank *blanks)
{
    char safe[SHOW_SPACE(SENTENCE_MAX)];

    say_into(safe, sizeof(safe), id, blanks);
    fputs(safe, out);
}

void say_line(FILE *out, enum text_id id, const struct blank *blanks)
{
    say(out, id, blanks);
    putc('\n', out);
}
