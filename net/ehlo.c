/* SPDX-License-Identifier: MIT */
/* What a server offers in its EHLO reply, RFC 5321 4.1.1.1. */
#include "net/ehlo.h"

#include <string.h>
#include <strings.h>

#define PLAIN_PART_MAX 255  /* bytes, RFC 4616 2 and libesmtp's own buffer */
#define LOGIN_PART_MAX 1000 /* bytes; libesmtp's line of base64 takes more */

const char *mechanism_name(enum mechanism mechanism)
{
    static const char *const names[] = {NULL, "PLAIN", "LOGIN"};

    return names[mechanism];
}

static void note(struct ehlo *ehlo, const char *words, size_t length)
{
    size_t gap = ehlo->list_length > 0 ? 2 : 0;

    if (length + gap > sizeof(ehlo->list) - ehlo->list_length)
        return;
    memcpy(ehlo->list + ehlo->list_length, ", ", gap);
    memcpy(ehlo->list + ehlo->list_length + gap, words, length);
    ehlo->list_length += gap + length;
}

static bool is_word(const char *word, size_t length, const char *name)
{
    return length == strlen(name) && strncasecmp(word, name, length) == 0;
}

static void take_mechanism(struct ehlo *ehlo, const char *word, size_t length)
{
    ehlo->plain |= is_word(word, length, "PLAIN");
    ehlo->login |= is_word(word, length, "LOGIN");
}

/* The length of the word at `s`. "AUTH=LOGIN" of old servers is two words. */
static size_t word_length(const char *s, size_t length)
{
    size_t i = 0;

    while (i < length && s[i] != ' ' && s[i] != '=')
        i++;
    return i;
}

void ehlo_take(struct ehlo *ehlo, const char *line, size_t length)
{
    bool auth = false;
    size_t word;

    if (ehlo->lines++ == 0 || length <= 4)
        return;
    line += 4;
    length -= 4;
    note(ehlo, line, length);
    for (size_t at = 0; at < length; at += word + 1) {
        word = word_length(line + at, length - at);
        if (at > 0 && auth)
            take_mechanism(ehlo, line + at, word);
        if (at > 0)
            continue;
        auth = is_word(line, word, "AUTH");
        ehlo->starttls |= is_word(line, word, "STARTTLS");
    }
}

enum mechanism ehlo_mechanism(const struct ehlo *ehlo, const char *user,
                              const char *password)
{
    size_t longest =
        strlen(user) > strlen(password) ? strlen(user) : strlen(password);

    if (ehlo->plain && longest <= PLAIN_PART_MAX)
        return MECHANISM_PLAIN;
    if (ehlo->login && longest <= LOGIN_PART_MAX)
        return MECHANISM_LOGIN;
    return MECHANISM_NONE;
}
