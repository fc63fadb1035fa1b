/* SPDX-License-Identifier: MIT */
/* How a body travels in lines of ASCII: as it is, quoted or in base64. */
#include "net/mime.h"

#include <stdlib.h>
#include <string.h>

#include "net/base64.h"

#define LINE_BYTES (MIME_LINE_MAX / 4 * 3)

static const char hex[] = "0123456789ABCDEF";

static bool is_printable(char c)
{
    return c >= ' ' && c <= '~';
}

bool mime_is_plain(const char *text)
{
    size_t column = 0;

    for (const char *s = text; *s; s++) {
        bool ends = s[1] == '\n' || s[1] == '\0';

        if (*s == '\n') {
            column = 0;
        } else if (!is_printable(*s) || ++column > MIME_LINE_MAX ||
                   (*s == ' ' && ends)) {
            return false;
        }
    }
    return true;
}

/* A line of the body in quoted-printable, RFC 2045 6.7, without its end. */
static void put_quoted(FILE *out, const char *line, size_t length)
{
    size_t column = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)line[i];
        bool last = i == length - 1;
        bool plain = is_printable((char)c) && c != '=' && !(c == ' ' && last);
        size_t width = plain ? 1 : 3;

        if (column + width > MIME_LINE_MAX - (last ? 0 : 1)) {
            fputs("=\r\n", out);
            column = 0;
        }
        if (plain)
            putc(c, out);
        else
            fprintf(out, "=%c%c", hex[c >> 4], hex[c & 15]);
        column += width;
    }
}

void mime_put_text(FILE *out, const char *text, bool plain)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t used = length + (text[length] == '\n');

        if (length > 0 && text[length - 1] == '\r')
            length--;
        if (plain)
            fwrite(text, 1, length, out);
        else
            put_quoted(out, text, length);
        fputs("\r\n", out);
        text += used;
    }
}

void mime_put_base64(FILE *out, const char *bytes, size_t length)
{
    char line[MIME_LINE_MAX];

    while (length > 0) {
        size_t taken = length < LINE_BYTES ? length : LINE_BYTES;

        fwrite(line, 1, base64_padded(line, bytes, taken), out);
        fputs("\r\n", out);
        bytes += taken;
        length -= taken;
    }
}

char *mime_base64(const char *bytes, size_t length)
{
    char *text =
        length <= MIME_BYTES_MAX ? malloc(BASE64_LENGTH(length) + 1) : NULL;

    if (text)
        text[base64_padded(text, bytes, length)] = '\0';
    return text;
}
