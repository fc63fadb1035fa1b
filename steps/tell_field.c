/* SPDX-License-Identifier: MIT */
/* The lines to type into: which there are, what stands in them, how what was
 * typed or pasted is understood, and what is wrong with it. */
#include <string.h>
#include <strings.h>

#include "net/syntax.h"
#include "net/utf8.h"
#include "steps/tell.h"

/* Whether what an administrator gave leaves nothing to ask here. */
static bool is_settled(const struct settings *settings,
                       const struct field *field)
{
    if (!settings->smtp_settled)
        return false;
    return strcmp(field->key, "server") == 0 ||
           (strcmp(field->key, "user") == 0 && settings->user[0]);
}

size_t tell_fields(const struct trail *trail, const struct settings *settings,
                   const struct field *fields[STEP_FIELDS_MAX])
{
    const struct field *field = trail_step(trail)->fields;
    size_t count = 0;

    for (; field && field->key && count < STEP_FIELDS_MAX; field++)
        if (!is_settled(settings, field))
            fields[count++] = field;
    return count;
}

/* --- what was pasted along --- */

static bool is_blank(unsigned code)
{
    return code == ' ' || code == 0xa0 || (code >= '\t' && code <= '\r');
}

/* What stands around a value in a document, a table or a program. */
static bool is_wrapping(unsigned code)
{
    static const unsigned signs[] = {
        '"',    '\'',   '`',    ',',    ';',    0xab,   0xbb,
        0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e,
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i] == code)
            return true;
    return is_blank(code);
}

/* A part of a text. */
struct span {
    const char *text;
    size_t length;
};

static unsigned first_of(const struct span *span, size_t *bytes)
{
    unsigned code = 0;

    *bytes = utf8_take(span->text, span->length, &code);
    return code;
}

static unsigned last_of(const struct span *span, size_t *bytes)
{
    struct span tail = {span->text + span->length, 0};

    while (tail.length < span->length && tail.length < 4) {
        tail.text--;
        tail.length++;
        if ((*tail.text & 0xc0) != 0x80)
            break;
    }
    return first_of(&tail, bytes);
}

static void unwrap(struct span *span)
{
    size_t bytes;

    while (is_wrapping(first_of(span, &bytes)) && bytes > 0) {
        span->text += bytes;
        span->length -= bytes;
    }
    while (is_wrapping(last_of(span, &bytes)) && bytes > 0)
        span->length -= bytes;
}

static void drop_prefix(struct span *span, const char *prefix)
{
    size_t length = strlen(prefix);

    if (span->length <= length || strncasecmp(span->text, prefix, length) != 0)
        return;
    span->text += length;
    span->length -= length;
}

/* "Ana <ana@empresa.example>", "mailto:ana@empresa.example" */
static void tidy_address(struct span *span)
{
    const char *open = memchr(span->text, '<', span->length);
    const char *end = span->text + span->length;

    if (span->length == 0)
        return;
    if (open && end[-1] == '>' &&
        !memchr(open + 1, '<', (size_t)(end - open - 1))) {
        span->text = open + 1;
        span->length = (size_t)(end - open - 2);
        unwrap(span);
    }
    drop_prefix(span, "mailto:");
}

/* "smtps://smtp.ejemplo.com:465/" */
static void tidy_server(struct span *span)
{
    static const char *const schemes[] = {"smtp://",       "smtps://",
                                          "submission://", "imap://",
                                          "imaps://",      "https://"};

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        drop_prefix(span, schemes[i]);
    if (span->length > 1 && span->text[span->length - 1] == '/')
        span->length--;
}

int tell_field_tidy(const struct field *field, const char *typed,
                    char out[TELL_VALUE_MAX])
{
    struct span span = {typed, strlen(typed)};
    bool key = strcmp(field->key, "api_key") == 0;

    /* A password may be anything, and a notice is text. */
    if (key || field->kind == FIELD_ADDRESS || field->kind == FIELD_SERVER)
        unwrap(&span);
    if (field->kind == FIELD_ADDRESS)
        tidy_address(&span);
    if (field->kind == FIELD_SERVER)
        tidy_server(&span);
    out[0] = '\0';
    if (span.length >= TELL_VALUE_MAX)
        return -1;
    memcpy(out, span.text, span.length);
    out[span.length] = '\0';
    return 0;
}

/* --- what was typed before --- */

