/* SPDX-License-Identifier: MIT */
/* Conditions as a small tree in an array. */
#include "net/practice/imap_search.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/moment.h"

/* What follows the word of a key. */
enum operand { NOTHING, A_TEXT, A_FIELD_AND_TEXT, A_DATE, A_SET };

/* `field` where the key is about one fixed header field. */
static const struct key_word {
    const char *word;
    int kind;
    enum operand operand;
    const char *field;
} words[] = {
    {"ALL", KEY_ALL, NOTHING, NULL},
    {"UNSEEN", KEY_ALL, NOTHING, NULL},
    {"UNANSWERED", KEY_ALL, NOTHING, NULL},
    {"UNDELETED", KEY_ALL, NOTHING, NULL},
    {"UNFLAGGED", KEY_ALL, NOTHING, NULL},
    {"UNDRAFT", KEY_ALL, NOTHING, NULL},
    {"OLD", KEY_ALL, NOTHING, NULL},
    {"SEEN", KEY_NONE, NOTHING, NULL},
    {"ANSWERED", KEY_NONE, NOTHING, NULL},
    {"DELETED", KEY_NONE, NOTHING, NULL},
    {"FLAGGED", KEY_NONE, NOTHING, NULL},
    {"DRAFT", KEY_NONE, NOTHING, NULL},
    {"RECENT", KEY_NONE, NOTHING, NULL},
    {"NEW", KEY_NONE, NOTHING, NULL},
    {"HEADER", KEY_FIELD, A_FIELD_AND_TEXT, NULL},
    {"SUBJECT", KEY_FIELD, A_TEXT, "Subject"},
    {"FROM", KEY_FIELD, A_TEXT, "From"},
    {"TO", KEY_FIELD, A_TEXT, "To"},
    {"CC", KEY_FIELD, A_TEXT, "Cc"},
    {"BCC", KEY_FIELD, A_TEXT, "Bcc"},
    {"BODY", KEY_BODY, A_TEXT, NULL},
    {"TEXT", KEY_TEXT, A_TEXT, NULL},
    {"SINCE", KEY_SINCE, A_DATE, NULL},
    {"BEFORE", KEY_BEFORE, A_DATE, NULL},
    {"ON", KEY_ON, A_DATE, NULL},
    {"UID", KEY_UID, A_SET, NULL},
};

static int read_key(struct search *search, struct cursor *cursor, int depth);

static int new_key(struct search *search, int kind)
{
    struct search_key *key;

    if (search->count == SEARCH_KEYS_MAX)
        return -1;
    key = &search->keys[search->count];
    memset(key, 0, sizeof(*key));
    key->kind = kind;
    return search->count++;
}

static bool read_date(struct search_key *key, struct cursor *cursor)
{
    char text[16];

    if (!cursor_astring(cursor, text, sizeof(text)))
        return false;
    key->day = moment_day_imap(text);
    return key->day > 0;
}

static bool read_operand(struct search_key *key, enum operand operand,
                         struct cursor *cursor)
{
    if (operand == NOTHING)
        return true;
    if (!cursor_sign(cursor, ' '))
        return false;
    switch (operand) {
    case A_FIELD_AND_TEXT:
        if (!cursor_astring(cursor, key->field, sizeof(key->field)) ||
            !cursor_sign(cursor, ' '))
            return false;
        return cursor_astring(cursor, key->text, sizeof(key->text));
    case A_TEXT:
        return cursor_astring(cursor, key->text, sizeof(key->text));
    case A_DATE:
        return read_date(key, cursor);
    case A_SET:
        return cursor_set(cursor, key->text, sizeof(key->text));
    default:
        return false;
    }
}

static int read_word(struct search *search, struct cursor *cursor)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        int place;

        if (!cursor_word(cursor, words[i].word))
            continue;
        place = new_key(search, words[i].kind);
        if (place < 0)
            return -1;
        if (words[i].field)
            snprintf(search->keys[place].field,
                     sizeof(search->keys[place].field), "%s", words[i].field);
        return read_operand(&search->keys[place], words[i].operand, cursor)
                   ? place
                   : -1;
    }
    return -1;
}

/* Several keys in a row must all hold. */
static int read_row(struct search *search, struct cursor *cursor, int depth)
{
    int row = read_key(search, cursor, depth);

    while (row >= 0 && cursor_sign(cursor, ' ')) {
        int place = new_key(search, KEY_AND);
        int next = place < 0 ? -1 : read_key(search, cursor, depth);

        if (next < 0)
            return -1;
        search->keys[place].left = row;
        search->keys[place].right = next;
        row = place;
    }
    return row;
}

