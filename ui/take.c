/* SPDX-License-Identifier: MIT */
/* One value of the command line or the configuration, checked and put into
 * its place. */
#include "ui/take.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/syntax.h"
#include "net/utf8.h"
#include "ui/paper.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

#define SMTPS_PORT 465 /* RFC 8314 */
#define IMAPS_PORT 993

static enum text_id put(void *place, size_t size, const char *value)
{
    size_t length = strlen(value);

    if (length >= size)
        return T_BAD_LONG;
    memcpy(place, value, length + 1);
    return T_NONE;
}

/* One of `words`, which end with NULL; returns which, or -1. */
static int word_index(const char *const *words, const char *value)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0)
            return i;
    return -1;
}

/* Signs that nobody sees, or that end a line somewhere. */
static bool is_hidden(unsigned code)
{
    return code < ' ' || (code >= 0x7f && code <= 0xa0) || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
}

/* UTF-8 in which neither a hidden sign nor one of `refused` stands. */
static bool is_clean(const char *value, const char *refused)
{
    size_t length = strlen(value);

    while (length > 0) {
        unsigned code = 0;
        size_t bytes = utf8_take(value, length, &code);

        if (bytes == 0 || is_hidden(code) || strchr(refused, *value))
            return false;
        value += bytes;
        length -= bytes;
    }
    return true;
}

enum text_id take_flag(void *place, size_t size, const char *value)
{
    (void)size;
    (void)value;
    *(bool *)place = true;
    return T_NONE;
}

enum text_id take_text(void *place, size_t size, const char *value)
{
    return is_clean(value, "") ? put(place, size, value) : T_BAD_SIGNS;
}

enum text_id take_word(void *place, size_t size, const char *value)
{
    for (const char *s = value; *s; s++)
        if (*s <= ' ' || *s > '~')
            return T_BAD_SIGNS;
    return *value ? put(place, size, value) : T_BAD_EMPTY;
}

enum text_id take_token(void *place, size_t size, const char *value)
{
    if (value[strspn(value, LETTERS DIGITS "-")])
        return T_BAD_SIGNS;
    return *value ? put(place, size, value) : T_BAD_EMPTY;
}

enum text_id take_address(void *place, size_t size, const char *value)
{
    if (strlen(value) >= size ||
        syntax_address(value, strlen(value)) != ADDRESS_NONE)
        return T_BAD_ADDRESS;
    return put(place, size, value);
}

enum text_id take_server(void *place, size_t size, const char *value)
{
    struct endpoint *endpoint = place;

    (void)size;
    if (endpoint_parse(endpoint, value, NULL) != 0)
        return T_BAD_SERVER;
    if (endpoint->port == SMTPS_PORT || endpoint->port == IMAPS_PORT)
        endpoint->tls = TLS_IMPLICIT;
    return T_NONE;
}

static bool is_ip(const char *value)
{
    unsigned char bytes[16];

    return inet_pton(AF_INET, value, bytes) == 1 ||
           inet_pton(AF_INET6, value, bytes) == 1;
}

/* A name would have to be asked for of another DNS server. */
enum text_id take_resolver(void *place, size_t size, const char *value)
{
    struct endpoint endpoint = *(struct endpoint *)place;

    (void)size;
    if (endpoint_parse(&endpoint, value, NULL) != 0 || !is_ip(endpoint.host))
        return T_BAD_RESOLVER;
    *(struct endpoint *)place = endpoint;
    return T_NONE;
}

enum text_id take_ip(void *place, size_t size, const char *value)
{
    return is_ip(value) ? put(place, size, value) : T_BAD_IP;
}

enum text_id take_selector(void *place, size_t size, const char *value)
{
    if (value[strspn(value, LETTERS DIGITS "-_.")])
        return T_BAD_SIGNS;
    return *value ? put(place, size, value) : T_BAD_EMPTY;
}

enum text_id take_tls(void *place, size_t size, const char *value)
{
    static const char *const words[] = {
        [TLS_NONE] = "none",
        [TLS_STARTTLS] = "starttls",
        [TLS_IMPLICIT] = "implicit",
        NULL,
    };
    int mode = word_index(words, value);

