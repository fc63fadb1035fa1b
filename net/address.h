/* SPDX-License-Identifier: MIT */
/* Checks one mail address before it may go out on a wire. */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "net/syntax.h"

#define ADDRESS_WIRE_MAX                                                       \
    255 /* 254 bytes, RFC 5321 4.5.3.1.3 less <>, and NUL */
#define DOMAIN_TEXT_MAX 256

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

#endif
