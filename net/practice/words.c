/* SPDX-License-Identifier: MIT */
/* RFC 2047, both ways. */
#include "net/practice/words.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/practice/base64.h"
#include "net/utf8.h"

#define WORD_MAX 256
#define PART_MAX 45 /* bytes in one word: 60 signs and the 12 around them */

/* The parts of =?charset?encoding?text?= */
struct word {
    char encoding;
    const char *text;
    size_t length;
    const char *after;
};

static bool charset_is_known(const char *name, size_t length)
{
    static const char *const known[] = {"utf-8", "iso-8859-1", "us-ascii"};

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strlen(known[i]) == length &&
            strncasecmp(name, known[i], length) == 0)
            return true;
    return false;
}

static bool word_at(struct word *word, const char *in)
{
    const char *charset = in + 2;
    const char *mark, *end;

    if (strncmp(in, "=?", 2) != 0)
        return false;
    mark = strchr(charset, '?');
    if (!mark || !mark[1] || mark[2] != '?' ||
        !charset_is_known(charset, (size_t)(mark - charset)))
        return false;
    word->encoding = (char)toupper((unsigned char)mark[1]);
    word->text = mark + 3;
    end = strstr(word->text, "?=");
    if (!end || !strchr("BQ", word->encoding))
        return false;
    word->length = (size_t)(end - word->text);
    word->after = end + 2;
    return word->length < WORD_MAX;
}

static int hex(char sign)
{
    if (!isxdigit((unsigned char)sign))
        return -1;
    return isdigit((unsigned char)sign)
               ? sign - '0'
               : toupper((unsigned char)sign) - 'A' + 10;
}

static int quoted_read(char *out, const char *in, size_t length)
{
    int count = 0;

    for (size_t i = 0; i < length; i++) {
        bool escape = in[i] == '=' && i + 2 < length && hex(in[i + 1]) >= 0 &&
                      hex(in[i + 2]) >= 0;

        if (escape) {
            out[count++] = (char)(hex(in[i + 1]) * 16 + hex(in[i + 2]));
            i += 2;
        } else {
            out[count++] = in[i] == '_' ? ' ' : in[i];
        }
    }
    return count;
}

/* The bytes of one word; -1 where they are not what it says. */
static int word_read(char out[WORD_MAX], const struct word *word)
{
    if (word->encoding == 'Q')
        return quoted_read(out, word->text, word->length);
    return base64_read(out, WORD_MAX, word->text, word->length);
}

/* Blanks between two encoded words do not count (RFC 2047, 6.2). */
static const char *skip_gap(const char *in)
{
    struct word next;
    const char *after = in + strspn(in, " \t\r\n");

    return after != in && word_at(&next, after) ? after : in;
}

void words_read(char *out, size_t size, const char *in)
{
    size_t room = strlen(in) + 1, length = 0;
    char *bytes = malloc(room);
    char part[WORD_MAX];
    struct word word;

    if (size)
        out[0] = '\0';
    if (!bytes)
        return;
    while (*in) {
        int count = word_at(&word, in) ? word_read(part, &word) : -1;

        if (count < 0) {
            bytes[length++] = *in++;
            continue;
        }
        memcpy(bytes + length, part, (size_t)count);
        length += (size_t)count;
        in = skip_gap(word.after);
    }
    utf8_mend(out, size, bytes, length);
    free(bytes);
}

static bool is_plain(const char *in)
{
    for (; *in; in++)
        if ((unsigned char)*in >= 0x7f ||
            ((unsigned char)*in < ' ' && *in != '\t'))
            return false;
    return true;
}

/* As many whole characters as one word takes. */
static size_t part_length(const char *in, size_t left)
{
    size_t length = 0;

    while (length < left) {
        size_t step = utf8_take(in + length, left - length, NULL);

        step = step ? step : 1;
        if (length + step > PART_MAX)
            break;
        length += step;
    }
    return length;
}

static void parts_write(char *out, size_t size, const char *in)
{
    size_t left = strlen(in), used = 0;
    char part[PART_MAX / 3 * 4 + 1];

    while (left && used < size) {
        size_t length = part_length(in, left);

        base64_write(part, sizeof(part), in, length);
        used += (size_t)snprintf(out + used, size - used,
                                 "%s=?UTF-8?B?%s?=", used ? "\r\n " : "", part);
        in += length;
        left -= length;
    }
}

void words_write(char *out, size_t size, const char *in)
{
    char *flat = strdup(in);

    if (size)
        out[0] = '\0';
    if (!flat)
        return;
    for (char *at = flat; (at = strpbrk(at, "\r\n")) != NULL;)
        *at = ' ';
    if (is_plain(flat))
        snprintf(out, size, "%s", flat);
    else
        parts_write(out, size, flat);
    free(flat);
}
