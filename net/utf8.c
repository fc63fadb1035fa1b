/* SPDX-License-Identifier: MIT */
/* Foreign bytes made into valid UTF-8 text, total on any input. */
#include "net/utf8.h"

#include <string.h>

/* What the first byte of a sequence says, RFC 3629 section 4. */
static const struct {
    unsigned char mask, mark;
    unsigned least;
} forms[] = {
    {0x80, 0x00, 0x0},
    {0xe0, 0xc0, 0x80},
    {0xf0, 0xe0, 0x800},
    {0xf8, 0xf0, 0x10000},
};

size_t utf8_take(const char *s, size_t length, unsigned *code)
{
    for (size_t more = 0; more < sizeof(forms) / sizeof(*forms); more++) {
        unsigned char first = length > 0 ? (unsigned char)s[0] : 0xff;
        unsigned value = first & (unsigned char)~forms[more].mask;

        if ((first & forms[more].mask) != forms[more].mark)
            continue;
        if (more >= length)
            return 0;
        for (size_t i = 1; i <= more; i++) {
            if (((unsigned char)s[i] & 0xc0) != 0x80)
                return 0;
            value = value << 6 | ((unsigned char)s[i] & 0x3f);
        }
        if (value < forms[more].least || value > 0x10ffff ||
            (value >= 0xd800 && value <= 0xdfff))
            return 0;
        if (code)
            *code = value;
        return more + 1;
    }
    return 0;
}

/* Latin-1 letters and signs; not the no-break space and the soft hyphen,
 * which nobody would see. */
static int latin_shows(unsigned char byte)
{
    return byte > 0xa0 && byte != 0xad;
}

/* One stray byte in at most four bytes of text; returns how many. */
static size_t mend_byte(char out[4], unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";

    if (latin_shows(byte)) {
        out[0] = (char)(0xc0 | byte >> 6);
        out[1] = (char)(0x80 | (byte & 0x3f));
        return 2;
    }
    out[0] = '\\';
    out[1] = 'x';
    out[2] = hex[byte >> 4];
    out[3] = hex[byte & 0xf];
    return 4;
}

size_t utf8_mend(char *out, size_t size, const char *in, size_t length)
{
    size_t at = 0, written = 0;

    if (size == 0)
        return 0;
    while (at < length) {
        char stray[4];
        const char *piece = in + at;
        size_t used = utf8_take(piece, length - at, NULL);
        size_t bytes = used;

        if (used == 0 || in[at] == '\0') {
            bytes = mend_byte(stray, (unsigned char)in[at]);
            piece = stray;
            used = 1;
        }
        if (bytes >= size - written)
            break;
        memcpy(out + written, piece, bytes);
        written += bytes;
        at += used;
    }
    out[written] = '\0';
    return written;
}
