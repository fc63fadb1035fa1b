/* SPDX-License-Identifier: MIT */
/* RFC 5322, as much of it as the practice world needs. */
#include "net/practice/letter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/words.h"

/* Where the line after this one begins. */
static const char *next_line(const char *at, const char *end)
{
    const char *feed = memchr(at, '\n', (size_t)(end - at));

    return feed ? feed + 1 : end;
}

static bool is_empty_line(const char *at, const char *end)
{
    return at < end &&
           (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n'));
}

size_t letter_head(const char *raw, size_t length)
{
    const char *end = raw + length;

    for (const char *at = raw; at < end; at = next_line(at, end))
        if (is_empty_line(at, end))
            return (size_t)(next_line(at, end) - raw);
    return length;
}

static size_t name_length(const char *at, const char *end)
{
    size_t length = 0;

    while (at + length < end && at[length] > ' ' && at[length] < 0x7f &&
           at[length] != ':')
        length++;
    return at + length < end && at[length] == ':' ? length : 0;
}

bool letter_next(struct field *field, const char *at, const char *end)
{
    while (at < end && !is_empty_line(at, end)) {
        const char *after = next_line(at, end);

        field->at = at;
        field->name = name_length(at, end);
        while (after < end && (*after == ' ' || *after == '\t'))
            after = next_line(after, end);
        field->length = (size_t)(after - at);
        if (field->name)
            return true;
        at = after;
    }
    return false;
}

bool letter_is(const struct field *field, const char *name)
{
    return strlen(name) == field->name &&
           strncasecmp(field->at, name, field->name) == 0;
}

void letter_value(const struct field *field, char *out, size_t size)
{
    const char *at = field->at + field->name + 1;
    const char *end = field->at + field->length;
    char flat[FIELD_MAX];
    size_t length = 0;

    while (at < end && isspace((unsigned char)*at))
        at++;
    for (; at < end && length < sizeof(flat) - 1; at++)
        if (*at != '\r' && *at != '\n' && *at != '\0')
            flat[length++] = *at;
    while (length && isspace((unsigned char)flat[length - 1]))
        length--;
    flat[length] = '\0';
    words_read(out, size, flat);
}

bool letter_field(const char *raw, size_t length, const char *name, char *out,
                  size_t size)
{
    const char *end = raw + length;
    struct field field = {raw, 0, 0};

    for (; letter_next(&field, field.at + field.length, end);)
        if (letter_is(&field, name)) {
            letter_value(&field, out, size);
            return true;
        }
    out[0] = '\0';
    return false;
}

/* A value may hold anything: it is made into one field, whatever it is. */
static void put(struct pile *out, const char *name, const char *value)
{
    char words[FIELD_MAX];

    if (!value || !*value)
        return;
    words_write(words, sizeof(words), value);
    pile_format(out, "%s: %s\r\n", name, words);
}

static void put_person(struct pile *out, const struct person *person)
{
    char words[FIELD_MAX];

    words_write(words, sizeof(words), person->name);
    if (!*words)
        pile_text(out, person->address);
    else if (strncmp(words, "=?", 2) == 0)
        pile_format(out, "%s <%s>", words, person->address);
    else
        pile_format(out, "\"%s\" <%s>", words, person->address);
}

static void put_seat(struct pile *out, const struct parts *parts,
                     enum seat seat, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < parts->people_count; i++) {
        if (parts->people[i].seat != seat)
            continue;
        if (count++)
            pile_text(out, ",\r\n ");
        else
            pile_format(out, "%s: ", name);
        put_person(out, &parts->people[i].person);
    }
    if (count)
        pile_text(out, "\r\n");
}

void letter_compose_head(struct pile *out, const struct parts *parts)
{
    pile_format(out, "Message-ID: <%s@%s>\r\nDate: %s\r\nFrom: ", parts->id,
                person_domain(parts->from->address), parts->date);
    put_person(out, parts->from);
    pile_text(out, "\r\n");
    put_seat(out, parts, SEAT_TO, "To");
    put_seat(out, parts, SEAT_CC, "Cc");
    put_seat(out, parts, SEAT_REPLY_TO, "Reply-To");
    put(out, "Subject", parts->subject);
}

bool letter_add_field(struct pile *out, const char *name, const char *value)
{
    static const char *const ours[] = {
        "Message-ID",   "Date",     "From",       "To",
        "Cc",           "Bcc",      "Reply-To",   "Subject",
        "MIME-Version", "Received", "Return-Path"};

    for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
        if (strcasecmp(name, ours[i]) == 0)
            return false;
    if (!*name || strncasecmp(name, "Content-", 8) == 0)
        return false;
    for (const char *sign = name; *sign; sign++)
        if (*sign <= ' ' || *sign >= 0x7f || *sign == ':')
            return false;
    put(out, name, value);
    return true;
}

/* Lines end in CR LF, whatever they ended in before. */
static void put_body(struct pile *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\r\n");

        pile_add(out, text, length);
        pile_text(out, "\r\n");
        text += length;
        if (*text == '\r')
            text++;
        if (*text == '\n')
            text++;
    }
}

static void put_part(struct pile *out, const char *type, const char *text)
{
    pile_format(out,
                "Content-Type: text/%s; charset=utf-8\r\n"
                "Content-Transfer-Encoding: 8bit\r\n\r\n",
                type);
    put_body(out, text);
}

void letter_compose_body(struct pile *out, const struct parts *parts)
{
    pile_text(out, "MIME-Version: 1.0\r\n");
    if (!parts->html) {
        put_part(out, "plain", parts->text ? parts->text : "");
        return;
    }
    if (!parts->text) {
        put_part(out, "html", parts->html);
        return;
    }
    pile_format(out,
                "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n"
                "--%s\r\n",
                parts->id, parts->id);
    put_part(out, "plain", parts->text);
    pile_format(out, "--%s\r\n", parts->id);
    put_part(out, "html", parts->html);
    pile_format(out, "--%s--\r\n", parts->id);
}