static bool is_address(const char *key)
{
    static const char *const keys[] = {"from", "to", "other_from", "free_to"};

    for (size_t i = 0; key && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

size_t tell_addresses(const struct trail *trail,
                      const char *addresses[TELL_ADDRESSES_MAX])
{
    size_t event_count, count = 0;
    const struct event *const *events = trail_events(trail, &event_count);

    for (size_t i = event_count; i-- > 0 && count < TELL_ADDRESSES_MAX;) {
        const char *value = event_text(events[i], "value");
        bool known = !event_is(events[i], "fact") || !value || !*value ||
                     !is_address(event_text(events[i], "key"));

        for (size_t k = 0; !known && k < count; k++)
            known = strcasecmp(addresses[k], value) == 0;
        if (!known)
            addresses[count++] = value;
    }
    return count;
}

/* --- what stands in them --- */

const char *tell_field_value(const struct trail *trail,
                             const struct settings *settings,
                             const struct field *field)
{
    const struct {
        const char *key, *value;
    } offers[] = {
        {"from", settings->from},
        {"to", settings->to},
        {"other_from", settings->other_from},
        {"free_to", settings->free_to},
        {"server", settings->smtp.host},
        {"user", settings->user},
    };
    const char *typed = trail_fact(trail, field->key);

    /* Each address has its mailbox: no fact about another one stands here. */
    if (strncmp(field->key, "mail_", 5) == 0)
        return settings_offer(settings, trail_recipient(trail), field->key);
    /* A secret is not kept; a confirmation is typed each time. */
    if (field->kind == FIELD_SECRET || field->kind == FIELD_BLOCK ||
        strcmp(field->key, "retype") == 0)
        return "";
    for (size_t i = 0; !*typed && i < sizeof offers / sizeof *offers; i++)
        if (strcmp(offers[i].key, field->key) == 0)
            return offers[i].value;
    return typed;
}

/* The grammar's flaws in the person's words. */
static enum text_id address_problem(const char *value)
{
    static const enum text_id texts[ADDRESS_FLAW_COUNT] = {
        [ADDRESS_EMPTY] = T_FIELD_EMPTY,
        [ADDRESS_LONG] = T_FIELD_LONG,
        [ADDRESS_CONTROL] = T_FIELD_SIGNS,
        [ADDRESS_BLANK] = T_FIELD_BLANK,
        [ADDRESS_BRACKET] = T_FIELD_SIGNS,
        [ADDRESS_ROUTE] = T_FIELD_SIGNS,
        [ADDRESS_LIST] = T_FIELD_LIST,
        [ADDRESS_NO_AT] = T_FIELD_NO_AT,
        [ADDRESS_LOCAL_EMPTY] = T_FIELD_NO_AT,
        [ADDRESS_LOCAL_LONG] = T_FIELD_LONG,
        [ADDRESS_LOCAL_DOTS] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_SIGN] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_QUOTES] = T_FIELD_LOCAL,
        [ADDRESS_LOCAL_FOREIGN] = T_FIELD_LOCAL,
        [ADDRESS_DOMAIN_EMPTY] = T_FIELD_NO_AT,
        [ADDRESS_DOMAIN_LONG] = T_FIELD_LONG,
        [ADDRESS_DOMAIN_LABEL] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_SIGN] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_FOREIGN] = T_FIELD_DOMAIN,
        [ADDRESS_DOMAIN_LITERAL] = T_FIELD_DOMAIN,
    };

    return texts[syntax_address(value, strlen(value))];
}

static enum text_id server_problem(const char *value)
{
    struct endpoint endpoint = {.port = 587};
    struct error err;

    return endpoint_parse(&endpoint, value, &err) == 0 ? T_NONE
                                                       : T_FIELD_SERVER;
}

static enum text_id secret_problem(const char *value)
{
    struct secret secret;
    struct error err;
    int set = secret_set(&secret, value, strlen(value), &err);

    secret_clear(&secret);
    return set == 0 ? T_NONE : T_FIELD_SECRET;
}

/* The other sender must be another one, or the comparison proves nothing. */
static enum text_id same_problem(const struct trail *trail,
                                 const struct field *field, const char *value)
{
    if (strcmp(field->key, "other_from") == 0 &&
        strcasecmp(value, trail_fact(trail, "from")) == 0)
        return T_FIELD_SAME_SENDER;
    if (strcmp(field->key, "retype") == 0 && trail_last(trail) &&
        strcasecmp(value, trail_last(trail)->to) != 0)
        return T_FIELD_OTHER_ADDRESS;
    if (strcmp(field->key, "free_to") == 0 &&
        strcasecmp(value, trail_fact(trail, "to")) == 0)
        return T_FIELD_SAME_RECIPIENT;
    return T_NONE;
}

enum text_id tell_field_problem(const struct trail *trail,
                                const struct field *field, const char *typed)
{
    char value[TELL_VALUE_MAX];
    enum text_id id = T_NONE;

    if (field->kind == FIELD_BLOCK) /* any text, of any length */
        return *typed || field->optional ? T_NONE : T_FIELD_EMPTY;
    if (tell_field_tidy(field, typed, value) != 0)
        return T_FIELD_LONG;
    if (!*value)
        return field->optional ? T_NONE : T_FIELD_EMPTY;
    if (field->kind == FIELD_ADDRESS)
        id = address_problem(value);
    if (field->kind == FIELD_SERVER)
        id = server_problem(value);
    if (field->kind == FIELD_SECRET)
        id = secret_problem(value);
    if (field->kind == FIELD_ADDRESS && id == T_NONE)
        id = same_problem(trail, field, value);
    explicit_bzero(value, sizeof value);
    return id;
}
