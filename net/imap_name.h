/* SPDX-License-Identifier: MIT */
/* Names of mailbox folders: how they travel, and which mean spam. */
#ifndef NET_IMAP_NAME_H
#define NET_IMAP_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* The name as people see it: modified UTF-7 (RFC 3501 section 5.1.3) decoded
 * to UTF-8. A name that is not well-formed is mended as it stands. */
void imap_name_decode(char *out, size_t size, const char *name);

/* Whether a folder of that decoded name is where some provider puts what it
 * takes for spam; only its last level counts, case does not. */
bool imap_name_is_spam(const char *name, char delimiter);

/* The name as a quoted string of a command. False where it cannot be one. */
bool imap_name_quote(char *out, size_t size, const char *name);

#endif
