/* SPDX-License-Identifier: MIT */
/* Takes secrets out of text where a line is made. */
#include "net/redact.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/base64.h"
#include "net/request.h"

#define SHORT_SECRET 4 /* below it only whole words are taken */
#define PLAIN_MAX (ADDRESS_MAX + SECRET_MAX + 2)

/* One way in which a secret travels. */
struct form {
    struct form *next; /* shorter or as long */
    size_t length;
    bool word; /* only where no letter or digit touches it */
    char text[];
};

struct redact {
    struct form *forms;
};

struct redact *redact_new(void)
{
    return calloc(1, sizeof(struct redact));
}

/* Longest first, so that no rest of a longer form is left to be seen. */
static int add_form(struct redact *redact, const char *text, size_t length,
                    bool word)
{
    struct form **at = &redact->forms;
    struct form *form = malloc(sizeof(*form) + length);

    if (!form)
        return -1;
    memcpy(form->text, text, length);
    form->length = length;
    form->word = word;
    while (*at && (*at)->length > length)
        at = &(*at)->next;
    form->next = *at;
    *at = form;
    return 0;
}

/* Without the padding: it may be followed by more. */
static int add_base64(struct redact *redact, const char *text, size_t length)
{
    char out[PLAIN_MAX / 3 * 4 + 8];
    int result =
        add_form(redact, out, base64_bare(out, text, length), length < 3);

    explicit_bzero(out, sizeof(out));
    return result;
}

static int add_percent(struct redact *redact, const struct secret *secret,
                       const char *hex)
{
    char out[3 * SECRET_MAX];
    size_t written = 0;
    int result;

    for (size_t i = 0; i < secret->length; i++) {
        unsigned char byte = (unsigned char)secret->text[i];

        if (byte < 0x80 && (isalnum(byte) || strchr("-._~", byte))) {
            out[written++] = (char)byte;
            continue;
        }
        out[written++] = '%';
        out[written++] = hex[byte >> 4];
        out[written++] = hex[byte & 15];
    }
    result = add_form(redact, out, written, secret->length < SHORT_SECRET);
    explicit_bzero(out, sizeof(out));
    return result;
}

/* As a quoted string of IMAP (RFC 3501) or JSON. */
static int add_quoted(struct redact *redact, const struct secret *secret)
{
    char out[2 * SECRET_MAX];
    size_t written = 0;
    int result;

    for (size_t i = 0; i < secret->length; i++) {
        if (strchr("\"\\", secret->text[i]))
            out[written++] = '\\';
        out[written++] = secret->text[i];
    }
    result = add_form(redact, out, written, secret->length < SHORT_SECRET);
    explicit_bzero(out, sizeof(out));
    return result;
}

static int add_plain(struct redact *redact, const struct secret *secret,
                     const char *user)
{
    char plain[PLAIN_MAX];
    size_t length = strlen(user);
    int result;

    if (length >= ADDRESS_MAX)
        return -1;
    plain[0] = '\0';
    memcpy(plain + 1, user, length + 1);
    memcpy(plain + length + 2, secret->text, secret->length);
    result = add_base64(redact, plain, length + 2 + secret->length);
    explicit_bzero(plain, sizeof(plain));
    return result;
}

int redact_add(struct redact *redact, const struct secret *secret,
               const char *user)
{
    if (!secret_given(secret))
        return 0;
    if (add_form(redact, secret->text, secret->length,
                 secret->length < SHORT_SECRET) != 0 ||
        add_base64(redact, secret->text, secret->length) != 0 ||
        add_percent(redact, secret, "0123456789ABCDEF") != 0 ||
        add_percent(redact, secret, "0123456789abcdef") != 0 ||
        add_quoted(redact, secret) != 0)
        return -1;
    return user && *user ? add_plain(redact, secret, user) : 0;
}

static bool in_word(unsigned char byte)
{
    return byte >= 0x80 || isalnum(byte);
}

/* The longest form that stands at `at`, or NULL. */
static const struct form *form_at(const struct redact *redact, const char *text,
                                  size_t at)
{
    for (const struct form *form = redact->forms; form; form = form->next) {
        if (strncmp(text + at, form->text, form->length) != 0)
            continue;
        if (!form->word ||
            ((at == 0 || !in_word((unsigned char)text[at - 1])) &&
             !in_word((unsigned char)text[at + form->length])))
            return form;
    }
    return NULL;
}

char *redact_text(const struct redact *redact, const char *text)
{
    char *out = NULL;
    size_t length, at = 0;
    FILE *stream;

    while (text[at] && !form_at(redact, text, at))
        at++;
    if (!text[at])
        return NULL;
    stream = open_memstream(&out, &length);
    if (!stream)
        return strdup(REDACT_MARK);
    fwrite(text, 1, at, stream);
    while (text[at]) {
        const struct form *form = form_at(redact, text, at);

        if (form)
            fputs(REDACT_MARK, stream);
        else
            putc(text[at], stream);
        at += form ? form->length : 1;
    }
    if (fclose(stream) != 0) {
        free(out);
        return strdup(REDACT_MARK);
    }
    return out;
}

void redact_free(struct redact *redact)
{
    while (redact && redact->forms) {
        struct form *form = redact->forms;

        redact->forms = form->next;
        explicit_bzero(form->text, form->length);
        free(form);
    }
    free(redact);
}