static int read_compound(struct search *search, struct cursor *cursor, int kind,
                         int depth)
{
    int place = new_key(search, kind);
    int left, right = 0;

    if (place < 0 || !cursor_sign(cursor, ' '))
        return -1;
    left = read_key(search, cursor, depth + 1);
    if (left >= 0 && kind == KEY_OR)
        right =
            cursor_sign(cursor, ' ') ? read_key(search, cursor, depth + 1) : -1;
    if (left < 0 || right < 0)
        return -1;
    search->keys[place].left = left;
    search->keys[place].right = right;
    return place;
}

static int read_numbers(struct search *search, struct cursor *cursor)
{
    int place = new_key(search, KEY_NUMBER);

    return place >= 0 && cursor_set(cursor, search->keys[place].text,
                                    sizeof(search->keys[place].text))
               ? place
               : -1;
}

/* The place of the next key, or -1. */
static int read_key(struct search *search, struct cursor *cursor, int depth)
{
    int place;

    if (depth > SEARCH_DEPTH_MAX || cursor_is_end(cursor))
        return -1;
    if (cursor_sign(cursor, '(')) {
        place = read_row(search, cursor, depth + 1);
        return cursor_sign(cursor, ')') ? place : -1;
    }
    if (cursor_word(cursor, "NOT"))
        return read_compound(search, cursor, KEY_NOT, depth);
    if (cursor_word(cursor, "OR"))
        return read_compound(search, cursor, KEY_OR, depth);
    if (*cursor->at == '*' || isdigit((unsigned char)*cursor->at))
        return read_numbers(search, cursor);
    return read_word(search, cursor);
}

enum search_result search_read(struct search *search, struct cursor *cursor)
{
    char charset[32];

    search->count = 0;
    if (cursor_word(cursor, "CHARSET")) {
        if (!cursor_sign(cursor, ' ') ||
            !cursor_astring(cursor, charset, sizeof(charset)) ||
            !cursor_sign(cursor, ' '))
            return SEARCH_BAD;
        if (strcasecmp(charset, "UTF-8") != 0 &&
            strcasecmp(charset, "US-ASCII") != 0)
            return SEARCH_FOREIGN_CHARSET;
    }
    search->root = read_row(search, cursor, 0);
    return search->root >= 0 && cursor_is_end(cursor) ? SEARCH_GOOD
                                                      : SEARCH_BAD;
}

/* An empty text only asks whether there is such a field. */
static bool field_holds(const struct search_key *key,
                        const struct imap_mail *mail)
{
    const char *end = mail->text + mail->head;
    struct field field = {mail->text, 0, 0};
    char value[FIELD_MAX];

    while (letter_next(&field, field.at + field.length, end)) {
        if (!letter_is(&field, key->field))
            continue;
        letter_value(&field, value, sizeof(value));
        if (strcasestr(value, key->text))
            return true;
    }
    return false;
}

static bool fits(const struct search *search, int place,
                 const struct imap_view *view, const struct imap_mail *mail)
{
    const struct search_key *key = &search->keys[place];
    long day = moment_day(world_calendar(view->world, mail->copy->at));

    switch (key->kind) {
    case KEY_ALL:
        return true;
    case KEY_NONE:
        return false;
    case KEY_AND:
        return fits(search, key->left, view, mail) &&
               fits(search, key->right, view, mail);
    case KEY_OR:
        return fits(search, key->left, view, mail) ||
               fits(search, key->right, view, mail);
    case KEY_NOT:
        return !fits(search, key->left, view, mail);
    case KEY_FIELD:
        return field_holds(key, mail);
    case KEY_BODY:
        return strcasestr(mail->text + mail->head, key->text) != NULL;
    case KEY_TEXT:
        return strcasestr(mail->text, key->text) != NULL;
    case KEY_SINCE:
        return day >= key->day;
    case KEY_BEFORE:
        return day < key->day;
    case KEY_ON:
        return day == key->day;
    case KEY_UID:
        return set_has(key->text, mail->copy->uid, imap_view_last_uid(view));
    case KEY_NUMBER:
        return set_has(key->text, mail->number, view->count);
    }
    return false;
}

int search_run(const struct search *search, const struct imap_view *view,
               bool uid, struct pile *out)
{
    struct imap_mail mail = {.number = 0};

    while (imap_view_next(view, &mail)) {
        if (imap_mail_read(view, &mail) != 0)
            return -1;
        if (fits(search, search->root, view, &mail))
            pile_format(out, " %lu",
                        uid ? (unsigned long)mail.copy->uid : mail.number);
        free(mail.text);
    }
    return out->over ? -1 : 0;
}
