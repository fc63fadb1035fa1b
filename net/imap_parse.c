/* SPDX-License-Identifier: MIT */
/* Reads IMAP responses token by token. */
#include "net/imap_parse.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "net/imap_scan.h"
#include "net/utf8.h"

/* False where it is no number of RFC 9051 (32 bits, not 0). */
static bool read_number(uint32_t *number, const struct imap_token *token)
{
    uint64_t value = 0;

    if (token->kind != IMAP_ATOM || token->length > 10)
        return false;
    for (size_t i = 0; i < token->length; i++) {
        if (!isdigit((unsigned char)token->bytes[i]))
            return false;
        value = value * 10 + (uint64_t)(token->bytes[i] - '0');
    }
    *number = (uint32_t)value;
    return value > 0 && value <= UINT32_MAX;
}

bool imap_read_status(struct imap_status *status,
                      const struct imap_response *response)
{
    static const char *const conditions[] = {"OK", "NO", "BAD", "BYE",
                                             "PREAUTH"};
    const char *text = response->text, *space;
    struct imap_scan scan = {response, 0};
    struct imap_token word;

    space = memchr(text, ' ', response->length);
    if (!space || space == text || (size_t)(space - text) >= IMAP_TAG_MAX)
        return false;
    snprintf(status->tag, sizeof(status->tag), "%.*s", (int)(space - text),
             text);
    scan.at = (size_t)(space - text);
    word = imap_scan_next(&scan);
    for (int i = 0; i <= IMAP_PREAUTH; i++)
        if (imap_token_is(&word, conditions[i])) {
            status->condition = (enum imap_condition)i;
            utf8_mend(status->words, sizeof(status->words), space + 1,
                      response->length - (size_t)(space + 1 - text));
            return true;
        }
    return false;
}

/* Starts to read an untagged response; true where it has that name. */
static bool begin(struct imap_scan *scan, const struct imap_response *response,
                  const char *name)
{
    struct imap_token star, word;

    *scan = (struct imap_scan){response, 0};
    star = imap_scan_next(scan);
    word = imap_scan_next(scan);
    return imap_token_is(&star, "*") && imap_token_is(&word, name);
}

bool imap_is(const struct imap_response *response, const char *name)
{
    struct imap_scan scan;

    return begin(&scan, response, name);
}

bool imap_has_capability(const struct imap_response *response,
                         const char *capability)
{
    struct imap_scan scan;
    struct imap_token token;

    if (!begin(&scan, response, "CAPABILITY"))
        return false;
    do {
        token = imap_scan_next(&scan);
        if (imap_token_is(&token, capability))
            return true;
    } while (token.kind == IMAP_ATOM);
    return false;
}

/* Keeps `number`, once, in its place among the highest ones. */
static size_t keep(uint32_t *numbers, size_t count, size_t most,
                   uint32_t number)
{
    size_t at = count;

    while (at > 0 && numbers[at - 1] > number)
        at--;
    if (at > 0 && numbers[at - 1] == number)
        return count;
    if (count < most) {
        memmove(numbers + at + 1, numbers + at,
                (count - at) * sizeof(*numbers));
        numbers[at] = number;
        return count + 1;
    }
    if (at > 0) {
        memmove(numbers, numbers + 1, (at - 1) * sizeof(*numbers));
        numbers[at - 1] = number;
    }
    return count;
}

size_t imap_read_search(uint32_t *numbers, size_t most,
                        const struct imap_response *response)
{
    struct imap_scan scan;
    size_t count = 0;
    uint32_t number;

    if (!begin(&scan, response, "SEARCH"))
        return 0;
    for (;;) {
        struct imap_token token = imap_scan_next(&scan);

        if (!read_number(&number, &token))
            return count;
        count = keep(numbers, count, most, number);
    }
}

static void read_flag(struct imap_folder *folder,
                      const struct imap_token *token)
{
    folder->junk |= imap_token_is(token, "\\Junk");
    folder->all |= imap_token_is(token, "\\All");
    folder->own |=
        imap_token_is(token, "\\Sent") || imap_token_is(token, "\\Drafts");
    folder->hollow |= imap_token_is(token, "\\Noselect") ||
                      imap_token_is(token, "\\NonExistent");
}

