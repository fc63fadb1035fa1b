/* SPDX-License-Identifier: MIT */
/* A JSON document, made member by member. */
#ifndef NET_DOCUMENT_H
#define NET_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

struct document;

/* An empty object, or NULL without memory, which every function survives. */
struct document *document_new(void);

/* Puts a member at a path such as "attempts/0/via": names between slashes are
 * objects, numbers are places in an array. What is missing on the way is made.
 * Text is mended to UTF-8; NULL puts null. */
void document_text(struct document *document, const char *path,
                   const char *text);
void document_number(struct document *document, const char *path,
                     double number);
void document_flag(struct document *document, const char *path, bool flag);

/* An empty array at a path, so that it is there even without an element. */
void document_array(struct document *document, const char *path);

/* The whole as text, indented, from malloc; NULL where anything did not fit
 * into memory. */
char *document_print(const struct document *document);

/* The same on one line without newline, for a stream of documents. */
char *document_line(const struct document *document);

void document_free(struct document *document);

#endif
