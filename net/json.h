/* SPDX-License-Identifier: MIT */
/* JSON from a server: read within bounds, asked by exact names. */
#ifndef NET_JSON_H
#define NET_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#define JSON_MAX (1024 * 1024) /* bytes of one answer */
#define JSON_DEPTH_MAX 32

/* Reads one JSON object or array (RFC 8259) of at most JSON_MAX bytes and
 * JSON_DEPTH_MAX levels, with nothing but blanks around it. A NUL inside a
 * string, in either spelling, becomes U+FFFD, since it would cut the string
 * unseen. Strings may hold bytes that are not UTF-8. NULL for all else; the
 * caller gives it back to `json_free`. */
cJSON *json_read(const char *bytes, size_t length);
void json_free(cJSON *value);

/* Whether the text begins as an object and stops before that object is at its
 * end: what is missing was lost on the way. */
bool json_is_cut(const char *bytes, size_t length);

/* The member of exactly that name (the first, where there are several), or
 * NULL; also where `object` is NULL or no object. */
const cJSON *json_member(const cJSON *object, const char *key);

/* Whether the name occurs more than once: what counts is then anyone's
 * guess. */
bool json_doubled(const cJSON *object, const char *key);

/* A string, borrowed; NULL where the member is absent or of another type. */
const char *json_text(const cJSON *object, const char *key);

/* A string as valid UTF-8, cut to what fits; "" where there is none. */
void json_copy(char *out, size_t size, const cJSON *object, const char *key);

/* A string or a whole number, as text: for ids, which come as either. False
 * and "" where there is none, where it does not fit or is not UTF-8, or where
 * the number is beyond 2^53 and has lost digits. */
bool json_word(const cJSON *object, const char *key, char *out, size_t size);

/* A whole number, or a string of nothing but one. False where it is neither
 * or beyond the range of an int; `*out` stays then. */
bool json_whole(const cJSON *object, const char *key, int *out);

/* True, or a string that says so. */
bool json_flag(const cJSON *object, const char *key);

#endif
