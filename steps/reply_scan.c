/* SPDX-License-Identifier: MIT */
/* A refusal's bytes as codes and words. */
#include "steps/reply_scan.h"

#include <stdlib.h>
#include <string.h>

#include "steps/reply_fold.h"

/* Longer than any address (RFC 5321 4.5.3.1). */
#define ATOM_MAX 384

/* Signs without a blank between them: words, a number, an address, a link. */
struct atom {
    char signs[ATOM_MAX];
    size_t length;
    bool opens_line;
};

static bool is_digit(char sign)
{
    return sign >= '0' && sign <= '9';
}

static bool is_word(char sign)
{
    return is_digit(sign) || (sign >= 'a' && sign <= 'z');
}

/* What an address or a link may hold beside letters and digits. */
static bool is_atom(char sign)
{
    return is_word(sign) ||
           (sign != '\0' && strchr("@.-_+=%&~#$*/?^|{}!", sign));
}

/* Codes that SMTP servers use; a bare number inside a sentence is one of these
 * or a quantity. */
static bool is_known_code(int code)
{
    return (code >= 421 && code <= 459 && code != 425 && code != 440) ||
           (code >= 501 && code <= 504) || (code >= 510 && code <= 559) ||
           code == 571;
}

static void take_code(struct scan *scan, int code, bool opens_line)
{
    if (scan->code != 0 || !(opens_line || is_known_code(code)))
        return;
    scan->code = code;
    words_code(&scan->words);
}

static void take_enhanced(struct scan *scan, const unsigned number[3])
{
    if (scan->enhanced_count == SCAN_CODES_MAX)
        return;
    scan->enhanced[scan->enhanced_count++] = (struct enhanced){
        (uint8_t)number[0], (uint8_t)number[1], (uint16_t)number[2]};
}

/* Digits with dots between: returns how many numbers, at most `max` kept. */
static size_t read_numbers(const char *signs, size_t length, unsigned *number,
                           size_t max)
{
    size_t count = 0;
    unsigned value = 0;

    for (size_t i = 0; i <= length; i++) {
        if (i < length && is_digit(signs[i])) {
            value = value < 100000 ? value * 10 + (unsigned)(signs[i] - '0')
                                   : value;
            continue;
        }
        if (count < max)
            number[count] = value;
        count++;
        value = 0;
    }
    return count;
}

static bool is_status(const unsigned number[3])
{
    return (number[0] == 2 || number[0] == 4 || number[0] == 5) &&
           number[1] <= 7 && number[2] <= 999;
}

/* A number without letters; `first` where its atom begins with it. */
static void take_number(struct scan *scan, const char *signs, size_t length,
                        bool first, bool opens_line)
{
    unsigned number[3];
    size_t count = read_numbers(signs, length, number, 3);

    if (count == 3 && is_status(number))
        take_enhanced(scan, number);
    else if (count == 1 && length == 3 && first && number[0] >= 200 &&
             number[0] < 600 && (number[0] >= 400 || opens_line))
        take_code(scan, (int)number[0], opens_line);
    else
        words_take(&scan->words, signs, length, false);
}

/* The length of the number at the start of `signs` with its dots, or 0 where
 * it goes on as a word. */
static size_t number_length(const char *signs, size_t length)
{
    size_t i = 0;

    while (i < length &&
           (is_digit(signs[i]) || (signs[i] == '.' && i > 0 && i + 1 < length &&
                                   is_digit(signs[i + 1]))))
        i++;
    return i < length && is_word(signs[i]) ? 0 : i;
}

static size_t word_length(const char *signs, size_t length)
{
    size_t i = 0;

    while (i < length && is_word(signs[i]))
        i++;
    return i;
}

/* A host name or the rest of a link: a dot between letters, or slashes. */
static bool is_name(const struct atom *atom)
{
    for (size_t i = 0; i + 1 < atom->length; i++) {
        char sign = atom->signs[i], next = atom->signs[i + 1];

        if (sign == '/' && next == '/')
            return true;
        if (sign == '.' && i > 0 && is_word(atom->signs[i - 1]) &&
            is_word(next) && !is_digit(next))
            return true;
    }
    return false;
}

static void end_atom(struct scan *scan, struct atom *atom)
{
    bool address = memchr(atom->signs, '@', atom->length) != NULL;
    bool named = !address && is_name(atom);
    size_t at = 0, taken;

    while (!address && at < atom->length) {
        const char *signs = atom->signs + at;
        size_t left = atom->length - at;

        if ((taken = number_length(signs, left)) > 0) {
            take_number(scan, signs, taken, at == 0, atom->opens_line);
        } else if ((taken = word_length(signs, left)) > 0) {
            words_take(&scan->words, signs, taken, named);
        } else {
            taken = 1;
        }
        at += taken;
    }
    if (atom->length > 0)
        atom->opens_line = false;
    atom->length = 0;
}

/* A full stop, but none of several dots in a row. */
static bool ends_sentence(const struct atom *atom, char sign)
{
    size_t length = atom->length;

    return (sign == ' ' || sign == '\n') && length > 1 &&
           atom->signs[length - 1] == '.' && atom->signs[length - 2] != '.';
}

static void take_sign(struct scan *scan, struct atom *atom, char sign)
{
    bool stop = ends_sentence(atom, sign);

    if (is_atom(sign)) {
        if (atom->length == ATOM_MAX)
            end_atom(scan, atom);
        atom->signs[atom->length++] = sign;
        return;
    }
    end_atom(scan, atom);
    if (stop)
        words_break(&scan->words);
    if (sign == '\n')
        atom->opens_line = true;
}

void scan_text(struct scan *scan, const char *text, size_t length)
{
    struct atom atom = {.opens_line = true};
    size_t at = 0;

    scan->code = 0;
    scan->enhanced_count = 0;
    words_init(&scan->words);
    while (at < length) {
        char sign = fold_next(text, length, &at);

        if (sign != FOLD_NOTHING)
            take_sign(scan, &atom, sign);
    }
    end_atom(scan, &atom);
}