bool imap_read_folder(struct imap_folder *folder,
                      const struct imap_response *response)
{
    struct imap_scan scan;
    struct imap_token token;
    char delimiter[4];

    memset(folder, 0, sizeof(*folder));
    if (!begin(&scan, response, "LIST") ||
        imap_scan_next(&scan).kind != IMAP_OPEN)
        return false;
    for (token = imap_scan_next(&scan); token.kind == IMAP_ATOM;
         token = imap_scan_next(&scan))
        read_flag(folder, &token);
    if (token.kind != IMAP_CLOSE)
        return false;
    token = imap_scan_next(&scan);
    if (!imap_token_is(&token, "NIL")) {
        if (token.kind != IMAP_STRING ||
            !imap_token_copy(delimiter, sizeof(delimiter), &token))
            return false;
        folder->delimiter = delimiter[0];
    }
    token = imap_scan_next(&scan);
    return imap_token_copy(folder->name, sizeof(folder->name), &token) &&
           folder->name[0];
}

/* Goes past one value, a list in brackets as a whole. */
static struct imap_token take_value(struct imap_scan *scan)
{
    struct imap_token first = imap_scan_next(scan);
    int depth = first.kind == IMAP_OPEN;

    while (depth > 0) {
        struct imap_token token = imap_scan_next(scan);

        if (token.kind == IMAP_END || token.kind == IMAP_BROKEN)
            return token;
        depth += (token.kind == IMAP_OPEN) - (token.kind == IMAP_CLOSE);
    }
    return first;
}

static void read_item(struct imap_mail *mail, const struct imap_token *name,
                      const struct imap_token *value)
{
    if (imap_token_is(name, "UID")) {
        read_number(&mail->uid, value);
    } else if (imap_token_is(name, "INTERNALDATE")) {
        if (!imap_token_copy(mail->date, sizeof(mail->date), value))
            mail->date[0] = '\0';
    } else if (name->length > 5 && value->kind == IMAP_STRING &&
               strncasecmp(name->bytes, "BODY[", 5) == 0) {
        mail->header = value->bytes;
        mail->header_length = value->length;
    }
}

bool imap_read_mail(struct imap_mail *mail,
                    const struct imap_response *response)
{
    struct imap_scan scan = {response, 0};
    struct imap_token token = imap_scan_next(&scan);
    uint32_t sequence;

    memset(mail, 0, sizeof(*mail));
    if (!imap_token_is(&token, "*"))
        return false;
    token = imap_scan_next(&scan);
    if (!read_number(&sequence, &token))
        return false;
    token = imap_scan_next(&scan);
    if (!imap_token_is(&token, "FETCH") ||
        imap_scan_next(&scan).kind != IMAP_OPEN)
        return false;
    for (token = imap_scan_next(&scan); token.kind == IMAP_ATOM;
         token = imap_scan_next(&scan)) {
        struct imap_token value = take_value(&scan);

        read_item(mail, &token, &value);
    }
    return token.kind == IMAP_CLOSE;
}

double imap_read_date(const char *date)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, year, hour, minute, second, zone, end = 0;
    char month[4], sign;
    const char *found;
    struct tm tm = {0};

    date += strspn(date, " ");
    if (sscanf(date, "%2d-%3s-%4d %2d:%2d:%2d %c%4d%n", &day, month, &year,
               &hour, &minute, &second, &sign, &zone, &end) != 8 ||
        date[end] || (sign != '+' && sign != '-') || zone < 0 || year < 1970)
        return -1;
    found = strstr(months, month);
    if (!found || strlen(month) != 3 || (found - months) % 3 != 0)
        return -1;
    tm.tm_mday = day;
    tm.tm_mon = (int)(found - months) / 3;
    tm.tm_year = year - 1900;
    tm.tm_hour = hour;
    tm.tm_min = minute;
    tm.tm_sec = second;
    zone = (zone / 100 * 60 + zone % 100) * 60;
    return (double)timegm(&tm) - (sign == '+' ? zone : -zone);
}
