/* SPDX-License-Identifier: MIT */
/* What is fetched, and how it is written. */
#include "net/practice/imap_fetch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/moment.h"

static const struct item {
    const char *word;
    unsigned items;
} items[] = {
    {"UID", FETCH_UID},
    {"FLAGS", FETCH_FLAGS},
    {"INTERNALDATE", FETCH_DATE},
    {"RFC822.SIZE", FETCH_SIZE},
    {"FAST", FETCH_FLAGS | FETCH_DATE | FETCH_SIZE},
};

static bool is_field_name(const char *name)
{
    for (const char *sign = name; *sign; sign++)
        if (!isalnum((unsigned char)*sign) && !strchr("-_.", *sign))
            return false;
    return *name != '\0';
}

/* The names in brackets after HEADER.FIELDS. */
static bool read_names(struct section *section, struct cursor *cursor)
{
    size_t used = 0;
    char name[64];

    if (!cursor_sign(cursor, ' ') || !cursor_sign(cursor, '('))
        return false;
    do {
        if (!cursor_astring(cursor, name, sizeof(name)) ||
            !is_field_name(name) ||
            used + strlen(name) + 2 > sizeof(section->names))
            return false;
        used += (size_t)snprintf(section->names + used,
                                 sizeof(section->names) - used, "%s%s",
                                 used ? " " : "", name);
    } while (cursor_sign(cursor, ' '));
    for (char *sign = section->names; *sign; sign++)
        *sign = (char)toupper((unsigned char)*sign);
    return cursor_sign(cursor, ')');
}

static bool read_kind(struct section *section, struct cursor *cursor)
{
    if (cursor_word(cursor, "HEADER.FIELDS.NOT"))
        section->kind = SECTION_FIELDS_NOT;
    else if (cursor_word(cursor, "HEADER.FIELDS"))
        section->kind = SECTION_FIELDS;
    else if (cursor_word(cursor, "HEADER"))
        section->kind = SECTION_HEADER;
    else if (cursor_word(cursor, "TEXT"))
        section->kind = SECTION_TEXT;
    else
        section->kind = SECTION_ALL;
    if (section->kind == SECTION_FIELDS || section->kind == SECTION_FIELDS_NOT)
        return read_names(section, cursor);
    return true;
}

static bool read_partial(struct section *section, struct cursor *cursor)
{
    if (!cursor_sign(cursor, '<'))
        return true;
    section->partial = true;
    return cursor_number(cursor, &section->offset) &&
           cursor_sign(cursor, '.') && cursor_number(cursor, &section->count) &&
           section->count > 0 && cursor_sign(cursor, '>');
}

static bool read_section(struct fetch *fetch, struct cursor *cursor)
{
    struct section *section;

    if (fetch->section_count == SECTIONS_MAX || !cursor_sign(cursor, '['))
        return false;
    section = &fetch->sections[fetch->section_count++];
    *section = (struct section){.kind = SECTION_ALL};
    return read_kind(section, cursor) && cursor_sign(cursor, ']') &&
           read_partial(section, cursor);
}

static bool read_item(struct fetch *fetch, struct cursor *cursor)
{
    if (cursor_word(cursor, "BODY.PEEK") || cursor_word(cursor, "BODY"))
        return read_section(fetch, cursor);
    for (size_t i = 0; i < sizeof(items) / sizeof(*items); i++)
        if (cursor_word(cursor, items[i].word)) {
            fetch->items |= items[i].items;
            return true;
        }
    return false;
}

bool fetch_read(struct fetch *fetch, struct cursor *cursor)
{
    bool list;

    fetch->items = 0;
    fetch->section_count = 0;
    if (!cursor_set(cursor, fetch->set, sizeof(fetch->set)) ||
        !cursor_sign(cursor, ' '))
        return false;
    list = cursor_sign(cursor, '(');
    do {
        if (!read_item(fetch, cursor))
            return false;
    } while (list && cursor_sign(cursor, ' '));
    return (!list || cursor_sign(cursor, ')')) && cursor_is_end(cursor);
}

