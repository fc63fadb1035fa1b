/* SPDX-License-Identifier: MIT */
/* The grammar of one mail address. */
#include "net/syntax.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include "net/utf8.h"

#define LOCAL_MAX 64
#define DOMAIN_MAX 255
#define LABEL_MAX 63
#define WIRE_MAX 254 /* RFC 5321 4.5.3.1.3 less the angle brackets */

static const char letters_digits[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789";

#define WORD(id, word) word,
static const char *const words[ADDRESS_FLAW_COUNT] = {ADDRESS_FLAWS(WORD)};

const char *syntax_word(enum address_flaw flaw)
{
    return (unsigned)flaw < ADDRESS_FLAW_COUNT ? words[flaw] : NULL;
}

static bool is_one_of(const char *signs, char c)
{
    return c != '\0' && strchr(signs, c) != NULL;
}

static bool is_alnum(char c)
{
    return is_one_of(letters_digits, c);
}

int syntax_is_foreign(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] > 0x7e)
            return 1;
    return 0;
}

size_t syntax_local(const char *text, size_t length)
{
    size_t i = 1;

    if (text[0] != '"') {
        const char *at = memchr(text, '@', length);

        return at ? (size_t)(at - text) : length;
    }
    while (i < length && text[i] != '"')
        i += text[i] == '\\' ? 2 : 1;
    return i < length ? i + 1 : length;
}

/* What no part of an address may hold; it decides before the parts are told
 * apart, so that a list or a route is called by its name. */
static enum address_flaw check_signs(const char *text, size_t length)
{
    size_t quoted = text[0] == '"' ? syntax_local(text, length) : 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c < ' ' || c == 0x7f)
            return ADDRESS_CONTROL;
        if (c == '<' || c == '>')
            return ADDRESS_BRACKET;
    }
    if (text[0] == '@')
        return memchr(text, ':', length) ? ADDRESS_ROUTE : ADDRESS_LOCAL_EMPTY;
    for (size_t i = quoted; i < length; i++) {
        if (text[i] == ',' || text[i] == ';')
            return ADDRESS_LIST;
        if (text[i] == ' ')
            return ADDRESS_BLANK;
    }
    return ADDRESS_NONE;
}

/* RFC 5321 4.1.2, Quoted-string. */
static enum address_flaw check_quoted(const char *text, size_t length)
{
    size_t i = 1;

    if (length < 2)
        return ADDRESS_LOCAL_QUOTES;
    while (i < length - 1) {
        if (text[i] == '"')
            return ADDRESS_LOCAL_QUOTES;
        i += text[i] == '\\' ? 2 : 1;
    }
    if (i != length - 1 || text[i] != '"')
        return ADDRESS_LOCAL_QUOTES;
    return length == 2 ? ADDRESS_LOCAL_EMPTY : ADDRESS_NONE;
}

/* RFC 5321 4.1.2, Dot-string of RFC 5322 atext. */
static enum address_flaw check_dotted(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool edge = i == 0 || i == length - 1;

        if (text[i] == '.' && (edge || text[i - 1] == '.'))
            return ADDRESS_LOCAL_DOTS;
        if (text[i] != '.' && !is_alnum(text[i]) &&
            !is_one_of("!#$%&'*+-/=?^_`{|}~", text[i]))
            return ADDRESS_LOCAL_SIGN;
    }
    return ADDRESS_NONE;
}

static enum address_flaw check_local(const char *text, size_t length)
{
    if (length == 0)
        return ADDRESS_LOCAL_EMPTY;
    if (syntax_is_foreign(text, length))
        return ADDRESS_LOCAL_FOREIGN;
    if (length > LOCAL_MAX)
        return ADDRESS_LOCAL_LONG;
    return text[0] == '"' ? check_quoted(text, length)
                          : check_dotted(text, length);
}

/* Letters, digits and inner hyphens, RFC 5321 4.1.2; libidn2's own rule would
 * drop an underscore in silence. */
static enum address_flaw check_label(const char *label, size_t length)
{
    if (length == 0 || length > LABEL_MAX)
        return ADDRESS_DOMAIN_LABEL;
    for (size_t i = 0; i < length; i++)
        if (!is_alnum(label[i]) &&
            !(label[i] == '-' && i > 0 && i < length - 1))
            return ADDRESS_DOMAIN_SIGN;
    return ADDRESS_NONE;
}

static enum address_flaw check_names(const char *domain)
{
    for (;;) {
        size_t length = strcspn(domain, ".");
        enum address_flaw flaw = check_label(domain, length);

        if (flaw != ADDRESS_NONE || domain[length] == '\0')
            return flaw;
        domain += length + 1;
    }
}

/* [192.0.2.1] or [IPv6:2001:db8::1], RFC 5321 4.1.3. */
static enum address_flaw check_literal(const char *domain)
{
    char inside[INET6_ADDRSTRLEN + 5];
    unsigned char address[sizeof(struct in6_addr)];
    size_t length = strlen(domain);

    if (length < 3 || domain[length - 1] != ']' || length > sizeof(inside))
        return ADDRESS_DOMAIN_LITERAL;
    memcpy(inside, domain + 1, length - 2);
    inside[length - 2] = '\0';
    if (strncmp(inside, "IPv6:", 5) == 0
            ? inet_pton(AF_INET6, inside + 5, address) == 1
            : inet_pton(AF_INET, inside, address) == 1)
        return ADDRESS_NONE;
    return ADDRESS_DOMAIN_LITERAL;
}

enum address_flaw syntax_domain(const char *domain)
{
    return domain[0] == '[' ? check_literal(domain) : check_names(domain);
}

static bool is_utf8(const char *text, size_t length)
{
    size_t taken;

    for (; length > 0; text += taken, length -= taken)
        if ((taken = utf8_take(text, length, NULL)) == 0)
            return false;
    return true;
}

/* Beyond ASCII only what no conversion can mend. */
static enum address_flaw check_domain(const char *domain, size_t length)
{
    char text[DOMAIN_MAX + 1];

    if (length == 0)
        return ADDRESS_DOMAIN_EMPTY;
    if (memchr(domain, '@', length))
        return ADDRESS_LIST;
    if (length > DOMAIN_MAX)
        return ADDRESS_DOMAIN_LONG;
    if (syntax_is_foreign(domain, length))
        return is_utf8(domain, length) ? ADDRESS_NONE : ADDRESS_DOMAIN_FOREIGN;
    memcpy(text, domain, length);
    text[length] = '\0';
    return syntax_domain(text);
}

enum address_flaw syntax_address(const char *text, size_t length)
{
    size_t local;
    enum address_flaw flaw;

    if (length == 0)
        return ADDRESS_EMPTY;
    flaw = check_signs(text, length);
    if (flaw != ADDRESS_NONE)
        return flaw;
    local = syntax_local(text, length);
    flaw = check_local(text, local);
    if (flaw != ADDRESS_NONE)
        return flaw;
    if (local == length || text[local] != '@')
        return text[0] == '"' && local < length ? ADDRESS_LOCAL_QUOTES
                                                : ADDRESS_NO_AT;
    flaw = check_domain(text + local + 1, length - local - 1);
    if (flaw == ADDRESS_NONE && length > WIRE_MAX &&
        !syntax_is_foreign(text, length))
        return ADDRESS_LONG;
    return flaw;
}
