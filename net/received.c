/* SPDX-License-Identifier: MIT */
/* Reads a Received field, in the shapes that servers give it. */
#include "net/received.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD_MAX 512

bool received_ip(char out[RECEIVED_IP_MAX], const char *text)
{
    char word[RECEIVED_IP_MAX + 8];
    unsigned char bytes[sizeof(struct in6_addr)];
    size_t length;
    int family;

    out[0] = '\0';
    text += *text == '[';
    if (strncasecmp(text, "ipv6:", 5) == 0)
        text += 5;
    length = strcspn(text, "]");
    if (length >= sizeof(word))
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    family = strchr(word, ':') ? AF_INET6 : AF_INET;
    return inet_pton(family, word, bytes) == 1 &&
           inet_ntop(family, bytes, out, RECEIVED_IP_MAX);
}

bool received_is_private(const char *ip)
{
    static const struct {
        unsigned net, mask;
    } nets[] = {
        {0x0a000000, 0xff000000}, {0xac100000, 0xfff00000},
        {0xc0a80000, 0xffff0000}, {0x7f000000, 0xff000000},
        {0xa9fe0000, 0xffff0000}, {0x64400000, 0xffc00000},
    };
    struct in6_addr six;
    struct in_addr four;

    if (inet_pton(AF_INET, ip, &four) == 1) {
        for (size_t i = 0; i < COUNT(nets); i++)
            if ((ntohl(four.s_addr) & nets[i].mask) == nets[i].net)
                return true;
        return false;
    }
    return inet_pton(AF_INET6, ip, &six) == 1 &&
           (IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_LINKLOCAL(&six) ||
            (six.s6_addr[0] & 0xfe) == 0xfc);
}

/* The whole comment at `at`, without its outer brackets. */
static const char *take_comment(const char *at, char word[WORD_MAX])
{
    size_t length = 0;
    int depth = 1;

    for (at++; *at; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (depth == 0)
            break;
        if (length + 1 < WORD_MAX)
            word[length++] = *at;
    }
    word[length] = '\0';
    return *at ? at + 1 : at;
}

/* The next word or comment at `at`. Returns what follows, NULL at the end. */
static const char *take(const char *at, char word[WORD_MAX], bool *comment)
{
    size_t length = 0;

    while (*at == ' ')
        at++;
    *comment = *at == '(';
    if (*comment)
        return take_comment(at, word);
    for (; *at && !strchr(" (", *at); at++)
        if (length + 1 < WORD_MAX)
            word[length++] = *at;
    word[length] = '\0';
    return length > 0 ? at : NULL;
}

static void put(char *out, size_t size, const char *text, size_t length)
{
    if (out[0])
        return;
    if (length >= size)
        length = size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

/* A host name, if the word is one: with neither brackets nor an equal sign. */
static void put_name(char *out, size_t size, const char *word, size_t length)
{
    while (length > 0 && strchr(".;,", word[length - 1]))
        length--;
    for (size_t i = 0; i < length; i++)
        if (strchr("[]=<>@:", word[i]))
            return;
    if (length > 0)
        put(out, size, word, length);
}

/* "name[192.0.2.1]" or the address alone. */
static bool read_address(struct received *received, const char *word)
{
    const char *bracket = strchr(word, '[');
    char ip[RECEIVED_IP_MAX];

    if (!received_ip(ip, bracket ? bracket : word))
        return false;
    put(received->ip, sizeof(received->ip), ip, strlen(ip));
    if (bracket)
        put_name(received->host, sizeof(received->host), word,
                 (size_t)(bracket - word));
    return true;
}

/* "mail.x.example [192.0.2.1]", "[192.0.2.1]:4711 helo=x", "EHLO x" ... Only
 * the first word can be the name that was looked up. */
static void read_comment(struct received *received, char *comment)
{
    bool first = true, hello = false;
    char *rest = comment;
    char *word;

    while ((word = strsep(&rest, " ()"))) {
        if (!*word || read_address(received, word))
            continue;
        if (hello || strncasecmp(word, "helo=", 5) == 0) {
            const char *name = hello ? word : word + 5;
            put_name(received->hello, sizeof(received->hello), name,
                     strlen(name));
        }
        hello = strcasecmp(word, "HELO") == 0 || strcasecmp(word, "EHLO") == 0;
        if (first && (strchr(word, '.') || strcasecmp(word, "localhost") == 0))
            put_name(received->host, sizeof(received->host), word,
                     strlen(word));
        first = false;
    }
}

/* The name after "from": an address where the server wrote that instead. */
static void read_from(struct received *received, const char *word)
{
    if (!received_ip(received->ip, word))
        put_name(received->hello, sizeof(received->hello), word, strlen(word));
}

enum clause { CLAUSE_NONE, CLAUSE_FROM, CLAUSE_BY, CLAUSE_WITH, CLAUSE_OTHER };

static enum clause clause_of(const char *word)
{
    static const struct {
        const char *word;
        enum clause clause;
    } clauses[] = {
        {"from", CLAUSE_FROM}, {"by", CLAUSE_BY},     {"with", CLAUSE_WITH},
        {"id", CLAUSE_OTHER},  {"for", CLAUSE_OTHER}, {"via", CLAUSE_OTHER},
    };

    for (size_t i = 0; i < COUNT(clauses); i++)
        if (strcasecmp(clauses[i].word, word) == 0)
            return clauses[i].clause;
    return CLAUSE_NONE;
}

static void read_part(struct received *received, enum clause clause, char *word,
                      bool comment, bool first)
{
    if (clause == CLAUSE_FROM && comment)
        read_comment(received, word);
    else if (clause == CLAUSE_FROM && first)
        read_from(received, word);
    else if (comment && (clause == CLAUSE_BY || strncmp(word, "Exim", 4) == 0))
        put(received->software, sizeof(received->software), word, strlen(word));
    else if (clause == CLAUSE_BY && first)
        put(received->by, sizeof(received->by), word, strcspn(word, ";"));
    else if (clause == CLAUSE_WITH && first && !comment)
        put(received->with, sizeof(received->with), word, strcspn(word, ";"));
}

/* Exim writes the name that it looked up before the comment, and an address
 * where there is none. */
static void settle_exim(struct received *received, const char *name)
{
    if (strncmp(received->software, "Exim", 4) == 0)
        snprintf(received->host, sizeof(received->host), "%s", name);
}

void received_read(struct received *received, const char *body)
{
    enum clause clause = CLAUSE_NONE;
    char word[WORD_MAX], name[RECEIVED_NAME_MAX] = "";
    bool comment, first = true;

    memset(received, 0, sizeof(*received));
    while ((body = take(body, word, &comment))) {
        enum clause next = comment ? CLAUSE_NONE : clause_of(word);

        if (next != CLAUSE_NONE && !(first && clause != CLAUSE_NONE)) {
            clause = next;
            first = true;
            continue;
        }
        read_part(received, clause, word, comment, first);
        if (clause == CLAUSE_FROM && first && !comment)
            snprintf(name, sizeof(name), "%s", received->hello);
        if (!comment && strchr(word, ';'))
            break;
        first = first && comment;
    }
    settle_exim(received, name);
}