static bool is_named(const struct field *field, const char *names)
{
    for (; *names; names += strspn(names, " ")) {
        size_t length = strcspn(names, " ");

        if (length == field->name && strncasecmp(names, field->at, length) == 0)
            return true;
        names += length;
    }
    return false;
}

static void put_fields(struct pile *out, const struct section *section,
                       const struct imap_mail *mail)
{
    const char *end = mail->text + mail->head;
    struct field field = {mail->text, 0, 0};

    while (letter_next(&field, field.at + field.length, end))
        if (is_named(&field, section->names) ==
            (section->kind == SECTION_FIELDS))
            pile_add(out, field.at, field.length);
    pile_text(out, "\r\n");
}

static void put_content(struct pile *out, const struct section *section,
                        const struct imap_mail *mail)
{
    if (section->kind == SECTION_HEADER)
        pile_add(out, mail->text, mail->head);
    else if (section->kind == SECTION_TEXT)
        pile_add(out, mail->text + mail->head, mail->length - mail->head);
    else if (section->kind == SECTION_ALL)
        pile_add(out, mail->text, mail->length);
    else
        put_fields(out, section, mail);
}

static void put_section_name(struct pile *out, const struct section *section)
{
    static const char *const names[] = {
        [SECTION_ALL] = "",
        [SECTION_HEADER] = "HEADER",
        [SECTION_TEXT] = "TEXT",
        [SECTION_FIELDS] = "HEADER.FIELDS",
        [SECTION_FIELDS_NOT] = "HEADER.FIELDS.NOT",
    };

    pile_format(out, "BODY[%s", names[section->kind]);
    if (*section->names)
        pile_format(out, " (%s)", section->names);
    pile_text(out, "]");
    if (section->partial)
        pile_format(out, "<%lu>", section->offset);
}

static void put_section(struct pile *out, const struct section *section,
                        const struct imap_mail *mail)
{
    struct pile content;
    size_t from = 0, length;

    pile_init(&content, IMAP_OUT_MAX);
    pile_text(&content, "");
    put_content(&content, section, mail);
    length = content.length;
    if (section->partial) {
        from = section->offset < length ? section->offset : length;
        length =
            length - from < section->count ? length - from : section->count;
    }
    put_section_name(out, section);
    pile_format(out, " {%zu}\r\n", length);
    pile_add(out, content.bytes ? content.bytes + from : "", length);
    pile_release(&content);
}

static void put_mail(struct pile *out, const struct fetch *fetch,
                     const struct imap_view *view, const struct imap_mail *mail)
{
    const char *gap = "";
    char date[MOMENT_SIZE];

    pile_format(out, "* %lu FETCH (", mail->number);
    if (fetch->items & FETCH_UID) {
        pile_format(out, "UID %u", mail->copy->uid);
        gap = " ";
    }
    if (fetch->items & FETCH_FLAGS) {
        pile_format(out, "%sFLAGS ()", gap);
        gap = " ";
    }
    if (fetch->items & FETCH_DATE) {
        moment_imap(date, world_calendar(view->world, mail->copy->at));
        pile_format(out, "%sINTERNALDATE \"%s\"", gap, date);
        gap = " ";
    }
    if (fetch->items & FETCH_SIZE) {
        pile_format(out, "%sRFC822.SIZE %zu", gap, mail->length);
        gap = " ";
    }
    for (int i = 0; i < fetch->section_count; i++) {
        pile_text(out, gap);
        put_section(out, &fetch->sections[i], mail);
        gap = " ";
    }
    pile_text(out, ")\r\n");
}

int fetch_run(const struct fetch *fetch, const struct imap_view *view, bool uid,
              struct pile *out)
{
    struct imap_mail mail = {.number = 0};
    unsigned long last = uid ? imap_view_last_uid(view) : view->count;

    while (imap_view_next(view, &mail) && !out->over) {
        unsigned long number = uid ? mail.copy->uid : mail.number;

        if (!set_has(fetch->set, number, last))
            continue;
        if (imap_mail_read(view, &mail) != 0)
            return -1;
        put_mail(out, fetch, view, &mail);
        free(mail.text);
    }
    return out->over ? -1 : 0;
}
