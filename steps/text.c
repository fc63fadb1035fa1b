/* SPDX-License-Identifier: MIT */
/* Sentences: gettext, with Spanish as the language of the sources. */
#include "steps/text.h"

#include <libintl.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "net/utf8.h"

#define DOMAIN "nollego"
#define BLANK_MAX 32

/* glibc's counter of catalogue changes: gettext keeps what it found until
 * this moves (gettext manual, "Being a gettext grok"). */
extern int _nl_msg_cat_cntr;

/* What a catalogue knows a sentence by: its id, so that "baja" may mean two
 * things, the mark that gettext puts between, the Spanish. All in one piece:
 * an address for each would be a page of its own in every process. */
static const struct keys {
#define TEXT(id, spanish) char at_##id[sizeof(#id "\004" spanish)];
#include "assets/sentences.def"
#undef TEXT
} keys = {
#define TEXT(id, spanish) #id "\004" spanish,
#include "assets/sentences.def"
#undef TEXT
};

static const struct entry {
    unsigned key;          /* where it begins */
    unsigned char spanish; /* where in it */
} entries[T_COUNT] = {
#define TEXT(id, spanish)                                                      \
    [T_##id] = {offsetof(struct keys, at_##id), sizeof(#id)},
#include "assets/sentences.def"
};
#undef TEXT

void text_open(const char *locale_folder)
{
    /* Any locale but "C" makes gettext look at LANGUAGE; this one is built
     * into glibc, so that it works where no other was generated. */
    setlocale(LC_MESSAGES, "C.UTF-8");
    if (!locale_folder)
        return;
    bindtextdomain(DOMAIN, locale_folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
}

static const char *const languages[] = {"es", "en", "pt_BR"};
#define LANGUAGES (sizeof(languages) / sizeof(*languages))

/* LANGUAGES where it is none. */
static size_t find_language(const char *language)
{
    size_t i = 0;

    while (i < LANGUAGES && strcmp(languages[i], language) != 0)
        i++;
    return i;
}

bool text_has_language(const char *language)
{
    return find_language(language) < LANGUAGES;
}

void text_language(const char *language)
{
    setenv("LANGUAGE", language, 1);
    _nl_msg_cat_cntr++;
}

const char *text_next_language(const char *language)
{
    return languages[(find_language(language) + 1) % LANGUAGES];
}

const char *text(enum text_id id)
{
    const char *key, *found;

    if (id == T_NONE || id >= T_COUNT)
        return "";
    key = (const char *)&keys + entries[id].key;
    found = dgettext(DOMAIN, key);
    return found == key ? found + entries[id].spanish : found;
}

/* Appends whole characters only; returns the new fill. */
static size_t append(char *out, size_t size, size_t fill, const char *text,
                     size_t length)
{
    if (fill + 1 >= size)
        return fill;
    return fill + utf8_mend(out + fill, size - fill, text, length);
}

/* The name in a blank at `open` ("{name}"), or NULL where it is none. */
static const char *blank_name(const char *open, char name[BLANK_MAX],
                              const char **after)
{
    const char *close = strchr(open, '}');
    size_t length = close ? (size_t)(close - open) - 1 : 0;

    if (length == 0 || length >= BLANK_MAX)
        return NULL;
    memcpy(name, open + 1, length);
    name[length] = '\0';
    *after = close + 1;
    return name;
}

size_t text_fill(char *out, size_t size, const char *pattern,
                 text_lookup *lookup, const void *arg)
{
    char name[BLANK_MAX];
    size_t fill = 0;

    if (size == 0)
        return 0;
    out[0] = '\0';
    while (*pattern) {
        size_t plain = strcspn(pattern, "{");
        fill = append(out, size, fill, pattern, plain);
        pattern += plain;
        if (*pattern != '{')
            break;
        if (blank_name(pattern, name, &pattern)) {
            const char *value = lookup ? lookup(name, arg) : NULL;
            if (value)
                fill = append(out, size, fill, value, strlen(value));
        } else {
            fill = append(out, size, fill, pattern++, 1);
        }
    }
    return fill;
}
