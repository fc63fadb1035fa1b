/* SPDX-License-Identifier: MIT */
/* Writes base64, RFC 4648 section 4, for what needs no library else. */
#include "net/base64.h"

size_t base64_bare(char *out, const char *in, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, held = 0;
    size_t written = 0;

    for (size_t i = 0; i < length; i++) {
        bits = bits << 8 | (unsigned char)in[i];
        for (held += 8; held >= 6; held -= 6)
            out[written++] = digits[bits >> (held - 6) & 63];
    }
    if (held > 0)
        out[written++] = digits[bits << (6 - held) & 63];
    return written;
}

size_t base64_padded(char *out, const char *in, size_t length)
{
    size_t written = base64_bare(out, in, length);

    while (written % 4 != 0)
        out[written++] = '=';
    return written;
}
