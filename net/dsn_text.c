/* SPDX-License-Identifier: MIT */
/* Reads the plain words of a return notice. */
#include "net/dsn_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LINE_MAX_READ 1024
#define PARAGRAPH_LINES 12 /* of one address' words */

/* The lines behind which the mail itself is quoted. */
static const char *const copies[] = {
    "below this line is a copy",
    "this is a copy of the message",
    "this is a copy of your message",
    "a copy of the original message",
    "original message headers",
    "original message follows",
    "original message below",
    "message header follows",
    "message headers follow",
    "unsent message below",
    "returned message follows",
    "encabezados de mensaje original",
    "encabezados del mensaje original",
    "cabeceras del mensaje original",
    "mensaje original",
};

/* Words that only a notice has: without one of them, text is no notice. */
static const char *const marks[] = {
    "qmail-send program",
    "mail delivery software",
    "delivery has failed",
    "could not be delivered",
    "couldn't be delivered",
    "was not delivered",
    "wasn't delivered",
    "unable to deliver",
    "permanent fatal error",
    "undeliverable",
    "undelivered",
    "delivery failed",
    "delivery failure",
    "failed recipient",
    "diagnostic information for administrators",
    "did not reach the following",
    "transcript of session follows",
    "delivery to the following recipient",
    "returned to sender",
    "delivery status notification",
    "delayed",
    "no se pudo entregar",
    "no se ha podido entregar",
    "no se entreg",
    "devuelto al remitente",
    "no pudo ser entregado",
    "nao foi entregue",
    "n\303\243o foi entregue",
    "n\303\243o p\303\264de ser entregue",
    "could not be sent",
    "error de entrega",
};

/* The mail is still on its way. */
static const char *const delays[] = {
    "will be retried",
    "will continue to try",
    "will keep trying",
    "still being retried",
    "has been delayed",
    "is delayed",
    "delivery is delayed",
    "warning message only",
    "do not need to resend",
    "se seguir\303\241 intentando",
    "se volver\303\241 a intentar",
    "todav\303\255a no se ha podido",
    "not yet been delivered",
    "continuar\303\241 intentando",
};

static bool mentions(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasestr(text, words[i]))
            return true;
    return false;
}

const char *dsn_text_copy(const char *text)
{
    const char *first = NULL;

    for (size_t i = 0; i < COUNT(copies); i++) {
        const char *at = strcasestr(text, copies[i]);

        if (at && (!first || at < first))
            first = at;
    }
    if (!first)
        return NULL;
    first += strcspn(first, "\n");
    return first + strspn(first, "\r\n");
}

/* Whether a number stands at `at` that could be the code of a refusal: three
 * digits, 4xx or 5xx, nothing of a word or number around them. */
static bool is_code(const char *text, const char *at)
{
    return (*at == '4' || *at == '5') && at[1] >= '0' && at[1] <= '7' &&
           isdigit((unsigned char)at[2]) &&
           (at == text ||
            (!isalnum((unsigned char)at[-1]) && !strchr(".:-_/", at[-1]))) &&
           (at[3] == ' ' || at[3] == '-' || at[3] == '\0' || at[3] == ':' ||
            at[3] == '\r' || at[3] == '\n');
}

int dsn_text_code(const char *words)
{
    for (const char *at = words; *at; at++)
        if (is_code(words, at))
            return (at[0] - '0') * 100 + (at[1] - '0') * 10 + at[2] - '0';
    return 0;
}

/* The bytes of a status at `at` (RFC 3463 section 2), or 0. */
static size_t status_length(const char *text, const char *at)
{
    size_t length = 2, digits;

    if (!strchr("245", *at) || !*at || at[1] != '.' ||
        (at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '.')))
        return 0;
    for (int part = 0; part < 2; part++) {
        digits = strspn(at + length, "0123456789");
        if (digits == 0 || digits > 3)
            return 0;
        length += digits;
        if (part == 0 && at[length++] != '.')
            return 0;
    }
    return isalnum((unsigned char)at[length]) ||
                   (at[length] == '.' && isdigit((unsigned char)at[length + 1]))
               ? 0
               : length;
}

void dsn_text_status(char out[16], const char *words)
{
    out[0] = '\0';
    for (const char *at = words; *at && !out[0]; at++) {
        size_t length = status_length(words, at);

        if (length > 0)
            snprintf(out, 16, "%.*s", (int)length, at);
    }
}

/* A line of the words: where it stands, and its text without blanks around. */
struct row {
    char text[LINE_MAX_READ];
    bool indented;
};

static const char *take_row(struct row *row, const char *at)
{
    size_t length = strcspn(at, "\n"), skip = strspn(at, " \t>");
    const char *next = at + length + (at[length] == '\n');

    row->indented = skip > 0;
    if (skip > length)
        skip = length;
    while (length > skip && strchr(" \t\r", at[length - 1]))
        length--;
    snprintf(row->text, sizeof(row->text), "%.*s", (int)(length - skip),
             at + skip);
    return next;
}

