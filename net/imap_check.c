/* SPDX-License-Identifier: MIT */
/* Whether a mail that a search has found is ours. */
#include "net/imap_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/header.h"

#define FIELD_MAX 1024

void imap_check_command(char *out, size_t size, uint32_t uid)
{
    snprintf(out, size, "UID FETCH %u (UID INTERNALDATE BODY.PEEK[HEADER])",
             (unsigned)uid);
}

/* Whether a From field names that address: what stands in angle brackets is
 * it, and all of the field where there are none (RFC 5322 section 3.4). */
static bool is_from(const char *field, const char *address)
{
    const char *open = strrchr(field, '<');
    const char *start = open ? open + 1 : field;
    size_t length = strcspn(start, open ? ">" : "");

    return !address[0] || (length == strlen(address) &&
                           strncasecmp(start, address, length) == 0);
}

/* A subject that was encoded on its way (RFC 2047) is the server's to read. */
static bool has_code(const char *subject, const char *code)
{
    return code[0] && (strcasestr(subject, code) || strstr(subject, "=?"));
}

static void keep_header(struct imap_check *check, const struct imap_mail *mail)
{
    free(check->header);
    check->header = malloc(mail->header_length + 1);
    check->header_length = check->header ? mail->header_length : 0;
    if (check->header)
        memcpy(check->header, mail->header, mail->header_length);
}

void imap_check_take(const struct imap_response *response, void *arg)
{
    struct imap_check *check = arg;
    const struct request *request = check->request;
    struct imap_mail mail;
    char token[TOKEN_MAX], field[FIELD_MAX];
    bool marked;

    if (!imap_read_mail(&mail, response) || mail.uid != check->uid ||
        !mail.header)
        return;
    marked = header_field(token, sizeof(token), mail.header, mail.header_length,
                          "X-Nollego-Token");
    check->ours = marked && strcmp(token, request->token) == 0;
    header_field(field, sizeof(field), mail.header, mail.header_length, "From");
    check->similar = !marked && is_from(field, request->from);
    header_field(field, sizeof(field), mail.header, mail.header_length,
                 "Subject");
    check->similar = check->similar && has_code(field, request->subject_code);
    snprintf(check->date, sizeof(check->date), "%s", mail.date);
    if (check->ours)
        keep_header(check, &mail);
}
