/* SPDX-License-Identifier: MIT */
/* Reads a return notice. */
#include "net/dsn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/dsn_text.h"
#include "net/header.h"
#include "net/parts.h"

#define TEXT_MAX (64u << 10) /* bytes of one part that are read */
#define VALUE_MAX 4096

const char *dsn_action_name(enum dsn_action action)
{
    static const char *const names[DSN_ACTION_COUNT] = {
        [DSN_FAILED] = "failed",
        [DSN_DELAYED] = "delayed",
        [DSN_DELIVERED] = "delivered",
    };

    return names[action];
}

/* Behind the type of "rfc822; a@b" or "smtp; 550 ..." (RFC 3464 2.1.2). */
static const char *typed_value(const char *value)
{
    const char *semicolon = strchr(value, ';');

    if (!semicolon || strcspn(value, " ") < (size_t)(semicolon - value))
        return value;
    return semicolon + 1 + strspn(semicolon + 1, " ");
}

static enum dsn_action action_from(const char *word)
{
    static const struct {
        const char *word;
        enum dsn_action action;
    } words[] = {
        {"failed", DSN_FAILED},     {"failure", DSN_FAILED},
        {"delayed", DSN_DELAYED},   {"delivered", DSN_DELIVERED},
        {"relayed", DSN_DELIVERED}, {"expanded", DSN_DELIVERED},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strncasecmp(word, words[i].word, strlen(words[i].word)) == 0)
            return words[i].action;
    return DSN_NONE;
}

/* An address out of its brackets. */
static void take_address(char *out, size_t size, const char *value)
{
    size_t skip = strspn(value, " <");

    snprintf(out, size, "%.*s", (int)strcspn(value + skip, "> "), value + skip);
}

/* One field of a recipient's group. */
static void take_field(struct dsn_recipient *recipient,
                       const struct header_item *item, const char *value)
{
    if (header_is(item, "Final-Recipient") ||
        (header_is(item, "Original-Recipient") && !recipient->address[0]))
        take_address(recipient->address, sizeof(recipient->address),
                     typed_value(value));
    else if (header_is(item, "Action"))
        recipient->action = action_from(value);
    else if (header_is(item, "Status"))
        dsn_text_status(recipient->status, value);
    else if (header_is(item, "Remote-MTA"))
        snprintf(recipient->remote, sizeof(recipient->remote), "%.255s",
                 typed_value(value));
    else if (header_is(item, "Diagnostic-Code"))
        snprintf(recipient->words, sizeof(recipient->words), "%.2047s",
                 typed_value(value));
}

/* Whether a group of fields is about a recipient at all. */
static bool is_told(const struct dsn_recipient *recipient)
{
    return recipient->address[0] &&
           (recipient->action != DSN_NONE || recipient->status[0]);
}

/* The groups of fields between empty lines: the first is the message's, but
 * some servers leave it out. */
static void take_status(struct dsn *dsn, const char *text, size_t length)
{
    struct header_scan scan = {text, length, 0, 0};
    char value[VALUE_MAX];

    while (scan.at < length && dsn->count < DSN_RECIPIENTS_MAX) {
        struct dsn_recipient *recipient = &dsn->recipients[dsn->count];
        struct header_item item;
        size_t at = scan.at;

        memset(recipient, 0, sizeof(*recipient));
        while (header_next(&scan, &item)) {
            header_unfold(&item, value, sizeof(value));
            if (header_is(&item, "Reporting-MTA"))
                snprintf(dsn->reporting, sizeof(dsn->reporting), "%.255s",
                         typed_value(value));
            take_field(recipient, &item, value);
        }
        if (is_told(recipient)) {
            recipient->code = dsn_text_code(recipient->words);
            dsn->count++;
        }
        /* Over the empty line that ended the group. */
        scan = (struct header_scan){text, length, scan.at, 0};
        if (scan.at == at)
            break;
    }
}

/* The header of the mail that came back. */
static void take_original(struct dsn *dsn, const char *header, size_t length)
{
    char value[ID_MAX + 2];

    if (!dsn->message_id[0] &&
        header_field(value, sizeof(value), header, length, "Message-ID"))
        take_address(dsn->message_id, sizeof(dsn->message_id), value);
    if (!dsn->token[0])
        header_field(dsn->token, sizeof(dsn->token), header, length,
                     "X-Nollego-Token");
    if (!dsn->subject[0])
        header_field(dsn->subject, sizeof(dsn->subject), header, length,
                     "Subject");
}

static void take_part(struct dsn *dsn, const struct part *part, char *text)
{
    size_t length = part_decode(part, text, TEXT_MAX);

    if (strcmp(part->type, "message/delivery-status") == 0 ||
        strcmp(part->type, "message/global-delivery-status") == 0)
        take_status(dsn, text, length);
    else if (strcmp(part->type, "message/rfc822") == 0 ||
             strcmp(part->type, "message/global") == 0 ||
             strcmp(part->type, "message/global-headers") == 0 ||
             strcmp(part->type, "text/rfc822-headers") == 0)
        take_original(dsn, text, length);
}

/* What the words add to a report that is short of them, or stand for one. */
static void take_text(struct dsn *dsn, const struct part *part, char *text)
{
    const char *rest;

    part_decode(part, text, TEXT_MAX);
    if (!dsn->report)
        dsn_text_read(dsn, text);
    rest = dsn_text_copy(text);
    if (rest)
        take_original(dsn, rest, strlen(rest));
}

/* A report that was pasted without its header: fields all the same. */
static void take_pasted(struct dsn *dsn, const char *mail, size_t length,
                        char *text)
{
    struct part whole = {.body = mail, .body_length = length};
    const char *fields;

    part_decode(&whole, text, TEXT_MAX);
    fields = strcasestr(text, "Final-Recipient:");
    if (!fields || !strcasestr(fields, "Action:"))
        return;
    take_status(dsn, fields, strlen(fields));
    dsn->report = dsn->count > 0;
}

void dsn_read(struct dsn *dsn, const char *mail, size_t length)
{
    struct parts *parts = malloc(sizeof(*parts));
    char *text = malloc(TEXT_MAX);

    memset(dsn, 0, sizeof(*dsn));
    if (!parts || !text)
        goto out;
    if (length > MAIL_MAX)
        length = MAIL_MAX;
    parts_read(parts, mail, length);
    for (size_t i = 0; i < parts->count; i++)
        take_part(dsn, &parts->parts[i], text);
    dsn->report = dsn->count > 0;
    if (!dsn->report)
        take_pasted(dsn, mail, length, text);
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].type, "text/plain") == 0)
            take_text(dsn, &parts->parts[i], text);
out:
    free(parts);
    free(text);
}

const struct dsn_recipient *dsn_worst(const struct dsn *dsn)
{
    static const int weights[DSN_ACTION_COUNT] = {
        [DSN_FAILED] = 3, [DSN_NONE] = 2, [DSN_DELAYED] = 1};
    const struct dsn_recipient *worst = NULL;

    for (size_t i = 0; i < dsn->count; i++)
        if (!worst ||
            weights[dsn->recipients[i].action] > weights[worst->action])
            worst = &dsn->recipients[i];
    return worst;
}

bool dsn_quotes(const struct dsn *dsn, const struct request *request)
{
    if (request->token[0] && strcmp(dsn->token, request->token) == 0)
        return true;
    if (request->message_id[0] && dsn->message_id[0] &&
        strstr(request->message_id, dsn->message_id))
        return true;
    return request->subject_code[0] &&
           strstr(dsn->subject, request->subject_code);
}