    (void)size;
    if (mode < 0)
        return T_BAD_TLS;
    *(enum tls_mode *)place = (enum tls_mode)mode;
    return T_NONE;
}

enum text_id take_url(void *place, size_t size, const char *value)
{
    return url_check(value, NULL) == 0 ? put(place, size, value) : T_BAD_URL;
}

static enum text_id take_seconds(double *place, const char *value, double least)
{
    char *end;
    double seconds = strtod(value, &end);

    if (!*value || value[strspn(value, DIGITS ".")] || *end ||
        seconds < least || seconds > SECONDS_MOST)
        return T_BAD_SECONDS;
    *place = seconds;
    return T_NONE;
}

enum text_id take_limit(void *place, size_t size, const char *value)
{
    (void)size;
    return take_seconds(place, value, LIMIT_LEAST);
}

enum text_id take_wait(void *place, size_t size, const char *value)
{
    (void)size;
    return take_seconds(place, value, 0);
}

enum text_id take_columns(void *place, size_t size, const char *value)
{
    long columns = strtol(value, NULL, 10);

    (void)size;
    if (!*value || value[strspn(value, DIGITS)] ||
        columns < PAPER_COLUMNS_MIN || columns > PAPER_COLUMNS_MAX)
        return T_BAD_COLUMNS;
    *(int *)place = (int)columns;
    return T_NONE;
}

enum text_id take_yes(void *place, size_t size, const char *value)
{
    static const char *const words[] = {"no", "yes", NULL};
    int word = word_index(words, value);

    (void)size;
    if (word < 0)
        return T_BAD_YES;
    *(bool *)place = word == 1;
    return T_NONE;
}

enum text_id take_days(void *place, size_t size, const char *value)
{
    long days = strtol(value, NULL, 10);

    (void)size;
    if (!*value || value[strspn(value, DIGITS)] || days > DAYS_MOST)
        return T_BAD_DAYS;
    *(int *)place = (int)days;
    return T_NONE;
}

enum text_id take_paper(void *place, size_t size, const char *value)
{
    static const char *const words[] = {
        [PAPER_BY_LOCALE] = "",
        [PAPER_A4] = "a4",
        [PAPER_LETTER] = "letter",
        NULL,
    };
    int paper = word_index(words, value);

    (void)size;
    if (paper <= PAPER_BY_LOCALE)
        return T_BAD_PAPER;
    *(enum paper_size *)place = (enum paper_size)paper;
    return T_NONE;
}

enum text_id take_lang(void *place, size_t size, const char *value)
{
    return text_has_language(value) ? put(place, size, value) : T_BAD_LANG;
}

enum text_id take_via(void *place, size_t size, const char *value)
{
    static const char *const words[] = {"api", "smtp", NULL};

    return word_index(words, value) >= 0 ? put(place, size, value) : T_BAD_VIA;
}

enum text_id take_secret(void *place, size_t size, const char *value)
{
    (void)size;
    return secret_set(place, value, strlen(value), NULL) == 0 ? T_NONE
                                                              : T_BAD_SECRET;
}

enum text_id take_secret_file(void *place, size_t size, const char *value)
{
    (void)size;
    return secret_read(place, value, NULL) == 0 ? T_NONE : T_BAD_SECRET_FILE;
}

enum text_id take_file(void *place, size_t size, const char *value)
{
    return access(value, R_OK) == 0 ? put(place, size, value) : T_BAD_FILE;
}

enum text_id take_input(void *place, size_t size, const char *value)
{
    return strcmp(value, "-") == 0 ? put(place, size, value)
                                   : take_file(place, size, value);
}

bool take_is_data(enum text_id problem)
{
    return problem == T_BAD_ADDRESS || problem == T_BAD_SIGNS ||
           problem == T_BAD_SECRET || problem == T_BAD_SECRET_FILE ||
           problem == T_BAD_FILE || problem == T_BAD_IP;
}

bool take_is_safe(const struct endpoint *endpoint)
{
    return !endpoint->host[0] || endpoint->tls != TLS_NONE ||
           endpoint_is_loopback(endpoint);
}
