/* SPDX-License-Identifier: MIT */
/* Reads Retry-After, RFC 9110 section 10.2.3. */
#include "net/retry.h"

#include <stdbool.h>
#include <string.h>

#define VALUE_MAX 64 /* no date is longer */
#define DIGITS "0123456789"

static int within(double seconds)
{
    if (seconds <= 0)
        return 0;
    return seconds < RETRY_MAX ? (int)seconds : RETRY_MAX;
}

/* However many digits: none of them may overflow. */
static int read_number(const char *digits)
{
    double seconds = 0;

    for (; *digits; digits++)
        seconds = 10 * seconds + (*digits - '0');
    return within(seconds);
}

static int read_date(const char *text, time_t now)
{
    static const char *const forms[] = {"%a, %d %b %Y %H:%M:%S GMT",
                                        "%A, %d-%b-%y %H:%M:%S GMT",
                                        "%a %b %e %H:%M:%S %Y"};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct tm date = {0};
        const char *end = strptime(text, forms[i], &date);

        if (end && !*end)
            return within(difftime(timegm(&date), now));
    }
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int retry_read(const char *value, size_t length, time_t now)
{
    char text[VALUE_MAX];

    while (length > 0 && is_blank(value[0])) {
        value++;
        length--;
    }
    while (length > 0 && is_blank(value[length - 1]))
        length--;
    if (length == 0 || memchr(value, '\0', length))
        return 0;
    if (length >= sizeof(text))
        length = sizeof(text) - 1;
    memcpy(text, value, length);
    text[length] = '\0';
    return text[strspn(text, DIGITS)] ? read_date(text, now)
                                      : read_number(text);
}
