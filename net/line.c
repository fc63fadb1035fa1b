/* SPDX-License-Identifier: MIT */
/* JSON on one line: what is let in, and how it is written. */
#include "net/line.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/utf8.h"

#define WHOLE_MAX 9007199254740992.0 /* 2^53: above it digits are lost */

/* Where a scan stands: how deep, and whether inside a string. */
struct scan {
    int depth, deepest;
    bool string;
};

/* The bytes of the sign at `s` that fits here, or 0 where none does. */
static size_t scan_take(struct scan *scan, const char *s, size_t length)
{
    unsigned code = 0;
    size_t bytes = utf8_take(s, length, &code);

    if (bytes == 0 || (code < ' ' && scan->string))
        return 0;
    if (code < ' ')
        return strchr("\t\r\n", (int)code) && code ? bytes : 0;
    if (code == '"')
        scan->string = !scan->string;
    else if (scan->string && code == '\\')
        return length < 2 || (length >= 6 && memcmp(s, "\\u0000", 6) == 0) ? 0
                                                                           : 2;
    else if (!scan->string && (code == '{' || code == '['))
        scan->depth++;
    else if (!scan->string && (code == '}' || code == ']'))
        scan->depth--;
    return scan->depth <= scan->deepest ? bytes : 0;
}

bool line_is_sane(const char *text, size_t length, int depth)
{
    struct scan scan = {.deepest = depth};
    size_t first = 0;

    while (first < length && (text[first] == ' ' || text[first] == '\t'))
        first++;
    if (first == length || text[first] != '{')
        return false;
    for (size_t at = first; at < length;) {
        size_t bytes = scan_take(&scan, text + at, length - at);

        if (bytes == 0)
            return false;
        at += bytes;
    }
    return !scan.string && scan.depth == 0;
}

/* Signs that a terminal or a reader could take for something else: C0, DEL,
 * C1, line separators and the directions of UAX #9. */
static bool is_escaped(unsigned code)
{
    return code < ' ' || (code >= 0x7f && code <= 0x9f) || code == 0x200e ||
           code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

static void print_text(FILE *out, const char *text)
{
    size_t length = text ? strlen(text) : 0, bytes;

    putc('"', out);
    for (; length > 0; text += bytes, length -= bytes) {
        unsigned code = (unsigned char)*text;

        bytes = utf8_take(text, length, &code);
        if (bytes == 0)
            bytes = 1;
        if (code == '"' || code == '\\')
            fprintf(out, "\\%c", (int)code);
        else if (code == '\n')
            fputs("\\n", out);
        else if (code == '\r')
            fputs("\\r", out);
        else if (code == '\t')
            fputs("\\t", out);
        else if (is_escaped(code) || (bytes == 1 && code > 0x7f))
            fprintf(out, "\\u%04x", code);
        else
            fwrite(text, 1, bytes, out);
    }
    putc('"', out);
}

/* The shortest of two forms that reads back the same; whatever the locale has
 * for a decimal point becomes one point. */
static void print_number(FILE *out, double number)
{
    char digits[40];
    bool point = false;

    if (!isfinite(number)) {
        fputs("null", out);
        return;
    }
    if (fabs(number) <= WHOLE_MAX && number == (double)(long long)number) {
        fprintf(out, "%lld", (long long)number);
        return;
    }
    snprintf(digits, sizeof(digits), "%.15g", number);
    if (strtod(digits, NULL) < number || strtod(digits, NULL) > number)
        snprintf(digits, sizeof(digits), "%.17g", number);
    for (const char *s = digits; *s; s++)
        if ((*s >= '0' && *s <= '9') || strchr("eE+-", *s))
            putc(*s, out);
        else if (!point) {
            putc('.', out);
            point = true;
        }
}

/* How deep in, for a line of its own each; ONE_LINE: all on one. */
#define ONE_LINE (-1)

static void print_value(FILE *out, const cJSON *value, int depth);

static void break_line(FILE *out, int depth)
{
    if (depth == ONE_LINE)
        return;
    putc('\n', out);
    while (depth-- > 0)
        fputs("  ", out);
}

static void print_members(FILE *out, const cJSON *value, const char *brackets,
                          int depth)
{
    int inner = depth == ONE_LINE ? ONE_LINE : depth + 1;

    putc(brackets[0], out);
    for (const cJSON *item = value->child; item; item = item->next) {
        if (item != value->child)
            putc(',', out);
        break_line(out, inner);
        if (brackets[0] == '{') {
            print_text(out, item->string);
            fputs(depth == ONE_LINE ? ":" : ": ", out);
        }
        print_value(out, item, inner);
    }
    if (value->child)
        break_line(out, depth);
    putc(brackets[1], out);
}

static void print_value(FILE *out, const cJSON *value, int depth)
{
    if (cJSON_IsObject(value))
        print_members(out, value, "{}", depth);
    else if (cJSON_IsArray(value))
        print_members(out, value, "[]", depth);
    else if (cJSON_IsString(value))
        print_text(out, value->valuestring);
    else if (cJSON_IsNumber(value))
        print_number(out, value->valuedouble);
    else if (cJSON_IsBool(value))
        fputs(cJSON_IsTrue(value) ? "true" : "false", out);
    else
        fputs("null", out);
}

static char *print(const cJSON *value, int depth)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    int lost;

    if (!out)
        return NULL;
    print_value(out, value, depth);
    lost = ferror(out);
    if (fclose(out) != 0 || lost) {
        free(text);
        return NULL;
    }
    return text;
}

char *line_print(const cJSON *value)
{
    return print(value, ONE_LINE);
}

char *line_print_tall(const cJSON *value)
{
    return print(value, 0);
}
