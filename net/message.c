/* SPDX-License-Identifier: MIT */
/* The test mail: one whole RFC 5322 message, built by us to the last byte. */
#include "net/message.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/mime.h"
#include "net/utf8.h"

#define WORD_OPEN "=?UTF-8?Q?"
#define WORD_CLOSE "?="

static const char hex[] = "0123456789ABCDEF";

static bool is_printable(char c)
{
    return c >= ' ' && c <= '~';
}

/* Names of our own: strftime would follow the locale. */
static void put_date(FILE *out, time_t now)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed",
                                       "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr",
                                         "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec"};
    struct tm tm;

    gmtime_r(&now, &tm);
    fprintf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
            days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
            tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* A header whose value cannot be folded starts on a line of its own where it
 * would not fit. */
static void put_solid(FILE *out, const char *name, const char *value)
{
    bool fits = strlen(name) + 2 + strlen(value) <= MIME_LINE_MAX;

    fprintf(out, "%s:%s%s\r\n", name, fits ? " " : "\r\n ", value);
}

static void put_address(FILE *out, const char *name, const char *address)
{
    char value[ADDRESS_WIRE_MAX + 2];

    snprintf(value, sizeof(value), "<%s>", address);
    put_solid(out, name, value);
}

/* Whether it can stand as it is, with folds at its blanks. */
static bool is_plain_header(const char *text, size_t room)
{
    size_t word = 0;

    if (strstr(text, "=?"))
        return false;
    for (const char *s = text; *s; s++) {
        bool lone = s != text && s[-1] != ' ' && s[1] != '\0';

        word = *s == ' ' ? 0 : word + 1;
        if (!is_printable(*s) || word > room || (*s == ' ' && !lone))
            return false;
    }
    return true;
}

static void put_folded(FILE *out, const char *text, size_t column)
{
    while (*text) {
        size_t word = 1 + strcspn(text + 1, " ");

        if (text[0] == ' ' && column + word > MIME_LINE_MAX) {
            fputs("\r\n", out);
            column = 0;
        }
        fwrite(text, 1, word, out);
        column += word;
        text += word;
    }
}

/* One character in the Q encoding, RFC 2047 4.2; returns its bytes. Control
 * characters, line ends above all, become blanks. */
static size_t encode_sign(char out[16], const char *s, size_t bytes)
{
    size_t length = 0;

    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)s[i];
        bool plain = is_printable((char)c) && !strchr("=?_\"(),.:;<>@[\\]", c);

        if (c <= ' ' || c == 0x7f) {
            out[length++] = '_';
        } else if (plain) {
            out[length++] = (char)c;
        } else {
            out[length++] = '=';
            out[length++] = hex[c >> 4];
            out[length++] = hex[c & 15];
        }
    }
    return length;
}

/* Encoded words of whole characters, each on a line of its own, RFC 2047. */
static void put_encoded(FILE *out, const char *text, size_t column)
{
    const size_t closing = strlen(WORD_CLOSE);
    size_t left = strlen(text);

    fputs(WORD_OPEN, out);
    column += strlen(WORD_OPEN);
    while (left > 0) {
        char sign[16];
        size_t bytes = utf8_take(text, left, NULL);
        size_t length;

        bytes = bytes ? bytes : 1;
        length = encode_sign(sign, text, bytes);
        if (column + length + closing > MIME_LINE_MAX) {
            fputs(WORD_CLOSE "\r\n " WORD_OPEN, out);
            column = 1 + strlen(WORD_OPEN);
        }
        fwrite(sign, 1, length, out);
        column += length;
        text += bytes;
        left -= bytes;
    }
    fputs(WORD_CLOSE, out);
}

static void put_subject(FILE *out, const char *subject)
{
    const size_t column = strlen("Subject: ");

    fputs("Subject: ", out);
    if (is_plain_header(subject, MIME_LINE_MAX - column))
        put_folded(out, subject, column);
    else
        put_encoded(out, subject, column);
    fputs("\r\n", out);
}

