/* SPDX-License-Identifier: MIT */
/* Names of mailbox folders. */
#include "net/imap_name.h"

#include <stdint.h>
#include <string.h>

#include "net/utf8.h"

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+,";
    const char *found = c ? strchr(digits, c) : NULL;

    return found ? (int)(found - digits) : -1;
}

/* Writes a character as UTF-8; returns its bytes. */
static size_t put_character(char *out, uint32_t code)
{
    size_t more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0x00, 0xc0, 0xe0, 0xf0};

    for (size_t i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(lead[more] | code);
    return more + 1;
}

/* What a shifted part has come to. */
struct shift {
    uint32_t bits;
    int count;     /* bits held */
    uint32_t high; /* a surrogate that waits for its other half */
};

/* Takes 16 bits. Returns the bytes written, or -1 for half a character. */
static int take_unit(struct shift *shift, uint32_t unit, char *out)
{
    bool low = unit >= 0xdc00 && unit < 0xe000;

    if (low != (shift->high != 0))
        return -1;
    if (unit >= 0xd800 && unit < 0xdc00) {
        shift->high = unit;
        return 0;
    }
    if (low)
        unit = 0x10000 + ((shift->high - 0xd800) << 10) + (unit - 0xdc00);
    shift->high = 0;
    return unit ? (int)put_character(out, unit) : -1;
}

/* Decodes "&...-" at `*name` and goes past it. */
static bool take_shifted(char *out, size_t size, size_t *length,
                         const char **name)
{
    struct shift shift = {0};
    const char *s = *name + 1;

    if (*s == '-') {
        out[(*length)++] = '&';
        *name = s + 1;
        return true;
    }
    for (; digit_of(*s) >= 0; s++) {
        shift.bits = (shift.bits << 6 | (uint32_t)digit_of(*s)) & 0x3fffff;
        shift.count += 6;
        if (shift.count >= 16) {
            uint32_t unit = (shift.bits >> (shift.count - 16)) & 0xffff;
            int bytes;

            if (*length + 5 > size)
                return false;
            bytes = take_unit(&shift, unit, out + *length);
            if (bytes < 0)
                return false;
            *length += (size_t)bytes;
            shift.count -= 16;
        }
    }
    *name = s + 1;
    return *s == '-' && shift.high == 0;
}

static bool decode(char *out, size_t size, const char *name)
{
    size_t length = 0;

    while (*name) {
        if (length + 5 > size || *name < ' ' || *name == 0x7f)
            return false; /* also for bytes beyond ASCII */
        if (*name == '&') {
            if (!take_shifted(out, size, &length, &name))
                return false;
        } else {
            out[length++] = *name++;
        }
    }
    out[length] = '\0';
    return true;
}

void imap_name_decode(char *out, size_t size, const char *name)
{
    if (!decode(out, size, name))
        utf8_mend(out, size, name, strlen(name));
}

/* The small letter of a capital one, for Latin, Greek and Cyrillic. */
static unsigned fold(unsigned code)
{
    static const struct {
        unsigned first, last;
        int step; /* to the small letter; 0: every other one is small */
    } capitals[] = {
        {'A', 'Z', 32},     {0xc0, 0xd6, 32},   {0xd8, 0xde, 32},
        {0x100, 0x137, 0},  {0x14a, 0x177, 0},  {0x391, 0x3a9, 32},
        {0x400, 0x40f, 80}, {0x410, 0x42f, 32}, {0x1e00, 0x1eff, 0},
    };

    for (size_t i = 0; i < sizeof(capitals) / sizeof(capitals[0]); i++)
        if (code >= capitals[i].first && code <= capitals[i].last)
            return capitals[i].step ? code + (unsigned)capitals[i].step
                                    : code | 1;
    return code;
}

static bool is_same(const char *a, const char *b)
{
    while (*a && *b) {
        unsigned one = 0, other = 0;
        size_t here = utf8_take(a, strlen(a), &one);

        if (here == 0)
            return false;
        a += here;
        b += utf8_take(b, strlen(b), &other);
        if (fold(one) != fold(other))
            return false;
    }
    return *a == *b;
}

/* In the languages of those who write to our users, and of who writes their
 * mail programs. */
bool imap_name_is_spam(const char *name, char delimiter)
{
    static const char *const names[] = {
        "Spam",
        "Junk",
        "Junk Email",
        "Junk E-mail",
        "Junk Mail",
        "Bulk",
        "Bulk Mail",
        "Correo no deseado",
        "Correo electrónico no deseado",
        "Correos no deseados",
        "No deseado",
        "No deseados",
        "Correo basura",
        "Lixo Eletrônico",
        "Lixo Electrónico",
        "E-mail de lixo",
        "Courrier indésirable",
        "Indésirables",
        "Pourriel",
        "Posta indesiderata",
        "Junk-E-Mail",
        "Spamverdacht",
        "Unerwünscht",
        "Ongewenste e-mail",
        "Нежелательная почта",
        "Спам",
    };
    const char *last = delimiter ? strrchr(name, delimiter) : NULL;

    last = last ? last + 1 : name;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (is_same(last, names[i]))
            return true;
    return false;
}

bool imap_name_quote(char *out, size_t size, const char *name)
{
    size_t length = 0;

    out[length++] = '"';
    for (; *name; name++) {
        if (*name == '\r' || *name == '\n' || length + 4 > size)
            return false;
        if (*name == '"' || *name == '\\')
            out[length++] = '\\';
        out[length++] = *name;
    }
    out[length++] = '"';
    out[length] = '\0';
    return true;
}
