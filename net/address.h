/* SPDX-License-Identifier: MIT */
/* Checks one mail address before it may go out on a wire. */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#define ADDRESS_WIRE_MAX                                                       \
    255 /* 254 bytes, RFC 5321 4.5.3.1.3 less <>, and NUL */
#define DOMAIN_TEXT_MAX 256

/* What is wrong with an address, and the word for it in events. */
#define ADDRESS_FLAWS(X)                                                       \
    X(NONE, NULL)                                                              \
    X(EMPTY, "empty address")                                                  \
    X(LONG, "address longer than 254 bytes")                                   \
    X(CONTROL, "control character")                                            \
    X(BLANK, "blank outside quotes")                                           \
    X(BRACKET, "angle bracket")                                                \
    X(ROUTE, "source route")                                                   \
    X(LIST, "more than one address")                                           \
    X(NO_AT, "no @")                                                           \
    X(LOCAL_EMPTY, "nothing before the @")                                     \
    X(LOCAL_LONG, "more than 64 bytes before the @")                           \
    X(LOCAL_DOTS, "misplaced dot before the @")                                \
    X(LOCAL_SIGN, "character not allowed before the @")                        \
    X(LOCAL_QUOTES, "quotes not closed before the @")                          \
    X(LOCAL_FOREIGN, "character beyond ASCII before the @")                    \
    X(DOMAIN_EMPTY, "nothing after the @")                                     \
    X(DOMAIN_LONG, "domain longer than 255 bytes")                             \
    X(DOMAIN_LABEL, "empty or too long part of the domain")                    \
    X(DOMAIN_SIGN, "character not allowed in a domain")                        \
    X(DOMAIN_FOREIGN, "domain not possible in IDNA")                           \
    X(DOMAIN_LITERAL, "malformed address literal")

#define ADDRESS_ENUM(id, word) ADDRESS_##id,
enum address_flaw { ADDRESS_FLAWS(ADDRESS_ENUM) ADDRESS_FLAW_COUNT };

/* An address as the wire shows it: ASCII, the domain in its IDNA form. */
struct address {
    char text[ADDRESS_WIRE_MAX];
    const char *domain; /* inside `text` */
    bool converted;     /* the domain was typed in another form */
};

/* Reads an address: dot-atom or quoted local part (RFC 5321 4.1.2), a domain of
 * letters, digits and hyphens, in UTF-8 for IDNA 2008, or an address literal.
 * `length` counts bytes; a NUL among them is a control character. `address` is
 * filled only where NONE is returned; do not copy it, `domain` points inside.
 */
enum address_flaw address_check(struct address *address, const char *text,
                                size_t length);

/* The ASCII form of a domain or of a server's name. A name that is ASCII
 * already stays as it is. Only foreign names are checked here. */
enum address_flaw address_to_ascii(char out[DOMAIN_TEXT_MAX],
                                   const char *domain, size_t length);

/* A few lower-case words; NULL for NONE. */
const char *address_word(enum address_flaw flaw);

#endif
