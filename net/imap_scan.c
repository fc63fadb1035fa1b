/* SPDX-License-Identifier: MIT */
/* Cuts one IMAP response into tokens. */
#include "net/imap_scan.h"

#include <string.h>
#include <strings.h>

static struct imap_token fail(struct imap_scan *scan)
{
    scan->at = scan->response->length;
    return (struct imap_token){.kind = IMAP_BROKEN};
}

static struct imap_token take_quoted(struct imap_scan *scan)
{
    const char *text = scan->response->text;
    size_t start = scan->at + 1, end = start;

    while (end < scan->response->length && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    if (end >= scan->response->length)
        return fail(scan);
    scan->at = end + 1;
    return (struct imap_token){IMAP_STRING, text + start, end - start, true};
}

/* The literal whose announcement stands here. */
static struct imap_token take_literal(struct imap_scan *scan)
{
    const struct imap_response *response = scan->response;

    for (size_t i = 0; i < response->literal_count; i++) {
        const struct imap_literal *literal = &response->literals[i];

        if (literal->at > scan->at) {
            scan->at = literal->at + literal->length;
            return (struct imap_token){IMAP_STRING,
                                       response->text + literal->at,
                                       literal->length, false};
        }
    }
    return fail(scan);
}

/* An atom; what stands in brackets, such as a section, belongs to it. */
static struct imap_token take_atom(struct imap_scan *scan)
{
    const char *text = scan->response->text;
    size_t start = scan->at, end = start;
    int depth = 0;

    for (; end < scan->response->length; end++) {
        char c = text[end];

        if (c == '[')
            depth++;
        else if (c == ']' && depth > 0)
            depth--;
        else if (depth == 0 && strchr(" ()\"{", c))
            break;
    }
    scan->at = end;
    return (struct imap_token){IMAP_ATOM, text + start, end - start, false};
}

struct imap_token imap_scan_next(struct imap_scan *scan)
{
    const struct imap_response *response = scan->response;

    while (scan->at < response->length && response->text[scan->at] == ' ')
        scan->at++;
    if (scan->at >= response->length)
        return (struct imap_token){.kind = IMAP_END};
    switch (response->text[scan->at]) {
    case '(':
        scan->at++;
        return (struct imap_token){.kind = IMAP_OPEN};
    case ')':
        scan->at++;
        return (struct imap_token){.kind = IMAP_CLOSE};
    case '"':
        return take_quoted(scan);
    case '{':
        return take_literal(scan);
    case '\0':
        return fail(scan);
    default:
        return take_atom(scan);
    }
}

bool imap_token_is(const struct imap_token *token, const char *word)
{
    return token->kind == IMAP_ATOM && token->length == strlen(word) &&
           strncasecmp(token->bytes, word, token->length) == 0;
}

bool imap_token_copy(char *out, size_t size, const struct imap_token *token)
{
    size_t length = 0;

    for (size_t i = 0; i < token->length; i++) {
        if (token->escaped && token->bytes[i] == '\\' && i + 1 < token->length)
            i++;
        if (length + 1 >= size || token->bytes[i] == '\0')
            return false;
        out[length++] = token->bytes[i];
    }
    out[length] = '\0';
    return token->kind == IMAP_ATOM || token->kind == IMAP_STRING;
}
