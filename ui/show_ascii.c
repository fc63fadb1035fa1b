/* SPDX-License-Identifier: MIT */
/* The nearest ASCII of letters and signs outside it. */
#include "ui/show_ascii.h"

#include <stddef.h>

#define LATIN_FIRST 0xa0
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* clang-format off */

/* U+00A0 to U+017F. The opening marks of Spanish are left out. */
static const char *const latin[] = {
    " ", "", "c", "GBP", "$", "JPY", "|", "S",
    "\"", "(c)", "a", "\"", "-", "", "(R)", "-",
    "o", "+-", "2", "3", "'", "u", "P", ".",
    ",", "1", "o", "\"", "1/4", "1/2", "3/4", "",
    "A", "A", "A", "A", "A", "A", "AE", "C",
    "E", "E", "E", "E", "I", "I", "I", "I",
    "D", "N", "O", "O", "O", "O", "O", "x",
    "O", "U", "U", "U", "U", "Y", "TH", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c",
    "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "/",
    "o", "u", "u", "u", "u", "y", "th", "y",
    "A", "a", "A", "a", "A", "a", "C", "c",
    "C", "c", "C", "c", "C", "c", "D", "d",
    "D", "d", "E", "e", "E", "e", "E", "e",
    "E", "e", "E", "e", "G", "g", "G", "g",
    "G", "g", "G", "g", "H", "h", "H", "h",
    "I", "i", "I", "i", "I", "i", "I", "i",
    "I", "i", "IJ", "ij", "J", "j", "K", "k",
    "k", "L", "l", "L", "l", "L", "l", "L",
    "l", "L", "l", "N", "n", "N", "n", "N",
    "n", "n", "N", "n", "O", "o", "O", "o",
    "O", "o", "OE", "oe", "R", "r", "R", "r",
    "R", "r", "S", "s", "S", "s", "S", "s",
    "S", "s", "T", "t", "T", "t", "T", "t",
    "U", "u", "U", "u", "U", "u", "U", "u",
    "U", "u", "U", "u", "W", "w", "Y", "y",
    "Y", "Z", "z", "Z", "z", "Z", "z", "s",
};

static const struct {
    unsigned first, last;
    const char *near;
} signs[] = {
    {0x0218, 0x0218, "S"},   {0x0219, 0x0219, "s"},
    {0x021a, 0x021a, "T"},   {0x021b, 0x021b, "t"},
    {0x02b9, 0x02bc, "'"},   {0x1e9e, 0x1e9e, "SS"},
    {0x2010, 0x2015, "-"},   {0x2018, 0x201b, "'"},
    {0x201c, 0x201f, "\""},  {0x2020, 0x2021, "+"},
    {0x2022, 0x2023, "*"},   {0x2024, 0x2024, "."},
    {0x2026, 0x2026, "..."}, {0x2032, 0x2032, "'"},
    {0x2033, 0x2033, "\""},  {0x2039, 0x203a, "'"},
    {0x2044, 0x2044, "/"},   {0x20ac, 0x20ac, "EUR"},
    {0x2122, 0x2122, "(TM)"}, {0x2190, 0x2190, "<-"},
    {0x2192, 0x2192, "->"},  {0x2212, 0x2212, "-"},
    {0x2500, 0x2501, "-"},   {0x2502, 0x2503, "|"},
};

/* clang-format on */

const char *show_ascii(unsigned code)
{
    if (code >= LATIN_FIRST && code - LATIN_FIRST < COUNT(latin))
        return latin[code - LATIN_FIRST];
    for (size_t i = 0; i < COUNT(signs); i++)
        if (code >= signs[i].first && code <= signs[i].last)
            return signs[i].near;
    return NULL;
}
