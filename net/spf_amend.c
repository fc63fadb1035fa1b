/* SPDX-License-Identifier: MIT */
#include "net/spf_amend.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A record in the making. */
struct draft {
    char *out;
    size_t size, length;
    bool full;
    bool merges;    /* several records become one */
    bool explained; /* there is an exp= */
    char all;       /* the ending that they agree on; NUL: none yet */
    char redirect[SPF_RECORD_TEXT];
};

static bool has_word(const struct draft *draft, const char *word, size_t length)
{
    const char *at = draft->out;

    while (*at) {
        size_t width = strcspn(at, " ");

        if (width == length && strncasecmp(at, word, length) == 0)
            return true;
        at += width + strspn(at + width, " ");
    }
    return false;
}

/* "+a" and "a" are the same word. */
static void add(struct draft *draft, const char *word, size_t length)
{
    int used;

    if (length > 1 && word[0] == '+') {
        word++;
        length--;
    }
    if (has_word(draft, word, length))
        return;
    used = snprintf(draft->out + draft->length, draft->size - draft->length,
                    " %.*s", (int)length, word);
    if (used < 0 || (size_t)used >= draft->size - draft->length)
        draft->full = true;
    else
        draft->length += (size_t)used;
}

static void add_include(struct draft *draft, const char *domain, size_t length)
{
    char word[SPF_RECORD_TEXT];
    int used =
        snprintf(word, sizeof(word), "include:%.*s", (int)length, domain);

    if (used < 0 || (size_t)used >= sizeof(word))
        draft->full = true;
    else
        add(draft, word, (size_t)used);
}

static void add_term(struct draft *draft, const struct spf_term *term)
{
    if (term->kind == SPF_ALL) {
        char all = term->qualifier == '+' ? '~' : term->qualifier;

        draft->all = draft->all && draft->all != all ? '~' : all;
    } else if (term->kind == SPF_REDIRECT && draft->merges) {
        add_include(draft, term->spec, term->spec_length);
    } else if (term->kind == SPF_REDIRECT) {
        snprintf(draft->redirect, sizeof(draft->redirect), "%.*s",
                 (int)term->length, term->text);
    } else if (term->kind != SPF_EXP || !draft->explained) {
        draft->explained = draft->explained || term->kind == SPF_EXP;
        add(draft, term->text, term->length);
    }
}

static bool add_record(struct draft *draft, const char *record)
{
    size_t length = strlen(record), at = 0;
    struct spf_term term;
    enum spf_flaw flaw;

    if (!spf_record_is(record, length) ||
        spf_record_check(record, length, &term) != SPF_FAULT_NONE)
        return false;
    while (spf_record_next(record, length, &at, &term, &flaw) > 0)
        add_term(draft, &term);
    return true;
}

/* Behind an `all` a redirect is never used. */
static void add_ending(struct draft *draft)
{
    char all[] = {draft->all ? draft->all : '~', 'a', 'l', 'l', '\0'};

    if (draft->redirect[0] && !draft->all)
        add(draft, draft->redirect, strlen(draft->redirect));
    else
        add(draft, all, strlen(all));
}

int spf_amend(char *out, size_t size, const char *const *records, size_t count,
              const char *include)
{
    struct draft draft = {.out = out, .size = size, .merges = count > 1};
    bool sound = true;

    draft.length = (size_t)snprintf(out, size, "v=spf1");
    if (draft.length >= size)
        return -1;
    for (size_t i = 0; i < count; i++)
        sound = sound && add_record(&draft, records[i]);
    if (include)
        add_include(&draft, include, strlen(include));
    add_ending(&draft);
    if (sound && !draft.full)
        return 0;
    out[0] = '\0';
    return -1;
}
