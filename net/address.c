/* SPDX-License-Identifier: MIT */
/* Checks one mail address before it may go out on a wire. */
#include "net/address.h"

#include <idn2.h>
#include <string.h>

#define DOMAIN_MAX 255

enum address_flaw address_to_ascii(char out[DOMAIN_TEXT_MAX],
                                   const char *domain, size_t length)
{
    char *ascii = NULL;
    enum address_flaw flaw = ADDRESS_DOMAIN_FOREIGN;

    if (length > DOMAIN_MAX)
        return ADDRESS_DOMAIN_LONG;
    memcpy(out, domain, length);
    out[length] = '\0';
    if (!syntax_is_foreign(domain, length))
        return ADDRESS_NONE;
    if (idn2_to_ascii_8z(out, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) ==
            IDN2_OK &&
        strlen(ascii) <= DOMAIN_MAX) {
        memcpy(out, ascii, strlen(ascii) + 1);
        flaw = ADDRESS_NONE;
    }
    idn2_free(ascii);
    return flaw;
}

enum address_flaw address_check(struct address *address, const char *text,
                                size_t length)
{
    char domain[DOMAIN_TEXT_MAX];
    enum address_flaw flaw = syntax_address(text, length);
    size_t local;

    if (flaw != ADDRESS_NONE)
        return flaw;
    local = syntax_local(text, length);
    flaw = address_to_ascii(domain, text + local + 1, length - local - 1);
    if (flaw == ADDRESS_NONE)
        flaw = syntax_domain(domain);
    if (flaw != ADDRESS_NONE)
        return flaw;
    if (local + 1 + strlen(domain) >= ADDRESS_WIRE_MAX)
        return ADDRESS_LONG;
    memcpy(address->text, text, local + 1);
    memcpy(address->text + local + 1, domain, strlen(domain) + 1);
    address->domain = address->text + local + 1;
    address->converted = syntax_is_foreign(text + local, length - local);
    return ADDRESS_NONE;
}