/* The address that a line begins with, as "<a@b>:", "a@b", "a@b: words". */
static bool read_address(char out[ADDRESS_MAX], const char *line,
                         const char **rest)
{
    const char *start = line + (*line == '<');
    size_t length = strcspn(start, "<> \t:;,()\"");
    const char *at = memchr(start, '@', length);

    if (!at || at == start || length >= ADDRESS_MAX ||
        !memchr(at, '.', length - (size_t)(at - start)))
        return false;
    snprintf(out, ADDRESS_MAX, "%.*s", (int)length, start);
    *rest = start + length + strspn(start + length, ">: \t");
    return true;
}

static void append(char *words, const char *line)
{
    size_t filled = strlen(words);

    if (*line && filled + 2 < REPLY_MAX)
        snprintf(words + filled, REPLY_MAX - filled, "%s%s",
                 filled > 0 ? " " : "", line);
}

/* The lines of one address, up to an empty one behind a code; what has a code
 * is what counts. */
static const char *take_words(struct dsn_recipient *recipient, const char *rest,
                              const char *at, const char *end)
{
    char other[ADDRESS_MAX];
    const char *unused;
    struct row row;

    append(recipient->words, rest);
    for (int lines = 0; at < end && lines < PARAGRAPH_LINES; lines++) {
        const char *next = take_row(&row, at);

        if (!row.text[0] && dsn_text_code(recipient->words))
            break;
        if (recipient->words[0] && read_address(other, row.text, &unused) &&
            !*unused)
            break;
        append(recipient->words, row.text);
        at = next;
    }
    return at;
}

static void settle(struct dsn_recipient *recipient, bool delayed)
{
    recipient->action = delayed ? DSN_DELAYED : DSN_FAILED;
    recipient->code = dsn_text_code(recipient->words);
    dsn_text_status(recipient->status, recipient->words);
}

static bool is_coded(const struct dsn_recipient *recipient)
{
    return recipient->code != 0 || recipient->status[0];
}

/* Whether the words behind an address say anything of a refusal. */
static bool is_refusal(const struct dsn_recipient *recipient)
{
    return is_coded(recipient) || strlen(recipient->words) > 8;
}

/* Where some have a code, what was said of others without one is prose. */
static void drop_prose(struct dsn *dsn)
{
    size_t kept = 0;
    bool coded = false;

    for (size_t i = 0; i < dsn->count; i++)
        coded |= is_coded(&dsn->recipients[i]);
    for (size_t i = 0; i < dsn->count && coded; i++)
        if (is_coded(&dsn->recipients[i]))
            dsn->recipients[kept++] = dsn->recipients[i];
    if (coded)
        dsn->count = kept;
}

static void read_rows(struct dsn *dsn, const char *text, const char *end,
                      bool delayed)
{
    for (const char *at = text; at < end && dsn->count < DSN_RECIPIENTS_MAX;) {
        struct dsn_recipient *recipient = &dsn->recipients[dsn->count];
        const char *rest;
        struct row row;

        memset(recipient, 0, sizeof(*recipient));
        at = take_row(&row, at);
        if (!read_address(recipient->address, row.text, &rest))
            continue;
        at = take_words(recipient, rest, at, end);
        settle(recipient, delayed);
        if (is_refusal(recipient))
            dsn->count++;
    }
    drop_prose(dsn);
}

/* No line begins with an address: the first words with a code are what there
 * is. */
static void read_loose(struct dsn *dsn, const char *text, const char *end,
                       bool delayed)
{
    struct dsn_recipient *recipient = &dsn->recipients[0];
    struct row row;

    memset(recipient, 0, sizeof(*recipient));
    for (const char *at = text; at < end;) {
        at = take_row(&row, at);
        if (!dsn_text_code(row.text) && !recipient->words[0])
            continue;
        if (!row.text[0] || strlen(recipient->words) > REPLY_MAX / 2)
            break;
        append(recipient->words, row.text);
    }
    settle(recipient, delayed);
    if (recipient->code)
        dsn->count = 1;
}

void dsn_text_whole(struct dsn_recipient *recipient, const char *text,
                    size_t length)
{
    size_t filled = 0;

    memset(recipient, 0, sizeof(*recipient));
    for (size_t i = 0; i < length && filled + 1 < REPLY_MAX; i++) {
        char c =
            text[i] == '\0' || isspace((unsigned char)text[i]) ? ' ' : text[i];

        if (c != ' ' || (filled > 0 && recipient->words[filled - 1] != ' '))
            recipient->words[filled++] = c;
    }
    settle(recipient, mentions(recipient->words, delays, COUNT(delays)));
}

void dsn_text_read(struct dsn *dsn, const char *text)
{
    const char *end = dsn_text_copy(text);
    bool delayed = mentions(text, delays, COUNT(delays));

    if (dsn->count > 0 || !mentions(text, marks, COUNT(marks)))
        return;
    if (!end)
        end = text + strlen(text);
    read_rows(dsn, text, end, delayed);
    if (dsn->count == 0)
        read_loose(dsn, text, end, delayed);
}
