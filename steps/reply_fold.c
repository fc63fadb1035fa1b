/* SPDX-License-Identifier: MIT */
/* Any bytes as lower-case ASCII, one sign at a time. */
#include "steps/reply_fold.h"

#include "net/utf8.h"

/* U+00C0 to U+017F; a blank stands for what is no letter. Letters that are two
 * in ASCII give their first, as servers without accents write them. */
/* clang-format off */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                            "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssss"
                            "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/* clang-format on */

#define LATIN_FIRST 0xc0u
#define LATIN_LAST 0x17fu

/* Where the ten digits of a script begin. */
static const unsigned digits[] = {0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10};

static const struct {
    unsigned first, last;
} nothing[] = {
    {0xad, 0xad},     {0x300, 0x36f},   {0x200b, 0x200f},
    {0x2060, 0x2060}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char fold_ascii(unsigned code)
{
    if (code >= 'A' && code <= 'Z')
        return (char)(code + ('a' - 'A'));
    if (code == '\n' || (code > ' ' && code < 0x7f))
        return (char)code;
    return ' ';
}

static char fold_code(unsigned code)
{
    if (code < 0x80)
        return fold_ascii(code);
    if (code >= LATIN_FIRST && code <= LATIN_LAST)
        return latin[code - LATIN_FIRST];
    for (size_t i = 0; i < COUNT(digits); i++) {
        if (code >= digits[i] && code < digits[i] + 10)
            return (char)('0' + (code - digits[i]));
    }
    for (size_t i = 0; i < COUNT(nothing); i++) {
        if (code >= nothing[i].first && code <= nothing[i].last)
            return FOLD_NOTHING;
    }
    return ' ';
}

char fold_next(const char *text, size_t length, size_t *at)
{
    unsigned code = (unsigned char)text[*at];
    size_t taken = 1;

    if (code >= 0x80) {
        taken = utf8_take(text + *at, length - *at, &code);
        if (taken == 0) {
            code = (unsigned char)text[*at];
            taken = 1;
        }
    }
    *at += taken;
    return fold_code(code);
}
