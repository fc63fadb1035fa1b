/* SPDX-License-Identifier: MIT */
/* How a body travels in lines of ASCII: as it is, quoted or in base64. */
#ifndef NET_MIME_H
#define NET_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MIME_LINE_MAX 76          /* bytes, RFC 2045 6.7 and 6.8 */
#define MIME_BYTES_MAX (16 << 20) /* of what is put into base64 at once */

/* Whether `text`, with lines that end in \n, may travel as 7bit: printable
 * ASCII, no line over MIME_LINE_MAX, none that ends in a blank. */
bool mime_is_plain(const char *text);

/* Writes its lines with CRLF; unless `plain` as quoted-printable, RFC 2045
 * 6.7. */
void mime_put_text(FILE *out, const char *text, bool plain);

/* Writes base64 in lines with CRLF, RFC 2045 6.8. */
void mime_put_base64(FILE *out, const char *bytes, size_t length);

/* Base64 without line ends, RFC 4648 4, from malloc; NULL without memory, or
 * for more than MIME_BYTES_MAX. */
char *mime_base64(const char *bytes, size_t length);

#endif
