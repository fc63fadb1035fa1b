/* SPDX-License-Identifier: MIT */
/* The grammar of one mail address, without any library: for the front, which
 * asks the person again, and for the probe, which trusts nobody. */
#ifndef NET_SYNTAX_H
#define NET_SYNTAX_H

#include <stddef.h>

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

/* What the grammar says of an address: dot-atom or quoted local part (RFC 5321
 * 4.1.2), a domain of letters, digits and hyphens or an address literal
 * (4.1.3). A domain with characters beyond ASCII may pass here: whether IDNA
 * allows it is `address_check`'s to say. `length` counts bytes; a NUL among
 * them is a control character. */
enum address_flaw syntax_address(const char *text, size_t length);

/* The same of a domain that is ASCII already. */
enum address_flaw syntax_domain(const char *domain);

/* The bytes before the @, quotes included. Without quotes it ends at the first
 * @, so that a second one is the domain's to refuse. */
size_t syntax_local(const char *text, size_t length);

/* Whether there is any byte beyond ASCII. */
int syntax_is_foreign(const char *text, size_t length);

/* A few lower-case words; NULL for NONE. */
const char *syntax_word(enum address_flaw flaw);

#endif