static void put_type(FILE *out, const char *type, const char *encoding)
{
    fprintf(out,
            "Content-Type: %s\r\n"
            "Content-Transfer-Encoding: %s\r\n",
            type, encoding);
}

static void put_text_part(FILE *out, const char *text)
{
    bool plain = mime_is_plain(text);

    put_type(out, "text/plain; charset=utf-8",
             plain ? "7bit" : "quoted-printable");
    fputs("\r\n", out);
    mime_put_text(out, text, plain);
}

/* RFC 2046 5.1.1; nobody who wrote a word of it knew the token. */
static void put_parts(FILE *out, const struct request *request)
{
    const struct attachment *attachment = &request->attachment;
    char boundary[TOKEN_MAX + 8];

    snprintf(boundary, sizeof(boundary), "=_%s", request->token);
    fprintf(out,
            "Content-Type: multipart/mixed;\r\n boundary=\"%s\"\r\n"
            "\r\n--%s\r\n",
            boundary, boundary);
    put_text_part(out, request->body);
    fprintf(out, "\r\n--%s\r\n", boundary);
    put_type(out, attachment->type, "base64");
    fprintf(out,
            "Content-Disposition: attachment;\r\n filename=\"%s\"\r\n"
            "\r\n",
            attachment->name);
    mime_put_base64(out, attachment->bytes, attachment->length);
    fprintf(out, "--%s--\r\n", boundary);
}

/* What cannot be an address is left out: the text names it too. */
static void put_reply_to(FILE *out, const char *reply_to)
{
    struct address address;

    if (reply_to[0] &&
        address_check(&address, reply_to, strlen(reply_to)) == ADDRESS_NONE)
        put_address(out, "Reply-To", address.text);
}

static void put_all(FILE *out, const struct message *message,
                    const struct request *request, const struct address *from,
                    const struct address *to, time_t now)
{
    put_date(out, now);
    put_address(out, "From", from->text);
    put_address(out, "To", to->text);
    put_reply_to(out, request->reply_to);
    put_subject(out, request->subject);
    put_solid(out, "Message-ID", message->id);
    put_solid(out, "X-Nollego-Token", request->token);
    fputs("Auto-Submitted: auto-generated\r\n"
          "MIME-Version: 1.0\r\n",
          out);
    if (request->attachment.bytes)
        put_parts(out, request);
    else
        put_text_part(out, request->body);
}

static bool is_token(const char *token)
{
    return token[0] != '\0' &&
           token[strspn(token, "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] ==
               '\0';
}

int message_build(struct message *message, const struct request *request,
                  const struct address *from, const struct address *to,
                  time_t now, struct error *err)
{
    FILE *out;
    int lost;

    memset(message, 0, sizeof(*message));
    if (!is_token(request->token))
        return error_set(err, "a message needs a token of letters and digits");
    snprintf(message->id, sizeof(message->id), "<%s@%s>", request->token,
             from->domain);
    out = open_memstream(&message->text, &message->length);
    if (!out)
        return error_set(err, "no memory for the message");
    put_all(out, message, request, from, to, now);
    lost = ferror(out);
    if (fclose(out) != 0 || lost) {
        message_release(message);
        return error_set(err, "no memory for the message");
    }
    return 0;
}

void message_release(struct message *message)
{
    free(message->text);
    memset(message, 0, sizeof(*message));
}

char *message_stuff(const struct message *message, size_t *length)
{
    /* Twice the bytes hold the worst case: nothing but dots and line ends. */
    char *stuffed = malloc(2 * message->length + 4), *to = stuffed;

    if (!stuffed)
        return NULL;
    for (size_t i = 0; i < message->length; i++) {
        bool starts = i == 0 || message->text[i - 1] == '\n';

        if (starts && message->text[i] == '.')
            *to++ = '.';
        *to++ = message->text[i];
    }
    memcpy(to, ".\r\n", 4);
    *length = (size_t)(to - stuffed) + 3;
    return stuffed;
}
