/* SPDX-License-Identifier: MIT */
/* Addresses: what is let through can stand between < and > of a command. */
#include "net/address.h"
#include "tests/fuzz/fuzz.h"

/* RFC 5321 4.1.2, read anew: one path, whatever stands in the quotes. */
static void check_wire(const struct address *address)
{
    const char *at = address->domain - 1;
    size_t local = (size_t)(at - address->text);
    bool quoted = address->text[0] == '"';

    HOLDS(strlen(address->text) < ADDRESS_WIRE_MAX);
    HOLDS(*at == '@' && local >= 1 && local <= 64 && at[1] != '\0');
    for (const char *s = address->text; *s; s++) {
        HOLDS(*s >= 0x20 && *s < 0x7f);
        HOLDS(*s != '<' && *s != '>');
        if (s > at || !quoted)
            HOLDS(!strchr(" \",;()\\", *s) && (s == at || *s != '@'));
    }
    for (const char *s = address->text + 1; quoted && s < at; s++) {
        if (*s == '\\')
            s++;
        else
            HOLDS((*s == '"') == (s == at - 1));
        HOLDS(s < at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct address address, again;
    char host[DOMAIN_TEXT_MAX];
    enum address_flaw flaw = address_check(&address, (const char *)data, size);

    /* What the person is told of while typing is told of here, too. */
    HOLDS(flaw < ADDRESS_FLAW_COUNT);
    HOLDS(flaw != ADDRESS_NONE ||
          syntax_address((const char *)data, size) == ADDRESS_NONE);
    HOLDS((syntax_word(flaw) == NULL) == (flaw == ADDRESS_NONE));
    if (flaw == ADDRESS_NONE) {
        check_wire(&address);
        HOLDS(address_check(&again, address.text, strlen(address.text)) ==
              ADDRESS_NONE);
        HOLDS(strcmp(address.text, again.text) == 0 && !again.converted);
        HOLDS(address.converted || (strlen(address.text) == size &&
                                    memcmp(address.text, data, size) == 0));
    }
    if (address_to_ascii(host, (const char *)data, size) == ADDRESS_NONE)
        for (const char *s = host; *s; s++)
            HOLDS((unsigned char)*s < 0x80);
    return 0;
}
