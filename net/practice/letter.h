/* SPDX-License-Identifier: MIT */
/* A mail as bytes: its header fields read, one composed from its parts. */
#ifndef NET_PRACTICE_LETTER_H
#define NET_PRACTICE_LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/practice/people.h"
#include "net/practice/pile.h"

#define LETTER_MAX (256u * 1024u) /* bytes of one mail */
#define FIELD_MAX 2048            /* bytes of one field's value */

/* The length of the header, its empty line included. */
size_t letter_head(const char *raw, size_t length);

/* One header field: where it begins, its length with all folded lines and
 * line ends, and the length of its name. */
struct field {
    const char *at;
    size_t length, name;
};

/* The next field at or after `at`, which is `raw` at first. False at the end
 * of the header; lines that are no field are passed over. */
bool letter_next(struct field *field, const char *at, const char *end);

bool letter_is(const struct field *field, const char *name);

/* The unfolded value with its encoded words read, as UTF-8. */
void letter_value(const struct field *field, char *out, size_t size);

/* The value of the first field of that name; false and "" where absent. */
bool letter_field(const char *raw, size_t length, const char *name, char *out,
                  size_t size);

/* What a mail is composed from. Texts are UTF-8, NULL where not given. */
struct parts {
    const char *id;   /* of the message, without brackets */
    const char *date; /* RFC 5322 */
    const struct person *from;
    const struct seated *people;
    size_t people_count;
    const char *subject, *text, *html;
};

/* Writes the header's fields, without the empty line. */
void letter_compose_head(struct pile *out, const struct parts *parts);

/* Adds a field of the sender's own. False where the name is none, or is one
 * of those that the service writes itself. */
bool letter_add_field(struct pile *out, const char *name, const char *value);

/* Adds the fields that describe the body, the empty line and the body. */
void letter_compose_body(struct pile *out, const struct parts *parts);

#endif
